"""The law as the partnership has it: packs read from sharing_agreements/law, less those switched off."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sharing_agreements.models import SwitchedOffPack
from sharing_agreements.rules.law import Power
from sharing_agreements.vocabulary import AgencyType, Purpose

FOLDER = Path(__file__).resolve().parent.parent / "law"
SORTS = {"gateway": True, "condition": False}


@dataclass(frozen=True)
class Pack:
    """One statute or body of law with the powers an agreement may rest on."""

    code: str
    title: str
    source: str
    checked_by_lawyer: bool
    to_check: str
    powers: tuple[Power, ...]

    def commenced(self, day: datetime.date) -> bool:
        """Whether any of it is in force on a day."""
        return any(power.is_on(day) for power in self.powers)


@cache
def packs() -> tuple[Pack, ...]:
    """Every pack shipped, by file name. A word that is in no list stops the reading: nobody relies on a misspelling."""
    return tuple(read_pack(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml")))


def powers() -> dict[str, Power]:
    """Every power by its code."""
    return {power.code: power for pack in packs() for power in pack.powers}


def powers_on(day: datetime.date) -> list[Power]:
    """The powers a new agreement may rest on: commenced by that day, and in a pack that is not switched off."""
    off = set(SwitchedOffPack.objects.values_list("pack", flat=True))
    return [power for power in powers().values() if power.is_on(day, off)]


def read_pack(code: str, said: Mapping[str, Any]) -> Pack:
    """A pack from what its file says. A file that does not say whether a lawyer checked it is no pack."""
    made = tuple(_power(code, said, one) for one in said["powers"])
    return Pack(code, said["title"], said["source"], said["checked_by_lawyer"], said.get("to_check", ""), made)


def _power(pack: str, said: Mapping[str, Any], one: Mapping[str, Any]) -> Power:
    return Power(
        code=one["code"],
        title=f"{said['title']}: {one['title'][:1].lower()}{one['title'][1:]}",
        pack=pack,
        is_gateway=SORTS[one["sort"]],
        says=one["says"],
        covers=_known(one["covers"], AgencyType),
        purposes=_known(one["purposes"], Purpose),
        carries=frozenset(one.get("carries", ())),
        needs_document=one.get("needs_document", ""),
        commenced=one.get("commenced", said.get("commenced")),
        source=said["source"],
        to_check=one.get("to_check", said.get("to_check", "")),
    )


def _known(said: Any, words: type[AgencyType] | type[Purpose]) -> frozenset[str]:
    return frozenset(words) if said == "all" else frozenset(words(one) for one in said)
