"""Checks an agency's extract of the disclosure log by itself, as the gate seals it (sql/0014, decision 0058).

Pure: lines in, findings out. Whoever doubts this program writes another from these few rules: a row's digest is
the SHA-256 of its text; a seal's is that of its own facts, the seal before and the digests of its rows.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64


def line(**facts: Any) -> str:
    """One line of an extract."""
    return json.dumps(facts, ensure_ascii=False)


@dataclass
class _Open:
    """A seal whose rows are being read."""

    said: dict[str, Any]
    digests: bytearray
    rows: int = 0

    def finding(self) -> str | None:
        """What is wrong with it once its rows are read."""
        number, count = self.said["seal"], self.said["count"]
        if self.rows != count:
            return f"seal {number}: {self.rows} rows of {count}"
        facts = "|".join(str(self.said[name]) for name in ("seal", "count", "settled", "sealed_at"))
        whole = facts.encode() + bytes.fromhex(self.said["previous"]) + bytes(self.digests)
        if hashlib.sha256(whole).hexdigest() != self.said["digest"]:
            return f"seal {number}: does not match its rows"
        return None


def findings(lines: Iterable[str]) -> Iterator[str]:
    """Everything in an extract that does not agree; nothing for one as it was made."""
    before, next_number, opened = FIRST, 1, None
    for at, text in enumerate(lines, start=1):
        said = _read(text)
        if said is None:
            yield f"line {at}: cannot be read"
        elif "seal" in said:
            yield from _closing(opened)
            if said["seal"] != next_number or said["previous"] != before:
                yield f"seal {said['seal']}: does not follow the one before"
            opened = _Open(said, bytearray())
            before, next_number = said["digest"], said["seal"] + 1
        elif "digest" in said and opened:
            if "row" in said and hashlib.sha256(said["row"].encode()).hexdigest() != said["digest"]:
                yield f"line {at}: row changed"
            opened.rows += 1
            opened.digests += bytes.fromhex(said["digest"])
        elif at > 1:
            yield f"line {at}: belongs to no seal"
    yield from _closing(opened)


def seals(lines: Iterable[str]) -> dict[int, str]:
    """The digest of each seal, by number."""
    read = (_read(text) or {} for text in lines)
    return {said["seal"]: said["digest"] for said in read if "seal" in said}


def own_rows(lines: Iterable[str]) -> int:
    """How many rows are there to read, and not as digests only."""
    return sum("row" in (_read(text) or {}) for text in lines)


def _closing(opened: _Open | None) -> Iterator[str]:
    wrong = opened.finding() if opened else None
    if wrong:
        yield wrong


_SEAL = {"seal": int, "count": int, "settled": int, "sealed_at": str, "previous": str, "digest": str}
_ROW = {"digest": str, "row": str}


def _read(text: str) -> dict[str, Any] | None:
    """A line as it was written; None when it is not one."""
    try:
        said = json.loads(text)
        known = said if isinstance(said, dict) else {}
        for name in ("digest", "previous"):
            if len(bytes.fromhex(known.get(name, FIRST))) != len(FIRST) // 2:
                return None
    except (ValueError, TypeError):
        return None
    sort = _SEAL if "seal" in known else _ROW
    whole = not ("seal" in known and set(_SEAL) - set(known))
    typed = all(isinstance(known[name], kind) for name, kind in sort.items() if name in known)
    return known if known and whole and typed else None
