"""The map book: a page a site, worst first, the checks' own sentences; made on where it was stopped; nobody's place and nobody's number but one's own."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from relocation.accounts.roles import Role
from relocation.service import Store, Trouble, registers
from relocation.service.checking import check
from relocation.service.findings import sentence
from relocation.service.importing import import_files
from relocation.service.lawbook import instruments
from relocation.service.mapbook import jobs
from relocation.service.mapbook.making import Stopped, book, folder
from relocation.service.mapbook.picking import Asked, count, picked
from relocation.service.mapbook.picturing import site_svg
from relocation.service.mapbook.shelf import LIST
from relocation.service.office import open_office
from relocation.service.rectification import lists
from tests.disks import fill as filled_up
from tests.disks import small_disk
from tests.evidence.photos import photo, taken_at
from tests.service.evidence_office import OURS, SITE_LAT, SITE_LON, THEIRS, attach, fill, somebody

DAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
SIX = ("GSA06", "GSA13", "GSA16", "GSA17", "GSA22", "GSA23")
PHONE = "13800001111"


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page without its blanks: lines break where they must, and a hyphen there is read as a sign of its own."""
    return [plain(page.get_textpage().get_text_bounded().replace("\x02", "-")) for page in pypdfium2.PdfDocument(pdf)]


def plain(said: str) -> str:
    return "".join(said.split())


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return an office with a site in each of two counties. What tests add to it they say."""
    at = tmp_path_factory.mktemp("two")
    opened = fill(open_office(at / "home"), at)
    check(opened, as_of=DAY, now=NOW)
    yield opened
    opened.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_book_has_a_page_a_site_worst_first_with_every_sentence_of_its_checks(county: Store, lang: str) -> None:
    made, sites = book(county, Asked(sites=SIX), lang, DAY)
    pages = texts(made)
    assert sites == len(pages) == 6
    listed = [row.code for row in registers.sites(county, lang, limit=200).rows if row.code in SIX]
    assert [next(code for code in SIX if code in page) for page in pages] == listed
    register = instruments(county)
    for code, page in zip(listed, pages, strict=True):
        for finding in registers.site(county, code, lang).findings:
            assert plain(sentence(finding, lang, register)) in page
    assert made == book(county, Asked(sites=SIX), lang, DAY)[0]


def test_a_page_says_of_the_map_what_was_measured_and_of_the_ledger_what_is_open(county: Store) -> None:
    page = texts(book(county, Asked(sites=("GSA06",)), "zh", DAY)[0])[0]
    near = next(one.facts["near"] for one in registers.site(county, "GSA06", "zh").findings if one.check == "four-proximities")
    assert f"寨河镇{near['township']['m']:,.0f}米±150米误差内，难判定" in page
    assert "濮公山矿山公园23.8公里±4,000米不靠近" in page
    assert "未销号的整改台账（6条" in page and "没有登记图纸" in page
    assert "天地图GS(2024)0650号,2024-05" in page and "核查以2019年12月31日为准" in page and "安置点台账.xlsx" in page


def test_a_site_without_a_position_has_its_page_which_says_so_instead_of_a_map(county: Store) -> None:
    page = texts(book(county, Asked(sites=("GSA17",)), "zh", DAY)[0])[0]
    assert "台账没有这个安置点的坐标" in page and "四靠最近的" not in page
    with pytest.raises(Trouble, match="mapbook-unplaced"):
        site_svg(county, "GSA17", None, "zh")


def test_the_conditions_are_those_of_the_lists(county: Store) -> None:
    worst = {row.code: row.worst for row in registers.sites(county, "zh", limit=200).rows}
    for asked, wanted in (
        (Asked(county=OURS), set(worst)),
        (Asked(outcome=("fail",)), {code for code, one in worst.items() if one == "fail"}),
        (Asked(outcome=("fail", "no-data")), {code for code, one in worst.items() if one in ("fail", "no-data")}),
        (Asked(township="寨河镇"), {"GSA05", "GSA06"}),
        (Asked(text="GSA2", outcome=("pass",)), {"GSA23"}),
        (Asked(check=("four-proximities",), outcome=("no-data",)), {"GSA17"}),
        (Asked(sites=("GSA01", "GSA17")), {"GSA01", "GSA17"}),
    ):
        assert {str(row["code"]) for row in picked(county, asked)} == wanted
        assert count(county, asked) == len(wanted)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(county="110101"), "county-empty"),
        (Asked(township="没有的镇"), "mapbook-none-fits"),
        (Asked(sites=("GSA01", "QQQ")), "mapbook-unknown-sites"),
        (Asked(outcome=("wrong",)), "unknown-outcome"),
        (Asked(check=("wrong",)), "unknown-check"),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_mend(county: Store, asked: Asked, code: str) -> None:
    for ask in (picked, count):
        with pytest.raises(Trouble, match=code) as refused:
            ask(county, asked)
        assert refused.value.mend("zh") and refused.value.mend("en")


def test_an_office_without_sites_is_told_so(store: Store) -> None:
    with pytest.raises(Trouble, match="mapbook-no-sites"):
        book(store, Asked(), "zh", DAY)


def test_a_run_again_makes_only_what_is_missing_or_whose_data_changed(two: Store, tmp_path: Path) -> None:
    out = tmp_path / "book"
    first = folder(two, Asked(), "zh", DAY, out)
    assert (first.sites, first.made, first.kept) == (2, 2, 0)
    names = sorted(path.name for path in out.glob("*.pdf"))
    assert names == ["411522-S1-甲安置点.pdf", "411523-S1-甲安置点.pdf"]
    before = {name: (out / name).read_bytes() for name in names}
    again = folder(two, Asked(), "zh", date(2026, 12, 1), out)
    assert (again.made, again.kept) == (0, 2)  # another day alone changes nothing that is said
    (out / names[0]).unlink()
    assert folder(two, Asked(), "zh", DAY, out).made == 1
    assert {name: (out / name).read_bytes() for name in names} == before
    renamed = "安置点编码,安置点名称,乡镇,经度,纬度,坐标系,位置误差(米),安置户数\nS1,甲安置点,甲乡,114.87,31.64,WGS84,10,77\n"
    (tmp_path / "安置点.csv").write_text(renamed, "utf-8")
    import_files(two, [tmp_path / "安置点.csv"], as_kind="sites", county=THEIRS, now=NOW)
    told: list[tuple[str, int, int]] = []
    changed = folder(two, Asked(), "zh", DAY, out, lambda *far: told.append(far))
    assert (changed.made, changed.kept) == (1, 1) and told[-1][1:] == (2, 2)
    assert "77户" in texts((out / names[1]).read_bytes())[0]
    assert folder(two, Asked(county=OURS), "zh", DAY, out).others == 1


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from relocation.service.mapbook.making import folder
from relocation.service.mapbook.picking import Asked
from relocation.service.office import open_office

def tell(stage, done, total):
    if done == 3:
        os.kill(os.getpid(), signal.SIGKILL)

folder(open_office(Path(sys.argv[1])), Asked(sites=tuple(sys.argv[3:])), "zh", date(2026, 11, 30), Path(sys.argv[2]), tell)
"""


def test_a_run_killed_in_the_middle_leaves_whole_pages_and_the_next_makes_the_rest(county: Store, tmp_path: Path) -> None:
    out, whole = tmp_path / "killed", tmp_path / "whole"
    died = subprocess.run([sys.executable, "-c", KILLED, str(county.home), str(out), *SIX], cwd=Path(__file__).parents[2], check=False, timeout=120)
    assert died.returncode == -signal.SIGKILL
    assert len(list(out.glob("*.pdf"))) == 3
    run = folder(county, Asked(sites=SIX), "zh", DAY, out)
    assert (run.made, run.kept, run.stopped) == (3, 3, False)
    folder(county, Asked(sites=SIX), "zh", DAY, whole)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {path.name: path.read_bytes() for path in whole.iterdir()}


def test_stopping_leaves_the_pages_made_so_far(county: Store, tmp_path: Path) -> None:
    answers = iter([False, False, True])
    run = folder(county, Asked(sites=SIX), "zh", DAY, tmp_path / "book", stop=lambda: next(answers))
    assert (run.made, run.stopped) == (2, True)
    assert len((tmp_path / "book" / LIST).read_text("utf-8").splitlines()) == 2
    with pytest.raises(Stopped):
        book(county, Asked(sites=SIX), "zh", DAY, stop=lambda: True)


def test_a_full_disk_is_refused_and_what_was_kept_stays_good(two: Store, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        assert folder(two, Asked(county=OURS), "zh", DAY, disk / "book").made == 1
        filled_up(disk)
        with pytest.raises(Trouble, match="out-unwritable") as refused:
            folder(two, Asked(), "zh", DAY, disk / "book")
        assert "411523-S1" in refused.value.reason("zh")
        (disk / "ballast").unlink()
        run = folder(two, Asked(), "zh", DAY, disk / "book")
        assert (run.made, run.kept) == (1, 1)


def test_a_photo_stands_on_the_page_without_what_the_telephone_wrote_into_it(two: Store, tmp_path: Path) -> None:
    taken = taken_at(datetime(2018, 5, 3, 10, 22), SITE_LON, SITE_LAT, seed=7)  # noqa: DTZ001 - a camera's clock has no zone
    attach(two, tmp_path, taken, since=date(2018, 5, 3))
    attach(two, tmp_path, photo(8), kind="minutes", name="b.jpg", since=date(2018, 5, 3))  # a paper, which may be a list of people
    made, _sites = book(two, Asked(county=OURS), "zh", DAY)
    page = pypdfium2.PdfDocument(made)[0]
    pictures = [one for one in page.get_objects() if one.type == 3]  # FPDF_PAGEOBJ_IMAGE
    assert len(pictures) == 1
    assert b"Exif" in taken and b"Exif" not in made and b"Made up" not in made
    assert "现场照片，2018年5月3日" in texts(made)[0]


def test_numbers_of_people_are_masked_whoever_prints_and_texts_are_no_markup(two: Store, tmp_path: Path) -> None:
    line = f"1,甲乡,甲村,甲安置点房屋渗水 电话{PHONE} #pagebreak()*粗*,甲乡政府\n"
    (tmp_path / "问题清单.csv").write_text(f"序号,乡镇,行政村,问题描述,责任单位\n{line}", "utf-8")
    keeper = two.acting(somebody(Role.KEEPER))
    lists.bring_list(keeper, tmp_path / "问题清单.csv", county=OURS, tier="national", now=NOW)
    pages = texts(book(keeper, Asked(), "zh", DAY)[0])
    assert len(pages) == 1  # the other county is not theirs, and #pagebreak() breaks none
    assert "********111#pagebreak()*粗*" in pages[0] and PHONE not in pages[0]


def test_nobody_prints_another_place(two: Store) -> None:
    theirs = two.acting(somebody(Role.VIEWER, counties=(THEIRS,)))
    assert [row["county"] for row in picked(theirs, Asked())] == [THEIRS]
    with pytest.raises(Trouble, match="county-empty"):
        picked(theirs, Asked(county=OURS))
    with pytest.raises(Trouble, match="unknown-subject"):
        site_svg(theirs, "S1", OURS, "zh")


@pytest.fixture
def asking(county: Store) -> Iterator[Callable[[str], Store]]:
    """Return a maker of people who ask; their jobs are waited for."""
    people: list[Store] = []

    def named(name: str) -> Store:
        people.append(county.acting(somebody(Role.VIEWER, name=name)))
        return people[-1]

    yield named
    for one in people:
        for job in jobs.jobs(one):
            jobs.wait(one, job.id)


@pytest.mark.parametrize("form", ["pdf", "zip"])
def test_a_book_is_made_beside_the_pages_for_the_one_who_asked(asking: Callable[[str], Store], form: str) -> None:
    mine, other = asking(f"one-{form}"), asking(f"other-{form}")
    begun = jobs.start(mine, Asked(sites=SIX[:2]), form, "zh", today=DAY, now=NOW)
    done = jobs.wait(mine, begun.id)
    assert (done.state, done.done, done.sites) == (jobs.DONE, 2, 2)
    job, path = jobs.made(mine, begun.id)
    assert path.read_bytes()[:2] == (b"%P" if form == "pdf" else b"PK") and jobs.pace_s(form) > 0
    for ask in (jobs.job_of, jobs.made, jobs.stop, jobs.again):
        with pytest.raises(Trouble, match="mapbook-job-unknown"):
            ask(other, job.id)
    with pytest.raises(Trouble, match="mapbook-job-unknown"):
        jobs.job_of(mine, "../" + job.id)


def test_whoever_is_given_other_places_leaves_the_books_of_the_old_ones_behind(county: Store, asking: Callable[[str], Store]) -> None:
    mine = asking("moved")
    begun = jobs.start(mine, Asked(sites=SIX[:1]), "pdf", "zh", today=DAY, now=NOW)
    jobs.wait(mine, begun.id)
    elsewhere = county.acting(somebody(Role.VIEWER, counties=(THEIRS,), name="moved"))
    assert jobs.jobs(elsewhere) == []
    with pytest.raises(Trouble, match="mapbook-job-unknown"):
        jobs.made(elsewhere, begun.id)


def test_a_job_is_stopped_and_gone_on_with_and_one_person_has_one_at_a_time(asking: Callable[[str], Store]) -> None:
    mine = asking("stopper")
    begun = jobs.start(mine, Asked(sites=SIX), "zip", "zh", today=DAY, now=NOW)
    with pytest.raises(Trouble, match="mapbook-busy"):
        jobs.start(mine, Asked(), "pdf", "zh", today=DAY, now=NOW)
    with pytest.raises(Trouble, match="mapbook-job-unfinished"):
        jobs.made(mine, begun.id)
    jobs.stop(mine, begun.id)
    stopped = jobs.wait(mine, begun.id)
    assert stopped.state == jobs.STOPPED and stopped.done < 6
    jobs.again(mine, begun.id)
    assert jobs.wait(mine, begun.id).state == jobs.DONE


def test_a_job_whose_server_is_gone_is_told_apart_and_gone_on_with(asking: Callable[[str], Store]) -> None:
    mine = asking("broken")
    begun = jobs.start(mine, Asked(sites=SIX[:1]), "pdf", "zh", today=DAY, now=NOW)
    jobs.wait(mine, begun.id)
    _job, path = jobs.made(mine, begun.id)
    note = path.with_name("job.json")
    note.write_text(json.dumps(json.loads(note.read_text("utf-8")) | {"state": "running"}), "utf-8")
    assert jobs.job_of(mine, begun.id).state == jobs.BROKEN
    jobs.again(mine, begun.id)
    assert jobs.wait(mine, begun.id).state == jobs.DONE


def test_a_book_nobody_touched_for_a_day_is_swept(asking: Callable[[str], Store]) -> None:
    mine = asking("sweeper")
    begun = jobs.start(mine, Asked(sites=SIX[:1]), "pdf", "zh", today=DAY, now=NOW)
    jobs.wait(mine, begun.id)
    path = jobs.made(mine, begun.id)[1]
    old = path.stat().st_mtime - jobs.KEPT_SECONDS - 60
    os.utime(path.with_name("job.json"), (old, old))
    jobs.wait(mine, jobs.start(mine, Asked(sites=SIX[:1]), "pdf", "zh", today=DAY, now=NOW).id)
    assert not path.exists() and len(jobs.jobs(mine)) == 1


def test_a_job_that_fails_says_why(asking: Callable[[str], Store], tmp_path: Path) -> None:
    mine = asking("failing")
    begun = jobs.start(mine, Asked(sites=SIX[:1]), "zip", "zh", today=DAY, now=NOW)
    jobs.wait(mine, begun.id)
    parts = jobs.made(mine, begun.id)[1].with_name(jobs.PARTS)
    for left in parts.iterdir():
        left.unlink()
    parts.rmdir()
    parts.write_bytes(b"")  # a file where the folder should be
    note = parts.with_name("job.json")
    note.write_text(json.dumps(json.loads(note.read_text("utf-8")) | {"state": "stopped"}), "utf-8")
    jobs.again(mine, begun.id)
    failed = jobs.wait(mine, begun.id)
    assert failed.state == jobs.FAILED and failed.why is not None and failed.why["code"] == "out-unwritable"
    assert re.search(r"pages", Trouble(failed.why["code"], **failed.why["facts"]).reason("zh"))
