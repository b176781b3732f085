"""The chronology as a file: lines for a spreadsheet, and a PDF where WeasyPrint is installed (an optional extra)."""

import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.template.loader import render_to_string

from cases.queries.pages.chronology import Account, Entry, Page
from sharing_agreements.part_known import say

PAPER = find_spec("weasyprint") is not None
"""Whether this site can make PDFs. Printing from the browser always works."""
HEAD = (
    "Date",
    "Until",
    "What happened",
    "In full",
    "About",
    "Told by",
    "Said or inferred",
    "Withdrawn",
    "Matters most",
    "Pinned by and why",
)


def lines_of(found: Page) -> Iterator[list[object]]:
    """A head, a line for each account of each happening, and a last line where the file does not hold everything."""
    yield list(HEAD)
    for entry in found.entries:
        for account in entry.accounts:
            yield _line(entry, account)
    if found.older:
        yield ["There is more before this. Narrow the period to save it too."]


def _line(entry: Entry, account: Account) -> list[object]:
    pins = "; ".join(f"{pin.by}, {pin.agency}: {pin.reason}" for pin in entry.pins)
    return [
        say(entry.on, entry.precision),
        say(entry.ends_on, entry.precision) if entry.ends_on else "",
        account.title or entry.title,
        account.text,
        entry.people,
        account.source,
        "Inferred" if account.inferred else "Said",
        account.withdrawn_at.date().isoformat() if account.withdrawn_at else "",
        "Yes" if entry.significant or entry.pins else "",
        pins,
    ]


def as_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The page of this template, styled by the .css file beside it, as a tagged PDF.

    WeasyPrint is loaded only here: it needs libraries that a machine may not have.
    """
    weasyprint = importlib.import_module("weasyprint")
    page = render_to_string(template, context)
    style = render_to_string(template.removesuffix(".html") + ".css", context)
    document = weasyprint.HTML(string=page, url_fetcher=_nothing_from_outside)
    looks = weasyprint.CSS(string=style, url_fetcher=_nothing_from_outside)
    pdf: bytes = document.write_pdf(stylesheets=[looks], pdf_variant="pdf/ua-1")
    return pdf


def _nothing_from_outside(url: str, *_: object, **__: object) -> dict[str, Any]:
    raise ValueError(f"A PDF is made of its own page alone, not of {url}.")
