"""How the one report speaks to a kind of agency: its words, its order, and a few questions more. The words are data.

A variant never takes away a required question and never changes what an answer means: the hub reads one form.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Question(NamedTuple):
    """A question that only one kind of agency is asked. Its code is kept with the answer; `rows` above 1 is a text."""

    code: str
    page: str
    label: str
    hint: str = ""
    rows: int = 1


class Words(NamedTuple):
    """What a field says here; empty leaves the general words."""

    label: str = ""
    hint: str = ""


class Variant(NamedTuple):
    """`pages` are titles by page, `offers_first` prompted pages to offer before others; all else is about fields."""

    name: str = ""
    agency_types: frozenset[str] = frozenset()
    pages: Mapping[str, str] = {}
    fields: Mapping[str, Words] = {}
    leave_out: frozenset[str] = frozenset()
    signs_first: tuple[str, ...] = ()
    offers_first: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    def questions_on(self, page: str) -> list[Question]:
        """What is asked here besides, on one page."""
        return [question for question in self.questions if question.page == page]


GENERAL = Variant()
"""The form as its fields say it: for every agency without words of its own, and on a device without a connection."""
