"""A wall is told by the rooms beside it and the way it went; the truth is the table that the unit types are drawn from."""

import pytest

from geo.drawing.compare.comparing import compare
from geo.drawing.difference import Difference
from geo.drawing.plan.naming import Naming
from geo.drawing.plan.understanding import understand
from geo.drawing.read.reading import read
from tests.drawings.planting import Plant, deleted_wall, moved_door, moved_outer_wall, moved_wall
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import OUTER_MM, B, C, D, UnitType
from tests.drawings.writing import dxf

PLAIN = Manner()


def _told(plant: Plant, naming: Naming, what: str) -> list[Difference]:
    old, new = (read(dxf(sheet), "drawing.dxf") for sheet in (plant.old, plant.new))
    found = compare(old, new, understand(old, naming), understand(new, naming))
    return [one for one in found.differences if one.what == what]


@pytest.mark.parametrize(("unit", "first", "second"), [(C, "主卧", "次卧"), (D, "卫生间", "储藏室"), (B, "主卧", "次卧")])
def test_a_wall_that_went_is_told_by_the_two_rooms_it_parted(unit: UnitType, first: str, second: str, naming: Naming) -> None:
    walls = _told(deleted_wall(unit, first, second, PLAIN), naming, "wall")
    assert walls
    assert all(set(one.rooms) == {first, second} and not one.outer and one.way == "" for one in walls)


@pytest.mark.parametrize(("unit", "by_mm", "way"), [(C, 600, "up"), (D, -300, "down")])
def test_an_outer_wall_is_told_as_one_with_the_rooms_behind_it_and_whither_it_went(unit: UnitType, by_mm: int, way: str, naming: Naming) -> None:
    _, depth = unit.size_mm
    behind = {room.name for room in unit.rooms if room.rect[3] == depth - OUTER_MM}
    outer = [one for one in _told(moved_outer_wall(unit, by_mm, PLAIN), naming, "wall") if one.outer]
    told = {room for one in outer for room in one.rooms}
    assert told <= behind
    assert len(told) >= min(3, len(behind))
    assert {one.way for one in outer} == {way}


@pytest.mark.parametrize(("by_mm", "way"), [(300, "right"), (-200, "left")])
def test_an_inner_wall_is_told_by_the_way_it_went(by_mm: int, way: str, naming: Naming) -> None:
    (wall,) = _told(moved_wall(C, "x", 3540, by_mm, PLAIN), naming, "wall")
    assert (wall.way, wall.outer) == (way, False)


def test_a_door_that_was_slid_is_told_by_the_rooms_it_joins(naming: Naming) -> None:
    one = C.openings[3]
    touching = {
        room.name
        for room in C.rooms
        if room.rect[0] <= one.rect[2] and room.rect[2] >= one.rect[0] and room.rect[1] <= one.rect[3] and room.rect[3] >= one.rect[1]
    }
    (door,) = _told(moved_door(C, 3, 300, PLAIN), naming, "opening")
    assert set(door.rooms) <= touching
    assert door.rooms


def test_a_room_that_became_smaller_is_told_by_its_name(naming: Naming) -> None:
    rooms = _told(moved_wall(C, "x", 3540, 300, PLAIN), naming, "room")
    names = {room.name for room in C.rooms}
    areas = [one for one in rooms if one.op == "changed" and isinstance(one.before, float)]
    assert areas
    assert all(one.rooms and set(one.rooms) <= names for one in areas)
