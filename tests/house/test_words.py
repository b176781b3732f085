"""docs/words.md explains every word once, and says each fixed list as the code has it."""

import importlib
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Choices

WORDS = Path(settings.BASE_DIR) / "docs" / "words.md"
APPS = ("sharing_agreements", "referrals", "cases")
MUST_BE_EXPLAINED = {
    "sharing_agreements.Role",
    "sharing_agreements.Kind",
    "sharing_agreements.Level",
    "sharing_agreements.Stage",
    "sharing_agreements.AgreementState",
    "referrals.Urgency",
    "referrals.ContactStatus",
    "referrals.MatchState",
    "referrals.Outcome",
    "cases.CaseState",
    "cases.LevelOfNeed",
    "cases.ActionStatus",
    "cases.ConsentState",
    "cases.FlagRule",
}
"""Statuses, roles, kinds, levels and outcomes: each label needs a meaning of its own. Other lists are plain English."""


def fixed_lists() -> Iterator[tuple[str, list[str]]]:
    """Every list of the three vocabularies, with its labels."""
    for app in APPS:
        module = importlib.import_module(f"{app}.vocabulary")
        for name, found in vars(module).items():
            if inspect.isclass(found) and issubclass(found, Choices) and found.__module__ == module.__name__:
                yield f"{app}.{name}", [str(label) for label in found.labels]


LISTS = dict(fixed_lists())


def tables() -> dict[str, list[list[str]]]:
    """The rows of the table under each heading."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("| "):
            found.setdefault(heading, []).append([cell.strip() for cell in line.strip("|").split("|")])
    return {title: rows[2:] for title, rows in found.items()}


def explained() -> dict[str, list[list[str]]]:
    """Lists with a table of their own, whose heading ends in the list's name."""
    named = {re.search(r"\(`(.+)`\)$", title): rows for title, rows in tables().items()}
    return {match.group(1): rows for match, rows in named.items() if match}


def plain() -> dict[str, list[str]]:
    """Lists whose words need no explaining."""
    return {name.strip("`"): words.split(" · ") for name, words in tables()["Lists in plain English"]}


@pytest.mark.parametrize("name", LISTS)
def test_the_page_says_a_list_as_the_code_has_it(name):
    said = [row[0] for row in explained()[name]] if name in explained() else plain().get(name)
    assert said == LISTS[name], f"docs/words.md: give {name} a row under 'Lists in plain English' or a table of its own"


def test_the_page_says_no_list_that_is_gone():
    assert {*explained(), *plain()} == set(LISTS)


@pytest.mark.parametrize("name", sorted(MUST_BE_EXPLAINED))
def test_statuses_roles_kinds_levels_and_outcomes_have_a_meaning(name):
    assert [row[0] for row in explained()[name] if not row[1]] == []


def test_a_word_is_explained_once_and_tables_are_sorted():
    themes = {title: rows for title, rows in tables().items() if rows and len(rows[0]) == 3}
    assert len(themes) >= 4
    words = [row[0] for rows in themes.values() for row in rows]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    for title, rows in themes.items():
        for before, after in pairwise(row[0].lower() for row in rows):
            assert before <= after, f"{title}: {after} stands after {before}"
