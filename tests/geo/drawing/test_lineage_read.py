"""What a file says of its own past comes out to the second, in UTC where the format knows the zone, each with where it was read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from geo.drawing.model import Lineage
from geo.drawing.read.lineage_fields import moment
from geo.drawing.read.reading import read
from tests.drawings.dwg import dwg
from tests.drawings.pasts import stories
from tests.drawings.sheets import sheet
from tests.drawings.unit_types import A
from tests.drawings.writing import CHINA, Form, Past, dxf, julian

PLAN = sheet((A,))
PASTS = (
    Past(datetime(2017, 3, 1, 9, 0, 7, tzinfo=CHINA), datetime(2019, 8, 14, 17, 59, 59, tzinfo=CHINA), 12.5, "yanjia"),
    Past(datetime(2000, 1, 1, 0, 0, 0, tzinfo=CHINA), datetime(2016, 2, 29, 0, 0, 1, tzinfo=CHINA), 0.25, "演甲"),
    Past(datetime(2018, 12, 31, 23, 59, 58, tzinfo=CHINA), datetime(2019, 1, 1, 7, 59, 59, tzinfo=CHINA), 1234.5, "a b"),
)
UNIVERSAL = ("R2000", "R2004", "R2007", "R2010", "R2013", "R2018")


def of(form: Form, kind: str = "dxf") -> Lineage:
    return read((dwg if kind == "dwg" else dxf)(PLAN, form), f"plan.{kind}").lineage


@pytest.mark.parametrize("past", PASTS)
@pytest.mark.parametrize("binary", [False, True])
@pytest.mark.parametrize("version", UNIVERSAL)
def test_a_dxf_from_2000_on_gives_its_moments_in_utc_to_the_second(version: str, binary: bool, past: Past) -> None:
    lineage = of(Form(version, binary=binary, past=past))
    assert (lineage.created_at, lineage.updated_at) == (past.created_at.astimezone(UTC), past.updated_at.astimezone(UTC))
    assert lineage.created_at.tzinfo is UTC
    assert lineage.edit_hours == pytest.approx(past.edit_hours, abs=1e-6)
    assert (lineage.fingerprint, lineage.version_id) == (past.fingerprint, past.version)
    assert (lineage.sources["created_at"], lineage.sources["updated_at"]) == ("$TDUCREATE", "$TDUUPDATE")


@pytest.mark.parametrize("past", PASTS)
def test_an_r12_dxf_gives_local_moments_and_says_so(past: Past) -> None:
    lineage = of(Form("R12", past=past))
    assert (lineage.created_at, lineage.updated_at) == (past.created_at.replace(tzinfo=None), past.updated_at.replace(tzinfo=None))
    assert lineage.sources["created_at"] == "$TDCREATE"
    assert (lineage.fingerprint, lineage.saved_by) == ("", "")


@pytest.mark.parametrize("past", PASTS)
@pytest.mark.parametrize("version", ["R2000", "R2004", "R2010", "R2013", "R2018"])
def test_a_dwg_from_2000_on_gives_its_moments_in_utc_to_the_second(version: str, past: Past) -> None:
    lineage = of(Form(version, past=past), "dwg")
    assert (lineage.created_at, lineage.updated_at) == (past.created_at.astimezone(UTC), past.updated_at.astimezone(UTC))
    assert lineage.sources["created_at"] == "TDCREATE"
    written = {"R2000": "", "R2004": past.saved_by.encode("ascii", "replace").decode()}.get(version, past.saved_by)
    assert lineage.saved_by == written  # R2000 has no summary; what wrote this R2004 has no Chinese in it


@pytest.mark.parametrize("past", PASTS)
def test_an_r14_dwg_gives_local_moments(past: Past) -> None:
    lineage = of(Form("R14", past=past), "dwg")
    assert (lineage.created_at, lineage.updated_at) == (past.created_at.replace(tzinfo=None), past.updated_at.replace(tzinfo=None))


@pytest.mark.parametrize("version", ["R2004", "R2010", "R2018"])
def test_who_saved_a_dxf_last_is_read_whatever_the_letters(version: str) -> None:
    assert [of(Form(version, past=past)).saved_by for past in PASTS] == ["yanjia", "演甲", "a b"]


def test_the_next_handle_grows_with_what_was_drawn() -> None:
    first, later = (of(Form(past=replace(PASTS[0], first_handle=handle))).next_handle for handle in (0x200, 0x900))
    assert first is not None
    assert later is not None
    assert later - first >= 0x600
    assert later > 0x900


def test_every_story_of_two_files_is_read_as_it_was_told() -> None:
    for story in stories():
        for past in (story.old, story.new):
            lineage = of(Form(past=past))
            told = (past.created_at.astimezone(UTC), past.updated_at.astimezone(UTC), past.saved_by, past.fingerprint, past.version)
            assert (lineage.created_at, lineage.updated_at, lineage.saved_by, lineage.fingerprint, lineage.version_id) == told, story.name


def test_moments_of_the_second_reader_are_never_taken() -> None:
    # ACadSharp's copy carries the present moment and its own name as the last saver
    lineage = of(Form("R2018", past=PASTS[0]), "dwg")
    assert lineage.updated_at.year == 2019
    assert lineage.saved_by != "ACadSharp"
    assert "Universal" not in " ".join(lineage.sources.values())


@given(some.datetimes(datetime(1901, 1, 1), datetime(2131, 1, 1)))  # noqa: DTZ001 - the zone is the case's
def test_a_moment_comes_back_to_the_second_from_the_days_that_a_file_counts(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert moment(julian(at), utc=False) == at
    days = int(julian(at))
    since = (at - datetime(at.year, at.month, at.day)) / timedelta(milliseconds=1)  # noqa: DTZ001
    assert moment(days, since, utc=True) == at.replace(tzinfo=UTC)


@pytest.mark.parametrize(("days", "milliseconds"), [(0, 0), (-5, 0), (1e9, 0), (float("nan"), 0), (2_457_814, -1), (2_457_814, 9e7), (2_457_814, float("nan"))])
def test_a_missing_or_senseless_moment_is_none(days: float, milliseconds: float) -> None:
    assert moment(days, milliseconds, utc=True) is None
