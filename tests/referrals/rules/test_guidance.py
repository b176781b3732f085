"""Every sign has its guidance, every card is read in two minutes, and a text that somebody read stays as it was."""

import hashlib
import tomllib

import pytest

from referrals.queries.guidance import FOLDER, cards, cards_beside, help_with_signs
from referrals.rules import signs
from referrals.rules.guidance import MINUTES, WORDS_A_MINUTE
from referrals.web.steps import BY_SLUG

PUBLISHED = {
    "cards/domestic-abuse/1.toml": "1b768ad30ba7",
    "cards/home/1.toml": "d7e9385dfb60",
    "cards/notice-to-school/1.toml": "745e93b3f309",
    "cards/telling-parents/1.toml": "9e7d3036a85b",
    "cards/under-one/1.toml": "a23b4afedca7",
    "cards/used-by-others/1.toml": "afb32722904b",
    "cards/what-a-child-says/1.toml": "9310280ba96b",
    "signs/1.toml": "e5bff0c62f02",
}
"""Digest of each published file: a change is a new file beside it."""


def test_every_sign_has_help_and_no_help_is_without_a_sign():
    assert set(help_with_signs()) == set(signs.WORDS)


@pytest.mark.parametrize("code", signs.WORDS)
def test_help_says_why_and_what_to_ask_in_a_few_words(code):
    said = help_with_signs()[code]
    assert 5 <= len(said.why.split()) <= 30 and said.why.endswith(".")
    assert 1 <= len(said.ask) <= 3 and all(2 <= len(line.split()) <= 20 for line in said.ask)
    assert len(said.at_once.split()) <= 10


@pytest.mark.parametrize("card", cards().values(), ids=lambda card: card.slug)
def test_a_card_is_read_in_two_minutes(card):
    assert 150 <= card.words <= MINUTES * WORDS_A_MINUTE
    assert len(card.parts) >= 3 and all(part.lines for part in card.parts)


def test_pages_offer_cards_there_are():
    said = tomllib.loads((FOLDER / "beside.toml").read_text("utf-8"))
    assert set(said) <= set(BY_SLUG)
    assert all(cards_beside(page) for page in said)


def test_files_are_numbered_from_one_without_a_gap():
    folders = [FOLDER / "signs", *(FOLDER / "cards").iterdir()]
    for folder in folders:
        numbers = sorted(int(path.stem) for path in folder.iterdir())
        assert numbers == list(range(1, len(numbers) + 1)), folder.name


def test_a_published_text_never_changes():
    """Somebody may have read it: put a change in the next number, and its digest here."""
    found = {p.relative_to(FOLDER).as_posix(): _digest(p) for p in FOLDER.rglob("[0-9]*.toml")}
    assert found == PUBLISHED


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
