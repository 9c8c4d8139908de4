"""Rows of a ledger that are no records: blank ones, totals, section titles and notes. They are left out and reported."""

import re
from collections.abc import Sequence
from typing import Any

from relocation.intake.error_cells import is_error
from relocation.intake.units import plain
from relocation.intake.values import is_blank, text_of

_TOTAL = re.compile(r"(?:.{0,12})(?:合计|小计|总计|共计|累计)(?:[:：(（].*)?|(?:sub|grand)?total[:：]?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表|制表|填报|审核|复核|负责人|单位负责|联系人|联系电话|日期|报送|经办|note|remark)[人员s]?(?:签字|签名|\(签字\)|\(盖章\))?[:：1-9一二三(（]|填表说明"
)


def is_total(cell: Any) -> bool:
    """Say whether a cell heads a row of totals."""
    return isinstance(cell, str) and ("计" in cell or "otal" in cell.lower()) and _TOTAL.fullmatch(plain(cell)) is not None


def heads_leftover(cell: Any) -> bool:
    """Say whether a cell heads a row of totals or a note."""
    return is_total(cell) or (isinstance(cell, str) and (":" in cell or "：" in cell) and _NOTE.match(plain(cell)) is not None)


def may_head_leftovers(texts: Sequence[str]) -> bool:
    """Say whether any of many texts can head totals or a note; most columns are done with this one look."""
    joined = "\n".join(texts)
    return any(mark in joined for mark in "计:：") or "total" in joined.lower()


def leftover(row: Sequence[Any], serial: Sequence[int], identity: Sequence[int]) -> str:
    """Return "blank", "total", "numbered", "errors", "note" or "" (a record after all) for a row that lacks its identity or mentions a total.

    `serial` are the columns of running numbers, `identity` those that say whom or what the row is about.
    """
    filled = [(at, cell) for at, cell in enumerate(row) if not is_blank(cell)]
    said = [(at, cell) for at, cell in filled if at not in serial]
    if not filled:
        return "blank"
    if any(is_total(cell) for _, cell in filled[:4]):
        return "total"
    if not said and all(not isinstance(cell, str) or text_of(cell).strip().isdigit() for _, cell in filled):
        return "numbered"
    if said and all(is_error(cell) for _, cell in said) and not any(at in identity for at, _ in said):
        return "errors"  # a formula dragged down below the data
    texts = [text_of(cell) for _, cell in filled if isinstance(cell, str)]
    if texts and _NOTE.match(plain(texts[0])):
        return "note"
    if len(filled) == len(texts) <= 2 and not any(at in identity for at, _ in said):
        return "note"
    return ""
