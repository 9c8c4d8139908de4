"""The list for the wall, a part for each village; and the short messages made of the same lines."""

from collections.abc import Sequence
from itertools import groupby

from relocation.notices.alike import Alikeness, guarded
from relocation.notices.document import Part
from relocation.notices.plain import Unpublishable
from relocation.notices.rows import Extra, WallRow, rows
from relocation.service.publishing.asking import Hanging, Wish
from relocation.service.publishing.listing import Listed
from relocation.service.publishing.words import word
from relocation.service.showing import heading
from relocation.store.trouble import Trouble

SMS_MOST = 70
"""A short message of Chinese holds so many characters (UCS-2); a longer one is sent as two."""

TOLD = 5


def lines(listed: Listed, wish: Wish, lang: str) -> tuple[list[WallRow], Alikeness]:
    """Return the lines of the list, with what must be held back. Trouble that names the records where anything must not be published."""
    made, against = rows((home.entry for home in listed.homes), wish.extras, wish.form)
    if against:
        raise unpublishable(against, lang)
    return guarded(made)


def unpublishable(against: Sequence[Unpublishable], lang: str) -> Trouble:
    """Return the refusal of a notice: which records, which column, why; never the value."""
    from checks.vocabulary import HOUSEHOLD

    known = {column.name: column for column in HOUSEHOLD}
    said = [f"{one.row} {heading(known[one.field], lang) if one.field in known else one.field}: {word(f'why-{one.why}', lang)}" for one in against[:TOLD]]
    return Trouble("notice-unpublishable", count=len(against), where="; ".join(said))


def parts(made: Sequence[WallRow], wish: Wish, lang: str) -> tuple[Part, ...]:
    """Return the list as one table a village, each on a page of its own."""
    columns = ["number", "name", "group", "persons", "kind", *(extra.value for extra in Extra if extra in wish.extras)]
    widths = {"number": 6, "name": 12, "group": 16, "persons": 13, "kind": 24, "site": 24, "area": 16, "subsidy": 15}
    right = frozenset(at for at, name in enumerate(columns) if name in ("persons", "area", "subsidy"))
    headings, wide = tuple(word(f"wall-{name}", lang) for name in columns), tuple(float(widths[name]) for name in columns)
    found: list[Part] = []
    for (township, village), group in groupby(made, key=lambda row: (row.township, row.village)):
        own = list(group)
        cells = tuple(tuple(_cell(row, name, lang) for name in columns) for row in own)
        name = village or word("village-unnamed", lang)
        title = word("village", lang, township=township, village=name, households=len(own), persons=_persons(own, lang))
        found.append(Part(title, headings, cells, wide, right, apart=bool(found), note=_note(own, lang)))
    return tuple(found)


def _cell(row: WallRow, name: str, lang: str) -> str:
    if name == "number":
        return str(row.number)
    if name == "persons":
        return word("gap", lang) if row.persons is None else str(row.persons)
    value = str(getattr(row, name))
    held = name == "site" or (name in ("area", "subsidy") and (row.coarse == 2 or (row.coarse == 1 and name == "subsidy")))
    return value or (word("held", lang) if held else word("gap", lang))


def _persons(own: Sequence[WallRow], lang: str) -> str:
    known = [row.persons for row in own if row.persons is not None]
    return str(sum(known)) if len(known) == len(own) else word("persons-gap", lang, persons=sum(known), n=len(own) - len(known))


def _note(own: Sequence[WallRow], lang: str) -> str:
    held = sum(row.coarse > 0 for row in own)
    if not held:
        return ""
    return word("small-village", lang, n=len(own)) if held == len(own) and len(own) < 5 else word("held-note", lang, n=held)


def messages(made: Sequence[WallRow], county: str, hanging: Hanging, contact: str, lang: str) -> tuple[Part, ...]:
    """Return a message a household in the order of the list. Trouble where one cannot be said in 70 characters."""
    cells = tuple((str(row.number), row.township, row.village, _message(row, county, hanging, contact, lang)) for row in made)
    headings = tuple(word(f"sms-{name}", lang) for name in ("number", "township", "village", "text"))
    return (Part("", headings, cells, (6.0, 14.0, 14.0, 90.0), frozenset()),)


def _message(row: WallRow, county: str, hanging: Hanging, contact: str, lang: str) -> str:
    """Return one message; what it need not say (site, kind, group) is left out one after the other where it would be too long."""
    until = word("sms-day", lang, month=hanging.ends_on.month, day=hanging.ends_on.day)
    persons = word("gap", lang) if row.persons is None else str(row.persons)
    sign, end = word("sms-sign", lang, county=county), word("sms-end", lang, day=until, contact=contact)
    kind = word("sms-kind", lang, kind=row.kind) if row.kind else ""
    site = word("sms-site", lang, site=row.site) if row.site else ""
    said = ""
    for group, more in ((row.group, kind + site), (row.group, kind), (row.group, ""), ("", "")):
        who = word("sms-who", lang, village=row.village, group=group, name=row.name, number=row.number, persons=persons)
        said = " ".join(f"{sign}{who}{more}{end}".split())
        if units(said) <= SMS_MOST:
            return said
    raise Trouble("notice-sms-long", village=row.village, number=row.number, most=SMS_MOST, found=units(said))


def units(text: str) -> int:
    """Return how many characters a telephone counts: units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
