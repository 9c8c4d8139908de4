"""The office's own secret: it signs cookies, and keeps names that were tried at the door from being read back."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> bytes:
    """Return the key that signs cookies, made at the first start and readable by its owner only."""
    path = home / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    except OSError:  # a home that is only read: this start's own key will do
        return secrets.token_bytes(32)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()


def keyed(key: bytes, text: str) -> str:
    """Return what stands for a text that is counted and not kept."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
