"""How the key of a record system is written. `ehk_` makes a lost one findable by whoever scans for secrets."""

import hashlib
import re
from dataclasses import dataclass
from uuid import UUID

_SHAPE = re.compile(r"bearer ehk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", re.IGNORECASE)
LONGEST_DAYS = 365


@dataclass(frozen=True)
class KeyShown:
    """What a program sends: which key, and what proves it."""

    key: UUID
    digest: bytes


def written(key: UUID, secret: str) -> str:
    """The whole key, to be shown once. `secret` is 43 characters of 256 random bits."""
    return f"ehk_{key.hex}_{secret}"


def digest(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def read(header: str) -> KeyShown | None:
    """The key in an Authorization header; None when it is none of ours."""
    found = _SHAPE.fullmatch(header.strip())
    return KeyShown(UUID(found[1]), digest(found[2])) if found else None
