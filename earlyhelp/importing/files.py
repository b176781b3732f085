"""Reads a CSV file row by row and writes down, with file and line, everything that is wrong with it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Row:
    """One row: where it stands and what it holds, by column, without spaces round it."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def several(self, column: str) -> list[str]:
        """The parts of a field that names several, split at semicolons."""
        return [part.strip() for part in self[column].split(";") if part.strip()]


class Problems:
    """All that is wrong, in the words the person who loads the files will read."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int, str]] = []

    def at(self, file: str, line: int, reason: str) -> None:
        """Something is wrong in a line of a file; line 0 means the file as a whole."""
        self.found.append((file, line, reason))

    def on(self, row: Row, reason: str) -> None:
        """Something is wrong with this row."""
        self.at(row.file, row.line, reason)

    def need(self, row: Row, **longest: int) -> None:
        """These columns must be filled, with at most so many characters."""
        for column in longest:
            if not row[column]:
                self.on(row, f"{column} is empty")
        self.fits(row, **longest)

    def fits(self, row: Row, **longest: int) -> None:
        """These columns hold at most so many characters."""
        for column, most in longest.items():
            if len(row[column]) > most:
                self.on(row, f"{column} is longer than {most} characters")

    def lines(self) -> list[str]:
        """Every problem as a sentence, by file and line."""
        return [f"{file} line {line}: {why}" if line else f"{file}: {why}" for file, line, why in sorted(self.found)]


def rows_of(folder: Path, file: str, columns: Iterable[str], problems: Problems) -> list[Row]:
    """The rows of a file that has these columns (others are left alone). Empty when it cannot be read."""
    text = _text(folder / file, problems)
    if text is None:
        return []
    found = list(_read(file, text, list(columns), problems))
    if not found and not any(name == file for name, _, _ in problems.found):
        problems.at(file, 0, "the file is empty: it needs a header and at least one row")
    return found


def _text(path: Path, problems: Problems) -> str | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        problems.at(path.name, 0, "the file is missing")
        return None
    except OSError as error:
        problems.at(path.name, 0, f"the file cannot be read ({error.strerror})")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.at(path.name, line, "this is not UTF-8 text: save the file as CSV in UTF-8")
        return None


def _read(file: str, text: str, columns: list[str], problems: Problems) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    before = 0
    try:
        for fields in reader:
            line, before = before + 1, reader.line_num
            if not any(field.strip() for field in fields):
                continue
            if not header:
                header = [field.strip() for field in fields]
                if not _has_columns(file, line, header, columns, problems):
                    return
            elif row := _row(file, line, header, fields, problems):
                yield row
    except csv.Error as error:
        problems.at(file, before + 1, f"the row cannot be read ({error})")


def _has_columns(file: str, line: int, header: list[str], columns: list[str], problems: Problems) -> bool:
    missing = [column for column in columns if column not in header]
    for column in missing:
        problems.at(file, line, f"the column {column} is missing")
    twice = sorted({column for column in header if column in columns and header.count(column) > 1})
    for column in twice:
        problems.at(file, line, f"the column {column} is there twice")
    return not missing and not twice


def _row(file: str, line: int, header: list[str], fields: list[str], problems: Problems) -> Row | None:
    if len(fields) != len(header):
        problems.at(
            file, line, f"the row has {len(fields)} fields and the header has {len(header)}; put quotes round commas"
        )
        return None
    if any(NO_TEXT.search(field) for field in fields):
        problems.at(file, line, "the row holds a character that is not text")
        return None
    return Row(file, line, {name: field.strip() for name, field in zip(header, fields, strict=True)})
