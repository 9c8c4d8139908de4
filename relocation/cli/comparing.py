"""`relocation compare`: a design and a construction drawing laid over each other, told in words, and written as a report."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.checking import DAY
from relocation.cli.office import common, opened, today
from relocation.cli.speaking import _, lang, say, say_json, wrapped
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.drawings.pairing import ComparisonReport

_COLOURS = {"fail": "red", "review": "yellow", "no-data": "yellow", "pass": "green"}


@click.command(
    help=N_(
        "比对设计图和施工图（DWG、DXF、PDF），不保存\n\n"
        "退出码 0：比过了，没有不合规；待核、缺资料也是 0\n\n退出码 1：有户型不合规\n\n退出码 2：写法不对，文件读不出，或两张图对不上、没有比"
    )
)
@click.argument("design", type=click.Path(path_type=Path), metavar="DESIGN")
@click.argument("construction", type=click.Path(path_type=Path), metavar="CONSTRUCTION")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("写成报告：.html .svg .pdf .dxf .xlsx .json"))
@click.option("--county", metavar="ADCODE", help=N_("六位县代码：按该县的规定判断"))
@click.option("--site", default="", metavar="CODE", help=N_("安置点编码：采用户型台账所登记的人数"))
@click.option("--approved-on", type=DAY, metavar="DATE", help=N_("设计批复日期，适用那一天的规定"))
@click.option("--persons", multiple=True, metavar="LABEL=N", help=N_("户型的居住人数，如 A户型=3；可以写多个"))
@click.option("--institute", default="", help=N_("设计单位：采用它的图层名称对照表"))
@click.option("--xref", "references", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help=N_("图纸引用的外部文件；可以写多个"))
@click.option("--layers", is_flag=True, help=N_("列出两张图的图层，以及各自当作什么"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def compare(
    design: Path,
    construction: Path,
    out: Path | None,
    county: str | None,
    site: str,
    approved_on: datetime | None,
    persons: tuple[str, ...],
    institute: str,
    references: tuple[Path, ...],
    layers: bool,
    as_json: bool,
) -> int:
    """Compare two drawings; 1 when a unit type breaks a formal rule by either of them, 2 where they could not be compared."""
    from relocation.service.drawings import pairing  # late: NumPy, Shapely and the readers

    numbers = dict(persons_of(one) for one in persons)
    pairing.writable(out)
    with opened() as store:
        report = pairing.compare_files(
            store, design, construction, as_of=today(), county=county, site=site, approved_on=approved_on.date() if approved_on else None,
            persons=numbers, institute=institute, references=references,
        )  # fmt: skip
        named = pairing.layers_of(store, report, institute) if layers else []
    if out:
        report.write(out, lang())
    if as_json:
        say_json({**report.json(lang()), **({"layers": [one.json() for one in named]} if layers else {})})
        return left_with(report)
    tell(report)
    if layers:
        say()
        _heading(_("图层"))
        for one in named:
            say(
                "  "
                + _("%(which)s %(layer)s：%(role)s，%(n)d 个图元") % {"which": one.side(lang()), "layer": one.name, "role": one.word(lang()), "n": one.entities}
            )
    if out:
        say()
        say(_("已写入 %(path)s") % {"path": out})
    return left_with(report)


def left_with(report: "ComparisonReport") -> int:
    """Return the exit code: 2 for two drawings that could not be compared at all, whatever either says by itself."""
    return 2 if report.sheet.refused else 1 if report.fails else 0


def persons_of(text: str) -> tuple[str, int]:
    """Return label and number of LABEL=N; a usage error for anything else."""
    label, _sign, number = text.replace("＝", "=").rpartition("=")
    if not label.strip() or not number.strip().isdigit() or not int(number):
        raise click.UsageError(_("人数要写成 户型=人数，如 A户型=3；写的是 %(text)s") % {"text": text})
    return label.strip(), int(number)


def tell(report: "ComparisonReport") -> None:
    """Print a comparison in words, at eighty columns."""
    for number, part in enumerate(report.told(lang())):
        if number:
            say()
        _heading(part.title)
        for depth, text, outcome in part.lines:
            margin = "  " * (depth + 1)
            for line, words in enumerate(wrapped(text, 78 - len(margin))):
                said = margin + ("" if line == 0 else "  ") + words
                say(click.style(said, fg=_COLOURS[outcome]) if outcome in _COLOURS else said)


def _heading(title: str) -> None:
    say(click.style(title, bold=True))
