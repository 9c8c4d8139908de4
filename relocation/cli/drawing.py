"""`relocation map` and `relocation vet`: the county on one page, and a proposed site judged."""

import csv
from datetime import datetime
from pathlib import Path

import click

from relocation.cli.checking import DAY
from relocation.cli.office import common, opened, today
from relocation.cli.speaking import _, lang, say, say_json, wrapped
from relocation.words import N_


@click.command("map", help=N_("把全县画成一个可离线打开的文件"))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), metavar="FILE.html")
@click.option("--county", metavar="ADCODE", help=N_("只画一个县"))
@click.option("--approval", default="", help=N_("本县地图的审图号"))
@common
def map_(out: Path, county: str | None, approval: str) -> int:
    """Write one self-contained map."""
    from relocation.service import mapping

    with opened() as store:
        mapping.export_map(store, out, lang(), county=county, approval=approval)
    say(_("已写入 %(path)s") % {"path": out})
    return 0


@click.command(help=N_("评估一个拟选址点，不保存"), context_settings={"ignore_unknown_options": True})  # a western longitude begins with a minus
@click.argument("position", nargs=-1, metavar="LON LAT")
@click.option("--file", "file", type=click.Path(path_type=Path), help=N_("文本表（CSV）：名称、经度、纬度；不收 Excel 工作簿"))
@click.option("--crs", default="WGS84", help=N_("坐标系，默认 WGS84"))
@click.option("--as-of", type=DAY, metavar="DATE", help=N_("以哪一天的规定为准，默认今天"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def vet(position: tuple[str, ...], file: Path | None, crs: str, as_of: datetime | None, as_json: bool) -> int:
    """Judge proposed points by the four proximities."""
    from relocation.service import lawbook, vetting

    if bool(position) == bool(file):
        raise click.UsageError(_("请写经度和纬度，或用 --file 给出一个文件"))
    points = _points(file) if file else [_point(_("拟选址点"), *position)]
    day = as_of.date() if as_of else today()
    with opened() as store:
        vetted = vetting.vet(store, points, crs=crs, as_of=day, lang=lang())
        register = lawbook.instruments(store)
    if as_json:
        documents = [one.json(lang(), register) for one in vetted]
        say_json(documents if file else documents[0])
    else:
        for one in vetted:
            outcome = one.finding.outcome.zh if lang() == "zh" else one.finding.outcome.en
            where = one.county or _("不在已知的任何县内")
            say(f"[{outcome}] {one.name}  {one.lon:.6f} {one.lat:.6f} {where}")
            for line in wrapped(one.sentence, 76):
                say(f"    {line}")
    return 1 if any(one.finding.outcome.id == "fail" for one in vetted) else 0


def _point(name: str, *position: str, where: str = "") -> tuple[str, float, float]:
    from relocation.service import Trouble

    try:
        east, north = (float(part) for part in " ".join(position).replace(",", " ").replace("，", " ").split())
    except ValueError:
        raise Trouble("unknown-position", position=where + " ".join(position)) from None
    return name, east, north


def _points(file: Path) -> list[tuple[str, float, float]]:
    """Read name, longitude, latitude from a small text table; a first line without numbers is a heading."""
    from relocation.service import Trouble

    try:
        raw = file.read_bytes()
    except OSError:
        raise Trouble("file-missing", path=file) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    if rows and not any(cell.replace(".", "").lstrip("-").isdigit() for cell in rows[0][-2:]):
        rows = rows[1:]
    if not rows or "\0" in text:  # a workbook is no text
        raise Trouble("unknown-position", position=file.name)
    names = [row[0] if len(row) > 2 else _("第%(n)d点") % {"n": number} for number, row in enumerate(rows, 1)]
    return [_point(name, *row[-2:], where=f"{file.name} {name} ") for name, row in zip(names, rows, strict=True)]
