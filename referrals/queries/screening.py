"""The screening questions as they stand: the newest file of referrals/screening."""

import tomllib
from functools import cache
from pathlib import Path

from referrals.rules.screening import Ask, Asked

FOLDER = Path(__file__).resolve().parent.parent / "screening"


@cache
def screening() -> Asked:
    """The newest questions."""
    version = max(int(path.stem) for path in FOLDER.glob("*.toml"))
    said = tomllib.loads((FOLDER / f"{version}.toml").read_text("utf-8"))
    asks = tuple(Ask(**one) for one in said["asks"])
    return Asked(version, asks, frozenset(said["opens_on_signs"]), frozenset(said["opens_on_concerns"]))
