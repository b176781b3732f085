"""Random worlds of fixed numbers, judged by database and oracle: the cheapest tests that kill most mutants.

The same proof as tests/sharing_agreements/test_oracle.py, without Hypothesis: a mutant must meet the same worlds
whenever it is tried. Collected by `bin/mutate` only.
"""

import pytest
from django.db import connection

from tests import cast, proving, worlds

EACH = 2
TODAY = cast.today()


@pytest.mark.parametrize("first", range(0, 48, EACH))
def test_the_database_and_the_oracle_agree(db, first):
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor
        proving.prepare(cursor)
        for number in range(first, first + EACH):
            cursor.execute("savepoint world")
            _, wrong = proving.judge(cursor, worlds.make(proving.seeded(number), TODAY))
            cursor.execute("rollback to savepoint world")
            assert not wrong, f"world {number}: {wrong[0]}"
