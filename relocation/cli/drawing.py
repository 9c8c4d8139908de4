"""`relocation map`: the county on one page."""

from pathlib import Path

import click

from relocation.cli.office import common, opened
from relocation.cli.speaking import _, lang, say
from relocation.cli.taking_out import note_export
from relocation.words import N_


@click.command("map", help=N_("把全县画成一个可离线打开的文件"))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE.html")
@click.option("--county", metavar="ADCODE", help=N_("只画一个县"))
@click.option("--approval", default="", help=N_("本县地图的审图号"))
@common
def map_(out: Path, county: str | None, approval: str) -> int:
    """Write one self-contained map."""
    from relocation.service import mapping, registers

    with opened() as store:
        mapping.export_map(store, out, lang(), county=county, approval=approval)
        note_export(store, "map.html", registers.sites(store, lang(), limit=1, county=county).total, {"county": county})
    say(_("已写入 %(path)s") % {"path": out})
    return 0
