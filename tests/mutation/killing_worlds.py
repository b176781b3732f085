"""Random worlds of fixed numbers, judged by database and oracle: the cheapest tests that kill most mutants.

The same proof as tests/sharing_agreements/test_oracle.py, without Hypothesis: a mutant must meet the same worlds
whenever it is tried. Collected by `bin/mutate` only.
"""

import pytest
from django.db import connection

from tests import cast, proving, worlds

TODAY = cast.today()
NUMBERS = (
    33, 91, 13, 82, 52, 94, 59, 69, 101, 117, 39, 61, 124, 62, 87, 3, 40, 66, 105, 0, 6, 8, 11, 29, 47, 53, 73,
    93, 98, 106, 146, 158,
)  # fmt: skip
"""Worlds in which, between them, every circumstance decides about some row: tests/mutation/test_circumstances.py."""


@pytest.mark.parametrize("number", NUMBERS)
def test_the_database_and_the_oracle_agree(db, number):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        _, wrong = proving.judge(wrapped.cursor, worlds.make(proving.seeded(number), TODAY))
    assert not wrong, wrong[0]
