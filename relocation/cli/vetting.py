"""`relocation vet`: proposed places held against every check of siting, in the terminal. Nothing is stored."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.checking import DAY
from relocation.cli.office import common, opened, today
from relocation.cli.speaking import _, lang, say, say_json, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service import Store
    from relocation.service.bench.asking import Answer
    from relocation.service.bench.proposing import Proposal, Told
    from relocation.service.bench.suiting import Found

SHAPES = frozenset({".geojson", ".json", ".kml", ".kmz", ".zip", ".gpkg", ".dxf", ".dwg"})
AT_ONCE = 20


@click.command(help=N_("评估一个拟选址点，不保存"), context_settings={"ignore_unknown_options": True})  # a western longitude begins with a minus
@click.argument("position", nargs=-1, metavar="LON LAT")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    help=N_("文本表（CSV：名称、经度、纬度），或点位、范围线（GeoJSON、KML、压缩的 Shapefile、GeoPackage）；不收 Excel 工作簿"),
)
@click.option("--crs", default="WGS84", help=N_("坐标系，默认 WGS84"))
@click.option("--as-of", type=DAY, metavar="DATE", help=N_("以哪一天的规定为准，默认今天"))
@click.option("--uncertainty", "uncertainty_m", type=float, default=10.0, show_default=True, metavar="M", help=N_("位置误差（米）"))
@click.option("--screened/--not-screened", default=None, help=N_("选址风险排查做过、没有做；不写就是还没有说"))
@click.option("--nearest", is_flag=True, help=N_("不合规时，找本县最近的合规处（100 米网格）"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def vet(
    position: tuple[str, ...], file: Path | None, crs: str, as_of: datetime | None, uncertainty_m: float, screened: bool | None, nearest: bool, as_json: bool
) -> int:
    """Hold proposed places against every check of siting."""
    from relocation.service.bench.asking import register_of
    from relocation.service.bench.proposing import Told

    if bool(position) == bool(file):
        raise click.UsageError(_("请写经度和纬度，或用 --file 给出一个文件"))
    told, day = Told(crs, uncertainty_m, screened), as_of.date() if as_of else today()
    with opened() as store:
        answers = _answers(store, _proposals(store, position, file, told), day)
        register = register_of(store)
        places = [_instead(store, one) if nearest else None for one in answers]
    if as_json:
        documents = [_document(one, place, register) for one, place in zip(answers, places, strict=True)]
        say_json(documents if file else documents[0])
    else:
        for one, place in zip(answers, places, strict=True):
            _say(one, place, register)
    return 1 if any(one.outcome.id == "fail" for one in answers) else 0


def _proposals(store: "Store", position: Sequence[str], file: Path | None, told: "Told") -> "list[Proposal]":
    from relocation.service import Trouble
    from relocation.service.bench import proposing

    if file is not None and file.suffix.lower() in SHAPES:
        if not file.is_file():
            raise Trouble("file-missing", path=file)
        return proposing.from_file(store, file, file.name, told)
    points = _points(file) if file else [_point(_("拟选址点"), *position)]
    return [one for begin in range(0, len(points), AT_ONCE) for one in proposing.points(store, points[begin : begin + AT_ONCE], told)]


def _answers(store: "Store", proposals: "Sequence[Proposal]", day: date) -> "list[Answer]":
    from relocation.service.bench import asking, wayfinding

    return asking.ask(store, proposals, as_of=day, most_off_m=wayfinding.MOST_OFF_M)


def _instead(store: "Store", one: "Answer") -> "Found | None":
    """Return the nearest place of the county that would pass; None where the place lies in no county, or none passes."""
    if not one.proposal.county:
        return None
    from relocation.service.bench import suiting

    area = suiting.area(store, one.proposal.county, as_of=one.as_of, uncertainty_m=one.proposal.told.uncertainty_m)
    return area.nearest(one.proposal.lon, one.proposal.lat)


def _document(one: "Answer", place: "Found | None", register: Any) -> dict[str, Any]:
    from relocation.service.findings import finding_json

    [four] = [finding for finding in one.findings if finding.check == "four-proximities"]
    return {**one.json(lang(), register), "finding": finding_json(four, lang(), register), "nearest": place.json(lang()) if place else None}


def _say(one: "Answer", place: "Found | None", register: Any) -> None:
    document = one.json(lang(), register)
    say(f"[{document['outcome_word']}] {one.proposal.name}  {one.proposal.lon:.6f} {one.proposal.lat:.6f} {one.proposal.county or _('不在已知的任何县内')}")
    for check in document["checks"]:
        for line in wrapped(f"[{check['outcome_word']}] {check['title']}  {check['sentence']}", 76):
            say(f"    {line}")
    for title, items in ((_("适用"), "applies"), (_("查过，不适用"), "clear"), (_("未能核查"), "unchecked")):
        if document[items]:
            say(f"  {title}")
        for item in document[items]:
            for line in wrapped(" · ".join(filter(None, (item["said"], item["source"], item["dated"]))), 76):
                say(f"    {line}")
    if place is not None:
        said = place.json(lang())
        facts = {
            "m": f"{said['distance_m']:,.0f}",
            "towards": said["towards"],
            "lon": f"{said['lon']:.6f}",
            "lat": f"{said['lat']:.6f}",
            "suits": said["suits_word"],
        }
        say("  " + _("最近的合规处：%(towards)s %(m)s 米，%(lon)s %(lat)s（%(suits)s）") % facts)


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
