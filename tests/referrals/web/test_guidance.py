"""Help beside a sign without leaving the report; cards that are recorded as read: who, which version, when."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from referrals.models import GuidanceRead
from referrals.queries.guidance import help_with_signs
from tests.conftest import as_web
from tests.referrals import typing

pytestmark = pytest.mark.django_db
ADDRESS = "/guidance/home/"


@pytest.fixture
def cleo(site, everybody):
    client = site()
    typing.sign_in(client, everybody.cleo)
    return client


def reads():
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")
        found = list(GuidanceRead.objects.values_list("practitioner__name", "card", "version"))
        cursor.execute("set local role eh_web")
    return found


def test_every_tick_has_its_help_closed_and_readable_without_script(cleo):
    draft = typing.begin(cleo)
    page = cleo.get(reverse("referrals:write_report", args=[draft, "signs"])).content.decode()
    ticks = page.count('class="govuk-checkboxes__input"')
    assert page.count('<details class="govuk-details eh-aside">') == ticks > 30
    assert help_with_signs()["hungry"].ask[0] in page
    assert "May be groomed or used by others" in page


def test_a_page_offers_the_cards_that_belong_to_it(cleo):
    draft = typing.begin(cleo)
    page = cleo.get(reverse("referrals:write_report", args=[draft, "account"])).content.decode()
    assert ADDRESS in page and "/guidance/notice-to-school/" not in page


def test_reading_a_card_is_recorded_once_with_its_version(cleo):
    assert "Not read yet." in cleo.get("/guidance/").content.decode()
    for _ in range(2):
        answer = cleo.post(ADDRESS, {"version": "1"})
        assert answer.status_code == 302
    assert reads() == [("Cleo", "home", 1)]
    assert "You read it on" in cleo.get("/guidance/").content.decode()
    assert "I have read this" not in cleo.get(ADDRESS).content.decode()


def test_a_newer_version_is_read_anew_and_an_old_page_records_nothing(site, everybody):
    earlier = {"practitioner": everybody.cleo.practitioner, "card": "home", "version": 0, "read_at": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")
        GuidanceRead.objects.create(**earlier)
        cursor.execute("set local role eh_web")
    cleo = site()
    typing.sign_in(cleo, everybody.cleo)
    assert "You read version 0 on" in cleo.get("/guidance/").content.decode()
    assert "I have read this" in cleo.get(ADDRESS).content.decode()
    answer = cleo.post(ADDRESS, {"version": "0"}, follow=True)
    assert "This card has changed since you opened it." in answer.content.decode()
    assert reads() == [("Cleo", "home", 0)]
    cleo.post(ADDRESS, {"version": "1"})
    assert reads() == [("Cleo", "home", 0), ("Cleo", "home", 1)]


def test_a_card_that_does_not_exist_is_absent(cleo):
    assert cleo.get("/guidance/nothing/").status_code == 404


def test_nobody_reads_or_makes_anybody_elses_record_of_reading(cleo, everybody):
    cleo.post(ADDRESS, {"version": "1"})
    with as_web(everybody.cyrus, "reporting"):
        assert GuidanceRead.objects.count() == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            GuidanceRead.objects.create(
                practitioner_id=everybody.cleo.practitioner_id, card="home", version=1, read_at="2026-01-01T00:00Z"
            )
