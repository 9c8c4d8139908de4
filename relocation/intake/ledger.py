"""What reading a file gives: records (or a layer), the addresses they came from, what was refused, what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from checks.records import RecordKind, Records
from relocation.intake.refusal import Note, Refusal

if TYPE_CHECKING:
    from geo.layer import Layer


@dataclass(frozen=True, slots=True)
class Ledger:
    """One recognised sheet of records.

    records    : the rows that could be read whole; a refused row is not among them
    row_numbers: int64, one a record: its row in the sheet, counted from 1 (vector files: the feature's number)
    letters    : field → letter of the sheet's column it was read from ("F"); fields the program made are absent
    read       : data rows seen, refused ones included
    crs        : name of the declared coordinate system ("" when the file holds no positions)
    """

    kind: RecordKind
    file: str
    sheet: str
    records: Records
    row_numbers: npt.NDArray[np.int64]
    letters: Mapping[str, str]
    read: int
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()
    crs: str = ""

    @property
    def refused(self) -> int:
        """How many rows were refused (a row with three unreadable cells counts once)."""
        return self.read - len(self.records)

    def cell(self, name: str, index: int) -> str:
        """Return the address ("F12") of record `index`'s field, or "" for a field no column was read for."""
        letter = self.letters.get(name, "")
        return f"{letter}{self.row_numbers[index]}" if letter else ""


@dataclass(frozen=True, slots=True)
class LayerFile:
    """One layer of facilities or zones read from a vector file or a sheet with positions.

    `row_numbers` is int64, one a feature of the layer, counted from 1; `read` counts refused features too.
    """

    layer: "Layer"
    file: str
    sheet: str
    row_numbers: npt.NDArray[np.int64]
    read: int
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    @property
    def refused(self) -> int:
        """How many features were refused."""
        return self.read - len(self.row_numbers)
