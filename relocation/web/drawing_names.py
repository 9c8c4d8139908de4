"""What layers, blocks and texts mean to an institute: its own words beside the program's, kept as versions with their reasons."""

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from geo.drawing.plan.naming import PARTS
from relocation.service.drawings import names
from relocation.web import asked
from relocation.web.language import _
from relocation.web.needing import Right, needs
from relocation.web.showing import office, store

pages = Blueprint("drawing_names", __name__, url_prefix="/drawings/names")

_APART = re.compile(r"[,，、;；\n]+")


@pages.get("")
@needs(Right.READ)
def shown() -> ResponseReturnValue:
    """Show the program's words, an institute's own beside them, and the versions before."""
    own = names.institutes(store())
    institute = asked.plain("institute")
    versions = own.get(institute, [])
    return render_template(
        "drawing_names.html",
        institutes=names.known_institutes(store(), own),
        institute=institute,
        versions=versions,
        said=versions[0].said if versions else {},
        parts=PARTS,
        shipped=names.shipped(),
        may_alter=names.may_alter(store()),
    )


@pages.post("/keep")
@needs(Right.DRAW)
def keep() -> ResponseReturnValue:
    """Keep an institute's words as a new version."""
    institute = request.form.get("institute", "").strip()[: asked.TEXT_LIMIT]
    mapping = {part: {role: words for role in roles if (words := _words(f"{part}.{role}"))} for part, roles in PARTS.items()}
    said = {part: roles for part, roles in mapping.items() if roles}
    version = names.keep_naming(store(), institute, said, reason=request.form.get("reason", ""), now=office().now())
    flash(_("已保存“%(institute)s”的名称表，版本 %(n)s。之后识读这家单位的图纸都按它。") % {"institute": institute, "n": version})
    return redirect(url_for("drawing_names.shown", institute=institute))


def _words(field: str) -> list[str]:
    return [word.strip()[: asked.TEXT_LIMIT] for word in _APART.split(request.form.get(field, "")) if word.strip()]
