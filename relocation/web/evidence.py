"""Evidence: the list, attaching several files at once, one piece with what it is worth, its picture and its original, withdrawing."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from relocation.ledger.entry import Entry
from relocation.ledger.moving import cancels_approval
from relocation.ledger.states import State
from relocation.service import Trouble, Unusable, registers
from relocation.service.evidence import attaching, showing
from relocation.service.rectification import moving
from relocation.web import asked
from relocation.web.language import _, lang
from relocation.web.needing import Right, needs
from relocation.web.showing import kind_word, office, store
from relocation.web.taking_out import note_original
from relocation.web.uploads import receive

pages = Blueprint("evidence", __name__, url_prefix="/evidence")

MOST_FILES = 20
NUMBER_MOST = 2**31 - 1
SANDBOX = "default-src 'none'; sandbox"


@pages.get("")
@needs(Right.READ)
def listed() -> ResponseReturnValue:
    """List all evidence, the newest first; `flagged=1` keeps what speaks against its claim or is used twice."""
    page = showing.listed(store(), lang(), **conditions())
    return render_template("evidence.html", page=page, kinds=showing.kinds(lang()), counties=registers.counties(store()))


def conditions() -> dict[str, Any]:
    """Return what the address asks of the list."""
    limit = asked.number_of("limit", 30, asked.MOST_A_PAGE) or 30
    return {**asked.filters("county", "kind"), "flagged": asked.plain("flagged") == "1", "after": asked.number_of("after", 0, NUMBER_MOST), "limit": limit}


@pages.post("/attach")
@needs(Right.ATTACH)
def attach() -> ResponseReturnValue:
    """Attach files to a subject, each read by itself: one that is refused keeps no other out."""
    chosen = [file for file in request.files.getlist("files") if file.filename]
    if not chosen:
        raise Trouble("evidence-nothing")
    if len(chosen) > MOST_FILES:
        raise Trouble("evidence-many", count=len(chosen), limit=MOST_FILES)
    form = {name: request.form.get(name, "").strip() for name in ("subject_kind", "subject", "county", "kind", "note")}
    said = attaching.claim(form["kind"], asked.posted_day("since"), asked.posted_day("until"), form["note"])
    made, refused = [], []
    before = _entry(form["subject_kind"], form["subject"])
    for file in chosen:
        upload = receive(store(), file)
        try:
            row, new = attaching.attach(
                store(), upload.path, name=upload.name, subject_kind=form["subject_kind"], subject=form["subject"], county=form["county"] or None, said=said,
                now=office().now(),
            )  # fmt: skip
            made.append((showing.one(store(), row.id, lang()), new))
        except Unusable as unusable:
            refused.append(unusable.refusal)
        finally:
            upload.path.unlink(missing_ok=True)
    cancelled = _cancelled(before)
    back = subject_address(form["subject_kind"], form["county"], form["subject"])
    return render_template("evidence_attached.html", made=made, refused=refused, back=back, cancelled=cancelled)


def _entry(kind: str, code: str) -> Entry | None:
    """Return the entry of the ledger that evidence belongs to, None where it belongs to something else."""
    return moving.entry(store(), code) if kind == "entry" else None


def _cancelled(before: Entry | None) -> str:
    """Return what is said where a change of the evidence took back an entry's submission or acceptance; "" where it did not."""
    if before is None or not cancels_approval(before, moving.entry(store(), before.id)):
        return ""
    return _("%(id)s 的佐证材料变了，原来的提交或批准已经撤销，要重新提交、重新批准。") % {"id": before.id}


@pages.get("/<int:id>")
@needs(Right.READ)
def one(id: int) -> ResponseReturnValue:
    """Show one piece of evidence."""
    found = showing.one(store(), _number(id), lang())
    return render_template("evidence_one.html", one=found, back=subject_address(found.row.subject_kind, found.row.county, found.row.subject))


@pages.get("/<int:id>/original")
@needs(Right.READ)
def original(id: int) -> ResponseReturnValue:
    """Give the file as it came: to be saved, never to be opened here."""
    row, data = showing.original(store(), _number(id))
    note_original(row.county, row.township, row.id, row.sha256)
    answer = send_file(BytesIO(data), row.media_type, as_attachment=True, download_name=row.name)
    return _sealed(answer)


@pages.get("/<int:id>/<any(thumbnail, picture):form>.jpg")
@needs(Right.READ)
def picture(id: int, form: str) -> ResponseReturnValue:
    """Give a photo as it may be shown and published: pixels made anew, without what the original says of itself."""
    return _sealed(send_file(BytesIO(showing.picture(store(), _number(id), form)), "image/jpeg"))


@pages.post("/<int:id>/withdraw")
@needs(Right.ATTACH)
def withdraw(id: int) -> ResponseReturnValue:
    """Withdraw a piece of evidence with a reason."""
    seen = attaching.row_of(store(), _number(id))
    before = _entry(seen.subject_kind, seen.subject)
    row = attaching.withdraw(store(), seen.id, why=request.form.get("why", ""), now=office().now())
    if cancelled := _cancelled(before):
        flash(cancelled)
    flash(_("已撤回“%(name)s”；原件和理由都保留。") % {"name": row.name})
    return redirect(subject_address(row.subject_kind, row.county, row.subject) or url_for("evidence.listed"))


def _number(id: int) -> int:
    if id > NUMBER_MOST:
        raise Trouble("unknown-evidence", id=id)
    return id


def _sealed(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@pages.app_template_global()
def evidence_of(kind: str, county: str, code: str) -> showing.OfSubject:
    """Return all evidence of a subject, for the page it stands on."""
    return showing.of_subject(store(), kind, county, code, lang())


@pages.app_template_global()
def evidence_kinds() -> list[tuple[str, str]]:
    """Return the kinds of evidence that can be chosen."""
    return showing.kinds(lang())


@pages.app_template_global()
def evidence_effect(kind: str, code: str, *, withdrawing: bool = False) -> str:
    """Return what adding or withdrawing evidence does to the entry it belongs to, to be read before it is done; "" for nothing."""
    entry = _entry(kind, code)
    if entry is None or entry.root is not None:
        return ""
    if entry.state is State.SUBMITTED:
        return _("这一条正在等待验收。材料一变，提交就撤销，回到“整改中”，要重新提交。")
    if withdrawing and entry.state is State.ACCEPTED_UNTIL:
        return _("这一条已限期接受。撤回接受以前就有的材料，批准就撤销，恢复为待整改。")
    if withdrawing and entry.state.closed:
        return _("这一条已经了结，不再打开。撤回要由有验收权限、又没有提交过它的人办理；凭据全部撤回以后，台账、台账表和接口都会标明。")
    return ""


@pages.app_template_global()
def evidence_subject(kind: str) -> str:
    """Return what evidence is attached to, in words."""
    words = {"finding": _("核查结论"), "entry": _("整改条目")}
    return words.get(kind) or kind_word(kind)


@pages.app_template_global()
def subject_address(kind: str, county: str, code: str) -> str:
    """Return the page of what evidence is attached to; "" where it has none."""
    if kind in ("site", "household"):
        return url_for(f"records.{kind}", code=code, county=county or None)
    if kind == "finding" and code.count(":") >= 2:
        check, about, subject = code.split(":", 2)
        return url_for("findings.listed", check=check, kind=about, county=county or None, subject=subject)
    return url_for("ledger.one", id=code) if kind == "entry" else ""
