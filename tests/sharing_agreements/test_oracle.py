"""Rows listed = rows the oracle allows = rows fetchable one by one, for random worlds."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from tests import proving
from tests.worlds import worlds

WORLDS = 500


@pytest.fixture
def cursor(db):
    with connection.cursor() as wrapped:
        proving.prepare(wrapped.cursor)
        yield wrapped.cursor


class _Undo(Exception):
    """Ends a world's savepoint."""


@settings(
    max_examples=WORLDS,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
@given(world=worlds())
def test_the_database_and_the_oracle_agree_on_every_row_through_every_door(cursor, world):
    wrong = []
    try:
        with transaction.atomic():
            _, wrong = proving.judge(cursor, world)
            raise _Undo
    except _Undo:
        assert not wrong, "\n".join(map(str, wrong[:3]))
