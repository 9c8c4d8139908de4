"""The viewer as one file in a real browser: what it shows, by mouse, keyboard and thumb, with hostile texts, without a network."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from relocation.reports.comparison import rendered
from relocation.reports.comparison_sheet import ComparisonSheet
from tests.browser.chromium import Watch, watched
from tests.reports.examples import example, refused
from tests.reports.hostile import NASTY, hostile

pytestmark = pytest.mark.browser

Opening = Callable[..., tuple[Page, Watch]]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opening]:
    """Return a function that opens a comparison's file in a window of a width."""

    def open_(sheet: ComparisonSheet, lang: str = "zh", width: int = 1280) -> tuple[Page, Watch]:
        phone = width < 500
        page = browser.new_context(viewport={"width": width, "height": 850}, has_touch=phone, is_mobile=phone).new_page()
        watch = watched(page)
        file = tmp_path / "comparison.html"
        file.write_bytes(rendered(sheet, ".html", lang))
        page.goto(file.as_uri())
        page.wait_for_selector("canvas[data-drawn]")
        return page, watch

    yield open_
    for context in list(browser.contexts):
        context.close()


def pixels(page: Page, colour: tuple[int, int, int], canvas: int = 0) -> int:
    """Count the pixels of a colour on a canvas."""
    return int(
        page.evaluate(
            """([which, r, g, b]) => { const c = document.querySelectorAll('.dv-stage canvas')[which], d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let n = 0; for (let i = 0; i < d.length; i += 4) n += d[i] === r && d[i + 1] === g && d[i + 2] === b; return n; }""",
            [canvas, *colour],
        )
    )


REMOVED, ADDED = (0xB3, 0x26, 0x1E), (0x0B, 0x4F, 0x8A)


def settled(page: Page) -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize(("lang", "moved", "each"), [("zh", "墙移动 600 mm", "每人 27.4 ㎡"), ("en", "wall moved 600 mm", "27.4 m² a person")])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_reader_sees_which_wall_moved_and_what_it_does_to_each_person(opened: Opening, lang: str, moved: str, each: str, width: int):
    page, watch = opened(example(), lang, width)
    assert moved in page.inner_text(".dv-sets")
    assert each in page.inner_text(".dv-judged")
    assert page.inner_text(".dv-outcome-fail .dv-mark") in ("不合规", "fail")
    page.locator(".dv-why summary").last.click()
    assert ("超过上限 25 ㎡" if lang == "zh" else "above the limit of 25 m²") in page.inner_text(".dv-judged")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watch.clean(), watch
    assert [url for url in watch.requests if not url.startswith("data:")] == [page.url]
    assert pixels(page, REMOVED) > 100  # last: reading a canvas back makes the browser grumble
    assert pixels(page, ADDED) > pixels(page, REMOVED)


def test_the_keys_lead_through_the_list_and_the_picture_follows(opened: Opening):
    page, watch = opened(example())
    before = page.evaluate("drawings.state.chosen")
    page.keyboard.press("n")
    first = page.evaluate("drawings.state.chosen")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert (before, first, page.evaluate("drawings.state.chosen")) == (0, 1, 1)
    assert page.locator(".dv-chosen .dv-number").inner_text() == "1"
    page.keyboard.press("p")
    assert page.locator(".dv-chosen .dv-number").inner_text() == "2"
    page.locator(".dv-stage canvas").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".dv-chosen .dv-number").inner_text() == "1"
    assert page.url.split("#")[0].endswith("comparison.html")
    page.keyboard.press("2")
    assert page.locator("[data-mode=side]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".dv-chosen").count() == 0
    assert watch.clean(), watch


def test_a_click_in_the_picture_finds_its_row_in_the_list(opened: Opening):
    page, _ = opened(example())
    left, top = page.evaluate(
        "(s => { const at = s.data.differences[0].where, v = s.panes[0].view; return [drawings.px(v, at[0]), drawings.py(v, at[1])]; })(drawings.state)"
    )
    page.locator(".dv-stage canvas").first.click(position={"x": left, "y": top})
    assert page.locator(".dv-chosen .dv-said").inner_text().startswith("墙移动")


def test_both_panes_show_the_same_part_and_move_together(opened: Opening):
    page, _ = opened(example())
    page.keyboard.press("n")
    page.keyboard.press("2")
    settled(page)
    page.locator(".dv-stage canvas").nth(1).focus()
    page.keyboard.press("+")
    settled(page)
    one, two = page.evaluate("drawings.state.panes.map(p => [p.view.scale, p.view.x, p.view.y])")
    assert one == two
    assert pixels(page, REMOVED, 0) > 0 == pixels(page, REMOVED, 1)
    assert pixels(page, ADDED, 1) > 0 == pixels(page, ADDED, 0)


def test_kinds_and_layers_are_filtered_in_the_list_and_in_the_picture_alike(opened: Opening):
    page, _ = opened(example())
    page.get_by_label("种类").select_option("wall")
    settled(page)
    assert page.locator(".dv-sets > li:visible").count() == 1
    assert page.inner_text(".dv-count") == "1 / 2"
    walls = pixels(page, ADDED)
    page.get_by_label("种类").select_option("opening")
    settled(page)
    assert pixels(page, ADDED) < walls / 4  # only signs and letters are left of what was added
    page.get_by_label("种类").select_option("")
    page.locator(".dv-layers summary").click()
    page.locator(".dv-layer-list").get_by_label("WALL").uncheck()
    settled(page)
    assert page.locator(".dv-sets > li:visible").count() == 1
    assert pixels(page, ADDED) < walls / 4


def test_the_difference_that_is_pointed_at_stands_out_until_another_is_chosen(opened: Opening):
    page, watch = opened(example())
    page.keyboard.press("n")
    settled(page)
    page.locator(".dv-member:visible").first.click()
    settled(page)
    assert page.evaluate("drawings.state.pointed") == "d1"
    assert page.locator(".dv-member[aria-current]").count() == 1
    left, low, right, high = page.evaluate("drawings.state.panes[0].seen()")
    assert min(right - left, high - low) >= 4.0
    page.keyboard.press("n")
    settled(page)
    assert page.evaluate("drawings.state.pointed") == ""
    assert page.locator(".dv-member[aria-current]").count() == 0
    assert watch.clean(), watch


def test_what_is_looked_at_first_is_the_plan_and_not_everything_that_is_drawn(opened: Opening):
    page, _ = opened(example())
    left, _low, right, _high = page.evaluate("drawings.state.panes[0].seen()")
    assert right - left < 40.0  # the dwelling is 8 m wide; a line of 180 m runs through it
    page.keyboard.press("0")
    left, _low, right, _high = page.evaluate("drawings.state.panes[0].seen()")
    assert right - left > 100.0


def test_a_list_that_the_conditions_leave_empty_says_so(opened: Opening):
    page, _ = opened(example())
    page.get_by_label("种类").select_option("line")
    assert not page.get_by_text("没有符合所选条件的差异。").is_visible()
    page.get_by_label("显示").select_option("area")
    assert page.get_by_text("没有符合所选条件的差异。").is_visible()


def test_the_tape_measures_a_wall_from_end_to_end(opened: Opening):
    page, _ = opened(example())
    page.get_by_role("button", name="量距").click()
    for x, y in ((0.0, 0.0), (8.0, 0.0)):
        left, top = page.evaluate(
            "([x, y]) => { const s = drawings.state, o = s.data.origins.old, v = s.panes[0].view; return [drawings.px(v, x - o[0]), drawings.py(v, y - o[1])]; }",
            [x, y],
        )
        page.locator(".dv-stage canvas").first.click(position={"x": left + 3, "y": top - 2})  # near the corner: it snaps
    assert "距离 8.000 m" in page.inner_text(".dv-hint")


def test_hostile_texts_show_as_they_are_and_run_nowhere(opened: Opening):
    page, watch = opened(hostile())
    for key in ("n", "n", "2", "3"):
        page.keyboard.press(key)
    assert page.title().startswith("<img src=x")
    shown = page.inner_text("body")
    assert all(one in shown for one in (NASTY[1], NASTY[2], NASTY[4]))
    assert "1337" not in page.title() + page.inner_text(".dv-list")
    assert page.locator("#drawings img, #drawings script, #drawings svg, #drawings b b").count() == 0
    assert watch.clean(), watch


def test_a_refused_pair_says_so_and_shows_both_drawings(opened: Opening):
    page, watch = opened(refused())
    assert "对不上" in page.inner_text(".dv-list")
    assert page.locator(".dv-stage canvas:visible").count() == 2
    assert watch.clean(), watch


def test_printed_the_legend_and_every_difference_are_there(opened: Opening):
    page, _ = opened(example())
    page.emulate_media(media="print")
    assert page.locator(".dv-legend").is_visible()
    assert page.locator(".dv-members > li:visible").count() == 4
    assert not page.locator(".dv-bar").is_visible()
