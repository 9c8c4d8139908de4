"""The law on a day and in a place: dated values, each with the document that says so and its standing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

NATIONAL = "000000"
"""Place of a value that holds everywhere; otherwise an administrative code, "410000" for a province, or of one project a county's code and the site's, "411522/GSA01"."""

PROJECT = "/"
"""Stands between a county's code and that of a site in the place of a project."""

UNDATED, NO_RULE = -2, -1
"""Instead of the index of a value: the row has no governing day; no value was in force that day."""


class Standing(StrEnum):
    """How firmly a value stands. Only a formal one can make a fail; any other yields at most a review."""

    FORMAL = "formal"
    PRACTICE = "practice"
    INFORMAL = "informal"
    DISPUTED = "disputed"
    DERIVED = "derived"
    UNVERIFIED = "unverified"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return _STANDING_ZH[self]


_STANDING_ZH = {
    Standing.FORMAL: "正式文件",
    Standing.PRACTICE: "工作惯例",
    Standing.INFORMAL: "口头要求",
    Standing.DISPUTED: "存在争议",
    Standing.DERIVED: "推算值",
    Standing.UNVERIFIED: "未核实",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a parameter from a day on, in a place. `amount` None: from this day on there is no rule. `clause` in zh and en.

    `first_day_assumed` says that the source was found without its first day, so that `since` is the first of the month, year
    or period it names: a verdict that rests on it has to say so.
    """

    since: date
    amount: float | None
    instrument: str
    clause: Mapping[str, str]
    standing: Standing
    place: str = NATIONAL
    review_by: date | None = None
    first_day_assumed: bool = False

    def is_stale(self, today: date) -> bool:
        """Tell whether somebody should have looked again by now whether the value still holds."""
        return self.review_by is not None and today > self.review_by


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the law and its history."""

    name: str
    unit: str
    zh: str
    en: str
    values: tuple[Value, ...]
    lent_by: str = ""
    """The check whose parameter of the same name this is: what a place sets for that one holds here too."""

    def in_place(self, place: str) -> tuple[int, ...]:
        """Return the indices of the values that hold in a county ("411522") or a project in it ("411522/GSA01"), oldest first.

        The more specific place wins for good: where a county has values of its own, those of its province
        and of the nation are not consulted from the county's first day on, and so with a project in its county.
        """
        own = [i for i, value in enumerate(self.values) if covers(value.place, place)]
        own.sort(key=lambda i: self.values[i].since)
        kept: list[int] = []
        rank = -1
        for i in own:
            if specificity(self.values[i].place) >= rank:
                kept.append(i)
                rank = specificity(self.values[i].place)
        return tuple(kept)


def covers(place: str, where: str) -> bool:
    """Tell whether a value set for `place` holds in a county or a project; codes of six digits, pairs of zeros at the end mean "all of"."""
    if PROJECT in place:
        return place == where
    return where.partition(PROJECT)[0].startswith(_stem(place))


def specificity(place: str) -> int:
    """Return how near a place is: 0 nation, 1 province, 2 prefecture, 3 county, 4 project."""
    return 4 if PROJECT in place else len(_stem(place)) // 2


def _stem(place: str) -> str:
    """Return a code without its pairs of zeros: 500000 is 50 and not 5, 411000 is 4110 and not 411."""
    while place.endswith("00"):
        place = place[:-2]
    return place


@dataclass(frozen=True, slots=True)
class Limit:
    """A parameter's value for each row, and which of its values that is.

    amounts : float64, NaN where nothing was in force or the governing day is unknown
    which   : int16, index into parameter.values, NO_RULE or UNDATED
    """

    parameter: Parameter
    amounts: npt.NDArray[np.float64]
    which: npt.NDArray[np.int16]

    @property
    def binding(self) -> npt.NDArray[np.bool_]:
        """Rows where the value is formal, so that going against it is a fail and not a review."""
        formal = np.array([value.standing is Standing.FORMAL for value in self.parameter.values] + [False, False])
        return formal[self.which]

    def same_document(self, other: "Limit") -> npt.NDArray[np.bool_]:
        """Tell the rows where this value and the other one's come from one document; a day without a rule comes from none."""
        documents = {name: number for number, name in enumerate(dict.fromkeys(v.instrument for one in (self, other) for v in one.parameter.values))}
        mine, theirs = (np.array([*(documents[v.instrument] for v in one.parameter.values), nobody, nobody]) for one, nobody in ((self, -1), (other, -2)))
        return np.asarray(mine[self.which] == theirs[other.which])


@dataclass
class Terms:
    """The parameters of one check on each row's own day and in its own place, by attribute.

    `places` is the distinct counties and projects and each row's place among them (`checks.places`).
    """

    parameters: Mapping[str, Parameter]
    days: npt.NDArray[np.datetime64]
    places: tuple[list[str], npt.NDArray[np.int64]]
    as_of: date
    _limits: dict[str, Limit] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Limit:
        if name.startswith("_") or name not in self.parameters:
            raise AttributeError(name)
        if name not in self._limits:
            self._limits[name] = self._look_up(self.parameters[name])
        return self._limits[name]

    def as_judged(self) -> "Terms":
        """Return the terms of the day of judgement for every row: for what is asked of a file today and not of a past act."""
        return Terms(self.parameters, np.full(len(self.days), self.as_of, dtype="datetime64[D]"), self.places, self.as_of)

    def _look_up(self, parameter: Parameter) -> Limit:
        if {value.place for value in parameter.values} <= {NATIONAL}:
            return _on_days(parameter, parameter.in_place(NATIONAL), self.days)
        amounts = np.empty(len(self.days))
        which = np.empty(len(self.days), dtype=np.int16)
        for history, rows in _histories(parameter, self.places):
            part = _on_days(parameter, history, self.days[rows])
            amounts[rows], which[rows] = part.amounts, part.which
        return Limit(parameter, amounts, which)


def _histories(parameter: Parameter, places: tuple[list[str], npt.NDArray[np.int64]]) -> Iterable[tuple[tuple[int, ...], npt.NDArray[np.intp]]]:
    """Group rows by the history that holds for them: a nation has many counties and few overlays."""
    names, place_of = places
    histories = [parameter.in_place(place) for place in names]
    distinct = list(dict.fromkeys(histories))
    if len(distinct) == 1:
        yield distinct[0], np.arange(len(place_of))
        return
    number = np.array([distinct.index(history) for history in histories])[place_of]
    for i, history in enumerate(distinct):
        yield history, np.flatnonzero(number == i)


def _on_days(parameter: Parameter, history: tuple[int, ...], days: npt.NDArray[np.datetime64]) -> Limit:
    since = np.array([parameter.values[i].since for i in history], dtype="datetime64[D]")
    at = np.searchsorted(since, days, side="right")
    undated = np.isnat(days)
    at[undated] = 0
    amounts = np.array([np.nan, *(_amount(parameter.values[i]) for i in history)])
    index = np.array([NO_RULE, *history], dtype=np.int16)
    index[1:][np.isnan(amounts[1:])] = NO_RULE
    which = index[at]
    which[undated] = UNDATED
    return Limit(parameter, amounts[at], which)


def _amount(value: Value) -> float:
    return np.nan if value.amount is None else value.amount
