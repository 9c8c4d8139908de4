"""Photos as proof: judged by place and day, known again in another record, kept to their places, never deleted."""

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from relocation.accounts.roles import Role
from relocation.ledger.moves import Move
from relocation.ledger.states import State
from relocation.service import Store, Trouble, Unusable, auditing
from relocation.service.checking import check
from relocation.service.evidence import attaching, proof, showing
from relocation.service.rectification import listing, opening
from relocation.service.rectification.moving import Wish, move
from relocation.store import log, queries
from tests.evidence.hostile import pdf
from tests.evidence.photos import exif, gps, photo, taken_at
from tests.evidence.scenes import scene
from tests.service.evidence_office import DEGREE_M, NOW, OURS, SITE_LAT, SITE_LON, THEIRS, attach, fill, somebody

MAY, APRIL, JUNE = datetime(2018, 5, 3, 10, 22), datetime(2018, 4, 1, 9), datetime(2018, 6, 1, 9)  # noqa: DTZ001 - a camera's clock has no zone
DAY = date(2018, 5, 3)


@pytest.fixture
def place(store: Store, tmp_path: Path) -> Store:
    return fill(store, tmp_path)


def support(store: Store, id: int) -> str:
    return showing.one(store, id, "zh").said.support


@pytest.mark.parametrize(
    ("north_m", "error_m", "expected"),
    [
        (0, 5, "supports"),
        (480, 5, "supports"),
        (495, 5, "too-close"),
        (510, 5, "too-close"),
        (520, 5, "elsewhere"),
        (480, 60, "too-close"),
        (3000, 5, "elsewhere"),
    ],
)
def test_a_photo_is_at_the_site_only_surely_and_elsewhere_only_surely(place: Store, tmp_path: Path, north_m: float, error_m: float, expected: str) -> None:
    data = taken_at(MAY, SITE_LON, SITE_LAT + north_m / DEGREE_M, HPositioningError=error_m)
    assert support(place, attach(place, tmp_path, data, since=DAY).id) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (DAY, None, "supports"),
        (date(2018, 5, 1), date(2018, 5, 7), "supports"),
        (date(2018, 5, 4), date(2018, 5, 7), "other-time"),
        (date(2017, 5, 3), None, "other-time"),
        (None, None, "no-claim"),
    ],
)
def test_a_photos_day_is_held_against_the_days_claimed(place: Store, tmp_path: Path, since: date | None, until: date | None, expected: str) -> None:
    assert support(place, attach(place, tmp_path, taken_at(MAY, SITE_LON, SITE_LAT), since=since, until=until).id) == expected


def test_no_place_and_no_time_are_said_in_words_of_their_own_and_are_not_elsewhere(place: Store, tmp_path: Path) -> None:
    said = {
        name: showing.one(place, attach(place, tmp_path, data, name=f"{name}.jpg", since=DAY).id, "zh").said
        for name, data in (("bare", photo(1)), ("placeless", taken_at(MAY, seed=2)), ("timeless", photo(3, said=exif(None, gps(SITE_LON, SITE_LAT)))))
    }
    assert {name: one.support for name, one in said.items()} == {"bare": "no-place", "placeless": "no-place", "timeless": "no-time"}
    assert said["bare"].lines != said["placeless"].lines


def test_distance_and_both_uncertainties_are_said_with_where_they_come_from(place: Store, tmp_path: Path) -> None:
    row = attach(place, tmp_path, taken_at(MAY, SITE_LON, SITE_LAT + 100 / DEGREE_M), since=DAY)
    (line,) = [line for line in showing.one(place, row.id, "en").said.lines if "±" in line]
    assert line.startswith("100 m ± 60 m from the registered position (photo ±50 m, assumed")
    assert "register ±10 m, as recorded" in line


def test_the_old_house_is_where_demolition_is_shown_and_not_the_new_one(place: Store, tmp_path: Path) -> None:
    there = taken_at(APRIL, SITE_LON, SITE_LAT + 3000 / DEGREE_M, HPositioningError=5.0)
    row = attach(place, tmp_path, there, "H0001", kind="before", since=date(2018, 4, 1))
    assert support(place, row.id) == "supports"
    assert support(place, attach(place, tmp_path, there, "H0001", kind="photo", since=date(2018, 4, 1)).id) == "elsewhere"


def test_a_pair_before_and_after_bears_a_demolition_out(place: Store, tmp_path: Path) -> None:
    for kind, seed, at in (("before", 5, APRIL), ("after", 6, JUNE)):
        attach(place, tmp_path, taken_at(at, SITE_LON, SITE_LAT + 3000 / DEGREE_M, seed), "H0001", kind=kind)
    assert "相互印证" in showing.of_subject(place, "household", OURS, "H0001", "zh").demolition


def test_the_same_picture_shown_for_another_household_is_flagged_on_both(place: Store, tmp_path: Path) -> None:
    first = attach(place, tmp_path, photo(7), "H0001")
    copy = scene(7, size=(320, 240)).crop((20, 10, 280, 200)).resize((200, 150))
    second = attach(place, tmp_path, photo(form="PNG", picture=copy), "H0012", name="b.png", kind="work-log")
    for row, other, kind in ((first, "H0012", "work log"), (second, "H0001", "photo of the place")):
        shown = showing.one(place, row.id, "en")
        assert shown.flagged
        (line,) = shown.said.alike
        assert other in line
        assert kind in line
    assert not proof.has_proof(place, "household", OURS, "H0012")
    assert proof.has_proof(place, "household", OURS, "H0001"), "the one attached first keeps counting"
    assert "后来又用于" in showing.one(place, first.id, "zh").said.alike[0]
    assert "后来又用于" not in showing.one(place, second.id, "zh").said.alike[0]


def test_a_copy_counts_once_the_first_use_is_withdrawn(place: Store, tmp_path: Path) -> None:
    first = attach(place, tmp_path, photo(7), "H0012")
    attach(place, tmp_path, photo(7), "H0001")
    assert (proof.has_proof(place, "household", OURS, "H0012"), proof.has_proof(place, "household", OURS, "H0001")) == (True, False)
    attaching.withdraw(place, first.id, why="附错了户", now=NOW)
    assert proof.has_proof(place, "household", OURS, "H0001")


def test_a_photo_after_demolition_proves_nothing_without_one_before(place: Store, tmp_path: Path) -> None:
    there = SITE_LON, SITE_LAT + 3000 / DEGREE_M
    attach(place, tmp_path, taken_at(JUNE, *there, 6), "H0001", kind="after")
    assert not proof.has_proof(place, "household", OURS, "H0001")
    attach(place, tmp_path, taken_at(APRIL, *there, 5), "H0001", kind="before")
    assert proof.has_proof(place, "household", OURS, "H0001")


def test_a_picture_used_in_another_county_is_told_without_saying_where(place: Store, tmp_path: Path) -> None:
    attach(place, tmp_path, photo(8), "H0012", county=THEIRS, name="theirs.jpg")
    ours = place.acting(somebody())
    row = attach(ours, tmp_path, photo(8), "H0001")
    (line,) = showing.one(ours, row.id, "zh").said.alike
    assert "另一个县" in line
    assert not {"H0012", THEIRS, "theirs"} & set(line.replace("（", " ").split())
    township = place.acting(somebody(counties=(), townships=((OURS, "乙乡"),)))
    other = attach(township, tmp_path, photo(8), "H0012")
    assert any("另一个乡镇" in line for line in showing.one(township, other.id, "zh").said.alike)
    assert not any("H0001" in line for line in showing.one(township, other.id, "zh").said.alike)


def test_unlike_photos_are_not_flagged(place: Store, tmp_path: Path) -> None:
    rows = [attach(place, tmp_path, photo(20 + at), "H0001" if at % 2 else "H0012") for at in range(4)]
    assert not any(showing.one(place, row.id, "zh").flagged for row in rows)


def test_the_same_file_for_the_same_subject_changes_nothing(place: Store, tmp_path: Path) -> None:
    first, again = (attach(place, tmp_path, photo(9), "H0001") for _ in range(2))
    assert first == again
    assert len(list((place.home / "evidence").rglob("*/*"))) == 1


def test_bytes_are_kept_once_under_their_hash_for_their_owner_alone(place: Store, tmp_path: Path) -> None:
    data = photo(10)
    for subject in ("H0001", "S1"):
        attach(place, tmp_path, data, subject)
    (kept,) = [path for path in (place.home / "evidence").rglob("*") if path.is_file()]
    assert kept.read_bytes() == data
    assert kept.name == hashlib.sha256(data).hexdigest()
    assert kept.parent.name == kept.name[:2]
    assert kept.stat().st_mode & 0o777 == 0o600
    assert showing.original(place, 1)[1] == data


def test_attaching_and_withdrawing_stand_in_the_log_with_the_files_hash(place: Store, tmp_path: Path) -> None:
    row = attach(place.acting(somebody()), tmp_path, photo(11), "H0001", name="演甲旧房.jpg", note="演甲家")
    attaching.withdraw(place.acting(somebody(name="keeper-b")), row.id, why="传错了户", now=NOW)
    with place.reading() as connection:
        events = [one for one in log.timeline(connection, "household", OURS, "H0001") if one.action.startswith("evidence.")]
    assert [(one.action, one.who, one.files, one.why) for one in events] == [
        ("evidence.attached", "keeper-a", (row.sha256,), ""),
        ("evidence.withdrawn", "keeper-b", (row.sha256,), "传错了户"),
    ]
    assert "演甲" not in str([(one.old, one.new) for one in events])
    assert auditing.verify(place).problems == ()


def test_a_row_or_a_byte_that_was_altered_behind_the_programs_back_is_found(place: Store, tmp_path: Path) -> None:
    row = attach(place, tmp_path, photo(21), "H0001", since=DAY)
    with place.writing() as connection:
        connection.execute(text("UPDATE evidence SET since = '2018-05-09', until = '2018-05-09'"))
    (place.home / "evidence" / row.sha256[:2] / row.sha256).write_bytes(b"other")
    assert {(one.code, one.where) for one in auditing.verify(place).problems} == {
        ("rows-altered", "evidence id=1"),
        ("file-changed", f"evidence/{row.sha256[:2]}/{row.sha256}"),
    }


def test_what_is_withdrawn_stays_with_its_reason_and_proves_nothing(place: Store, tmp_path: Path) -> None:
    row = attach(place, tmp_path, taken_at(MAY, SITE_LON, SITE_LAT), since=DAY)
    assert proof.has_proof(place, "site", OURS, "S1")
    with pytest.raises(Trouble) as refused:
        attaching.withdraw(place, row.id, why="  ", now=NOW)
    assert refused.value.code == "evidence-why"
    attaching.withdraw(place, row.id, why="不是这个点", now=NOW)
    assert not proof.has_proof(place, "site", OURS, "S1")
    found = showing.of_subject(place, "site", OURS, "S1", "zh")
    assert (found.rows, [one.row.withdrawn_why for one in found.withdrawn]) == ((), ["不是这个点"])
    with pytest.raises(Trouble) as twice:
        attaching.withdraw(place, row.id, why="再来", now=NOW)
    assert twice.value.code == "evidence-withdrawn"


def test_nobody_attaches_without_the_right_or_outside_his_places(place: Store, tmp_path: Path) -> None:
    viewer, foreign = place.acting(somebody(Role.VIEWER)), place.acting(somebody(counties=(THEIRS,)))
    for store, code in ((viewer, "not-allowed"), (foreign, "evidence-subject")):
        with pytest.raises(Trouble) as refused:
            attach(store, tmp_path, photo(12), "H0001")
        assert refused.value.code == code
    row = attach(place, tmp_path, photo(12), "H0001")
    for ask in (lambda: showing.one(foreign, row.id, "zh"), lambda: showing.original(foreign, row.id), lambda: showing.picture(foreign, row.id, "thumbnail")):
        with pytest.raises(Trouble) as hidden:
            ask()
        assert hidden.value.code == "unknown-evidence"
    assert showing.listed(foreign, "zh").total == 0
    assert not list((place.home / "evidence").rglob("*.part"))


def test_a_refused_file_leaves_nothing_behind(place: Store, tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        attach(place, tmp_path, b"\xff\xd8\xff\xe0 no photo", "H0001")
    assert not (place.home / "evidence").exists()


def test_every_changed_or_missing_file_is_named_and_never_given_out(place: Store, tmp_path: Path) -> None:
    rows = [attach(place, tmp_path, photo(seed), "H0001") for seed in (13, 14, 15)]
    kept = {row.sha256: place.home / "evidence" / row.sha256[:2] / row.sha256 for row in rows}
    data = bytearray(kept[rows[0].sha256].read_bytes())
    data[len(data) // 2] ^= 1
    kept[rows[0].sha256].write_bytes(bytes(data))
    kept[rows[1].sha256].unlink()
    found = {(one.code, one.where.rpartition("/")[2]) for one in auditing.verify(place).problems}
    assert found == {("file-changed", rows[0].sha256), ("file-missing", rows[1].sha256)}
    for row, code in ((rows[0], "evidence-changed"), (rows[1], "evidence-missing")):
        with pytest.raises(Trouble) as refused:
            showing.original(place, row.id)
        assert refused.value.code == code


def test_pictures_for_the_page_are_made_again_from_the_original(place: Store, tmp_path: Path) -> None:
    row = attach(place, tmp_path, photo(16), "H0001")
    before = showing.picture(place, row.id, "picture")
    for path in (place.home / "evidence-shown").rglob("*.jpg"):
        path.unlink()
    assert showing.picture(place, row.id, "picture") == before


def test_a_notice_counts_as_displayed_only_with_its_day_and_a_photo(place: Store, tmp_path: Path) -> None:
    def said() -> str:
        return showing.of_subject(place, "site", OURS, "S1", "en").notice

    assert said() == ""
    first = attach(place, tmp_path, pdf(1), kind="notice", name="n.pdf", since=DAY)
    assert said() == "a date without a photo, which does not count as displayed"
    attaching.withdraw(place, first.id, why="x", now=NOW)
    attach(place, tmp_path, photo(17), kind="notice", name="n.jpg")
    assert said() == "a photo without a date, which does not count as displayed"
    attach(place, tmp_path, photo(18), kind="notice", name="m.jpg", since=DAY)
    assert said() == "displayed: there is a date and a photo"


def test_the_list_keeps_to_county_kind_and_what_is_flagged(place: Store, tmp_path: Path) -> None:
    attach(place, tmp_path, photo(19), "H0001")
    attach(place, tmp_path, pdf(2), kind="minutes", name="m.pdf")
    attach(place, tmp_path, photo(19), "H0012", county=THEIRS)
    assert [one.row.county for one in showing.listed(place, "zh").rows] == [THEIRS, OURS, OURS]
    assert [one.row.kind for one in showing.listed(place, "zh", county=OURS, kind="minutes").rows] == ["minutes"]
    assert len(showing.listed(place, "zh", flagged=True).rows) == 2
    page = showing.listed(place, "zh", limit=2)
    assert [one.row.id for one in showing.listed(place, "zh", after=page.after).rows] == [1]
    with pytest.raises(Trouble):
        showing.listed(place, "zh", kind="cats")


def test_an_entry_is_closed_by_a_second_person_once_there_is_sound_evidence_of_it(place: Store, tmp_path: Path) -> None:
    keeper, reviewer = place.acting(somebody()), place.acting(somebody(Role.REVIEWER, name="reviewer-b"))
    id = opening.open_by_hand(keeper, county=OURS, township="甲乡", category="旧房", text="旧房没有拆", now=NOW).id
    for wish in (Wish(Move.ASSIGN, fields={"unit": "镇政府"}), Wish(Move.START)):
        move(keeper, id, wish, now=NOW)
    attach(place, tmp_path, photo(31), "H0012", county=THEIRS)
    copied = attach(keeper, tmp_path, photo(31), id, subject_kind="entry")
    move(keeper, id, Wish(Move.SUBMIT, fields={"measure": "拆除并复垦"}), now=NOW)
    assert showing.one(keeper, copied.id, "zh").flagged
    with pytest.raises(Trouble) as refused:
        move(reviewer, id, Wish(Move.VERIFY), now=NOW)
    assert refused.value.code == "ledger-proof-void", "a picture of another county proves nothing here"
    assert "“a.jpg”（同一张照片先用在别的记录上了）" in refused.value.reason("zh")
    attaching.withdraw(keeper, copied.id, why="附错了", now=NOW)
    sound = attach(keeper, tmp_path, photo(32), id, subject_kind="entry", name="拆后.jpg")
    move(keeper, id, Wish(Move.SUBMIT), now=NOW)  # what was submitted was so with the copy
    made = move(reviewer, id, Wish(Move.VERIFY), now=NOW)
    assert made.entry.state is State.VERIFIED_CLOSED
    past = listing.one(reviewer, id, "zh", day=NOW.date()).past
    assert past[-1].evidence == (sound.sha256,)


def test_what_a_finding_or_an_entry_is_about_shows_its_evidence_too(place: Store, tmp_path: Path) -> None:
    check(place, as_of=NOW.date(), now=NOW)
    with place.reading() as connection:
        found = queries.findings_of(connection, "household", OURS, "H0001")
    named = f"{found[0].check}:household:H0001"
    row = attach(place, tmp_path, photo(33), named, subject_kind="finding")
    assert (row.about_kind, row.about, row.township) == ("household", "H0001", "甲乡")
    attach(place, tmp_path, photo(33), "H0001", kind="work-log")
    of = showing.of_subject(place, "household", OURS, "H0001", "zh")
    assert {one.row.subject for one in of.rows} == {"H0001", named}
    assert not any(one.flagged for one in of.rows), "one household's own picture, shown for two things of it"
    for unknown in ("living-area:household", "nothing:household:H0001", "living-area:household:H9"):
        with pytest.raises(Trouble):
            attach(place, tmp_path, photo(34), unknown, subject_kind="finding")
