"""What if: everything judged with other numbers of the law, nothing stored, and who would change."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checks.check import Check
from checks.finding import Finding
from checks.policy import Parameter
from checks.registry import checks, former_ids
from checks.sentence import SUPPOSITION
from checks.vocabulary import UNITS
from relocation.service.comparing import Changed, CheckChange, Law, changed_json, compare
from relocation.service.judging import near
from relocation.service.lawbook import instruments, overlays
from relocation.service.lawjudging import most, unit_words
from relocation.store.opening import Store
from relocation.store.trouble import Trouble

MOST_SUBJECTS = 200
WHOLE = {"persons", "households", "days"}
_NUMBER = re.compile(r"[0-9]{1,10}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Supposed:
    """One number supposed: of which check's parameter, and the amount."""

    check: str
    parameter: Parameter
    amount: float


@dataclass(frozen=True, slots=True)
class Supposition:
    """What was supposed, on which day's view, and what it changes, an entry for every check that has such a number."""

    as_of: date
    given: tuple[Supposed, ...]
    changed: tuple[CheckChange, ...]

    @property
    def total(self) -> int:
        """How many outcomes change."""
        return sum(one.total for one in self.changed)

    def json(self, store: Store, lang: str) -> dict[str, Any]:
        """Return the answer for other programs."""
        register = instruments(store)
        given = {f"{one.check}.{one.parameter.name}": one.amount for one in self.given}
        return {"as_of": self.as_of.isoformat(), "with": given, "total": self.total, "changed": [changed_json(one, lang, register) for one in self.changed]}


def suppose(store: Store, asked: Sequence[str], *, as_of: date, county: str | None = None, most_subjects: int = MOST_SUBJECTS) -> Supposition:
    """Judge everything with other numbers ("most_m2_a_person=20", "living-area.most_m2_a_person=20") and say who changes.

    A check without such a number judges the same with and without it, so it is not run. Trouble for a name that no check
    has (near ones named), for one that is a different number in different checks, and for what is no amount of its unit.
    """
    given = read(asked)
    amounts: dict[str, dict[str, float]] = {}
    for one in given:
        amounts.setdefault(one.check, {})[one.parameter.name] = one.amount
    real = [check for check in checks().values() if check.id in amounts]
    other = [check.supposing(amounts[check.id]) for check in real]
    places = overlays(store.whole)
    found = compare(store, Law(real, places), Law(other, places), as_of=as_of, county=county, most=most_subjects)
    return Supposition(as_of, given, tuple(_as_supposed(change, amounts[change.check]) for change in found))


def read(asked: Sequence[str]) -> tuple[Supposed, ...]:
    """Return what "name=amount" texts suppose; the last of a name counts. Trouble as in `suppose`."""
    if not asked:
        raise Trouble("nothing-supposed", near=near("", _names()))
    made: dict[tuple[str, str], Supposed] = {}
    for text in asked:
        name, equals, amount = text.partition("=")
        if not equals:
            raise Trouble("supposition-form", text=text[:60])
        for check, parameter in _meant(name.strip()):
            made[check.id, parameter.name] = Supposed(check.id, parameter, _amount(parameter, amount.strip()))
    return tuple(made.values())


def _names() -> list[str]:
    return [f"{check.id}.{name}" for check in checks().values() for name in check.parameters]


def _meant(name: str) -> list[tuple[Check, Parameter]]:
    id, dot, parameter = name.rpartition(".")
    check_id = former_ids().get(id, id)
    having = [
        check for check in checks().values() if parameter in check.parameters and (not dot or check_id in (check.id, check.parameters[parameter].lent_by))
    ]
    if not having:
        every = [*_names(), *dict.fromkeys(name for check in checks().values() for name in check.parameters)]
        raise Trouble("unknown-supposition", name=name[:80], near=near(name, every))
    found = [(check, check.parameters[parameter]) for check in having]
    if len({one.unit for _, one in found}) > 1:
        raise Trouble("supposition-unclear", name=name, near=", ".join(f"{check.id}.{parameter}" for check in having))
    return found


def _amount(parameter: Parameter, text: str) -> float:
    plain = text.replace(",", "") if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text) else text
    unit = unit_words(UNITS[parameter.unit])
    if not _NUMBER.fullmatch(plain) or (parameter.unit in WHOLE and float(plain) != int(float(plain))):
        now = _now(parameter)
        raise Trouble("supposition-amount", name=parameter.name, text=text[:40], unit_zh=unit["zh"], unit_en=unit["en"], example=now)
    if float(plain) > most(parameter.unit):
        raise Trouble("supposition-range", name=parameter.name, text=text[:40], unit_zh=unit["zh"], unit_en=unit["en"], most=f"{most(parameter.unit):,.0f}")
    return float(plain)


def _now(parameter: Parameter) -> str:
    amounts = [value.amount for value in sorted(parameter.values, key=lambda one: one.since) if value.amount is not None]
    return f"{amounts[-1]:g}" if amounts else "100"


def _as_supposed(change: CheckChange, amounts: Mapping[str, float]) -> CheckChange:
    return replace(change, changed=tuple(Changed(one.before, _named(one.after, amounts)) for one in change.changed))


def _named(finding: Finding, amounts: Mapping[str, float]) -> Finding:
    """Return a finding whose sentence does not put a supposed number into a real document's mouth."""
    if finding.law is None or finding.law.parameter not in amounts:
        return finding
    law = replace(finding.law, instrument=SUPPOSITION, clause={"zh": "", "en": "as asked here"})
    return replace(finding, law=law)
