"""What a plan of visits is asked for with, read from a form or from an address and refused in words."""

from collections.abc import Mapping

from relocation.service.visiting import framing
from relocation.service.visiting.picking import Wish
from relocation.visits.sampling import Allocation
from relocation.web import asked
from relocation.web.errors import BadParameter
from relocation.web.language import _

Given = Mapping[str, str]
LONGEST_NUMBER = 7


def wish(given: Given) -> Wish:
    """Return what is to be drawn. BadParameter for numbers that are none, and for a way to share out that is not known."""
    size, precision, allocation = field(given, "size"), field(given, "precision"), field(given, "allocation")
    share = None
    if precision:
        try:
            share = float(precision) / 100
        except ValueError:
            raise BadParameter(_("“%(value)s”不是数。") % {"value": precision}, _("精度请写百分点，例如 5。")) from None
    chosen = next((one for one in Allocation if one.id == (allocation or Allocation.PROPORTIONAL.id)), None)
    if chosen is None:
        known = {"value": allocation, "known": " ".join(one.id for one in Allocation)}
        raise BadParameter(_("没有“%(value)s”这种分法。") % known, _("可用的有：%(known)s") % known)
    days = whole(given, "respected_days")
    return Wish(
        field(given, "seed"), whole(given, "size") if size else None, share, field(given, "county") or None, field(given, "township"), chosen,
        whole(given, "certain"), given.get("again") == "1", framing.RESPECTED_DAYS if days is None else days,
    )  # fmt: skip


def field(given: Given, name: str) -> str:
    """Return a text that was sent. BadParameter where it is too long, or holds what cannot be seen."""
    value = given.get(name, "").strip()
    if len(value) > asked.TEXT_LIMIT or not value.isprintable():
        raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    return value


def whole(given: Given, name: str) -> int | None:
    """Return a whole number that was sent, None for an empty field. BadParameter for what is none."""
    value = field(given, name)
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > LONGEST_NUMBER:
        raise BadParameter(_("“%(value)s”不是 0 以上的整数。") % {"value": value}, _("请填写整数，例如 30。"))
    return int(value)
