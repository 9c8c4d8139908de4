"""What if a number of the law were another: a form of every number, and who would change."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from checks.registry import checks
from relocation.service import Trouble, lawbook, lawlisting, registers, supposing
from relocation.web import asked
from relocation.web.language import lang
from relocation.web.law import by_family
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store

pages = Blueprint("supposing", __name__)

SUBJECTS_SHOWN = 20


@pages.get("/what-if")
@needs(Right.READ)
def what_if() -> ResponseReturnValue:
    """Show the form, and when numbers were given, the changes they make."""
    day = asked.today_or(registers.as_of_default(store(), office().today))
    known = {f"{check.id}.{name}" for check in checks().values() for name in check.parameters}
    given = {name: asked.plain(name) for name in request.args if name in known and asked.plain(name)}
    county = asked.filters("county").get("county")
    found, trouble = None, None
    try:
        if given:
            texts = [f"{name}={amount}" for name, amount in given.items()]
            found = supposing.suppose(store(), texts, as_of=day, county=county, most_subjects=SUBJECTS_SHOWN)
    except Trouble as refused:
        trouble = refused
    page = render_template(
        "what_if.html",
        families=by_family(lawlisting.law(store(), lang(), office().today)),
        touched={name.partition(".")[0] for name in given},
        given=given,
        day=day,
        found=found,
        trouble=trouble,
        register=lawbook.instruments(store()),
        counties=registers.counties(store()),
    )
    return page, 400 if trouble else 200
