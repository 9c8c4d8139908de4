"""Personal values in full: a form on a household's page, shown once; and who holds a number, asked by a form so that it stands in no address."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from relocation.service import registers, revealing
from relocation.web.errors import BadParameter
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store

pages = Blueprint("revealing", __name__)


@pages.post("/households/<path:code>/reveal")
@needs(Right.REVEAL)
def household(code: str) -> ResponseReturnValue:
    """Show one personal value of a household in full, this once."""
    county, field = _given("county"), _given("field")
    value = revealing.reveal(store(), "household", county, code, field, purpose=_given("purpose"), now=office().now())
    return render_template("household.html", record=registers.household(store(), code, lang(), county), revealed={"field": field, "value": value})


@pages.post("/households/by-number")
@needs(Right.REVEAL)
def by_number() -> ResponseReturnValue:
    """List the households whose head has a number."""
    found = revealing.search(store(), _given("number"), purpose=_given("purpose"), now=office().now())
    return render_template("households_found.html", found=found)


@pages.app_template_global()
def revealable(kind: str) -> tuple[str, ...]:
    """Return which fields of a kind the reader may see in full."""
    return revealing.revealable(store(), kind)


def _given(name: str) -> str:
    value = request.form.get(name, "").strip()
    if len(value) > revealing.MOST_LETTERS or not value.isprintable():
        raise BadParameter(_("条件“%(name)s”太长或含有不可见字符。") % {"name": name}, _("请缩短后再试。"))
    return value
