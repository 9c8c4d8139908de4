"""Page marks: the key after which the next page starts, as a word that survives a URL."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from relocation.store.trouble import Trouble

MOST = 1_000
"""No page is longer, whoever asks."""


def mark(key: Sequence[Any]) -> str:
    """Return a key as a page mark."""
    return base64.urlsafe_b64encode(json.dumps(list(key), ensure_ascii=False).encode()).decode().rstrip("=")


def key(mark: str, *kinds: type) -> list[Any]:
    """Return the key of a page mark, parts of these kinds; [] for the first page. Trouble for a mark this program did not make."""
    if not mark:
        return []
    try:
        made = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, binascii.Error):
        raise Trouble("bad-page") from None
    if not isinstance(made, list) or [type(part) for part in made] != list(kinds):
        raise Trouble("bad-page")
    return made
