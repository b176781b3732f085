"""What truth tables of refusals are written with."""

from sharing_agreements.refusals import Refusal


def code(refusal: Refusal | None) -> str | None:
    """The code of a refusal; None where nothing is refused."""
    return refusal and refusal.code


def first(*reasons: tuple[bool, str]) -> str | None:
    """The code of the first reason that holds: what is not yours is not found before anything else is said of it."""
    return next((said for holds, said in reasons if holds), None)
