"""How long a request for sharing may wait for its answer, and who reads of it when it has waited too long.

Plain values in, steps out. The same ladder stands in sql/0017_request_ladder, by which a manager reads a request only
once it has climbed to them, and in sql/0046_asked_and_proposed, by which they are told. It climbs by its date, so it
climbs although no job ran.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sharing_agreements.vocabulary import RequestState

ANSWER_WORKING_DAYS = 10
"""Working days to answer in (judgement: long enough to ask a lawyer, short enough to be worth asking)."""
LADDER: Sequence[tuple[int, str]] = (
    (0, "the governance leads are chased"),
    (7, "the managers of {asked} read of it"),
    (14, "the managers of the hub read of it"),
)
"""Days after the last day on which a step is taken, and what it is: practitioners, managers, then the partnership."""


@dataclass(frozen=True)
class Step:
    """One step of the ladder: from which day, what happens, whether it has."""

    from_day: datetime.date
    says: str
    is_taken: bool


def steps(*, state: str, due_on: datetime.date, asked: str, today: datetime.date) -> list[Step]:
    """The steps of a request that waits, in order; none once it is answered. The last day itself is not too late."""
    if state != RequestState.WAITING:
        return []
    days = [(due_on + datetime.timedelta(days=late + 1), says.format(asked=asked)) for late, says in LADDER]
    return [Step(day, says, day <= today) for day, says in days]
