"""Mending shapes, never without saying so."""

import numpy as np
import pytest
import shapely

from geo.repair import valid

BOW_TIE = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def shapes(*several: object) -> np.ndarray:
    column = np.empty(len(several), object)
    column[:] = several
    return column


def test_valid_shapes_and_unknown_positions_come_back_untouched() -> None:
    given = shapes(shapely.box(0, 0, 1, 1), None, shapely.Point(1, 2))
    mended, mends = valid(given)
    assert mends == []
    assert all(one is other for one, other in zip(given, mended, strict=True))


def test_an_outline_that_crosses_itself_is_mended_and_reported_with_its_row_and_place() -> None:
    given = shapes(shapely.box(0, 0, 1, 1), BOW_TIE)
    mended, mends = valid(given)
    assert shapely.is_valid(mended).all()
    assert [(mend.index, mend.what) for mend in mends] == [(1, "crossing")]
    assert "1 1" in mends[0].reason
    assert mended[1].area == pytest.approx(2.0)  # the two triangles left and right of the crossing
    assert given[1] is BOW_TIE


def test_an_outline_without_area_is_called_flat() -> None:
    _, mends = valid(shapes(shapely.Polygon([(0, 0), (1, 1), (2, 2)])))
    assert [mend.what for mend in mends] == ["unclosed-or-flat"]


def test_a_coordinate_that_is_no_number_makes_the_position_unknown() -> None:
    mended, mends = valid(shapes(shapely.Point(np.nan, 1), shapely.LineString([(0, 0), (np.inf, 1)])))
    assert mended.tolist() == [None, None]
    assert [(mend.index, mend.what) for mend in mends] == [(0, "not-finite"), (1, "not-finite")]
