"""Who is on a notice: the registered poor of a place who have not given up, read without one personal column but the name that is masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from checks.choices import Mode, Resettlement
from checks.vocabulary import HOUSEHOLD
from relocation.notices.rows import Entry
from relocation.service.publishing.asking import Wish
from relocation.store import queries
from relocation.store.frames import read_records
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

_COLUMNS = (
    "county", "code", "head_name", "township", "village", "natural_village", "registered_poor", "approved_persons", "mode", "resettlement", "site_code",
    "site_name", "floor_area_m2", "subsidy_due_yuan", "first_paid_yuan", "first_paid_on", "second_paid_yuan", "second_paid_on", "gave_up_on",
)  # fmt: skip
"""All that is read of a household. None of these columns is sealed; ID numbers are never opened for a notice."""


@dataclass(frozen=True, slots=True)
class Home:
    """One household of the list, with what notices count: `mode` "" where it is not recorded; days and amounts as they are stored."""

    entry: Entry
    mode: str
    paid: tuple[tuple[float | None, int | None], tuple[float | None, int | None]]  # first and second instalment: yuan, year


@dataclass(frozen=True, slots=True)
class Listed:
    """The households of a notice, and how many of the place are not on it, by why."""

    homes: tuple[Home, ...]
    gave_up: int
    own_cost: int  # move at their own cost: no subsidy, no notice
    unknown: int  # nobody recorded whether they are registered poor: to be filled in before the notice


def listed(store: Store, wish: Wish, lang: str) -> Listed:
    """Return the households of the wished place. Trouble (404) where there are none, or no such village or site."""
    with store.reading() as connection:
        found = read_records(connection, HOUSEHOLD, wish.county, columns=_COLUMNS)
        sites = [(code, name) for _county, code, name in queries.site_names(connection, [wish.county])]
    site = _site(sites, wish)
    stored = {name: found.stored(name).tolist() for name in _COLUMNS}
    rows = [dict(zip(stored, row, strict=True)) for row in zip(*stored.values(), strict=True)]
    rows = [row for row in rows if not wish.township or row["township"] == wish.township]
    villages = sorted({row["village"] for row in rows if row["village"]})
    if wish.village and wish.village not in villages:
        raise Trouble("notice-place", what=wish.village[:40], known="、".join(villages[:20]))
    rows = [row for row in rows if (not wish.village or row["village"] == wish.village) and (not site or {row["site_code"], row["site_name"]} & site)]
    staying = [row for row in rows if row["gave_up_on"] is None]
    named = {said: name or code for code, name in sites for said in (name, code) if said}
    homes = tuple(_home(row, named, lang) for row in staying if row["registered_poor"] == 1)
    if not homes:
        raise Trouble("notice-empty", place=" ".join(filter(None, (wish.county, wish.township, wish.village, wish.site))))
    flags = [row["registered_poor"] for row in staying]
    return Listed(homes, len(rows) - len(staying), flags.count(0), flags.count(-1))


def _site(sites: Sequence[tuple[str, str]], wish: Wish) -> set[str]:
    """Return the code and the name of the wished site; nothing where none is wished."""
    if not wish.site:
        return set()
    chosen = [{code, name} - {""} for code, name in sites if wish.site in (code, name)]
    if not chosen:
        raise Trouble("notice-place", what=wish.site[:40], known="、".join(code for code, _name in sites[:20]))
    return chosen[0]


def _home(row: Mapping[str, Any], sites: Mapping[str, str], lang: str) -> Home:
    """Return a household of the list. What stands as its site is shown only if the ledger of sites has it: of a dispersed one it is an address."""
    at = "zh" if lang == "zh" else "en"
    mode = Mode(row["mode"]) if row["mode"] != -1 else None
    kind = Resettlement(row["resettlement"]) if row["resettlement"] != -1 else mode
    entry = Entry(
        str(row["code"]), _text(row["head_name"]), _text(row["township"]), _text(row["village"]), _text(row["natural_village"]),
        _whole(row["approved_persons"]), getattr(kind, at) if kind is not None else "", sites.get(_text(row["site_code"])) or sites.get(_text(row["site_name"]), ""),
        _decimal(row["floor_area_m2"]), _decimal(row["subsidy_due_yuan"]),
    )  # fmt: skip
    paid = tuple((_float(row[f"{name}_paid_yuan"]), getattr(row[f"{name}_paid_on"], "year", None)) for name in ("first", "second"))
    return Home(entry, mode.id if mode is not None else "", (paid[0], paid[1]))


def _text(value: Any) -> str:
    return str(value or "")


def _float(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and value == value else None  # not a number is not itself


def _whole(value: Any) -> int | None:
    number = _float(value)
    return None if number is None else round(number)


def _decimal(value: Any) -> Decimal | None:
    number = _float(value)
    return None if number is None else Decimal(repr(number))
