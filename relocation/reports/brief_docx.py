"""The brief as a Word document: a template's tags filled with the words of the page. Same template and words, same bytes."""

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from jinja2 import UndefinedError

from relocation.reports.tags import BrokenTag, Tags
from relocation.reports.wording import legible

PICTURE_MM = 66
_WHOLE = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}")
_LOOSE = re.compile(r"{[{%#]|[}%]}")
_FIXED = (1980, 1, 1, 0, 0, 0)
_NO_DAY = datetime(2016, 9, 22)  # noqa: DTZ001 - a fixed day: same brief, same bytes


class BrokenTemplate(Exception):
    """A template that cannot be filled: in which part of the file, and which tag."""

    def __init__(self, part: str, tag: BrokenTag) -> None:
        """Carry the part and the tag."""
        super().__init__(f"{part} {tag}")
        self.part, self.tag = part, tag


class _Drawn:
    """A picture as the XML of a run. It says nothing else to a template."""

    __slots__ = ("_xml",)

    def __init__(self, xml: str) -> None:
        self._xml = xml

    def __html__(self) -> str:
        return self._xml


def brief_docx(template: bytes, sheet: Mapping[str, Any], picture: bytes) -> bytes:
    """Return the template filled; `picture` is the map as PNG. BrokenTemplate for a tag that cannot be used."""
    from docx.shared import Mm  # late: only who writes Word files loads it
    from docxtpl import DocxTemplate

    zh = sheet["lang"] == "zh"
    words = _legible({**sheet, "colon": "：" if zh else ": ", "semicolon": "；" if zh else "; "})
    document: Any = DocxTemplate(BytesIO(template))
    document.init_docx()
    inline = document.docx.part.new_pic_inline(BytesIO(picture), width=Mm(PICTURE_MM))
    words["map"] = _Drawn(f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">')
    tags = Tags(words)
    _ended(document)
    try:
        document.render(words, tags, autoescape=True)
    except BrokenTag as broken:
        raise BrokenTemplate(_part(document), broken) from None
    except UndefinedError as error:
        named = re.findall(r"'([^']+)'", str(error))
        raise BrokenTemplate(_part(document), BrokenTag("unknown", *tags.where(named[-1] if named else ""))) from None
    for name in ("created", "modified"):
        setattr(document.docx.core_properties, name, _NO_DAY)
    made = BytesIO()
    document.docx.save(made)
    return _settled(made.getvalue())


def _ended(document: Any) -> None:
    """Refuse a tag that does not end in its paragraph: where the next paragraph is a loop's, the filling would drop both without a word."""
    from docx.oxml.ns import qn

    for part in document.docx.part.package.iter_parts():
        element = getattr(part, "element", None)
        for place, paragraph in enumerate(() if element is None else element.iter(qn("w:p")), 1):
            left = _WHOLE.sub("", "".join(text.text or "" for text in paragraph.iter(qn("w:t"))))
            if loose := _LOOSE.search(left):
                half = left[loose.start() :] if loose[0].startswith("{") else left
                raise BrokenTemplate(str(part.partname).lstrip("/"), BrokenTag("half", half.strip(), place))


def _part(document: Any) -> str:
    part = document.current_rendering_part
    return str(part.partname).lstrip("/") if part is not None else "word/document.xml"


def _legible(value: Any) -> Any:
    """Return data whose texts no XML refuses, and that hold nothing that a Word template would take for a break of its own."""
    if isinstance(value, str):
        return re.sub(r"[\t\n\r\f\a]", " ", legible(value))
    if isinstance(value, Mapping):
        return {name: _legible(one) for name, one in value.items()}
    return [_legible(one) for one in value] if isinstance(value, list | tuple) else value


def _settled(made: bytes) -> bytes:
    """Return the same package with its parts in order and without the moments at which they were written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for name in sorted(read.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            write.writestr(entry, read.read(name))
    return out.getvalue()
