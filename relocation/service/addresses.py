"""Where in the pages a thing is shown, so that a number in a trace leads to what it comes from."""

from urllib.parse import quote, urlencode

from checks.finding import Finding

RECORD_PAGES = {
    "site": "sites",
    "household": "households",
    "drawing": "drawings",
    "drawing_pair": "drawings/pairs",
    "unit_type": "drawings/types",
}
"""Kinds of record that have a page of their own."""


def record_page(kind: str, county: str, code: str, field: str = "") -> str:
    """Return a record's page, at one of its fields; "" for a kind that has no page."""
    if kind not in RECORD_PAGES:
        return ""
    return f"/{RECORD_PAGES[kind]}/{quote(code)}?{urlencode({'county': county})}{f'#f-{field}' if field else ''}"


def subject_page(finding: Finding, field: str = "") -> str:
    """Return the page of what a finding is about; what has no page of its own has its findings."""
    own = record_page(finding.subject_kind, finding.county, finding.subject, field)
    asked = {"check": finding.check, "kind": finding.subject_kind, "county": finding.county, "subject": finding.subject}
    return own or f"/findings?{urlencode(asked)}"


def why_page(finding: Finding) -> str:
    """Return the page that traces a finding."""
    return f"/findings/{quote(finding.check)}/{quote(finding.subject_kind)}/{quote(finding.subject)}/why?{urlencode({'county': finding.county})}"


def parameter_page(check: str, parameter: str) -> str:
    """Return where a parameter's values stand on its check's page."""
    return f"/checks/{quote(check)}#p-{quote(parameter)}"


def instrument_page(id: str) -> str:
    """Return a document's page."""
    return f"/law/instruments/{quote(id)}"


def layer_page(id: str) -> str:
    """Return where a layer's source is told."""
    return f"/about#layer-{quote(id)}"
