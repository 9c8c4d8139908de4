"""What a photo says of itself, how far it was from the place, and whether both bear the claim out."""

import math
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from relocation.evidence.demolition import Pairing, pair
from relocation.evidence.displayed import Displayed, displayed
from relocation.evidence.exif import ASSUMED_UNCERTAINTY_M, PhotoFacts, facts_of, from_json
from relocation.evidence.place import ASSUMED_SUBJECT_UNCERTAINTY_M, Spot, Where, distance_m, placed, subject_spot
from relocation.evidence.support import Support, When, judge, when_taken

GEOD = Geod(ellps="WGS84")
NAN = math.nan
HERE = {"GPSLatitudeRef": "N", "GPSLatitude": [32.0, 0.0, 36.0], "GPSLongitudeRef": "E", "GPSLongitude": [114.0, 54.0, 0.0]}
TAKEN = {"DateTimeOriginal": "2018:05:03 10:22:31"}
DAY = date(2018, 5, 3)


def facts(taken: datetime | None = None, lon: float | None = None, lat: float | None = None, uncertainty_m: float = 5.0) -> PhotoFacts:
    place, by = ("given", "error") if lon is not None else ("no-gps", "")
    return PhotoFacts(place, "given" if taken else "none", lon, lat, uncertainty_m if lon is not None else None, by, None, taken)


@pytest.mark.parametrize(
    ("tags", "gps", "place"),
    [
        (None, {}, "no-exif"),
        (TAKEN, {}, "no-gps"),
        (TAKEN, {"GPSDateStamp": "2018:05:03"}, "no-gps"),
        (TAKEN, {name: value for name, value in HERE.items() if "Latitude" not in name}, "half-gps"),
        (TAKEN, {**HERE, "GPSLatitude": [NAN, NAN, NAN]}, "not-a-number"),
        (TAKEN, {**HERE, "GPSLatitude": [32.0, NAN, 0.0]}, "not-a-number"),
        (TAKEN, {**HERE, "GPSLatitude": []}, "not-a-number"),
        (TAKEN, {**HERE, "GPSLatitude": ["x", 0, 0]}, "not-a-number"),
        (TAKEN, {**HERE, "GPSLatitude": [95.0, 0.0, 0.0]}, "out-of-range"),
        (TAKEN, {**HERE, "GPSLatitude": [0.0, 0.0, 0.0], "GPSLongitude": [0.0, 0.0, 0.0]}, "out-of-range"),
        (TAKEN, {**HERE, "GPSMapDatum": "TOKYO"}, "other-datum"),
        (TAKEN, {**HERE, "GPSMapDatum": "WGS-84"}, "given"),
        (TAKEN, HERE, "given"),
    ],
)
def test_each_way_of_naming_no_place_has_a_word_of_its_own(tags: Any, gps: dict[str, Any], place: str) -> None:
    found = facts_of(tags, gps)
    assert found.place == place
    assert (found.lon is not None) is (place == "given")


def test_degrees_minutes_seconds_and_hemispheres_are_read() -> None:
    found = facts_of(TAKEN, {**HERE, "GPSLatitudeRef": "S", "GPSLongitudeRef": "W\x00"})
    assert found.lat == pytest.approx(-32.01)
    assert found.lon == pytest.approx(-114.9)


def test_a_place_in_the_maps_own_distortion_is_put_right() -> None:
    """GCJ-02 lies some hundred metres off in China; the pair of places is published with the distortion's description (Tiananmen)."""
    distorted = {"GPSLatitude": [39.908823], "GPSLongitude": [116.397470], "GPSMapDatum": "GCJ-02"}
    found = facts_of(TAKEN, distorted)
    assert found.lat == pytest.approx(39.907420, abs=2e-5)
    assert found.lon == pytest.approx(116.391229, abs=2e-5)


@pytest.mark.parametrize(
    ("gps", "expected"),
    [
        ({"GPSHPositioningError": 4.5, "GPSDOP": 2.0}, (4.5, "error")),
        ({"GPSDOP": 2.5}, (25.0, "dilution")),
        ({"GPSHPositioningError": NAN, "GPSDOP": 0.0}, (ASSUMED_UNCERTAINTY_M, "assumed")),
        ({}, (ASSUMED_UNCERTAINTY_M, "assumed")),
    ],
)
def test_an_uncertainty_is_what_the_photo_says_or_a_stated_assumption_and_never_nothing(gps: dict[str, Any], expected: tuple[float, str]) -> None:
    found = facts_of(TAKEN, {**HERE, **gps})
    assert (found.uncertainty_m, found.uncertainty_from) == expected


@pytest.mark.parametrize(
    ("tags", "gps", "time", "on"),
    [
        (TAKEN, {}, "given", DAY),
        ({"DateTime": "2018:05:03 10:22:31"}, {}, "none", None),  # of the last save
        ({"DateTimeOriginal": "    :  :     :  :  "}, {}, "none", None),
        ({"DateTimeOriginal": "0000:00:00 00:00:00"}, {}, "none", None),
        ({"DateTimeOriginal": "2018:02:30 10:00:00"}, {}, "unreadable", None),
        ({"DateTimeOriginal": "x", "DateTimeDigitized": "2018:05:03 10:00:00"}, {}, "given", DAY),
        (TAKEN, {"GPSDateStamp": "2018:05:03", "GPSTimeStamp": [2.0, 22.0, 31.0]}, "given", DAY),
        (TAKEN, {"GPSDateStamp": "2018:05:07", "GPSTimeStamp": [2.0, 22.0, 31.0]}, "clock-doubtful", DAY),
        ({**TAKEN, "OffsetTimeOriginal": "-10:00"}, {"GPSDateStamp": "2018:05:03", "GPSTimeStamp": [20.0, 22.0, 31.0]}, "given", DAY),
        (TAKEN, {"GPSDateStamp": "2018:05:07", "GPSTimeStamp": [NAN, NAN, NAN]}, "given", DAY),
    ],
)
def test_a_photos_time_is_the_shutters_and_is_held_against_the_satellites(tags: dict[str, Any], gps: dict[str, Any], time: str, on: date | None) -> None:
    found = facts_of(tags, gps)
    assert (found.time, found.taken_on) == (time, on)


def test_facts_come_back_from_what_is_stored_as_they_were() -> None:
    found = facts_of(TAKEN, {**HERE, "GPSImgDirection": 181.5, "GPSDOP": 1.2})
    assert from_json(found.json()) == found
    assert from_json(facts_of(None, {}).json()) == facts_of(None, {})
    with pytest.raises(ValueError):
        from_json({**found.json(), "lon": "inf"})


places = st.tuples(st.floats(-179, 179), st.floats(-85, 85))


@given(places, st.floats(0, 360), st.floats(0, 90_000), st.floats(0, 200), st.floats(0, 200))
def test_there_and_elsewhere_are_said_only_surely(at: tuple[float, float], bearing: float, apart: float, photo_m: float, subject_m: float) -> None:
    """The oracle is PROJ's own geodesic."""
    lon, lat, _ = GEOD.fwd(*at, bearing, apart)
    found = placed(Spot(lon, lat, photo_m), Spot(*at, subject_m), 500.0)
    least, most = apart - photo_m - subject_m, apart + photo_m + subject_m
    if abs(most - 500) > 0.01 and abs(least - 500) > 0.01:
        expected = Where.THERE if most < 500 else Where.ELSEWHERE if least > 500 else Where.TOO_CLOSE
        assert found.where is expected
    assert found.distance_m == pytest.approx(apart, abs=0.001)


def test_far_apart_is_still_far_apart() -> None:
    assert distance_m(Spot(114.9, 32.0, 5), Spot(-70.0, -33.0, 5)) == pytest.approx(GEOD.inv(114.9, 32.0, -70.0, -33.0)[2], rel=0.02)


def test_a_record_without_position_or_without_uncertainty_is_never_certain() -> None:
    assert subject_spot(None, 32.0, 5.0) is None
    assert subject_spot(NAN, 32.0, 5.0) is None
    assumed = subject_spot(114.9, 32.0, None)
    assert assumed
    assert (assumed.uncertainty_m, assumed.assumed) == (ASSUMED_SUBJECT_UNCERTAINTY_M, True)
    assert placed(Spot(114.9, 32.0, 5), None, 500).where is Where.NO_SUBJECT
    assert placed(None, Spot(114.9, 32.0, 5), 500).where is Where.NOT_SAID


@given(st.dates(), st.dates(), st.dates())
def test_a_day_is_within_the_claim_with_both_ends(taken: date, one: date, other: date) -> None:
    since, until = sorted((one, other))
    at = datetime(taken.year, taken.month, taken.day, 12)  # noqa: DTZ001 - a camera's clock has no zone
    assert when_taken(facts(at), since, until) is (When.WITHIN if since <= taken <= until else When.OTHER)


def test_what_speaks_against_outweighs_what_is_missing() -> None:
    noon = datetime(2018, 5, 3, 12)  # noqa: DTZ001 - a camera's clock has no zone
    site = Spot(114.9, 32.0, 10.0)
    there, far = facts(noon, 114.9, 32.0), facts(noon, 114.9, 33.0)
    told = {
        Support.SUPPORTS: judge(there, site, 500, DAY, DAY),
        Support.ELSEWHERE: judge(far, site, 500, date(2017, 1, 1), date(2017, 1, 1)),
        Support.OTHER_TIME: judge(facts(noon), site, 500, date(2017, 1, 1), date(2017, 1, 1)),
        Support.NO_PLACE: judge(facts(noon), site, 500, DAY, DAY),
        Support.NO_TIME: judge(facts(None, 114.9, 32.0), site, 500, DAY, DAY),
        Support.NO_SUBJECT: judge(there, None, 500, DAY, DAY),
        Support.NO_CLAIM: judge(there, site, 500, None, None),
    }
    assert {judged.support: word for word, judged in told.items()} == {word: word for word in told}
    assert [word for word in Support if word.against] == [Support.ELSEWHERE, Support.OTHER_TIME, Support.CLOCK_DOUBTFUL]


NOON = datetime(2018, 5, 10, 12)  # noqa: DTZ001 - a camera's clock has no zone
TORN_DOWN = NOON.date()


@pytest.mark.parametrize(
    ("before", "after", "day", "says"),
    [
        (facts(NOON - timedelta(30), 114.9, 32.0), facts(NOON + timedelta(30), 114.9001, 32.0), TORN_DOWN, Pairing.PROVES),
        (facts(NOON, 114.9, 32.0), facts(NOON, 114.9, 32.0), TORN_DOWN, Pairing.PROVES),
        (None, facts(NOON, 114.9, 32.0), TORN_DOWN, Pairing.LACKS_BEFORE),
        (facts(NOON, 114.9, 32.0), None, TORN_DOWN, Pairing.LACKS_AFTER),
        (facts(NOON - timedelta(30), 114.9, 32.0), facts(NOON + timedelta(30), 114.91, 32.0), TORN_DOWN, Pairing.OTHER_PLACE),
        (facts(NOON + timedelta(2), 114.9, 32.0), facts(NOON + timedelta(1), 114.9, 32.0), TORN_DOWN, Pairing.WRONG_ORDER),
        (facts(NOON - timedelta(9), 114.9, 32.0), facts(NOON - timedelta(1), 114.9, 32.0), TORN_DOWN, Pairing.AFTER_TOO_EARLY),
        (facts(NOON + timedelta(1), 114.9, 32.0), facts(NOON + timedelta(2), 114.9, 32.0), TORN_DOWN, Pairing.BEFORE_TOO_LATE),
        (facts(NOON - timedelta(9)), facts(NOON + timedelta(9), 114.9, 32.0), TORN_DOWN, Pairing.NO_PLACE),
        (facts(None, 114.9, 32.0), facts(NOON + timedelta(9), 114.9, 32.0), TORN_DOWN, Pairing.NO_TIME),
        (facts(NOON - timedelta(9), 114.9, 32.0), facts(NOON + timedelta(9), 114.9, 32.0), None, Pairing.NO_DAY),
    ],
)
def test_a_demolition_is_borne_out_only_by_both_photos_one_place_and_the_right_order(
    before: PhotoFacts | None, after: PhotoFacts | None, day: date | None, says: Pairing
) -> None:
    assert pair(before, after, day).says is says


def test_one_picture_shown_twice_is_no_pair() -> None:
    sound = facts(NOON - timedelta(30), 114.9, 32.0), facts(NOON + timedelta(30), 114.9, 32.0)
    assert pair(*sound, TORN_DOWN, alike=True).says is Pairing.SAME_PICTURE


@pytest.mark.parametrize(
    ("photos", "noticed_on", "says"),
    [
        ([], None, Displayed.NOTHING),
        ([], DAY, Displayed.DATE_WITHOUT_PHOTO),
        ([(None, False)], None, Displayed.PHOTO_WITHOUT_DATE),
        ([(None, False)], DAY, Displayed.DISPLAYED),
        ([(None, True), (DAY, False)], None, Displayed.DISPLAYED),
        ([(DAY, True)], DAY, Displayed.PHOTO_AGAINST),
        ([(DAY, True), (None, False)], None, Displayed.PHOTO_WITHOUT_DATE),
    ],
)
def test_a_notice_counts_only_with_a_day_and_a_sound_photo(photos: list[tuple[date | None, bool]], noticed_on: date | None, says: Displayed) -> None:
    assert displayed(photos, noticed_on) is says
