"""`relocation report mapbook`: one page a site, as one PDF or a folder with one file each."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.checking import OUTCOMES
from relocation.cli.office import common, opened, today
from relocation.cli.progress import progress
from relocation.cli.speaking import _, complain, lang, say, say_json
from relocation.cli.taking_out import note_export
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service import Store
    from relocation.service.mapbook.picking import Asked


@click.command(help=N_("图册：每个安置点一页，写成一个 PDF 或一个文件夹"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--township", metavar="NAME", help=N_("只要这个乡镇"))
@click.option("--outcome", multiple=True, type=click.Choice(OUTCOMES), help=N_("只要最差结果是这种的；与 --check 同用时指那一项的结果。可重复"))
@click.option("--check", "checked", multiple=True, metavar="ID", help=N_("只要这个核查项有结果的，可重复"))
@click.option("--text", metavar="TEXT", help=N_("名称或编码里含这些字"))
@click.option("--site", "sites", multiple=True, metavar="CODE", help=N_("只要这些安置点，可重复"))
@click.option("-o", "--out", required=True, metavar="FILE.pdf|DIR/", help=N_("写成一个 PDF，或以 / 结尾写成文件夹；再运行只补缺的和变了的"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def mapbook(
    county: str | None,
    township: str | None,
    outcome: tuple[str, ...],
    checked: tuple[str, ...],
    text: str | None,
    sites: tuple[str, ...],
    out: str,
    as_json: bool,
) -> int:
    """Make a map book."""
    from relocation.service.mapbook.picking import Asked

    asked = Asked(county, township, text, outcome, checked, sites)
    path, in_folder = Path(out), out.endswith(("/", os.sep)) or Path(out).is_dir()
    if not in_folder and path.suffix.lower() != ".pdf":
        raise click.UsageError(_("图册写成一个 PDF（文件名以 .pdf 结尾），或写成文件夹（名字以 / 结尾）"))
    with opened() as store:
        return _folder(store, asked, path, as_json) if in_folder else _one(store, asked, path, as_json)


def _one(store: "Store", asked: "Asked", path: Path, as_json: bool) -> int:
    from relocation.service.mapbook.making import book
    from relocation.service.mapbook.shelf import write_whole

    with progress(not as_json) as tell:
        made, sites = book(store, asked, lang(), today(), tell)
        write_whole(path, made)
    note_export(store, "mapbook.pdf", sites, _conditions(asked))
    if as_json:
        say_json({"file": str(path), "sites": sites, "bytes": len(made)})
    else:
        say(_("%(n)d 个安置点的图册已写入 %(path)s") % {"n": sites, "path": path})
    return 0


def _folder(store: "Store", asked: "Asked", path: Path, as_json: bool) -> int:
    from relocation.service.mapbook.making import folder

    try:
        with progress(not as_json) as tell:
            run = folder(store, asked, lang(), today(), path, tell)
    except KeyboardInterrupt:
        complain(_("已停下。写好的页都留在 %(path)s；再运行同一条命令，只补还没有的。") % {"path": path})
        return 130
    note_export(store, "mapbook", run.made, _conditions(asked))
    if as_json:
        say_json(run.json())
    else:
        said = _("%(path)s：共 %(n)d 个安置点，新写 %(made)d 页，%(kept)d 页没有变化。")
        say(said % {"path": path, "n": run.sites, "made": run.made, "kept": run.kept})
        if run.others:
            say(_("文件夹里另有以前写的 %(n)d 页，不在这次的范围内，没有动。") % {"n": run.others})
    return 0


def _conditions(asked: "Asked") -> dict[str, object]:
    return {"county": asked.county, "township": asked.township, "text": asked.text, "outcome": asked.outcome, "check": asked.check, "site": asked.sites}
