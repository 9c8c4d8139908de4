"""`relocation check --with …`: what if a number of the law were another; nothing is stored."""

from collections.abc import Sequence
from datetime import date

from relocation.cli.law import changes
from relocation.cli.office import opened
from relocation.cli.speaking import _, lang, say, say_json, wrapped

MOST_IN_JSON = 100_000
MOST_PRINTED = 10


def suppose(asked: Sequence[str], as_of: date, county: str | None, as_json: bool) -> int:
    """Judge with other numbers and print who changes."""
    from relocation.service import lawbook, supposing
    from relocation.service.showing import unit

    with opened() as store:
        found = supposing.suppose(store, asked, as_of=as_of, county=county, most_subjects=MOST_IN_JSON if as_json else MOST_PRINTED)
        if as_json:
            say_json(found.json(store, lang()))
            return 0
        register = lawbook.instruments(store)
    say(_("以 %(day)s 为准，假设：") % {"day": as_of.isoformat()})
    for one in found.given:
        title = one.parameter.zh if lang() == "zh" else one.parameter.en
        for number, line in enumerate(
            wrapped(f"{title} = {one.amount:,g} {unit(one.parameter.unit, lang())}".rstrip() + f"  {one.check}.{one.parameter.name}", 74)
        ):
            say(("  " if number == 0 else "      ") + line)
    say(_("%(n)d 个结果会变。什么也没有保存。") % {"n": found.total})
    for change in found.changed:
        changes(change, register)
    return 0
