"""What ties an earlier contact to a report (domain F28). Each is counted once, by its nearest tie."""

from collections.abc import Mapping
from enum import IntEnum


class Tie(IntEnum):
    """What two contacts have in common, the nearest first: the order in which a contact with several is counted."""

    CHILD = 0
    ADULT = 1
    FAMILY = 2
    ADDRESS = 3


ON = {Tie.CHILD: "on a child", Tie.ADULT: "on an adult", Tie.FAMILY: "on the family", Tie.ADDRESS: "at the address"}


def tally(counts: Mapping[Tie, int]) -> str:
    """'2 on a child, 1 at the address': earlier contacts by what ties them, the nearest first; nothing for none."""
    return ", ".join(f"{counts[tie]} {ON[tie]}" for tie in Tie if counts.get(tie))
