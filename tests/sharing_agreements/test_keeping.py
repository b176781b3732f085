"""Access opens and closes by date without anybody asking, and the nightly look says what is wrong."""

import datetime
import logging

import pytest
from django.db import connection

from sharing_agreements import tasks
from sharing_agreements.models import Identity, OwedJob, PersonFacts
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_login, as_web

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen_until_yesterday():
    """Ben was involved until yesterday, and nothing has looked at the clock since."""
    everybody = cast.assemble()
    child = cast.person()
    record = Identity.objects.create(
        owner=everybody.police, author=everybody.cleo.practitioner, person=child, happened_on=cast.today()
    )
    start, end = cast.today() - datetime.timedelta(days=9), cast.today() + datetime.timedelta(days=9)
    with connection.cursor() as cursor:
        cursor.execute(
            "select gate.involve(array[%s]::uuid[], %s, %s, 'team', %s, %s)",
            [child.pk, everybody.health.pk, everybody.ben.practitioner_id, start, end],
        )
    return everybody, child, record


def test_the_worker_refreshes_what_ran_out(seen_until_yesterday):
    _, child, _ = seen_until_yesterday
    PersonFacts.objects.filter(pk=child.pk).update(facts_until=cast.yesterday())
    with as_login("eh_worker"):
        tasks.refresh_facts()
    assert PersonFacts.objects.get(pk=child.pk).facts_until == cast.today() + datetime.timedelta(days=9)


def test_a_row_whose_facts_ran_out_opens_again_once_refreshed(seen_until_yesterday):
    everybody, child, record = seen_until_yesterday

    def sees() -> bool:
        with as_web(everybody.ben, Purpose.EARLY_HELP):
            return Identity.objects.filter(pk=record.pk).exists()

    assert sees()
    yesterday = cast.yesterday()
    PersonFacts.objects.filter(pk=child.pk).update(facts_until=yesterday)
    Identity.objects.filter(pk=record.pk).update(facts_until=yesterday)
    assert not sees()
    with as_login("eh_worker"):
        tasks.refresh_facts()
    assert sees()


def test_the_nightly_look_says_nothing_when_all_is_true_and_how_many_when_not(seen_until_yesterday, caplog):
    _, _, record = seen_until_yesterday
    with caplog.at_level(logging.ERROR):
        tasks.verify_facts({})
        assert caplog.messages == []
        Identity.objects.filter(pk=record.pk).update(stage=3)
        tasks.verify_facts({})
    assert caplog.messages == ["governed rows carry facts that are not true: 1"]


def test_the_look_is_owed_once_a_day_however_often_beat_asks():
    tasks.owe_verify_facts()
    tasks.owe_verify_facts()
    assert OwedJob.objects.filter(job="verify_facts").count() == 1
