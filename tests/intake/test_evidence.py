"""Files shown as proof: each hostile one ends in its own refusal, and of an honest photo only pixels are ever shown."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from relocation.intake import Unusable
from relocation.intake.evidence import ReadFile, read_evidence
from tests.evidence.hostile import CASES, office, pdf
from tests.evidence.photos import exif, gps, photo, taken_at

TAKEN = datetime(2017, 5, 3, 10, 22, 31)  # noqa: DTZ001 - a camera's clock has no zone
SECRET = b"Zhao-secret-remark"


def read(folder: Path, name: str, data: bytes) -> ReadFile:
    (folder / name).write_bytes(data)
    return read_evidence(folder / name, name)


@pytest.mark.parametrize("what", sorted(CASES))
def test_a_hostile_file_ends_in_the_refusal_made_for_it(what: str, tmp_path: Path) -> None:
    name, data, code = CASES[what]
    with pytest.raises(Unusable) as refused:
        read(tmp_path, name, data())
    assert refused.value.refusal.code == code
    for lang in ("zh", "en"):
        assert refused.value.refusal.reason(lang)
        assert refused.value.refusal.mend(lang)


@pytest.mark.parametrize(("name", "form"), [("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.png", "PNG"), ("a.heic", "HEIF")])
def test_place_time_bearing_and_error_are_read_in_every_format(name: str, form: str, tmp_path: Path) -> None:
    said = exif(TAKEN, gps(114.905, 32.011, HPositioningError=7.5, ImgDirection=180.0))
    found = read(tmp_path, name, photo(form=form, said=said)).photo
    assert found
    assert (found.place, found.time, found.taken_at) == ("given", "given", TAKEN)
    assert (found.lon, found.lat) == pytest.approx((114.905, 32.011), abs=1e-6)
    assert found.uncertainty_m == pytest.approx(7.5)
    assert (found.uncertainty_from, found.bearing_deg) == ("error", 180.0)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (photo(), "no-exif"),
        (photo(said=exif(TAKEN)), "no-gps"),
        (photo(said=exif(TAKEN, {k: v for k, v in gps(114.9, 32).items() if k not in (1, 2)})), "half-gps"),
    ],
    ids=["no-exif", "no-gps", "half-gps"],
)
def test_a_photo_that_names_no_place_says_why(data: bytes, place: str, tmp_path: Path) -> None:
    found = read(tmp_path, "a.jpg", data).photo
    assert found
    assert found.place == place
    assert found.lon is None


def test_zero_by_zero_is_no_number_and_no_place(tmp_path: Path) -> None:
    from PIL.TiffImagePlugin import IFDRational

    nought = (IFDRational(0, 0), IFDRational(0, 0), IFDRational(0, 0))
    said = exif(TAKEN, {1: "N", 2: nought, 3: "E", 4: nought})
    found = read(tmp_path, "a.jpg", photo(said=said)).photo
    assert found
    assert (found.place, found.lon, found.lat) == ("not-a-number", None, None)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIF"])
def test_what_is_shown_carries_nothing_of_what_the_original_says(form: str, tmp_path: Path) -> None:
    said = exif(TAKEN, gps(114.9, 32.0), Artist=SECRET.decode(), ImageDescription=SECRET.decode())
    more: dict[str, Any] = {"comment": SECRET} if form == "JPEG" else {}
    data = photo(form=form, said=said, **more)
    file = read(tmp_path, {"JPEG": "a.jpg", "PNG": "a.png", "HEIF": "a.heic"}[form], data)
    assert SECRET in data
    assert file.data == data, "the original is kept as it came"
    for shown in (file.picture, file.thumbnail):
        assert SECRET not in shown
        with Image.open(io.BytesIO(shown)) as made:
            assert made.format == "JPEG"
            assert not made.getexif()
            assert not set(made.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_that_lies_on_its_side_is_shown_upright(tmp_path: Path) -> None:
    file = read(tmp_path, "a.jpg", photo(said=exif(Orientation=6)))
    with Image.open(io.BytesIO(file.picture)) as made:
        assert made.size == (240, 320)


def test_a_large_photo_is_shown_small_and_a_panorama_keeps_its_shape(tmp_path: Path) -> None:
    file = read(tmp_path, "a.jpg", photo(picture=Image.new("RGB", (6000, 1500), "teal")))
    with Image.open(io.BytesIO(file.picture)) as made, Image.open(io.BytesIO(file.thumbnail)) as small:
        assert (made.size, small.size) == ((1600, 400), (320, 80))
    assert (file.width, file.height) == (6000, 1500)


def test_the_same_file_is_read_alike_every_time(tmp_path: Path) -> None:
    one, other = (read(tmp_path, "a.jpg", taken_at(TAKEN, 114.9, 32.0)) for _ in range(2))
    assert one == other


def test_papers_are_taken_and_never_shown(tmp_path: Path) -> None:
    found = {name: read(tmp_path, name, data) for name, data in (("a.pdf", pdf(3)), ("a.xlsx", office()))}
    assert found["a.pdf"].pages == 3
    assert {file.picture for file in found.values()} == {b""}
    assert found["a.xlsx"].media_type.endswith("spreadsheetml.sheet")


def test_pictures_with_transparency_palette_or_deep_grey_are_shown_too(tmp_path: Path) -> None:
    for mode in ("RGBA", "P", "L", "1", "I;16", "LA"):
        shown = read(tmp_path, "a.png", photo(form="PNG", picture=Image.new(mode, (64, 48))))
        assert shown.picture.startswith(b"\xff\xd8")
    for mode in ("CMYK", "L"):
        assert read(tmp_path, "a.jpg", photo(picture=Image.new(mode, (64, 48)))).picture
