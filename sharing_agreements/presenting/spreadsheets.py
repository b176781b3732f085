"""Answers that a spreadsheet opens."""

import csv
import datetime
from collections.abc import Iterable

from django.http import HttpResponse

STARTS_A_FORMULA = tuple("=+-@\t\r")
MARK = "\ufeff"
"""The byte order mark: without it Excel reads names with accents in another alphabet."""


def spreadsheet(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A file to save under this name, in UTF-8 and marked as such, no cell of it a formula."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write(MARK)
    csv.writer(answer).writerows([plain(cell) for cell in row] for row in rows)
    return answer


def plain(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    text = cell.isoformat() if isinstance(cell, datetime.date) else cell
    return f"'{text}" if isinstance(text, str) and text.startswith(STARTS_A_FORMULA) else text
