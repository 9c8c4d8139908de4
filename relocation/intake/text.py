"""Text tables (.csv): encoding by strict trial, delimiter by the first lines, every cell a string."""

import csv
import io
from collections import Counter
from pathlib import Path

from relocation.intake.guard import Guard
from relocation.intake.sheet import Row, Sheet

FIELD_BYTES = 64 * 1024
_DELIMITERS = ",;\t，|"


def open_csv(path: Path, guard: Guard) -> Sheet:
    """Return the one sheet of a text table."""
    text = decode(path.read_bytes(), guard)
    if "\x00" in text:
        raise guard.refuse("suffix-differs", suffix=path.suffix, content="binary")
    delimiter = _delimiter(text)
    csv.field_size_limit(FIELD_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)  # strict: an open quotation mark would swallow the rows below
    rows: list[Row] = []
    begun = 1
    try:
        for row in reader:
            rows.append(list(row))
            begun = reader.line_num + 1
    except csv.Error:
        raise guard.refuse("csv-damaged", line=begun) from None
    return Sheet("", len(rows), iter(rows), "text")


def decode(content: bytes, guard: Guard) -> str:
    """Return the text of a file in UTF-8 (with or without mark), UTF-16 with mark, or GBK/GB18030."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise guard.refuse("encoding-unknown")


def _delimiter(text: str) -> str:
    """Return the mark most frequent in the first lines; a comma when there is none."""
    counts = Counter(mark for line in text[:20_000].splitlines()[:12] for mark in line if mark in _DELIMITERS)
    return counts.most_common(1)[0][0] if counts else ","
