"""Craig's case replayed month by month through the real jobs (domain A5 to A10 and A12), and the page drawn from it."""

import pytest
from django.db import transaction

from tests.scenarios.replay import page
from tests.scenarios.replay.clock import Replay
from tests.scenarios.replay.tale import tell

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def replay(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        told = tell()
        transaction.set_rollback(True)
    return told


@pytest.mark.parametrize("check", page.CHECKS, ids=lambda check: f"{check.name} {check.code}")
def test_the_replay_shows_it_when_it_should(replay: Replay, check: page.Check):
    assert check.first <= replay.first(check.code, check.first) < check.last


def test_the_page_in_the_documents_is_this_replay(replay: Replay):
    assert page.PATH.read_text(encoding="utf-8") == page.drawn(replay), "run bin/replay and read what it changed"
