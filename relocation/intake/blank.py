"""Blank workbooks: headings with units, drop-downs, a sheet that explains every column. Filled in, they import as they are."""

from pathlib import Path
from typing import Any

from checks.records import Column, Kind, RecordKind
from relocation.intake.sheet import letter
from relocation.intake.values import UNIT_WORDS

FILLED_ROWS = 2_000  # how far drop-downs and formats reach
_TEXT = {
    "zh": {
        "notes": "填写说明", "column": "列", "required": "必填", "meaning": "含义与写法", "yes": "是", "no": "否",
        "day": "写到日，例如 2018-03-05；只有年月请留空", "flag": "写“是”或“否”；不详请留空", "choice": "可选：", "several": "可选（可多选，用顿号分隔）：",
        "count": "整数；不详请留空，不要写 0", "number": "数字；也可带单位；不详请留空，不要写 0",
        "id": "18 位，单元格保持文本格式", "crs": "WGS84、CGCS2000、GCJ02（高德、腾讯）、BD09（百度）或 EPSG 编号；有坐标时必填", "must": "必填",
    },
    "en": {
        "notes": "Notes", "column": "Column", "required": "Required", "meaning": "Meaning and way of writing", "yes": "yes", "no": "no",
        "day": "The full date, such as 2018-03-05; blank when only the month is known", "flag": "yes or no; blank when not known", "choice": "One of: ",
        "several": "One or several of (comma between): ", "count": "A whole number; blank when not known, never 0",
        "number": "A number, with a unit if you like; blank when not known, never 0",
        "id": "18 characters; keep the cell as text", "crs": "WGS84, CGCS2000, GCJ02 (Amap, Tencent), BD09 (Baidu) or an EPSG number; needed wherever there is a position",
        "must": "required",
    },
}  # fmt: skip


def heading(column: Column, lang: str) -> str:
    """Return a column's heading with its unit: "安置住房面积(㎡)", "Building area (m²)"."""
    said = column.en if lang == "en" else column.zh
    if column.unit in ("", "deg", "persons", "households", "homes", "items") or "(" in said:
        return said
    unit = "㎡" if column.unit == "m2" and lang != "en" else UNIT_WORDS[column.unit].in_language(lang)
    return f"{said} ({unit})" if lang == "en" else f"{said}({unit})"


def write(kind: RecordKind, out: Path, lang: str) -> None:
    """Write the blank workbook of that kind to `out` (.xlsx) in "zh" or "en"."""
    import datetime as dt

    import xlsxwriter

    said = _TEXT["en" if lang == "en" else "zh"]
    asked = [column for column in kind if column.asked]
    book = xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})  # the same bytes each time
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "must": book.add_format({"bold": True, "bg_color": "#FFE699", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "text": book.add_format({"num_format": "@"}), "day": book.add_format({"num_format": "yyyy-mm-dd"}), "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }  # fmt: skip
    sheet = book.add_worksheet(kind.en[:31] if lang == "en" else kind.zh)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(asked):
        sheet.write_string(0, at, heading(column, lang), formats["must" if column.required else "head"])
        sheet.set_column(at, at, 14, formats["text" if column.kind is Kind.TEXT else "day"] if column.kind in (Kind.TEXT, Kind.DAY) else None)
        _drop_down(book, sheet, at, column, lang, said)
    _notes(book, asked, lang, said, formats)
    book.close()


def _words(column: Column, lang: str) -> list[str]:
    return [choice.en if lang == "en" else choice.zh for choice in column.choices or ()]


def _drop_down(book: Any, sheet: Any, at: int, column: Column, lang: str, said: dict[str, str]) -> None:
    words = [said["yes"], said["no"]] if column.kind is Kind.FLAG else _words(column, lang) if column.kind is Kind.CHOICE else []
    if not words:
        return
    if len(",".join(words)) <= 255:
        source: Any = words
    else:  # Excel allows no longer list in place: it goes to a sheet of its own
        lists = book.get_worksheet_by_name("lists") or book.add_worksheet("lists")
        lists.hide()
        lists.write_column(0, at, words)
        source = f"=lists!${letter(at)}$1:${letter(at)}${len(words)}"
    sheet.data_validation(1, at, FILLED_ROWS, at, {"validate": "list", "source": source, "ignore_blank": True})


def _notes(book: Any, asked: list[Column], lang: str, said: dict[str, str], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(said["notes"])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 90, formats["wrap"])
    for at, title in enumerate(("column", "required", "meaning")):
        sheet.write_string(0, at, said[title], formats["head"])
    for row, column in enumerate(asked, 1):
        sheet.write_string(row, 0, heading(column, lang))
        sheet.write_string(row, 1, said["must"] if column.required else "")
        sheet.write_string(row, 2, _how(column, lang, said), formats["wrap"])


def _how(column: Column, lang: str, said: dict[str, str]) -> str:
    meaning = column.meaning_en if lang == "en" else column.meaning_zh
    by_kind = {Kind.DAY: said["day"], Kind.FLAG: said["flag"], Kind.COUNT: said["count"], Kind.NUMBER: said["number"]}
    joint = ", " if lang == "en" else "、"
    how = by_kind.get(column.kind, "")
    if column.choices:
        how = said["several" if column.several else "choice"] + joint.join(_words(column, lang))
    how = {"id_number": said["id"], "declared_crs": said["crs"]}.get(column.name, how)
    return ("; " if lang == "en" else "；").join(part for part in (meaning, how) if part)
