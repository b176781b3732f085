"""Random worlds of fixed numbers, judged by database and oracle: the cheapest tests that kill most mutants.

The same proof as tests/sharing_agreements/test_oracle.py, without Hypothesis: a mutant must meet the same worlds
whenever it is tried. Collected by `bin/mutate` only.
"""

import pytest
from django.db import connection

from tests import cast, proving, worlds

TODAY = cast.today()
NUMBERS = (
    91, 62, 82, 39, 28, 106, 117, 5, 3, 59, 84, 14, 25, 61, 80, 107, 158, 0, 17, 21, 102, 2, 11, 15, 16, 34, 35,
    40, 42, 43, 52, 58, 68, 69, 86, 143, 154,
)  # fmt: skip
"""Worlds in which, between them, every circumstance decides about some row: tests/mutation/test_circumstances.py."""


@pytest.mark.parametrize("number", NUMBERS)
def test_the_database_and_the_oracle_agree(db, number):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        _, wrong = proving.judge(wrapped.cursor, worlds.make(proving.seeded(number), TODAY))
    assert not wrong, wrong[0]
