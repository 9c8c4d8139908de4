"""A picture is known again after what people do to it, and another moment of the same place is not taken for it."""

import numpy as np
import pytest
from PIL import Image

from relocation.evidence.alike import copies
from relocation.evidence.fingerprint import SIDE, WINDOWS, Fingerprint, averaging, fingerprint, unpacked, window_hashes, windows
from tests.evidence.alterations import ALTERATIONS, saved
from tests.evidence.scenes import another_moment, same_stand, scene

PLACES = 12


def of(picture: Image.Image) -> Fingerprint:
    return fingerprint(np.asarray(picture.convert("L")))


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    return [saved(scene(seed), quality=90) for seed in range(PLACES)]


@pytest.fixture(scope="module")
def prints(pictures: list[Image.Image]) -> list[Fingerprint]:
    return [of(picture) for picture in pictures]


def alike(new: Fingerprint, prints: list[Fingerprint]) -> list[int]:
    return [one.at for one in copies(new, np.stack([kept.hashes for kept in prints]), lambda at: prints[at].sketch)]


@pytest.mark.parametrize("what", [what for what in ALTERATIONS if "clipped" not in what])
def test_an_altered_copy_is_known_again_and_nothing_else(what: str, pictures: list[Image.Image], prints: list[Fingerprint]) -> None:
    for seed in (0, 5, 9):
        assert alike(of(ALTERATIONS[what](pictures[seed], np.random.default_rng((seed, 2)))), prints) == [seed]


def test_the_original_is_found_by_its_crop_and_the_crop_by_the_original(pictures: list[Image.Image], prints: list[Fingerprint]) -> None:
    crop = of(ALTERATIONS["up to 30 % off each side"](pictures[3], np.random.default_rng(8)))
    assert alike(crop, prints) == [3]
    assert alike(prints[3], [prints[1], crop, prints[2]]) == [1]


def test_the_same_place_at_another_moment_is_another_picture(prints: list[Fingerprint]) -> None:
    for seed in range(PLACES):
        assert alike(of(saved(scene(seed, another_moment(seed, 1)), quality=90)), prints) == []
        assert alike(of(saved(scene(seed, same_stand(seed, 1)), quality=90)), prints) == []


def test_pictures_too_plain_to_be_known_are_copies_of_nothing() -> None:
    plain = [of(Image.new("RGB", (400, 300), colour)) for colour in ("white", "black", "teal")]
    assert all(one.plain for one in plain)
    assert all(alike(one, plain) == [] for one in plain)


def test_a_fingerprint_comes_back_from_its_bytes(prints: list[Fingerprint]) -> None:
    again = unpacked(prints[0].packed())
    assert (again.sketch == prints[0].sketch).all()
    assert (again.hashes == prints[0].hashes).all()
    for wrong in (b"", prints[0].packed()[:-1], b"\x02" + prints[0].packed()[1:]):
        with pytest.raises(ValueError):
            unpacked(wrong)


def test_a_window_hashes_as_the_crop_it_is(pictures: list[Image.Image], prints: list[Fingerprint]) -> None:
    """The hash of a window, taken out of two products of matrices, is that of the picture really cropped: but for single bits where rounding decides."""
    assert len(windows()) == WINDOWS == len(prints[0].hashes)
    apart = []
    for at, ((left, right), (top, bottom)) in enumerate(windows()):
        crop = Image.fromarray(prints[0].sketch).resize((SIDE, SIDE), Image.Resampling.BOX, box=(left * SIDE, top * SIDE, right * SIDE, bottom * SIDE))
        direct = window_hashes(np.asarray(crop), ((0.0, 1.0),), ((0.0, 1.0),))[0]
        apart.append(int(np.bitwise_count(direct ^ prints[0].hashes[at])))
    assert np.median(apart) <= 2
    assert max(apart) <= 8


def test_averaging_keeps_all_light() -> None:
    cells = averaging(((0.0, 1.0), (0.1, 0.73)), 7, 128)
    assert cells.sum(axis=2) == pytest.approx(np.ones((2, 7)))
    assert cells[0].sum(axis=0) == pytest.approx(np.full(128, 7 / 128))


def test_the_smallest_pictures_have_a_fingerprint_too() -> None:
    for size in ((1, 1), (3, 900), (127, 129)):
        assert of(Image.effect_noise(size, 60)).sketch.shape == (SIDE, SIDE)
