"""`relocation import`, `relocation template`: files in, blank workbooks out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checks.vocabulary import WORKBOOKS
from relocation import steps
from relocation.cli.office import common, now, opened
from relocation.cli.progress import progress
from relocation.cli.speaking import _, gap, lang, say, say_json, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service import Store
    from relocation.service.importing import ImportReport

SHOWN = 20
"""So many refusals or changes are printed; --json gives all."""


@click.command("import", help=N_("导入台账或图层"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--as", "as_kind", metavar="LEDGER|layer:NAME|ROLE", help=N_("文件是什么；不写则按表头识别；图纸写 design 等"))
@click.option("--county", metavar="ADCODE", help=N_("六位县代码"))
@click.option("--site", default="", metavar="CODE", help=N_("图纸所属的安置点编码"))
@click.option("--institute", default="", help=N_("图纸的设计单位：采用它的图层名称对照表"))
@click.option("--xref", "references", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help=N_("图纸引用的外部文件；可以写多个"))
@click.option("--crs", help=N_("坐标系，如 CGCS2000、GCJ02、EPSG:4547"))
@click.option("--dry-run", is_flag=True, help=N_("只看会改什么，不保存"))
@click.option("--strict", is_flag=True, help=N_("有一行读不懂就整份不保存"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def import_(
    files: tuple[Path, ...],
    as_kind: str | None,
    county: str | None,
    site: str,
    institute: str,
    references: tuple[Path, ...],
    crs: str | None,
    dry_run: bool,
    strict: bool,
    as_json: bool,
) -> int:
    """Import files, each whole in one transaction; 1 when anything was refused."""
    from relocation.service.drawings.roles import is_role  # late: NumPy and the readers
    from relocation.service.importing import import_files, prepare

    prepare()
    reports: list[ImportReport] = []
    drawn = bool(as_kind) and is_role(str(as_kind))
    supplied = [(one.name, one) for one in references]
    with opened(makes=True) as store, progress(not as_json) as told:
        for path in steps.each("drawings", _drawings_of(files)) if drawn else files:
            if drawn:
                made = [_taken_in(store, path, str(as_kind), site, county, supplied, institute, dry_run=dry_run, alone=len(files) == 1 and path == files[0])]
            else:
                made = import_files(
                    store, [path], now=now(), as_kind=as_kind, county=county, crs=crs, dry_run=dry_run, strict=strict, lang=lang(), progress=told
                )
            reports += made
            for report in () if as_json else made:
                _tell(report, dry_run)
    if as_json:
        documents = [report.json(lang()) for report in reports]
        say_json(documents[0] if len(documents) == 1 else documents)
    return 1 if any(report.refused or report.refusals for report in reports) else 0


def _drawings_of(files: tuple[Path, ...]) -> list[Path]:
    """Return the drawings that are named, and of a folder those that lie in it."""
    from relocation.service.drawings.taking import SUFFIXES

    found: list[Path] = []
    for path in files:
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        if not inside:
            raise click.UsageError(_("文件夹 %(path)s 里没有图纸（%(known)s）") % {"path": path, "known": " ".join(SUFFIXES)})
        found += inside
    return found


def _taken_in(
    store: "Store",
    path: Path,
    role: str,
    site: str,
    county: str | None,
    references: list[tuple[str, Path]],
    institute: str,
    *,
    dry_run: bool,
    alone: bool,
) -> "ImportReport":
    """Take in one drawing; one of several that cannot be read is told among them, and the others are taken in."""
    from relocation.service import Unusable
    from relocation.service.drawings.taking import refused, take_in  # later still: the geometry of drawings

    try:
        return take_in(store, path, role=role, site=site, county=county, references=references, institute=institute, now=now(), dry_run=dry_run, lang=lang())
    except Unusable as unusable:
        if alone:
            raise
        return refused(unusable)


def _tell(report: "ImportReport", dry_run: bool) -> None:
    say(_("%(file)s（%(kind)s）") % {"file": f"{report.file} {report.sheet}".strip(), "kind": report.kind})
    numbers = {name: getattr(report, name) for name in ("read", "added", "changed", "unchanged", "refused")}
    say("  " + _("读 %(read)d 行：新增 %(added)d，改动 %(changed)d，未变 %(unchanged)d，未收 %(refused)d") % numbers)
    if report.imported_before_at:
        say("  " + _("这份文件已于 %(at)s 导入过") % {"at": f"{report.imported_before_at.astimezone():%Y-%m-%d %H:%M}"})
    for note in report.notes:
        _indented(note.text(lang()))
    for change in report.changes[:SHOWN]:
        nothing = _("（空）")
        _indented(f"{change.subject} {change.heading}: {change.old or nothing} → {change.new or nothing}")
    _more(len(report.changes))
    for refusal in report.refusals[:SHOWN]:
        where = " ".join(part for part in (refusal.sheet, refusal.cell) if part)
        _indented(f"{where}: {refusal.reason(lang())}{gap()}{refusal.mend(lang())}")
    _more(len(report.refusals))
    if report.refused_file:
        say("  " + _("未收的行已写入 %(path)s") % {"path": report.refused_file})
    if dry_run:
        say("  " + _("试看，什么也没有保存"))
    elif not report.stored and report.refused and report.added + report.changed:
        say("  " + _("按 --strict，这份文件整份没有保存"))


def _indented(text: str) -> None:
    for number, line in enumerate(wrapped(text, 76)):
        say(("  " if number == 0 else "    ") + line)


def _more(number: int) -> None:
    if number > SHOWN:
        say("  " + _("另有 %(n)d 条，用 --json 查看全部") % {"n": number - SHOWN})


@click.command(help=N_("空白表"))
@click.argument("ledger", type=click.Choice(list(WORKBOOKS)))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE.xlsx")
@click.option("--force", is_flag=True, help=N_("已有同名文件时覆盖"))
@common
def template(ledger: str, out: Path, force: bool) -> int:
    """Write a blank workbook; one that is there already stays, unless forced: somebody may have filled it in."""
    from relocation.service import Trouble, importing

    if out.suffix.lower() != ".xlsx":
        raise Trouble("out-not-xlsx", path=out)
    if out.exists() and not force:
        raise Trouble("out-exists", path=out)
    importing.template(ledger, out, lang())
    say(_("已写入 %(path)s") % {"path": out})
    return 0
