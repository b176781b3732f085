"""Which two first names may be said to stand for one another. Names come folded: no case, accents or apostrophes."""

from sharing_agreements.refusals import NAMES_PAIRED, ONE_WORD_EACH, SAME_NAME_TWICE, Refusal


def why_not_stand_for(name: str, stands_for: str, *, paired: bool) -> Refusal | None:
    """Refused `one_word_each`, `same_name_twice`, or `names_paired` when the two stand together in either order."""
    if not name or not stands_for or " " in name or " " in stands_for:
        return ONE_WORD_EACH
    if name == stands_for:
        return SAME_NAME_TWICE
    return NAMES_PAIRED if paired else None
