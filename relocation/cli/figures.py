"""`relocation report facts`: the fact card of a county or township, and its five questions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relocation.cli.office import common, opened, today
from relocation.cli.speaking import _, columns, complain, fitted, lang, say, say_json, wrapped
from relocation.cli.taking_out import note_export
from relocation.words import N_

if TYPE_CHECKING:
    from relocation.service.figures.selftest import Test
    from relocation.service.figures.sheet import Sheet

ENDINGS = (".pdf", ".xlsx")


@click.command(help=N_("应知应会：一个县或乡镇的数，上报与台账对照；--test 出五道自测题"))
@click.option("--county", metavar="ADCODE", help=N_("只要一个县"))
@click.option("--township", default="", metavar="NAME", help=N_("只要这个乡镇"))
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=N_("写成 .pdf 或 .xlsx 文件"))
@click.option("--test", "tests", is_flag=True, help=N_("出五道题，附答案和解释"))
@click.option("--seed", default="1", show_default=True, metavar="S", help=N_("题目的种子，同样的种子出同样的题"))
@click.option("--json", "as_json", is_flag=True, help=N_("输出 JSON"))
@common
def facts(county: str | None, township: str, out: Path | None, tests: bool, seed: str, as_json: bool) -> int:
    """Show or write the card; 1 when a reported figure differs from the records."""
    from relocation.service import Trouble
    from relocation.service.figures import printing
    from relocation.service.figures.card import card
    from relocation.service.figures.places import places
    from relocation.service.figures.selftest import test
    from relocation.service.figures.sheet import sheet
    from relocation.service.writing import write_whole

    if out and out.suffix.lower() not in ENDINGS:
        raise click.UsageError(_("应知应会写成 PDF 或 Excel 文件，文件名要以 .pdf 或 .xlsx 结尾"))
    with opened() as store:
        chosen = places(store, county, township)
        if chosen is None:
            raise Trouble("county-empty", county=county or "", near="")
        if tests:
            made = test(store, chosen.chosen, seed, lang(), today=today())
            say_json(made.json()) if as_json else _asked(made)
            return 0
        one = card(store, chosen.chosen, lang(), today=today())
        if out or as_json:
            note_export(store, f"facts{out.suffix.lower() if out else '.json'}", len(one.shown), {"county": one.place.county, "township": one.place.township})
    if out:
        write_whole(out, [printing.pdf(one, lang()) if out.suffix.lower() == ".pdf" else printing.workbook(one, lang())])
        say(_("应知应会已写入 %(path)s") % {"path": out})
    elif as_json:
        say_json(one.json(lang()))
    else:
        _shown(sheet(one, lang()))
    return 1 if one.differing else 0


def _shown(made: "Sheet") -> None:
    say(made.title)
    for told in wrapped(made.below, 78):
        say(told)
    for group, lines in made.groups:
        say()
        say(_row(f"■ {group}", made.words.recorded, made.words.as_of, made.words.reported))
        for line in lines:
            value = f"{line.value} {line.unit}" if line.value else line.missing
            say(_row(f"  {line.title}", value, line.as_of[-DAY:], line.reports[0].said if line.reports else ""))
    differing = [one for _group, lines in made.groups for line in lines for one in line.reports if one.state == "differs"]
    differing += [one for one in made.others if one.state == "differs"]
    if differing:
        complain("")
        complain(made.words.loud.format(n=len(differing)))
    for one in differing:
        for told in wrapped(one.sentence, 76):
            complain("  " + told)
    if made.warning:
        complain(made.warning)


TITLE, VALUE, DAY = 36, 20, 10


def _row(title: str, value: str, as_of: str, reported: str) -> str:
    """Return a line of eighty columns; figures stand to the right of theirs."""
    room = VALUE - columns(value)
    return "  ".join((fitted(title, TITLE), " " * room + value if room > 0 else fitted(value, VALUE), fitted(as_of, DAY), fitted(reported, 8))).rstrip()


def _asked(made: "Test") -> None:
    for number, one in enumerate(made.asked, 1):
        say()
        for line in wrapped(f"{number}. {one.text}", 76):
            say(line)
        for letter, answer in zip("ABCD", one.answers, strict=False):
            say(f"   {letter}. {answer.said}")
    say()
    say(_("答案"))
    for number, one in enumerate(made.asked, 1):
        right = next(letter for letter, answer in zip("ABCD", one.answers, strict=False) if answer.right)
        say(f"{number}. {right}")
        for letter, answer in zip("ABCD", one.answers, strict=False):
            for place, line in enumerate(wrapped(f"{letter}. {answer.why}", 72)):
                say(("   " if place == 0 else "      ") + line)
