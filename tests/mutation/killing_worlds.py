"""Random worlds of fixed numbers, judged by database and oracle: the cheapest tests that kill most mutants.

The same proofs as tests/sharing_agreements/test_oracle.py and test_explain.py, without Hypothesis: a mutant must
meet the same worlds whenever it is tried. Collected by `bin/mutate` only.
"""

import pytest
from django.db import connection

from tests import cast, oracle, proving, worlds

NUMBERS = (
    196, 506, 277, 158, 17, 567, 60, 530, 510, 142, 153, 333, 366, 41, 597, 3, 4, 11, 159, 325, 13, 51, 168, 240, 248,
    430, 431, 498,
)  # fmt: skip
"""Worlds in which, between them, every circumstance decides about some row: tests/mutation/test_circumstances.py."""


@pytest.mark.parametrize("number", NUMBERS)
def test_the_database_and_the_oracle_agree(db, number):
    world = worlds.make(proving.seeded(number), cast.today())
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        _, wrong = proving.judge(wrapped.cursor, world)
        assert not wrong, wrong[0]
        for viewer in world.viewers:
            opened = {record.no: oracle.opened_by(world, viewer, record) for record in world.records}
            said = proving.explained(wrapped.cursor, world, viewer)
            assert said == {no: ways for no, ways in opened.items() if ways}
