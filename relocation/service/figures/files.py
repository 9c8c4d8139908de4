"""A chart as a file that stands for itself: title above, day and source below, nothing outside it asked for."""

from dataclasses import replace

from relocation.reports.charts.mark import SOFT, Mark, mark, svg, text
from relocation.service.figures.charts import Chart

ABOVE, BELOW = 34.0, 26.0


def chart_file(chart: Chart) -> str:
    """Return the wide picture as an SVG document. Same chart, same text."""
    of = chart.wide
    said = f"截至 {chart.as_of.isoformat()}　来源：{chart.source}" if of.lang == "zh" else f"As of {chart.as_of.isoformat()}. Source: {chart.source}"
    paper = mark("rect", width=of.width, height=of.height + ABOVE + BELOW, fill="#ffffff")
    body = Mark("g", {"transform": f"translate(0 {ABOVE:g})"}, "", of.marks)
    head = text(10.0, 22.0, chart.title, font_size=16.0)
    foot = text(10.0, of.height + ABOVE + 16.0, " ".join((said, *chart.notes)), font_size=11.0, fill=SOFT)
    return svg(replace(of, height=of.height + ABOVE + BELOW, marks=(paper, head, body, foot)))
