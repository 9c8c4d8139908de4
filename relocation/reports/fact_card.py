"""The fact card: one A4 side set by Typst, and the same lines as an Excel sheet."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from relocation.reports.setting import pdf_of
from relocation.reports.wording import legible
from relocation.reports.workbook import LINE_PT, lines_taken


def fact_card_pdf(data: Mapping[str, Any]) -> bytes:
    """Return the card as a PDF of one side. Same data, same bytes; what comes from ledgers reaches Typst as data and is never taken for markup."""
    return pdf_of("figures/card.typ", data)


WIDTHS = (24, 30, 13, 9, 20, 11, 15, 12, 11, 15, 11, 9, 44)


def fact_card_workbook(told: Mapping[str, Any], as_of: date, lang: str) -> bytes:
    """Return the card as a workbook: a line a report, so that each can be filtered; texts are written as texts."""
    import xlsxwriter  # late: only who asks for Excel waits for it

    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": told["title"], "created": datetime(as_of.year, as_of.month, as_of.day)})  # noqa: DTZ001 - a workbook's date has no zone
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#E7ECF1", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"border": 1, "valign": "top", "num_format": "#,##0.##"}),
        "loud": book.add_format({"border": 2, "bold": True, "font_color": "#9E1B12", "text_wrap": True, "valign": "top"}),
    }
    page = book.add_worksheet("应知应会" if lang == "zh" else "Figures")
    for at, width in enumerate(WIDTHS):
        page.set_column(at, at, width)
    heads = _heads(lang)
    for row, said in enumerate((told["title"], told["below"], told["warning"] or told["words"]["foot"])):
        page.write_string(row, 0, legible(said), looks["title"] if row == 0 else None)
    for at, said in enumerate(heads):
        page.write_string(3, at, said, looks["head"])
    row = 4
    for cells, loud in _rows(told):
        lines = max(lines_taken(cell, width) for cell, width in zip(cells, WIDTHS, strict=True) if isinstance(cell, str))
        page.set_row(row, lines * LINE_PT)
        for at, cell in enumerate(cells):
            look = looks["loud" if loud and at >= len(cells) - 6 else "cell"]
            if isinstance(cell, str):
                page.write_string(row, at, legible(cell), look)
            else:
                page.write_number(row, at, cell, looks["number"])
        row += 1
    page.freeze_panes(4, 1)
    page.autofilter(3, 0, max(row - 1, 4), len(heads) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    book.close()
    return made.getvalue()


def _heads(lang: str) -> tuple[str, ...]:
    if lang == "zh":
        return ("指标", "口径", "台账记录", "单位", "没有计入的", "截至", "来源", "上报", "上报日期", "出处", "当日台账", "相符与否", "说明")
    return (
        "Figure",
        "Base",
        "Recorded",
        "Unit",
        "Not counted",
        "As of",
        "Source",
        "Reported",
        "As of (report)",
        "Told where",
        "Recorded that day",
        "Agrees",
        "Explanation",
    )


def _rows(told: Mapping[str, Any]) -> list[tuple[tuple[str | float, ...], bool]]:
    rows: list[tuple[tuple[str | float, ...], bool]] = []
    for _group, lines in told["groups"]:
        for line in lines:
            own = (
                line["title"],
                line["base"],
                line["missing"] if line["amount"] is None else line["amount"],
                line["unit"] if line["value"] else "",
                line["lacking"],
                line["as_of"],
                line["source"],
            )
            rows += [((*own, *_report(one)), one["state"] == "differs") for one in line["reports"]] or [((*own, *[""] * 6), False)]
    rows += [((one["item"], *[""] * 6, *_report(one)), one["state"] == "differs") for one in told["others"]]
    return rows


def _report(one: Mapping[str, Any]) -> tuple[str, ...]:
    return one["said"], one["on"], one["by"], one["recorded"], one["word"], one["sentence"]
