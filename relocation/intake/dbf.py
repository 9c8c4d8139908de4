"""The attribute table of a Shapefile: which encoding it is in, when it does not say, and names cut in the middle of a character."""

import codecs
from pathlib import Path

_SAMPLE = 2_000  # records looked at
_FIELD = 32


def _decodes(text: bytes) -> bool:
    """Say whether bytes are UTF-8, a last character cut off by the field's width allowed."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text, final=False)
    except UnicodeDecodeError:
        return False
    return True


def settle_encoding(table: Path) -> str:
    """Return "UTF-8" or "GB18030" for a .dbf without a .cpg, by strict trial on its names and first records.

    In a table in UTF-8, names that ten bytes have cut in the middle of a character are shortened to whole characters, in place:
    the reader refuses such a table outright.
    """
    content = bytearray(table.read_bytes())
    end, length = int.from_bytes(content[8:10], "little"), int.from_bytes(content[10:12], "little")
    fields = [at for at in range(_FIELD, max(end - 1, _FIELD), _FIELD) if content[at : at + 1] != b"\r" and at + _FIELD <= len(content)]
    names = {at: bytes(content[at : at + 11]).split(b"\0")[0] for at in fields}
    texts = list(names.values())
    for record in range(end, min(len(content), end + _SAMPLE * max(length, 1)), max(length, 1)):
        place = record + 1
        for at in fields:
            width = content[at + 16]
            if content[at + 11 : at + 12] == b"C":
                texts.append(bytes(content[place : place + width]).rstrip(b" \0"))
            place += width
    if not all(map(_decodes, texts)):
        return "GB18030"
    for at, name in names.items():
        content[at : at + 11] = name.decode("utf-8", "ignore").encode().ljust(11, b"\0")
    table.write_bytes(content)
    return "UTF-8"
