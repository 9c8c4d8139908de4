"""What the address asks for, read and refused in words: filters, paging, days."""

import re
from datetime import date
from typing import Any

from flask import request

from checks.verdict import Outcome
from relocation.web.errors import BadParameter
from relocation.web.language import _

MOST_A_PAGE = 200
TEXT_LIMIT = 200


def filters(*names: str) -> dict[str, Any]:
    """Return the named filters that were given. BadParameter for a value that cannot be one."""
    given = {name: text for name in names if (text := plain(name))}
    if "outcome" in given:
        outcomes = {outcome.id for outcome in Outcome}
        if given["outcome"] not in outcomes:
            raise BadParameter(
                _("没有“%(value)s”这种结果。") % {"value": given["outcome"]},
                _("可用的有：%(values)s。") % {"values": ", ".join(outcome.id for outcome in Outcome)},
            )
    if "county" in given and not re.fullmatch(r"\d{6}", given["county"]):
        raise BadParameter(_("县代码“%(value)s”不是六位数字。") % {"value": given["county"]}, _("请用六位行政区划代码，例如 411522。"))
    return given


def paging() -> dict[str, Any]:
    """Return where the page starts and how long it is."""
    asked = plain("limit") or "50"
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= MOST_A_PAGE:
        raise BadParameter(_("每页条数“%(value)s”不能用。") % {"value": asked}, _("请用 1 到 %(most)s 之间的整数。") % {"most": MOST_A_PAGE})
    return {"after": plain("after"), "limit": int(asked)}


def number_of(name: str, fallback: int, most: int) -> int:
    """Return one whole number from 0 to `most`, `fallback` where none is given. BadParameter for anything else."""
    asked = plain(name)
    if asked and (not asked.isascii() or not asked.isdigit() or int(asked) > most):
        raise BadParameter(_("“%(value)s”不能用。") % {"value": asked}, _("请用 0 到 %(most)s 之间的整数。") % {"most": most})
    return int(asked) if asked else fallback


def plain(name: str) -> str:
    """Return one parameter without blanks at its ends. BadParameter for one too long or with control characters."""
    value = request.args.get(name, "").strip()
    if len(value) > TEXT_LIMIT * (10 if name == "after" else 1) or not (value.isprintable() or name == "after"):
        raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    return value


def decimal(name: str) -> float:
    """Return one number. BadParameter when it is missing or not one."""
    try:
        value = float(plain(name))
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e9:
        raise BadParameter(_("“%(name)s”要填一个数。") % {"name": name}, _("例如 lon=114.9&lat=32.0。"))
    return value


def today_or(fallback: date) -> date:
    """Return the day of judgement asked for. BadParameter when it is not a day."""
    return _day(plain("as_of"), fallback)


def posted_day_or(fallback: date) -> date:
    """Return the day of judgement a form gives. BadParameter when it is not a day."""
    return _day(request.form.get("as_of", "").strip()[:TEXT_LIMIT], fallback)


def posted_day(name: str) -> date | None:
    """Return a day that a form may give, None where it gives none. BadParameter when it is not a day."""
    given = request.form.get(name, "").strip()[:TEXT_LIMIT]
    return _day(given, date.min) if given else None


def day_of(name: str) -> date | None:
    """Return a day that the address may give, None where it gives none. BadParameter when it is not a day."""
    given = plain(name)
    return _day(given, date.min) if given else None


def _day(asked: str, fallback: date) -> date:
    try:
        return date.fromisoformat(asked) if asked else fallback
    except ValueError:
        raise BadParameter(_("“%(value)s”不是日期。") % {"value": asked}, _("请写成 2018-06-30 的样子。")) from None
