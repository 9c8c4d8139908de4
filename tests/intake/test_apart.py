"""What a file holds is read in a process of its own; what comes back is the same as if it had been read here, or is not believed."""

import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from relocation.intake import LayerFile, Ledger, Refusal, Unusable, apart, jail, packing, read_all, write_refused
from relocation.intake.columns import Damaged
from relocation.intake.forking import CLIENT
from relocation.intake.reading import read_file
from tests.intake.corpus.every import CASES
from tests.intake.ledgers import HOME_HEADINGS, homes, workbook

ROOT = Path(__file__).parents[2]


def described(one: Ledger | LayerFile) -> dict[str, Any]:
    """Return everything a part says, shapes as WKB, so that two can be compared."""
    told: dict[str, Any] = {"file": one.file, "sheet": one.sheet, "numbers": one.row_numbers.tolist(), "read": one.read}
    told |= {"refusals": [refusal.json("zh") | {"row": refusal.row} for refusal in one.refusals], "notes": [note.json("en") for note in one.notes]}
    if isinstance(one, Ledger):
        columns = {name: plain(one.records.stored(name)) for name in one.records.held()}
        return told | {"kind": one.kind.id, "columns": columns, "letters": dict(one.letters), "crs": one.crs}
    layer = one.layer
    texts = (layer.id, layer.names, layer.declared_crs, layer.source, layer.dated, layer.licence)
    arrays = {name: plain(values) for name, values in {"s": layer.shapes, "c": layer.counties, "u": layer.uncertainty_m, **layer.attributes}.items()}
    return told | {"texts": texts, "arrays": arrays}


def refused(path: Path, **told: Any) -> Refusal | None:
    try:
        read_file(path, **told)
    except Unusable as unusable:
        return unusable.refusal
    return None


def plain(column: Any) -> tuple[str, list[str]]:
    return str(column.dtype), [shapely.to_wkb(cell, hex=True) if isinstance(cell, shapely.Geometry) else repr(cell) for cell in column.tolist()]


@pytest.mark.filterwarnings("ignore")
def test_what_comes_back_is_what_was_read_for_a_third_of_the_corpus(tmp_path: Path) -> None:
    compared = 0
    for number, (name, case) in enumerate(sorted(CASES.items())[::3]):
        if name.startswith("xlsx: ") or "laughs" in name or "deep" in name:  # those may end a process that reads them unguarded
            continue
        (tmp_path / str(number)).mkdir()
        path = case.make(tmp_path / str(number))
        refusal = refused(path, **case.told)
        if refusal is not None:
            with pytest.raises(Unusable) as back:
                packing.unpack(packing.pack_refused(refusal))
            assert back.value.refusal == refusal
            continue
        here = read_file(path, **case.told)
        assert [described(one) for one in packing.unpack(packing.pack(here))] == [described(one) for one in here], name
        compared += 1
    assert compared > 15


def test_a_file_says_the_same_here_and_apart(tmp_path: Path) -> None:
    rows = [[f"H{at}", f"户{at}", "文殊乡", "陈岗村", at % 7 + 1, "2019-05-06" if at % 2 else "何时", 31.9 + at / 1e4, 114.8] for at in range(300)]
    path = workbook(tmp_path / "搬迁户.xlsx", [[*HOME_HEADINGS, "家庭人口数", "入住日期", "纬度(CGCS2000)", "经度(CGCS2000)"], *rows])
    outline = shapely.box(114, 31, 115, 33)
    here, there = (read(path, county="411522", boundary=outline) for read in (read_file, read_all))
    assert [described(one) for one in there] == [described(one) for one in here]
    assert here[0].refused == 150


def test_whoever_asks_hears_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relocation.intake.forking._TICK_S", 0.002)
    path = workbook(tmp_path / "搬迁户.xlsx", [HOME_HEADINGS, *([f"H{at}", f"户{at}", "文殊乡", "陈岗村"] for at in range(45_000))])
    heard: list[tuple[int, int]] = []
    read_all(path, progress=lambda done, total: heard.append((done, total)))
    assert heard == sorted(heard)
    assert set(heard) & {(20_000, 44_999), (40_000, 44_999)}


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (jail.Limits(memory_bytes=450 << 20), "reading-memory"),
        (jail.Limits(memory_bytes=3 << 30, seconds=0.3), "reading-long"),
        (jail.Limits(memory_bytes=3 << 30, file_bytes=1000), "reading-died"),
    ],
)
def test_a_reading_that_takes_too_much_is_cut_off_by_name_and_the_next_file_is_read(limits: jail.Limits, code: str, tmp_path: Path) -> None:
    CLIENT.begin()
    rows = (f"H{at:06},户{at},文殊乡,陈岗村,{'备注' * 20}{at}" for at in range(120_000))
    path = tmp_path / "搬迁户.csv"
    path.write_text("\n".join([",".join([*HOME_HEADINGS, "备注"]), *rows]), "utf-8")
    with pytest.raises(Unusable) as unusable:
        apart.read_all(path, file_name=path.name, limits=limits)
    assert unusable.value.refusal.code == code
    assert unusable.value.refusal.reason("zh")
    assert unusable.value.refusal.mend("en")
    assert homes(tmp_path, ["家庭人口数"], [3]).read == 1


def test_the_workbook_of_refused_rows_is_written_from_the_bytes_that_come_back(tmp_path: Path) -> None:
    path = workbook(tmp_path / "搬迁户.xlsx", [[*HOME_HEADINGS, "家庭人口数"], ["H1", "甲", "文殊乡", "陈岗村", "三"], ["H2", "乙", "文殊乡", "陈岗村", 2]])
    refusals = [refusal for one in read_all(path) for refusal in one.refusals]
    write_refused(tmp_path / "out.xlsx", path, refusals, "zh")
    (again,) = read_all(tmp_path / "out.xlsx")
    assert [refusal.code for refusal in again.refusals] == [refusal.code for refusal in refusals]


def test_no_single_changed_byte_is_taken_for_something_the_program_does_not_know(tmp_path: Path) -> None:
    rows = [[f"H{at}", f"户{at}", "文殊乡", "陈岗村", at % 7 + 1, "是", "2019-05-06"] for at in range(20)]
    path = workbook(tmp_path / "搬迁户.xlsx", [[*HOME_HEADINGS, "家庭人口数", "是否建档立卡", "入住日期"], *rows])
    packed = packing.pack(read_file(path))
    chance = random.Random(20180905)  # noqa: S311 - places, not secrets
    believed = 0
    for _ in range(1500):
        spoilt = bytearray(packed)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        try:
            (one,) = packing.unpack(bytes(spoilt))
        except Damaged:
            continue
        believed += 1  # another letter in a text, another digit in a number: what any file may hold
        assert isinstance(one, Ledger)
        flags, persons = one.records.stored("registered_poor"), one.records.stored("family_persons")
        assert set(flags.tolist()) <= {-1, 0, 1}
        assert not np.isinf(persons).any()
        assert len(one.row_numbers) == len(one.records) == 20
    assert 0 < believed < 1500


@pytest.mark.parametrize(
    "spoilt", [b"", b"RECORDS1", b"RECORDS1" + b"\xff" * 8, b"RECORDS1\x02" + bytes(7) + b"[]", b"REFUSED1[]", b"REFUSED1" + b"[" * 100_000]
)
def test_what_is_no_answer_is_not_believed(spoilt: bytes) -> None:
    with pytest.raises(Damaged):
        packing.unpack(spoilt)


def test_cutting_an_answer_short_or_adding_to_it_is_noticed(tmp_path: Path) -> None:
    packed = packing.pack(read_file(workbook(tmp_path / "搬迁户.xlsx", [HOME_HEADINGS, ["H1", "甲", "文殊乡", "陈岗村"]])))
    for spoilt in (packed[:-1], packed + b"\x00", packed[:40]):
        with pytest.raises(Damaged):
            packing.unpack(spoilt)


def test_a_small_file_needs_no_parser_in_the_program_itself(tmp_path: Path) -> None:
    path = workbook(tmp_path / "搬迁户.xlsx", [HOME_HEADINGS, ["H1", "甲", "文殊乡", "陈岗村"]])
    script = (
        "import sys; from pathlib import Path; import relocation; from relocation.intake import read_all; "
        f"print(read_all(Path({str(path)!r}))[0].read, [name for name in ('python_calamine', 'pyogrio', 'pyproj') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "1 []"


def test_when_the_warm_process_is_gone_another_takes_its_place(tmp_path: Path) -> None:
    path = workbook(tmp_path / "搬迁户.xlsx", [HOME_HEADINGS, ["H1", "甲", "文殊乡", "陈岗村"]])
    assert read_all(path)[0].read == 1
    CLIENT._process.kill()
    CLIENT._process.wait()
    assert read_all(path)[0].read == 1


def test_when_the_program_is_killed_its_reading_ends_and_nothing_is_left(tmp_path: Path) -> None:
    script = (
        "import sys, tempfile, threading; import relocation; from relocation.intake import jail; "
        f"tempfile.tempdir = {str(tmp_path)!r}; "
        "threading.Thread(target=lambda: jail.call('tests.intake.jail_inmates:sleeps', [b''])).start(); "
        "sys.stdin.read()"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE)
    try:
        wait_until(lambda: list(tmp_path.glob("*/last-words")))
        process.kill()
        process.wait()
        wait_until(lambda: not list(tmp_path.iterdir()))
    finally:
        process.kill()


def wait_until(done: Any) -> None:
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_too_many_at_once_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jail, "_asked", threading.BoundedSemaphore(1))
    path = workbook(tmp_path / "搬迁户.xlsx", [HOME_HEADINGS, ["H1", "甲", "文殊乡", "陈岗村"]])
    with jail._turn(), pytest.raises(Unusable) as unusable:
        read_all(path)
    assert unusable.value.refusal.code == "reading-busy"
    assert read_all(path)[0].read == 1


def test_an_old_system_without_forks_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jail, "possible", lambda: False)
    path = workbook(tmp_path / "搬迁户.xlsx", [HOME_HEADINGS, ["H1", "甲", "文殊乡", "陈岗村"]])
    assert [described(one) for one in read_all(path)] == [described(one) for one in read_file(path)]
    assert not list(Path(tempfile.gettempdir()).glob("relocation-*/told.json"))
