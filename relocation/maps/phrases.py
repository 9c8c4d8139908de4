"""Columns of finished sentences, written short and got back to the letter.

Sentences of one check differ in names and figures only. What a row already has elsewhere on the map (its name, its code,
the names of what it is near) becomes a reference; runs of digits become packed columns; what is left is a small table of
frames, each written once. Putting the pieces together again gives the sentence unchanged: figures that would not come
back exactly (now with, now without a leading zero) are kept as text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from relocation.maps.packing import packed

Whole = npt.NDArray[np.int64]

# Unicode noncharacters: they stand in no text, and a column in which one does stand is left as it is.
_OWN = [chr(code) for code in range(0xFDD0, 0xFDE0)]
_OWN_SET = frozenset(_OWN)
_FIGURE, _END = "\ufdee", "\ufdef"
_RESERVED = re.compile("[\ufdd0-\ufdef]")
_PIECES = re.compile("([\ufdd0-\ufdef])")
_LONGEST_FIGURE = 15  # digits that a page's number type holds exactly
_FIRST_PIECE = 32
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class _Figures:
    """Runs of digits in the order of the text: their values and how many digits each has."""

    values: Whole
    digits: Whole

    def at(self, rows: Whole) -> "_Figures":
        return _Figures(self.values[rows], self.digits[rows])

    def texts(self) -> list[str]:
        return [str(value).zfill(digits) for value, digits in zip(self.values.tolist(), self.digits.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Own:
    """A column of words the page knows for each row; prepared once for all the columns of texts that may speak of them."""

    words: Sequence[str]

    @classmethod
    def of(cls, words: Sequence[str]) -> "Own":
        """Prepare a column, one word a row."""
        return cls([word if len(word) > 1 else _END for word in words])  # _END is never found: too short a word is no saving

    def marked(self, texts: list[str], mark: str) -> list[str]:
        """Replace each row's word by the mark; left alone where a sample of the rows never speaks of it."""
        some = range(0, len(texts), max(1, len(texts) // _SAMPLE))
        if not any(self.words[row] in texts[row] for row in some):
            return texts
        return list(map(str.replace, texts, self.words, repeat(mark)))


def coded(texts: Sequence[str], own: Sequence[Own] = ()) -> dict[str, Any]:
    """Return a column of texts in short form; `own` are columns of words the page knows for each row.

    The short form is {"d": distinct texts, "k": packed row → text} ("k" is left out where every row has its own) or
    {"p": pieces, "l": packed lengths of the frames, "s": packed steps of all frames, "k": packed row → frame, "n": frame → its columns of figures}.
    A step is a piece (32 + its number), a reference to `own` (its number) or a figure (-1 - number of its column).
    """
    if _holds_marks("".join(texts)):
        return _listed(texts)
    marked = plain = list(texts)
    for mark, words in zip(_OWN, own, strict=False):
        marked = words.marked(marked, mark)
    bare, figures = _figures_out(_END.join(marked))
    frames = bare.split(_END)
    index = {frame: number for number, frame in enumerate(dict.fromkeys(frames))}
    if marked is plain and len(index) > max(64, len(texts) // 2):
        return _listed(texts)
    which = np.fromiter(map(index.__getitem__, frames), dtype=np.int64, count=len(frames))
    return _framed(list(index), which, figures)


def _holds_marks(text: str) -> bool:
    # the marks share their first two bytes in UTF-8: a search for bytes is many times faster than one for a range of characters
    return b"\xef\xb7" in text.encode("utf-8", "surrogatepass") and _RESERVED.search(text) is not None


def _figures_out(text: str) -> tuple[str, _Figures]:
    """Return the text with every run of digits replaced by one mark, and the runs. On code units, for speed: the nation has ten million."""
    points = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    at = np.flatnonzero((points >= 48) & (points <= 57))
    if not len(at):
        return text, _Figures(np.empty(0, np.int64), np.empty(0, np.int64))
    first = np.concatenate([[True], np.diff(at) != 1])
    within = at - at[np.flatnonzero(first)][np.cumsum(first) - 1]
    first |= within % _LONGEST_FIGURE == 0
    starts = np.flatnonzero(first)
    digits = np.diff(np.concatenate([starts, [len(at)]]))
    place = np.repeat(starts + digits - 1, digits) - np.arange(len(at))
    values = np.add.reduceat((points[at].astype(np.int64) - 48) * 10**place, starts)
    kept = np.ones(len(points), dtype=np.bool_)
    kept[at[~first]] = False
    marked = points.copy()
    marked[at[starts]] = ord(_FIGURE)
    return marked[kept].tobytes().decode("utf-16-le", "surrogatepass"), _Figures(values, digits)


def _listed(texts: Sequence[str]) -> dict[str, Any]:
    index = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    if len(index) == len(texts):
        return {"d": list(texts)}
    return {"d": list(index), "k": packed([index[text] for text in texts])}


def _framed(frames: list[str], which: Whole, figures: _Figures) -> dict[str, Any]:
    counts = np.array([frame.count(_FIGURE) for frame in frames], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts[which])])[:-1]
    order = np.argsort(which, kind="stable")
    bounds = np.searchsorted(which[order], np.arange(len(frames) + 1))
    pieces: dict[str, int] = {}
    steps: list[list[int]] = []
    columns: dict[str, list[Any]] = {}
    for number, frame in enumerate(frames):
        at = starts[order[bounds[number] : bounds[number + 1]]]
        if len(at) == 1:  # a sentence of its own kind: its figures are words like any others
            steps.append(_steps(frame, list(figures.at(np.arange(at[0], at[0] + counts[number])).texts()), pieces, apart=True))
            continue
        runs = [figures.at(at + place) for place in range(int(counts[number]))]
        fixed = [_fixed(run) for run in runs]
        steps.append(_steps(frame, fixed, pieces))
        if changing := [_figure_column(run) for run, text in zip(runs, fixed, strict=True) if text is None]:
            columns[str(number)] = changing
    flat = [step for frame_steps in steps for step in frame_steps]
    return {"p": list(pieces), "l": packed([len(one) for one in steps]), "s": packed(flat), "k": packed(which), "n": columns}


def _fixed(run: _Figures) -> str | None:
    """Return the figure that stands in every row, None where it changes."""
    same = (run.values == run.values[0]).all() and (run.digits == run.digits[0]).all()
    return run.at(np.array([0])).texts()[0] if same else None


def _steps(frame: str, fixed: Sequence[str | None], pieces: dict[str, int], *, apart: bool = False) -> list[int]:
    """Cut a frame at its marks. Figures that never change become part of the text around them, or pieces of their own (`apart`)."""
    steps: list[int] = []
    text, changing, figures = "", 0, iter(fixed)

    def close() -> None:
        if text:
            steps.append(_FIRST_PIECE + pieces.setdefault(text, len(pieces)))

    for part in _PIECES.split(frame):
        figure = next(figures) if part == _FIGURE else part
        if figure is None:
            changing += 1
        elif part not in _OWN_SET and not (apart and part == _FIGURE):
            text += figure
            continue
        close()
        text = ""
        if figure is None:
            steps.append(-changing)
        elif part in _OWN_SET:
            steps.append(_OWN.index(part))
        else:
            text = figure
            close()
            text = ""
    close()
    return steps


def _figure_column(run: _Figures) -> list[Any]:
    """Pack one place's figures with how they are written: 0 = as they are, n = with n digits, or a list of texts."""
    longer = run.digits > 1
    if (run.values[longer] >= 10 ** (run.digits[longer] - 1)).all():
        return [0, packed(run.values)]
    if (run.digits == run.digits[0]).all():
        return [int(run.digits[0]), packed(run.values)]
    texts = run.texts()
    index = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return [list(index), packed([index[text] for text in texts])]
