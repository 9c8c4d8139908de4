"""How a site's drawings stand, as lines: each drawing, each pair, each unit type with the worst of what was found; which role is still lacking."""

from checks.choices import DrawingRole
from checks.verdict import Outcome
from relocation.service.drawings.lists import SiteDrawings, lacking
from relocation.service.mapbook.words import short, word

MOST, MOST_LINES = 60, 10


def drawing_lines(site: SiteDrawings | None, lang: str) -> list[str]:
    """Return the lines; () for a site without drawings."""
    if site is None:
        return []
    colon = "：" if lang == "zh" else ": "
    lines = [f"{_role(line.row['role'], lang)} {short(str(line.row['name']), MOST)}{colon}{_outcome(line.worst, lang)}" for line in site.drawings]
    lines += [f"{word('pair', lang)}{colon}{_outcome(line.worst, lang)}" for line in site.pairs]
    lines += [f"{word('unit_type', lang)} {short(str(line.row['name']), MOST)}{colon}{_outcome(line.worst, lang)}" for line in site.types]
    lines += [word("lacking", lang, role=_role(role, lang)) for role in lacking([site])]
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], word("more", lang, n=len(lines) - MOST_LINES + 1)]


def _role(id: object, lang: str) -> str:
    found = next((role for role in DrawingRole if role.id == id), None)
    return str(id or "") if found is None else found.zh if lang == "zh" else found.en


def _outcome(id: str, lang: str) -> str:
    if not id:
        return word("unchecked", lang)
    one = Outcome.by_id(id)
    return one.zh if lang == "zh" else one.en
