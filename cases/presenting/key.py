"""The key below a family picture: the signs that are in it, in words."""

from dataclasses import dataclass

from cases.presenting.genogram import Genogram, Shape
from cases.presenting.kinship import Hang
from cases.presenting.lines import DASHES

_SHAPES = {
    Shape.SQUARE: "Male",
    Shape.CIRCLE: "Female",
    Shape.DIAMOND: "Sex not recorded",
    Shape.TRIANGLE: "Not born yet",
}
_HANGS: dict[str, str] = {
    Hang.FOSTERED: "Foster child",
    Hang.STEP: "Step-child, half-brother or half-sister through somebody who is not in the picture",
    Hang.KIN: "Grandchild: the parent between is not recorded",
}

_WORDS: dict[str, str] = {
    "case": "A child the help is for",
    "died": "Has died",
    "former": "Former partners",
    Hang.ADOPTED: "Adopted",
    **_HANGS,
    "bridge": "Lines that cross do not meet",
}

_DASHES: dict[str, str] = {str(hang): dashes for hang, dashes in DASHES.items()}


@dataclass(frozen=True)
class Sign:
    """One sign and its meaning. `dashes`: how the line is broken, where the sign is a broken line."""

    name: str
    words: str
    dashes: str = ""


def key_of(drawn: Genogram) -> list[Sign]:
    """Each sign of this picture and what it means; the plain line needs no words."""
    signs = [Sign(shape, _SHAPES[shape]) for shape in drawn.shapes]
    told: dict[str, bool] = {
        "case": any(one.sitter.in_case for one in drawn.symbols),
        "died": any(one.sitter.has_died for one in drawn.symbols),
        "former": bool(drawn.cuts),
        Hang.ADOPTED: Hang.ADOPTED in drawn.hangs,
        **{hang: hang in drawn.hangs for hang in _HANGS},
        "bridge": bool(drawn.bridges),
    }
    return signs + [Sign(name, _WORDS[name], _DASHES.get(name, "")) for name, there in told.items() if there]
