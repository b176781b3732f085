"""A hub's manager reads how many reporters heard in time, the median, and who still waits."""

import datetime

import pytest
from django.utils import timezone

from referrals.rules.hearing import Told, tally
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.referrals.arriving import arrive
from tests.referrals.rules.test_clocks import CALENDAR, at
from tests.referrals.web.test_chase_report import ago

PAGE = "/queue/hearing/"
FRIDAY, MONDAY = "2026-11-20", "2026-11-23"


def told(sent, due, heard=None) -> Told:
    return Told(at(*sent), at(*sent) + datetime.timedelta(seconds=4), at(*due), heard and at(*heard))


def test_the_tally_counts_opening_time_and_leaves_those_not_due_out_of_the_share():
    rows = [
        told((FRIDAY, "16:00"), (MONDAY, "16:00"), (MONDAY, "09:30")),
        told((FRIDAY, "16:00"), (MONDAY, "16:00"), (MONDAY, "16:30")),
        told((FRIDAY, "10:00"), (MONDAY, "10:00")),
        told((MONDAY, "16:40"), ("2026-11-24", "16:40")),
    ]
    counted = tally(rows, at(MONDAY, "16:45"), CALENDAR)
    assert (counted.sent, counted.in_time, counted.late, counted.waiting) == (4, 1, 2, 1)
    assert counted.median_minutes == (120 + 540) / 2 and counted.median_seconds_to_queue == 4
    assert counted.share_in_time == pytest.approx(1 / 3)
    nothing = tally([], at(MONDAY, "16:45"), CALENDAR)
    assert nothing.median_minutes is None and nothing.share_in_time is None


@pytest.mark.django_db
def test_the_manager_sees_who_waits_and_opens_it(everybody):
    late = arrive(everybody.cleo, everybody.hub, at=ago(6))
    arrive(everybody.cleo, everybody.hub, at=timezone.now())
    school = arrive(everybody.dev, everybody.hub, at=ago(5))
    assert (
        school.owner == everybody.hub and school.feedback_due_at.astimezone(cast.ZoneInfo("Europe/London")).hour == 15
    )
    manager = Visitor(cast.post("Mona", everybody.hub, Role.MANAGER))
    page = manager.get(PAGE).content.decode()
    assert late.report.reference in page and school.report.reference in page and page.count("Not told yet") == 2
    assert manager.get(f"/contacts/{late.pk}/").status_code == 200
    assert manager.get(PAGE, days="4").status_code == 200

    assert PAGE in manager.get("/queue/").content.decode()


@pytest.mark.django_db
def test_it_is_nobody_elses(everybody):
    elsewhere = cast.agency("Otherton Hub", AgencyType.HUB, host=everybody.early_help, controller="Otherton Council")
    arrive(everybody.cleo, everybody.hub, at=ago(6))
    for post in (everybody.hana, everybody.cleo, everybody.esi):
        assert Visitor(post).get(PAGE).status_code == 404
    page = Visitor(cast.post("Olga", elsewhere, Role.MANAGER)).get(PAGE).content.decode()
    assert "CN-" not in page
