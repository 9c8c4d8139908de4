"""The keys that personal values are sealed with, kept beside the database and never in it.

Every key is 32 random bytes; its id is taken from its hash, so that a key says by itself which one it is. Of each two are
derived (HKDF, RFC 5869): one seals values (AES-256-GCM, NIST SP 800-38D), one makes the marks by which equal values are found
(HMAC-SHA-256 cut to 16 bytes). A value is sealed for its place, so that it opens nowhere else.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checks.records import Secret
from relocation.store.trouble import Trouble

KEY_BYTES, ID_BYTES, NONCE_BYTES, MARK_BYTES = 32, 4, 12, 16
_PROOF, _PROVED = "key", "relocation"


@dataclass(frozen=True)
class Key:
    """One key: its id and what is derived from it. Its bytes are never printed."""

    id: bytes
    _cipher: AESGCM = field(repr=False)
    _marking: bytes = field(repr=False)

    @classmethod
    def of(cls, master: bytes) -> "Key":
        """Return the key made of 32 bytes."""
        id = hashlib.sha256(b"relocation key id" + master).digest()[:ID_BYTES]
        return cls(id, AESGCM(_derived(master, b"relocation seal")), _derived(master, b"relocation mark"))

    def seal(self, text: str, place: str, nonce: bytes) -> bytes:
        """Return a text sealed for its place: key id, nonce, ciphertext with its tag."""
        return self.seal_bytes(text.encode(), place, nonce)

    def seal_bytes(self, data: bytes, place: str, nonce: bytes) -> bytes:
        """Return bytes sealed for their place."""
        return self.id + nonce + self._cipher.encrypt(nonce, data, place.encode())

    def open(self, kept: bytes, place: str) -> str:
        """Return what was sealed for a place. Trouble when the bytes were altered or moved, or the key is another."""
        return self.open_bytes(kept, place).decode()

    def open_bytes(self, kept: bytes, place: str) -> bytes:
        """Return bytes that were sealed for a place. Trouble as for a text."""
        try:
            return self._cipher.decrypt(kept[ID_BYTES : ID_BYTES + NONCE_BYTES], kept[ID_BYTES + NONCE_BYTES :], place.encode())
        except InvalidTag:
            raise Trouble("seal-broken", place=place.partition(":")[0]) from None

    def mark(self, secret: Secret, text: str) -> bytes:
        """Return the mark of a value, the same for the same value of one sort in every ledger."""
        return hmac.digest(self._marking, f"{secret.value}:{text}".encode(), "sha256")[:MARK_BYTES]

    def proof(self) -> bytes:
        """Return what tells this key from a wrong one."""
        return self.seal(_PROVED, _PROOF, bytes(NONCE_BYTES))  # the one value that never differs may keep one nonce

    def proves(self, proof: bytes) -> bool:
        """Tell whether a proof was made by this key."""
        return hmac.compare_digest(proof, self.proof())


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, purpose).derive(master)


class Keys:
    """The ring of keys: new values are sealed with the first, old ones open with whichever they name."""

    def __init__(
        self, masters: Sequence[bytes], read_again: Callable[[], Sequence[bytes]] = tuple, random: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        """Hold the keys, the newest first; `read_again` is asked for them when a value names one that is not known."""
        self._read_again, self.random = read_again, random
        self._known = _by_id(masters)

    def hold(self, masters: Sequence[bytes]) -> None:
        """Hold other keys from now on, the newest first."""
        self._known = _by_id(masters)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._known.values())

    @property
    def newest(self) -> Key:
        """The key for new values."""
        return next(iter(self._known.values()))

    def key(self, id: bytes) -> Key:
        """Return the key of an id. Trouble (key-missing) when it is not on the ring."""
        if id not in self._known:
            self._known = _by_id(self._read_again()) or self._known  # another process may have made it meanwhile
        try:
            return self._known[id]
        except KeyError:
            raise Trouble("key-missing", id=id.hex(), known=", ".join(known.hex() for known in self._known)) from None

    def open(self, kept: bytes, place: str) -> str:
        """Return what was sealed for a place, with the key that sealed it."""
        return self.key(kept[:ID_BYTES]).open(kept, place)

    def nonces(self, number: int) -> list[bytes]:
        """Return so many fresh nonces; drawn at once, for each draw is a call of the system."""
        drawn = self.random(NONCE_BYTES * number)
        return [drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES)]


def _by_id(masters: Sequence[bytes]) -> dict[bytes, Key]:
    return {key.id: key for key in map(Key.of, masters)}
