"""Files sealed with the keys of personal values: what people sent and a page will need again, ledgers with ID numbers among it.

A sealed file is a row of parts, each its length and then a mebibyte sealed for its place: whose file it is, which part, and whether it is the last.
So a part that was altered, moved, or cut off does not open.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from relocation.store.keys import ID_BYTES
from relocation.store.opening import Store
from relocation.store.sealing import ring_of
from relocation.store.trouble import Trouble

SUFFIX = ".sealed"
_PART, _LENGTH, _MOST = 1 << 20, 4, (1 << 20) + 64


def seal_file(store: Store, source: Path, to: Path, place: str) -> None:
    """Write a file sealed for a place, whole or not at all; the source stays."""
    keys = ring_of(store.engine)
    part = to.with_name(f"{to.name}.{keys.random(4).hex()}.part")
    try:
        with source.open("rb") as plain, part.open("xb") as file:
            for number, (data, last) in enumerate(_parts(plain)):
                sealed = keys.newest.seal_bytes(data, _place(place, number, last), keys.nonces(1)[0])
                file.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def opened_file(store: Store, path: Path, place: str) -> Iterator[bytes]:
    """Give what a sealed file holds, part by part. Trouble where its key is missing, or it was altered, cut or sealed for another place."""
    keys = ring_of(store.engine)
    with path.open("rb") as file:
        number, sealed = 0, _next(file, place)
        while sealed:
            following = _next(file, place)
            yield keys.key(sealed[:ID_BYTES]).open_bytes(sealed, _place(place, number, not following))
            number, sealed = number + 1, following
        if not number:
            raise Trouble("seal-broken", place=place)


def _parts(plain: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    data = plain.read(_PART)
    while True:
        following = plain.read(_PART)
        yield data, not following
        if not following:
            return
        data = following


def _next(file: BinaryIO, place: str) -> bytes:
    length = int.from_bytes(file.read(_LENGTH), "big")
    sealed = file.read(min(length, _MOST))
    if len(sealed) != length:
        raise Trouble("seal-broken", place=place)
    return sealed


def _place(place: str, number: int, last: bool) -> str:
    return f"file:{place}/{number}/{'last' if last else 'more'}"
