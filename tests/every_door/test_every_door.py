"""Through every door of the site and the API: a record is shown if and only if the oracle lets this viewer read it."""

import random

import pytest
from django.db import transaction

from tests.every_door.knocking import go_round
from tests.every_door.planting import plant
from tests.every_door.table import DOORS
from tests.house.test_routes import ROUTES
from tests.sharing_agreements.test_canaries import forget_checks, governed_models
from tests.sharing_agreements.test_refused_is_absent import route_name

pytestmark = pytest.mark.django_db
WORLDS = 2


def test_every_route_has_a_line_in_the_table_and_every_line_a_route():
    names = {route_name(route) for _, route in ROUTES}
    assert names - set(DOORS) == set(), "say in tests/every_door/table.py what its ids stand for and what it lists"
    assert set(DOORS) - names == set()


def test_every_governed_table_has_rows_in_the_worlds():
    forget_checks()
    planted: set[type] = set()
    for number in range(WORLDS):
        with transaction.atomic():
            planted |= set(plant(random.Random(number)).rows)
            transaction.set_rollback(True)
    assert planted == set(governed_models())


def test_a_record_is_shown_if_and_only_if_it_may_be_read():
    forget_checks()
    opened = shown = 0
    for number in range(WORLDS):
        with transaction.atomic():
            found = go_round(plant(random.Random(number)))
            transaction.set_rollback(True)
        assert not found.wrong, f"world {number}\n" + "\n".join(found.wrong)
        opened, shown = opened + found.opened, shown + found.shown
    assert opened > 100, "too few pages were opened to prove anything"
    assert shown > 50, "too few records were shown to prove anything"
