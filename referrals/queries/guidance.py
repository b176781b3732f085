"""Guidance as it stands: read from the files of referrals/guidance, the newest of each; and who has read which card."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from referrals.models import GuidanceRead
from referrals.rules.guidance import Card, Help, Part
from sharing_agreements.models import Post

FOLDER = Path(__file__).resolve().parent.parent / "guidance"


@cache
def help_with_signs() -> dict[str, Help]:
    """Help for every sign by its code."""
    number = max(_numbers(FOLDER / "signs"))
    said = tomllib.loads((FOLDER / "signs" / f"{number}.toml").read_text("utf-8"))
    return {code: Help(one["why"], tuple(one["ask"]), one.get("at_once", "")) for code, one in said.items()}


@cache
def cards() -> dict[str, Card]:
    """The newest version of every card by its slug, in the order of their titles."""
    newest = [card_as_of(folder.name, max(_numbers(folder))) for folder in (FOLDER / "cards").iterdir()]
    return {card.slug: card for card in sorted(newest, key=lambda card: card.title)}


def card_as_of(slug: str, version: int) -> Card:
    """One version of a card, as it was read."""
    return _card(slug, version, tomllib.loads((FOLDER / "cards" / slug / f"{version}.toml").read_text("utf-8")))


def cards_beside(page: str) -> list[Card]:
    """The cards that a page of the report offers."""
    return [cards()[slug] for slug in _beside().get(page, ())]


def reads_of(post: Post) -> dict[str, GuidanceRead]:
    """By card, the newest version this practitioner has read."""
    own = GuidanceRead.objects.filter(practitioner_id=post.practitioner_id, card__in=cards())
    return {read.card: read for read in own.order_by("version")}


def _card(slug: str, version: int, said: dict[str, Any]) -> Card:
    parts = tuple(Part(part["heading"], tuple(part["lines"])) for part in said["parts"])
    return Card(slug, version, said["title"], parts)


@cache
def _beside() -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / "beside.toml").read_text("utf-8"))


def _numbers(folder: Path) -> list[int]:
    return [int(path.stem) for path in folder.glob("*.toml")]
