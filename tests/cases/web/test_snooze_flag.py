"""The flags page says why and what clears it; a flag is put off with a reason; nobody else's flag is there."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions import watching
from cases.models import Flag, Snooze
from sharing_agreements.models import Post
from tests.cases.stalled import Work, noon, work
from tests.cast import Cast, assemble
from tests.conftest import as_worker
from tests.referrals.typing import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def stalled(cast: Cast) -> Work:
    today = timezone.localdate()
    one = work(cast)
    one.review(today, today + datetime.timedelta(days=40))
    one.entry(today)
    one.note(today)
    one.action(today - datetime.timedelta(days=30))
    with as_worker(watching.JOB):
        watching.sweep(as_of=today, now=noon(today))
    return one


def signed_in(post: Post) -> Client:
    client = Client()
    sign_in(client, post)
    return client


def answers(flag: Flag, days: int = 7, **more: object) -> dict[str, object]:
    until = timezone.localdate() + datetime.timedelta(days=days)
    return {
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
        "reason": "The school is closed until then.",
        "version": flag.version,
        "idempotency_key": "6ff5bd0e-3f06-44c8-8c4f-4d75cf0f3e6a",
        **more,
    }


def address(one: Work, flag: Flag) -> str:
    return reverse("cases:snooze_flag", args=[one.family.pk, flag.pk])


def test_the_lead_and_the_manager_read_why_and_what_clears_it(cast: Cast, stalled: Work):
    for post in (cast.eddie, cast.esi):
        page = signed_in(post).get(reverse("cases:flags"))
        text = page.content.decode()
        assert page.status_code == 200
        assert "Actions in the plan are past their date." in text
        assert "each overdue action is done, cancelled or given a new date" in text
        assert "Ring the school, by" in text
        assert address(stalled, Flag.objects.get()) in text


def test_who_works_with_the_family_without_leading_it_is_not_asked_to_put_a_flag_off(cast: Cast, stalled: Work):
    Flag.objects.update(lead_no=cast.ben.practitioner.no)
    text = signed_in(cast.eddie).get(reverse("cases:flags")).content.decode()
    assert "Ring the school, by" in text
    assert address(stalled, Flag.objects.get()) not in text


def test_others_see_no_flag_and_a_strangers_flag_is_as_if_it_were_not(cast: Cast, stalled: Work):
    flag = Flag.objects.get()
    client = signed_in(cast.dev)
    assert "There is no flag" in client.get(reverse("cases:flags")).content.decode()
    assert client.get(address(stalled, flag)).status_code == 404
    assert client.post(address(stalled, flag), answers(flag)).status_code == 404


def test_a_flag_is_put_off_with_a_reason_that_stays(cast: Cast, stalled: Work):
    flag = Flag.objects.get()
    client = signed_in(cast.eddie)
    for _sent_twice in range(2):
        assert client.post(address(stalled, flag), answers(flag)).status_code == 302
    assert Snooze.objects.count() == 1
    flag.refresh_from_db()
    assert flag.snoozed_until == timezone.localdate() + datetime.timedelta(days=7)
    text = client.get(reverse("cases:flags")).content.decode()
    assert "The school is closed until then." in text
    assert "Put off until" in text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reason": ""}, "Enter why it can wait"),
        ({"until_day": "", "until_month": "", "until_year": ""}, "There is a problem"),
        ({"until_year": 2099}, "at most 28 days ahead"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_typed_is_lost(
    cast: Cast, stalled: Work, wrong: dict[str, object], message: str
):
    flag = Flag.objects.get()
    page = signed_in(cast.eddie).post(address(stalled, flag), answers(flag, **wrong))
    text = page.content.decode()
    assert "There is a problem" in text
    assert message in text
    assert not Snooze.objects.exists()
    if "reason" not in wrong:
        assert "The school is closed until then." in text


def test_a_stale_page_shows_both_and_sending_again_counts(cast: Cast, stalled: Work):
    flag = Flag.objects.get()
    signed_in(cast.esi).post(address(stalled, flag), answers(flag, reason="Manager says wait."))
    client = signed_in(cast.eddie)
    text = client.post(address(stalled, flag), answers(flag)).content.decode()
    assert "Manager says wait." in text
    assert "The school is closed until then." in text
    again = answers(flag, version=2, idempotency_key="9c1dd2f6-2f5c-4cb8-9a6d-9a3f3f2b1d10")
    assert client.post(address(stalled, flag), again).status_code == 302
    assert Snooze.objects.count() == 2
