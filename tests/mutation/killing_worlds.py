"""Random worlds of fixed numbers, judged by database and oracle: the cheapest tests that kill most mutants.

The same proof as tests/sharing_agreements/test_oracle.py, without Hypothesis: a mutant must meet the same worlds
whenever it is tried. Collected by `bin/mutate` only.
"""

import pytest
from django.db import connection

from tests import cast, proving, worlds

TODAY = cast.today()
NUMBERS = (
    91, 142, 82, 27, 4, 94, 109, 69, 6, 7, 13, 25, 28, 45, 3, 21, 24, 85, 102, 1, 9, 17, 18, 23, 26, 39, 49, 104, 106,
    113, 119, 153, 158,
)  # fmt: skip
"""Worlds in which, between them, every circumstance decides about some row: tests/mutation/test_circumstances.py."""


@pytest.mark.parametrize("number", NUMBERS)
def test_the_database_and_the_oracle_agree(db, number):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        _, wrong = proving.judge(wrapped.cursor, worlds.make(proving.seeded(number), TODAY))
    assert not wrong, wrong[0]
