"""Reads a file of old reports record by record: CSV with a heading line, or one JSON object a line. In UTF-8."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from earlyhelp.importing.files import NO_TEXT

csv.field_size_limit(1_000_000)


class Record(NamedTuple):
    """A record, the line on which it ends, and why it cannot be read when it cannot."""

    line: int
    values: dict[str, str]
    wrong: str = ""


def columns_of(path: Path) -> list[str] | None:
    """The columns that a CSV file's heading names; None for JSON lines, where each record names its own."""
    if is_json(path):
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])


def is_json(path: Path) -> bool:
    """Whether the file is JSON lines, by the end of its name."""
    return path.suffix.lower() in {".jsonl", ".ndjson"}


def records_of(path: Path) -> Iterator[Record]:
    """Every record of the file in order. Raises UnicodeDecodeError when the file is not UTF-8."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _json_lines(file) if is_json(path) else _csv_lines(file)


def _csv_lines(file: Any) -> Iterator[Record]:
    rows = csv.reader(file)
    columns = next(rows, [])
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield Record(rows.line_num, {}, "this is no line of CSV")
            continue
        if row:
            wrong = "" if len(row) == len(columns) else f"it has {len(row)} fields and the heading has {len(columns)}"
            yield _checked(rows.line_num, dict(zip(columns, row, strict=False)), wrong)


def _json_lines(file: Any) -> Iterator[Record]:
    for number, text in enumerate(file, start=1):
        if not text.strip():
            continue
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            yield Record(number, {}, "this is no JSON")
            continue
        if not isinstance(said, dict):
            yield Record(number, {}, "this is no object")
            continue
        plain = {key: "" if value is None else str(value) for key, value in said.items()}
        wrong = "a value is a list or an object" if any(isinstance(v, list | dict) for v in said.values()) else ""
        yield _checked(number, plain, wrong)


def _checked(line: int, values: dict[str, str], wrong: str) -> Record:
    if not wrong and any(NO_TEXT.search(value) for value in values.values()):
        wrong = "it holds a character that is no text"
    return Record(line, {name: value.strip() for name, value in values.items()}, wrong)
