"""A grid of slopes brought in: steep cells become zones by the law's number, and what it does not cover is never called clear."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from relocation.intake import Unusable
from relocation.service import Store, checking, findings, lawbook, registers
from relocation.service.importing import import_files
from tests.service.conftest import NOW, SITES
from tests.service.test_lawbook import law

AS_OF = date(2019, 12, 31)
BLOCKS = ((5.0, 24.0, 26.0), (5.0, -9999.0, 40.0))  # from the north; each 0.009 degrees wide and of three by three cells


def grid(folder: Path) -> Path:
    head = "NCOLS 9\nNROWS 6\nXLLCENTER 114.9015\nYLLCENTER 32.0015\nCELLSIZE 0.003\nNODATA_value -9999\n"
    path = folder / "坡度.asc"
    lines = [" ".join(str(slope) for slope in row for _ in range(3)) for row in BLOCKS for _ in range(3)]
    path.write_text(head + "\n".join(lines) + "\n", "ascii")
    return path


@pytest.fixture
def office(store: Store, ledger: Callable[..., Path]) -> Store:
    """Return an office with a site in the middle of every block of the grid, and one outside it."""
    middles = {f"C{row}{column}": (round(114.9045 + 0.009 * column, 4), round(32.0135 - 0.009 * row, 4)) for row in range(2) for column in range(3)}
    rows = [f"{code},{code},十里镇,{lon},{lat},2017-03-05,20" for code, (lon, lat) in {**middles, "OUT": (114.80, 32.10)}.items()]
    import_files(store, [ledger(rows, SITES, "点.csv")], now=NOW, as_kind="sites", county="411522", crs="WGS84")
    far = ledger(["甲,411522,114.50,31.50"], "名称,县代码,经度,纬度", "别处.csv")  # the other four layers are there and lie elsewhere
    for other in ("geological_hazards", "ecological_red_line", "permanent_farmland", "flood_zones"):
        import_files(store, [far], now=NOW, as_kind=f"layer:{other}", county="411522", crs="WGS84")
    return store


def slopes(store: Store) -> dict[str, str]:
    """Return what is said of each site about steep slopes."""
    checking.check(store, as_of=AS_OF, now=NOW, only=["exclusion-zones"])
    found = findings.findings(store, check="exclusion-zones", kind="site").findings
    return {one.subject: str(one.facts["zones"]["steep_slopes"]["state"]) for one in found}


def test_cells_steeper_than_the_number_are_zones_and_ground_without_a_value_is_unsaid(office: Store, tmp_path: Path) -> None:
    (report,) = import_files(office, [grid(tmp_path)], now=NOW, as_kind="layer:steep_slopes", county="411522", crs="WGS84")
    assert report.kind == "layer:steep_slopes" and not report.refusals
    assert any("54 格中 45 格有数值，18 格大于 25 度，划成 1 块" in note.text("zh") for note in report.notes)
    assert slopes(office) == {"C00": "clear", "C01": "clear", "C02": "inside", "C10": "clear", "C11": "uncovered", "C12": "inside", "OUT": "uncovered"}


def test_a_countys_own_number_of_degrees_makes_other_zones(office: Store, tmp_path: Path) -> None:
    own = "  exclusion-zones:\n    steep_over_degrees:\n      - {since: 2017-01-01, amount: 20, instrument: county-rules, clause: {zh: 第九条, en: article 9}, standing: formal}"
    lawbook.publish(office, law(1600, extra=own), "本县从严", NOW)
    import_files(office, [grid(tmp_path)], now=NOW, as_kind="layer:steep_slopes", county="411522", crs="WGS84")
    assert slopes(office)["C01"] == "inside"


def test_the_layers_list_shows_where_the_zones_come_from(office: Store, tmp_path: Path) -> None:
    import_files(office, [grid(tmp_path)], now=NOW, as_kind="layer:steep_slopes", county="411522", crs="WGS84")
    (row,) = [row for row in registers.layers(office, "zh") if row.id == "steep_slopes"]
    assert row.source == "坡度.asc" and row.county == "411522"


def test_nothing_of_a_grid_is_kept_that_does_not_say_its_system(office: Store, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as told:
        import_files(office, [grid(tmp_path)], now=NOW, as_kind="layer:steep_slopes", county="411522")
    assert told.value.refusal.code == "grid-no-crs" and "--crs" in told.value.refusal.mend("zh")
    assert not [row for row in registers.layers(office, "zh") if row.id == "steep_slopes"]
