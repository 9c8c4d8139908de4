"""axe-core in the page: what keeps people with a screen reader, a keyboard or weak eyes from using it."""

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from playwright.sync_api import Page

GRAVE = ("serious", "critical")
ALIKE = 12
"""Of rows, cards and lines that are made alike so many are looked at: the next thousand say the same."""
_ASK = """async ([grave, alike]) => {
    for (const parent of document.querySelectorAll('tbody, ul, ol, dl, div, section')) {
        const seen = {};
        for (const one of [...parent.children]) {
            const kind = one.tagName + ' ' + one.className;
            if (one.tagName !== 'SCRIPT' && (seen[kind] = (seen[kind] || 0) + 1) > alike) one.remove();
        }
    }
    const found = await axe.run(document, {resultTypes: ['violations']});
    return found.violations.filter((one) => grave.includes(one.impact)).map((one) =>
        `${one.impact} ${one.id}: ${one.nodes.length} × ${one.nodes[0].target} ${one.nodes[0].html.slice(0, 200)} (${one.nodes[0].failureSummary})`);
}"""


@cache
def _script() -> str:
    """Return axe-core as its distribution carries it."""
    return Path(str(distribution("axe-playwright-python").locate_file("axe_playwright_python/axe.min.js"))).read_text("utf-8")


def grave(page: Page) -> list[str]:
    """Return the serious and critical violations of the page as it stands."""
    page.evaluate(_script())
    found: list[str] = page.evaluate(_ASK, [list(GRAVE), ALIKE])
    return found
