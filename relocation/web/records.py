"""Sites and households: the lists, and the page of one."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from relocation.service import registers
from relocation.web import asked
from relocation.web.language import lang
from relocation.web.needing import Right, needs
from relocation.web.showing import store

pages = Blueprint("records", __name__)


@pages.get("/sites")
@needs(Right.READ)
def sites() -> ResponseReturnValue:
    """List the sites."""
    page = registers.sites(store(), lang(), **asked.filters("county", "township", "text", "outcome"), **asked.paging())
    return render_template("sites.html", page=page, townships=registers.townships(store()))


@pages.get("/households")
@needs(Right.READ)
def households() -> ResponseReturnValue:
    """List the households, names and ID numbers masked."""
    page = registers.households(store(), lang(), **asked.filters("county", "township", "site", "text", "outcome"), **asked.paging())
    return render_template("households.html", page=page, townships=registers.townships(store()))


@pages.get("/sites/<path:code>")
@needs(Right.READ)
def site(code: str) -> ResponseReturnValue:
    """Show one site: verdicts, facts with their sources, what it is near, who lives there."""
    record = registers.site(store(), code, lang(), asked.filters("county").get("county"))
    return render_template("site.html", record=record, living=registers.households(store(), lang(), county=record.county, site=code, limit=10))


@pages.get("/households/<path:code>")
@needs(Right.READ)
def household(code: str) -> ResponseReturnValue:
    """Show one household."""
    return render_template("household.html", record=registers.household(store(), code, lang(), asked.filters("county").get("county")))
