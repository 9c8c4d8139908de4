"""Where the law of a record is looked up: in its county, or in its project where a place has set values for just that one."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from checks.policy import PROJECT, Parameter
from checks.records import RecordKind, Records


def project_column(kind: RecordKind) -> str:
    """Return the column that holds the code of the site a record belongs to, a site's own code; "" for a kind that belongs to none."""
    if kind.id == "site":
        return "code"
    return next((column.name for column in kind if column.name == "site_code"), "")


def places_of(records: Records, parameters: Iterable[Parameter]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the distinct places of records and each row's place among them: counties, and those projects that any of the parameters names.

    A record whose site is not recorded is judged by the law of its county.
    """
    named = {value.place for parameter in parameters for value in parameter.values if PROJECT in value.place}
    column = project_column(records.kind)
    if not named or not column:
        return records.grouped("county")
    pairs, pair_of = records.paired("county", column)
    own = [place if (place := f"{county}{PROJECT}{code}") in named else county for county, code in pairs]
    names = sorted(set(own))
    number = np.array([names.index(place) for place in own], dtype=np.int64)
    return names, number[pair_of] if len(own) else pair_of
