"""`relocation drawings …`: what is on record of drawings, what is set right on them, and what is decided on their differences."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from relocation.cli.office import common, now, opened, today
from relocation.cli.speaking import _, lang, say, say_json, table, wrapped
from relocation.cli.taking_out import note_export
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.importing import ImportReport


@click.group(help=N_("图纸：登记的图纸和比对，更正、图层名称、对差异的处理"))
@common
def drawings() -> None:
    """The drawings on record."""


@drawings.command("list", help=N_("列出登记的图纸和比对"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--site", metavar="CODE", help=N_("只要一个安置点"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def list_(county: str | None, site: str | None, as_json: bool) -> int:
    """List drawings and pairs by site."""
    from relocation.service.drawings import lists

    with opened() as store:
        sites = lists.by_site(store, county, site)
    if as_json:
        say_json([_site_json(one) for one in sites])
        return 0
    for one in sites:
        say(f"{one.name} {one.code}".strip())
        lines = [[line.row["code"], _word(line.worst), line.row["name"]] for line in one.drawings]
        lines += [[line.row["code"], _word(line.worst), line.row["name"]] for line in one.pairs]
        for text in table(lines, [_("编号"), _("结果"), _("图纸")]) if lines else [_("没有图纸")]:
            say("  " + text)
    return 0


def _word(outcome: str) -> str:
    from checks.verdict import Outcome

    return (Outcome.by_id(outcome).zh if lang() == "zh" else Outcome.by_id(outcome).en) if outcome else "—"


def _site_json(one: Any) -> dict[str, Any]:
    said = {"county": one.county, "site": one.code, "name": one.name}
    for part in ("drawings", "pairs", "types"):
        said[part] = [{"code": line.row["code"], "name": line.row["name"], "worst": line.worst} for line in getattr(one, part)]
    return said


@drawings.command(help=N_("登记的一对图纸重新比对，说出来或写成报告"))
@click.argument("pair")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("写成报告：.html .svg .pdf .dxf .xlsx .json"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def show(pair: str, out: Path | None, as_json: bool) -> int:
    """Tell a pair on record as everything stands now."""
    from relocation.cli.comparing import tell
    from relocation.service.drawings import deciding, pairing

    pairing.writable(out)
    with opened() as store:
        report = deciding.pair_report(store, pair, as_of=today())
        if out:
            report.write(out, lang())
            note_export(store, f"comparison.{out.suffix[1:]}", len(report.sheet.comparison.differences), {"pair": pair})
    if as_json:
        say_json(report.json(lang()))
    else:
        tell(report)
    if out and not as_json:
        say(_("已写入 %(path)s") % {"path": out})
    return 1 if report.fails else 0


@drawings.command(help=N_("更正一张图纸：墙的图层、缺口、标签、轮廓、单位、人数"))
@click.argument("code")
@click.option("--persons", multiple=True, metavar="LABEL=N", help=N_("户型的居住人数，如 A户型=3；可以写多个"))
@click.option("--unit", "unit", metavar="mm|cm|dm|m|in|ft", help=N_("图上的一个单位是什么，也可以写合多少米"))
@click.option("--wall-layer", "walls", multiple=True, metavar="NAME", help=N_("墙所在的图层；可以写多个"))
@click.option("--file", "file", type=click.Path(path_type=Path), help=N_("更正的 JSON 文件，含缺口、标签、轮廓"))
@click.option("--reason", required=True, help=N_("理由"))
@common
def correct(code: str, persons: tuple[str, ...], unit: str | None, walls: tuple[str, ...], file: Path | None, reason: str) -> int:
    """Keep what was read wrongly, set right, as a new version; what was set right before and is not named again stays."""
    from relocation.cli.comparing import persons_of
    from relocation.service.drawings import deciding

    with opened() as store:
        before = deciding.corrections(store, code)
        said: Any = {**(before[0].said if before else {}), **(_json_in(file) if file else {})}
        said |= {"persons": {**said.get("persons", {}), **dict(map(persons_of, persons))}} if persons else {}
        said |= ({"unit_m": _metres(unit)} if unit is not None else {}) | ({"wall_layers": list(walls)} if walls else {})
        _report(deciding.correct(store, code, said, reason=reason, now=now(), lang=lang()))
    return 0


@drawings.command(help=N_("对一对图纸的差异作出处理：已批准的变更、作为问题、不计"))
@click.argument("pair")
@click.option("--set", "sets", multiple=True, type=int, required=True, metavar="N", help=N_("第几组差异；可以写多个"))
@click.option("--as", "kind", required=True, type=click.Choice(["approved", "finding", "ignored", "none"]), help=N_("怎样处理"))
@click.option("--document", default="", help=N_("变更文件的文号"))
@click.option("--reason", default="", help=N_("理由"))
@common
def decide(pair: str, sets: tuple[int, ...], kind: str, document: str, reason: str) -> int:
    """Decide on change sets of a pair."""
    from relocation.service.drawings import deciding

    with opened() as store:
        found = deciding.pair_report(store, pair, as_of=today()).sheet.comparison.change_sets
        ids = [id for one in found if one.number in sets for id in one.members]
        unknown = sorted(set(sets) - {one.number for one in found})
        if unknown:
            raise click.UsageError(_("没有第 %(sets)s 组差异") % {"sets": ", ".join(map(str, unknown))})
        number = deciding.decide(store, pair, ids, kind="" if kind == "none" else kind, document=document, reason=reason, now=now())
    say(_("已处理 %(n)d 处差异") % {"n": number})
    return 0


@drawings.command(help=N_("撤回一张放错安置点或类别的图纸；文件和理由留存"))
@click.argument("code")
@click.option("--reason", required=True, help=N_("理由"))
@common
def withdraw(code: str, reason: str) -> int:
    """Take a drawing that was taken in wrongly off the record."""
    from relocation.service.drawings import withdrawing

    with opened() as store:
        number = withdrawing.withdraw(store, code, reason=reason, now=now(), lang=lang())
    say(_("已撤回，涉及 %(n)d 条记录") % {"n": number})
    return 0


@drawings.command(help=N_("保存一个设计单位的图层、图块名称对照表（YAML）；不写文件则列出"))
@click.argument("institute")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--reason", default="", help=N_("理由"))
@common
def names(institute: str, file: Path | None, reason: str) -> int:
    """Keep an institute's words as a new version, or list its versions."""
    import yaml

    from relocation.service.drawings import names

    with opened() as store:
        if file is not None:
            number = names.keep_naming(store, institute, _yaml_in(file), reason=reason, now=now())
            say(_("已保存为第 %(n)d 版") % {"n": number})
            return 0
        for one in names.institutes(store).get(institute.strip(), []):
            say(f"# {one.number}  {one.made_at:%Y-%m-%d %H:%M}  {one.reason}")
            say(yaml.safe_dump(dict(one.said), allow_unicode=True, sort_keys=False).rstrip())
    return 0


def _metres(unit: str) -> float:
    from relocation.service import Trouble
    from relocation.service.drawings.asking import UNITS_M

    try:
        return UNITS_M.get(unit.strip().lower()) or float(unit)
    except ValueError:
        raise Trouble("drawing-unit", unit=unit, known=", ".join(f"{name} {metres:g}" for name, metres in UNITS_M.items())) from None


def _json_in(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(_text_in(file))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise click.UsageError(_("%(path)s 不是 JSON 对象") % {"path": file})
    return said


def _yaml_in(file: Path) -> Any:
    import yaml

    try:
        return yaml.safe_load(_text_in(file))
    except yaml.YAMLError:
        raise click.UsageError(_("%(path)s 不是 YAML") % {"path": file}) from None


def _text_in(file: Path) -> str:
    from relocation.service.lawbook import text_at

    return text_at(file)


def _report(report: "ImportReport") -> None:
    for note in report.notes:
        for line in wrapped(note.text(lang()), 76):
            say("  " + line)
    for change in report.changes:
        nothing = _("（空）")
        say(f"  {change.subject} {change.heading}: {change.old or nothing} → {change.new or nothing}")
    say(_("已保存更正"))
