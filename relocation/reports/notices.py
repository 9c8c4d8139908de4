"""What is odd about the two files themselves, before anything on them is looked at: one file given twice, or the two swapped."""

from collections.abc import Iterable

from geo.drawing.dwelling import Plans
from geo.drawing.model import Drawing
from relocation.reports.comparison_sheet import ComparisonSheet
from relocation.reports.wording import word

_BUILT = ("施工图", "竣工图")
_DESIGNED = ("设计图", "方案图", "设计方案")


def notices(sheet: ComparisonSheet, lang: str) -> list[str]:
    """Return what whoever gave the two files should know, in words."""
    found = []
    if sheet.old.sha256 == sheet.new.sha256 and not sheet.comparison.differences:
        found.append(word("identical", lang))
    elif swapped(sheet):
        found.append(word("swapped", lang, old=sheet.old.name))
    return found


def swapped(sheet: ComparisonSheet) -> bool:
    """Tell whether the names of the files, or of the sheets in their title blocks, say that each is what the other was given as."""
    old, new = (_role(names) for names in (_names(sheet.old, sheet.plans_old), _names(sheet.new, sheet.plans_new)))
    return (old, new) in (("built", "designed"), ("built", ""), ("", "designed"))


def _names(drawing: Drawing, plans: Plans | None) -> list[str]:
    return [drawing.name, *(block.name for block in (plans.title_blocks if plans else ()))]


def _role(names: Iterable[str]) -> str:
    """Return what names call a drawing: "built", "designed", "" where they say neither or both."""
    every = list(names)
    built = any(word in name for name in every for word in _BUILT)
    designed = any(word in name for name in every for word in _DESIGNED)
    return "" if built == designed else "built" if built else "designed"
