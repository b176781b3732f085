"""The variants of the report, read from referrals/variants: one file for each kind of agency with words of its own."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from referrals.rules.variants import GENERAL, Question, Variant, Words

FOLDER = Path(__file__).resolve().parent.parent / "variants"


@cache
def variants() -> tuple[Variant, ...]:
    """Every variant, by file name."""
    return tuple(_variant(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml")))


def variant_for(agency_type: str) -> Variant:
    """The words for this kind of agency; the general ones when it has none of its own, or is not known."""
    return next((one for one in variants() if agency_type in one.agency_types), GENERAL)


def questions() -> dict[str, Question]:
    """Every question of every variant by its code: an answer is read back with the question it was given to."""
    return {question.code: question for variant in variants() for question in variant.questions}


def _variant(name: str, said: dict[str, Any]) -> Variant:
    return Variant(
        name=name,
        agency_types=frozenset(said["for"]),
        pages=said.get("pages", {}),
        fields={field: Words(**words) for field, words in said.get("fields", {}).items()},
        leave_out=frozenset(said.get("leave_out", ())),
        signs_first=tuple(said.get("signs_first", ())),
        offers_first=tuple(said.get("offers_first", ())),
        questions=tuple(Question(**question) for question in said.get("questions", ())),
    )
