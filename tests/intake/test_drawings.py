"""A drawing comes in through its guard and its jail: as it was drawn, or as one refusal in words; what the reader should know stands in notes."""

import zipfile
from pathlib import Path

import pytest

from geo.drawing.model import Drawing
from geo.drawing.read.packing import pack
from geo.drawing.read.reading import read
from relocation.intake import Unusable
from relocation.intake.drawings import LIMITS, notes_of, read_drawing
from tests.drawings.dwg import dwg
from tests.drawings.hostile import hostile_files, missing_reference
from tests.drawings.prints import Paper, print_of
from tests.drawings.sheets import sheet
from tests.drawings.unit_plans import Manner
from tests.drawings.unit_types import A, C
from tests.drawings.writing import Form, dxf
from tests.geo.drawing.test_custom_objects import with_entities
from tests.geo.drawing.test_standins import WALL, codes
from tests.intake.ledgers import zipped

PLAN = sheet((C,))
SOUND = {"a.dxf": dxf(PLAN), "a.dwg": dwg(PLAN, Form("R2010")), "a.pdf": print_of([PLAN]), "B.DXF": dxf(PLAN, Form("R2000", binary=True))}
HOSTILE = {one.name: one for one in hostile_files()}


def taken(folder: Path, name: str, data: bytes) -> Drawing:
    (folder / name).write_bytes(data)
    return read_drawing(folder / name, name)


@pytest.mark.parametrize("name", SOUND)
def test_a_drawing_read_in_the_jail_is_the_one_read_here(name: str, tmp_path: Path) -> None:
    assert pack(taken(tmp_path, name, SOUND[name])) == pack(read(SOUND[name], name))


def test_a_zip_may_hold_one_drawing_which_keeps_its_own_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "plans.zip", {"set/建施-03.dxf": SOUND["a.dxf"], "set/read me.txt": b"x"})
    assert read_drawing(path, "plans.zip").name == "建施-03.dxf"


def test_outside_drawings_may_be_supplied(tmp_path: Path) -> None:
    (tmp_path / "plan.dxf").write_bytes(missing_reference())
    (tmp_path / "x").write_bytes(dxf(sheet((A,))))
    alone = read_drawing(tmp_path / "plan.dxf", "plan.dxf")
    both = read_drawing(tmp_path / "plan.dxf", "plan.dxf", references=[("GROUND.dxf", tmp_path / "x")])
    assert len(alone.missing_references) == 1
    assert both.missing_references == ()
    assert len(both.lines.xy) > 50 > len(alone.lines.xy)


@pytest.mark.parametrize("name", [name for name, one in HOSTILE.items() if one.fate == "refused" and "two million" not in name])
def test_every_hostile_file_is_refused_with_a_sentence_and_a_mend_in_both_languages(name: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as unusable:
        taken(tmp_path, HOSTILE[name].file, HOSTILE[name].data)
    refusal = unusable.value.refusal
    for lang in ("zh", "en"):
        assert len(refusal.reason(lang)) > 5
        assert len(refusal.mend(lang)) > 5
        assert "{" not in refusal.reason(lang) + refusal.mend(lang)
    assert refusal.file == HOSTILE[name].file


@pytest.mark.parametrize("name", [name for name, one in HOSTILE.items() if one.fate == "not whole"])
def test_every_file_that_is_not_read_whole_says_why_in_both_languages(name: str, tmp_path: Path) -> None:
    drawing = taken(tmp_path, HOSTILE[name].file, HOSTILE[name].data)
    assert not drawing.read_whole
    notes = notes_of(drawing)
    assert notes
    for note in notes:
        for lang in ("zh", "en"):
            assert note.text(lang)
            assert "{" not in note.text(lang)


def said(drawing: Drawing, lang: str) -> str:
    return "\n".join(note.text(lang) for note in notes_of(drawing))


def test_custom_objects_are_named_with_what_to_do(tmp_path: Path) -> None:
    one = HOSTILE["seven walls of the class TCH_WALL"]
    drawing = taken(tmp_path, one.file, one.data)
    zh, en = said(drawing, "zh"), said(drawing, "en")
    assert "7 个“TCH_WALL”" in zh
    assert "天正3" in zh
    assert "分解" in zh
    assert "PROXYGRAPHICS" in zh
    assert "7 objects of the kind “TCH_WALL”" in en
    assert "T3" in en
    assert "PROXYGRAPHICS" in en


def test_custom_objects_that_were_drawn_from_their_picture_are_told(tmp_path: Path) -> None:
    drawing = taken(tmp_path, "a.dxf", with_entities(SOUND["a.dxf"], "TCH_WALL", 3, codes(WALL)))
    assert "3 个“TCH_WALL”" in said(drawing, "zh")
    assert "saved picture alone" in said(drawing, "en")


def test_a_lying_code_page_a_missing_file_and_a_print_are_told(tmp_path: Path) -> None:
    lying = taken(tmp_path, "a.dxf", dxf(PLAN, Form("R2000", encoding="gbk", codepage="ANSI_1252")))
    assert "ANSI_1252" in said(lying, "zh")
    assert "GBK" in said(lying, "zh")
    outside = taken(tmp_path, "b.dxf", missing_reference())
    assert "ground.dwg" in said(outside, "zh")
    fitted = taken(tmp_path, "c.pdf", print_of([sheet((C,), Manner(hatched=True))], Paper(scale=141.4)))
    assert "1:141.4" in said(fitted, "zh")
    assert "1:100" in said(fitted, "en")
    assert "the written dimensions against the lines" in said(fitted, "en")
    bare = taken(tmp_path, "d.pdf", print_of([PLAN, PLAN], Paper(texts=False)))
    assert "不能量长度和面积" in said(bare, "zh")
    assert "2 pages" in said(bare, "en")


def test_repairs_are_told_with_their_lines(tmp_path: Path) -> None:
    sound = SOUND["a.dxf"]
    at = sound.index(b"  0\r\nLINE\r\n", sound.index(b"ENTITIES\r\n"))
    broken = taken(tmp_path, "a.dxf", sound[:at] + b"torn\r\n" + sound[at:])
    line = sound[:at].count(b"\n") + 1
    assert f"第 {line} 行起有 1 行" in said(broken, "zh")
    assert f"1 lines from line {line} on" in said(broken, "en")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.dxf").open("wb") as file:
        file.truncate(LIMITS.file_bytes + 1)
    with pytest.raises(Unusable) as unusable:
        read_drawing(tmp_path / "a.dxf", "a.dxf")
    assert unusable.value.refusal.code == "file-too-large"


def test_an_archive_that_reaches_outside_itself_is_read_as_a_name_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.dxf", SOUND["a.dxf"])
    assert read_drawing(path, "a.zip").name == "evil.dxf"
    assert sorted(tmp_path.iterdir()) == [path]
    assert not (tmp_path.parent / "evil.dxf").exists()
