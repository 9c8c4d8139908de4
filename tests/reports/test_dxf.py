"""The comparison as a drawing: opened again by a reader of drawings, with layers of its own, at true size."""

from io import StringIO
from typing import Any

import pytest
from ezdxf import units
from ezdxf.filemanagement import read

from relocation.reports.comparison import rendered
from relocation.reports.dxf import CLOUD, LIST, NEW, NEW_ONLY, OLD, OLD_ONLY, layer_name
from tests.drawings.by_hand import DEEP_MM, WIDE_MM
from tests.reports.examples import DEEPER_MM, example, refused
from tests.reports.hostile import hostile


def opened(made: bytes) -> Any:
    return read(StringIO(made.decode("utf-8").replace("\r\n", "\n")))


@pytest.mark.parametrize(("lang", "wanted"), [("zh", "OLD-ONLY-仅设计图有"), ("en", "OLD-ONLY")])
def test_the_layers_are_the_reports_own_and_the_audit_finds_nothing(lang: str, wanted: str):
    document = opened(rendered(example(), ".dxf", lang))
    names = {layer.dxf.name for layer in document.layers}
    assert names == {"0", "Defpoints", *(layer_name(one, lang) for one in (OLD, NEW, OLD_ONLY, NEW_ONLY, CLOUD, LIST))}
    assert wanted in names
    assert not document.audit().errors
    assert document.units == units.MM


def test_the_moved_wall_stands_where_it_was_and_where_it_is():
    space = opened(rendered(example(), ".dxf", "en")).modelspace()
    old, new = ([one.get_points("xy") for one in space.query(f'LWPOLYLINE[layer=="{layer}"]')] for layer in (OLD_ONLY, NEW_ONLY))
    assert [(0.0, DEEP_MM), (WIDE_MM, DEEP_MM)] in old
    assert [(0.0, DEEP_MM + DEEPER_MM), (WIDE_MM, DEEP_MM + DEEPER_MM)] in new


def test_each_group_has_a_cloud_with_its_number_and_the_list_says_what_happened():
    space = opened(rendered(example(), ".dxf", "zh")).modelspace()
    clouds = space.query(f'LWPOLYLINE[layer=="{layer_name(CLOUD, "zh")}"]')
    numbers = {one.dxf.text for one in space.query(f'TEXT[layer=="{layer_name(CLOUD, "zh")}"]')}
    rows = [one.dxf.text for one in space.query(f'TEXT[layer=="{layer_name(LIST, "zh")}"]')]
    assert len(clouds) == 2
    assert all(one.closed for one in clouds)
    assert numbers == {"1", "2"}
    assert any("墙移动 600 mm" in row and "建字〔2017〕8号" in row for row in rows)


def test_a_refused_pair_draws_the_design_only():
    document = opened(rendered(refused(), ".dxf", "en"))
    assert document.modelspace().query(f'*[layer=="{OLD}"]')
    assert not document.modelspace().query(f'*[layer=="{NEW}"]')


def test_hostile_texts_stay_texts_and_command_no_cad_program():
    document = opened(rendered(hostile(), ".dxf", "zh"))
    said = [one.dxf.text for one in document.modelspace().query("TEXT")]
    assert any("<script>" in one for one in said)
    assert not [one for one in said if "%%" in one or "\\U+" in one or "\\M+" in one or "\n" in one]
    assert not document.audit().errors
