"""Checks an agency's extract of the disclosure log by itself, as the gate seals it (sql/0014, decision 0058).

Pure: lines in, findings out. Whoever doubts this program writes another from these few rules: a row's digest is
the SHA-256 of its text; a seal's is that of its own facts, the seal before and the digests of its rows. The last line
has the number of lines and of own rows before it, and their SHA-256 (each with its line's end).
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIRST = "0" * 64


def line(**facts: Any) -> str:
    """One line of an extract."""
    return json.dumps(facts, ensure_ascii=False)


def whole(lines: Iterable[str]) -> Iterator[str]:
    """The lines of an extract with its last line."""
    running, count, own = hashlib.sha256(), 0, 0
    for text in lines:
        running.update(f"{text}\n".encode())
        count, own = count + 1, own + ('"row": ' in text)
        yield text
    yield line(lines=count, own=own, digest_of_all=running.hexdigest())


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


@dataclass
class _Reading:
    """How far an extract has been read: the chain of its seals, the open one, and what the last line must say."""

    before: str = FIRST
    next_number: int = 1
    opened: _Open | None = None
    lines: int = 0
    own: int = 0
    ended: bool = False
    running: Any = field(default_factory=hashlib.sha256)

    def take(self, text: str) -> Iterator[str]:
        """One line more: what is wrong with it, or with the seal or extract that it closes."""
        said, at = _read(text), self.lines + 1
        if self.ended:
            yield f"line {at}: stands after the last line"
        elif said is None:
            yield f"line {at}: cannot be read"
        elif "lines" in said:
            yield from self._end(said)
        elif "seal" in said:
            yield from self._seal(said)
        elif "digest" in said and self.opened:
            yield from self._row(said, self.opened)
        elif at > 1 or "extract" not in said:
            yield f"line {at}: belongs to no seal"
        self.running.update(f"{text.rstrip(NEWLINES)}\n".encode())
        self.lines = at

    def close(self) -> Iterator[str]:
        """What is wrong with the seal whose rows were read last."""
        wrong = self.opened.finding() if self.opened else None
        self.opened = None
        if wrong:
            yield wrong

    def _seal(self, said: dict[str, Any]) -> Iterator[str]:
        yield from self.close()
        if said["seal"] != self.next_number or said["previous"] != self.before:
            yield f"seal {said['seal']}: does not follow the one before"
        self.opened = _Open(said, bytearray())
        self.before, self.next_number = said["digest"], said["seal"] + 1

    def _row(self, said: dict[str, Any], under: _Open) -> Iterator[str]:
        if "row" in said and hashlib.sha256(said["row"].encode()).hexdigest() != said["digest"]:
            yield f"line {self.lines + 1}: row changed"
        under.rows += 1
        under.digests += bytes.fromhex(said["digest"])
        self.own += "row" in said

    def _end(self, said: dict[str, Any]) -> Iterator[str]:
        yield from self.close()
        self.ended = True
        if said["lines"] != self.lines:
            yield f"last line: {self.lines} lines of {said['lines']}"
        if said["own"] != self.own:
            yield f"last line: {self.own} own rows of {said['own']}"
        if said["digest_of_all"] != self.running.hexdigest():
            yield "last line: something before it was changed"


def findings(lines: Iterable[str]) -> Iterator[str]:
    """Everything in an extract that does not agree; nothing for one as it was made."""
    reading = _Reading()
    for text in lines:
        yield from reading.take(text)
    yield from reading.close()
    if not reading.ended:
        yield "the last line is missing: the end was cut off"


def check(extract: Path, kept: Path | None) -> tuple[list[str], str]:
    """Every finding in an extract, and what was checked in words; `kept` is an older extract of the same log."""
    found = list(findings(_lines(extract)))
    held, before = seals(_lines(extract)), seals(_lines(kept)) if kept else {}
    found += [f"seal {n}: not the one in {kept}" for n, digest in before.items() if held.get(n) != digest]
    gone = shown(_lines(kept)) - shown(_lines(extract)) if kept else set()
    found += [f"row {digest[:16]}: can be read in {kept} and not here" for digest in sorted(gone)]
    if not held:
        found.append("no seal in it")
    newest = held[max(held)] if held else ""
    rows = own_rows(_lines(extract))
    return found, f"{rows} own rows under {len(held)} seals are as they were sealed. Newest digest: {newest}"


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from file


def seals(lines: Iterable[str]) -> dict[int, str]:
    """The digest of each seal, by number."""
    read = (_read(text) or {} for text in lines)
    return {said["seal"]: said["digest"] for said in read if "seal" in said}


def shown(lines: Iterable[str]) -> set[str]:
    """Digests of the rows that are there to read."""
    read = (_read(text) or {} for text in lines)
    return {said["digest"] for said in read if "row" in said}


def own_rows(lines: Iterable[str]) -> int:
    """How many rows are there to read, and not as digests only."""
    return sum("row" in (_read(text) or {}) for text in lines)


NEWLINES = "\r\n"
_HEAD: dict[str, type] = {"extract": str, "agency": str, "agency_id": str, "made_at": str}
_END: dict[str, type] = {"lines": int, "own": int, "digest_of_all": str}
_SEAL: dict[str, type] = {"seal": int, "count": int, "settled": int, "sealed_at": str, "previous": str, "digest": str}
_ROW: dict[str, type] = {"digest": str, "row": str}
_SORTS: dict[str, dict[str, type]] = {"extract": _HEAD, "lines": _END, "seal": _SEAL}


def _read(text: str) -> dict[str, Any] | None:
    """A line as it was written, to the letter; None when it is not one."""
    try:
        said = json.loads(text)
        if json.dumps(said, ensure_ascii=False) != text.rstrip(NEWLINES):
            return None
        known = said if isinstance(said, dict) else {}
        for name in ("digest", "previous", "digest_of_all"):
            if len(bytes.fromhex(known.get(name, FIRST))) != len(FIRST) // 2:
                return None
    except (ValueError, TypeError):
        return None
    sort: dict[str, type] = next((sort for mark, sort in _SORTS.items() if mark in known), _ROW)
    complete = set(known) == set(sort) or (sort is _ROW and set(known) == {"digest"})
    typed = all(isinstance(known[name], kind) for name, kind in sort.items() if name in known)
    return known if complete and typed else None


def main() -> int:
    """The program of its own, for an agency: prints each finding, and gives 1 when there is any."""
    arguments = argparse.ArgumentParser(prog="bin/verify-log", description="Check an extract of the disclosure log.")
    arguments.add_argument("extract", type=Path)
    arguments.add_argument("--kept", type=Path, help="an older extract of the same log")
    said = arguments.parse_args()
    try:
        found, checked = check(said.extract, said.kept)
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"Cannot read the extract: {error}.")
    last = f"{len(found)} findings: the log is not as it was sealed." if found else checked
    sys.stdout.writelines(f"{one}\n" for one in [*found, last])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
