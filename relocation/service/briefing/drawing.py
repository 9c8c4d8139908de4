"""The brief's small picture of the county."""

from relocation.reports.county_picture import county_picture
from relocation.service.briefing.contract import Brief


def picture(brief: Brief, width_px: int = 340, height_px: int = 300) -> str:
    """Return the county with its sites, and the worst place of each question under its number, as SVG."""
    marks = [(case.mark, case.at) for answer in brief.answers for case in answer.worst if case.mark is not None and case.at is not None]
    return county_picture(brief.outline, brief.sites, marks, width_px=width_px, height_px=height_px)
