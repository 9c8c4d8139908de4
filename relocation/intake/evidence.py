"""Files shown as proof (photos, prints, office files, drawings): guards first, then the reader in a process of its own, its answer checked again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from relocation.evidence.exif import PhotoFacts, from_json
from relocation.evidence.fingerprint import unpacked
from relocation.intake import jail
from relocation.intake.evidence_kinds import BY_SUFFIX, MEDIA
from relocation.intake.guard import MIB, Guard, Limits
from relocation.intake.refusal import Unusable

LIMITS = Limits(file_bytes=50 * MIB)
READER = "relocation.intake.evidence_reader:read"
JAIL = jail.Limits(memory_bytes=1536 * MIB, cpu_seconds=40, seconds=60.0)

_REFUSALS = frozenset({
    "evidence-suffix", "evidence-content", "evidence-other-kind", "evidence-two-in-one", "evidence-damaged", "evidence-locked", "evidence-macros",
    "evidence-pages", "photo-large", "photo-swells", "photo-damaged", "photo-circle",
})  # fmt: skip
_ENDED = {"time": "evidence-long", "memory": "evidence-memory", "died": "evidence-died", "busy": "reading-busy"}
_MOST_PICTURE = 4 * MIB


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of evidence as read: what it is, and for a picture what it says of itself, how it is shown, how it is known again."""

    sha256: str
    data: bytes
    media_type: str
    suffix: str
    photo: PhotoFacts | None = None
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = b""
    picture: bytes = b""
    fingerprint: bytes = b""

    @property
    def facts(self) -> dict[str, Any]:
        """What was found, as plain values to be stored."""
        sizes = {name: getattr(self, name) for name in ("pages", "width", "height") if getattr(self, name) is not None}
        return {**sizes, **({"photo": self.photo.json()} if self.photo else {})}


def read_evidence(path: Path, name: str, limits: jail.Limits | None = None) -> ReadFile:
    """Return the file at `path`, called `name`, as read. Raises Unusable with the one refusal that says what is wrong and what to do."""
    guard = Guard(path, name, LIMITS)
    guard.size()
    suffix = Path(name).suffix.lower()
    if suffix not in BY_SUFFIX:
        raise guard.refuse("evidence-suffix", suffix=suffix or "—")
    data, limits = path.read_bytes(), limits or JAIL
    try:
        answer = jail.call(READER, [json.dumps({"suffix": suffix}).encode(), data], limits)
        return _checked(answer, data, suffix)
    except jail.Refused as refused:
        raise guard.refuse(refused.key if refused.key in _REFUSALS else "evidence-damaged", **refused.facts) from None
    except jail.Ended as ended:
        raise guard.refuse(_ENDED[ended.why], seconds=round(limits.seconds), memory_mib=limits.memory_bytes // MIB) from None
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):  # what came out is a stranger's word too
        raise guard.refuse("evidence-died", seconds=0, memory_mib=0) from None


def _checked(answer: bytes, data: bytes, suffix: str) -> ReadFile:
    """Return the reader's answer where it holds what it may hold and nothing else."""
    first, _, rest = answer.partition(b"\n")
    told = json.loads(first)
    lengths = [int(length) for length in told["lengths"]]
    if told["media_type"] != MEDIA[BY_SUFFIX[suffix]] or sum(lengths) != len(rest) or min(lengths, default=0) < 0:
        raise ValueError("not the answer that was asked for")
    plain = ReadFile(hashlib.sha256(data).hexdigest(), data, told["media_type"], suffix, pages=_size(told, "pages"))
    if "photo" not in told:
        return plain
    thumbnail, picture, fingerprint = (rest[sum(lengths[:at]) : sum(lengths[: at + 1])] for at in range(3))
    if any(not made.startswith(b"\xff\xd8\xff") or len(made) > _MOST_PICTURE for made in (thumbnail, picture)):
        raise ValueError("no pictures of ours")
    unpacked(fingerprint)
    plain = replace(plain, photo=from_json(told["photo"]), width=_size(told, "width"), height=_size(told, "height"))
    return replace(plain, thumbnail=thumbnail, picture=picture, fingerprint=fingerprint)


def _size(told: Mapping[str, Any], name: str) -> int | None:
    return None if told.get(name) is None else int(told[name])


__all__ = ["LIMITS", "ReadFile", "Unusable", "read_evidence"]
