"""The Word template of the brief that comes with the program, made anew each time: a county changes a copy of it and gives that back."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT, EAST = "Arial", "Microsoft YaHei"
BRAND, SOFT = RGBColor(0x12, 0x3F, 0x59), RGBColor(0x4A, 0x5A, 0x67)
FAIL, DOUBT = RGBColor(0xB3, 0x26, 0x1E), RGBColor(0x8A, 0x5A, 0x00)
LEFT_MM, RIGHT_MM = 118, 70


def brief_template() -> bytes:
    """Return the template as a Word document; its tags name what `telling.told` gives."""
    document = Document()
    _paper(document)
    _line(document, "{{ title }}", 15, bold=True)
    _line(document, "{%p if totals %}")
    _line(document, "{% for one in totals %}{{ one.said }}{% if not loop.last %}  ·  {% endif %}{% endfor %}", 8.5, bold=True)
    _line(document, "{%p endif %}")
    _line(document, "{{ below }}", 7, colour=SOFT)
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for cell, width in ((left, LEFT_MM), (right, RIGHT_MM)):
        cell.width = Mm(width)
    for column, width in zip(table.columns, (LEFT_MM, RIGHT_MM), strict=True):
        column.width = Mm(width)
    _answers(left)
    _beside(right)
    for name, between in (("assumptions", " "), ("sources", "{{ semicolon }}")):
        words = f"{{% for one in {name} %}}{{{{ one }}}}{{% if not loop.last %}}{between}{{% endif %}}{{% endfor %}}"
        line = _line(document, f"{{{{ words.{name} }}}}{{{{ colon }}}}", 6, bold=True, colour=SOFT, before=1.5)
        _run(line, words, 6, colour=SOFT)
    _line(document, "{{ trace }}", 6, colour=SOFT)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _answers(cell: Any) -> None:
    _line(cell, "{{ words.answers }}", 9, bold=True, colour=BRAND, first=True)
    _line(cell, "{%p for one in answers %}")
    answer = _line(cell, "{% if one.outcome == 'fail' %}[{{ one.outcome_word }}] {% endif %}", 7, bold=True, colour=FAIL, before=2.5)
    _run(answer, "{% if one.outcome != 'fail' %}[{{ one.outcome_word }}] {% endif %}", 7, bold=True, colour=DOUBT)
    _run(answer, "{{ one.heading }} ", 8, bold=True)
    _run(answer, "{% for each in one.figures %}{{ each.said }}{% if not loop.last %} · {% endif %}{% endfor %}", 8)
    _run(answer, " {{ one.id }}", 6, colour=SOFT)
    _run(answer, "{% if one.note %} {{ one.note }}{% endif %}", 6.5, colour=SOFT)
    _line(cell, "{%p for case in one.cases %}")
    case = _line(cell, "{% if case.mark %}({{ case.mark }}) {% endif %}", 7, bold=True, colour=FAIL)
    _run(case, "{{ case.who }}{{ colon }}{{ case.said }}", 7)
    _run(case, "{% if loop.last and one.more %} {{ one.more }}{% endif %}", 6.5, colour=SOFT)
    _line(cell, "{%p endfor %}")
    _line(cell, "{%p endfor %}")
    for name in ("fine", "none"):
        _line(cell, f"{{%p if {name} %}}")
        rest = _line(cell, f"{{{{ words.{name} }}}}{{{{ colon }}}}", 6.5, bold=True, before=2)
        _run(rest, f"{{{{ {name} }}}}", 6.5)
        _line(cell, "{%p endif %}")


def _beside(cell: Any) -> None:
    _line(cell, "{{ map }}", 7, first=True)
    _line(cell, "{{ words.map }} {{ map_source }}", 6, colour=SOFT)
    _line(cell, "{{ words.changes }}", 9, bold=True, colour=BRAND, before=4)
    _line(cell, "{{ since }}", 7)
    _line(cell, "{%p for one in changes %}")
    change = _line(cell, "{{ one.said }}", 7, bold=True)
    _run(change, "{% for line in one.lines %}{{ semicolon }}{{ line }}{% endfor %}", 6.5, colour=SOFT)
    _line(cell, "{%p endfor %}")
    _line(cell, "{{ words.decisions }}", 9, bold=True, colour=BRAND, before=4)
    _line(cell, "{%p for one in decisions %}")
    decision = _line(cell, "{{ one.said }}", 7, bold=True)
    _run(decision, " — {{ one.by }}", 7)
    _run(decision, "{% for line in one.lines %}{{ semicolon }}{{ line }}{% endfor %}", 6.5, colour=SOFT)
    _line(cell, "{%p endfor %}")


def _paper(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(11)
    section.top_margin = section.bottom_margin = Mm(9)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(7.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), EAST)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for name in ("author", "comments", "keywords", "last_modified_by", "subject"):
        setattr(document.core_properties, name, "")
    document.core_properties.title = "{{ title }}"


def _line(to: Any, text: str, points: float = 6, *, bold: bool = False, colour: RGBColor | None = None, before: float = 0, first: bool = False) -> Any:
    paragraph = to.paragraphs[0] if first else to.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = Pt(before)
    _run(paragraph, text, points, bold=bold, colour=colour)
    return paragraph


def _run(paragraph: Any, text: str, points: float, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(points), bold
    if colour is not None:
        run.font.color.rgb = colour
