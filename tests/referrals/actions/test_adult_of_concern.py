"""An adult of concern who joins another household is raised for the hub, by rule; nobody else reads of it."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.models import StaffSafetyNote
from referrals.actions import concerning, watching
from referrals.models import AdultOfConcern, HubFlag, ReportedAdult
from referrals.permissions.reporting import why_not_record_adult
from referrals.refusals import ALREADY_RECORDED, ASKED_TO_RING, NOBODY_JOINED, REVIEW_TOO_FAR
from referrals.rules.report import Adult
from referrals.vocabulary import RiskGrade
from sharing_agreements.models import Person
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.conftest import as_web, as_worker
from tests.referrals import typing
from tests.referrals.actions.test_watching import confirm_all
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db
RON = Adult("Ron Ackroyd", "Partner", with_child=True)
DAY = datetime.timedelta(days=1)
OTHERS = ("Alex Green", datetime.date(2012, 5, 6))


def told(by, **more):
    review_on = cast.today() + 90 * DAY
    return {"why": "Hurt children.", "source": "Order 12/2025", "grade": RiskGrade.PROVEN, "review_on": review_on} | {
        "by": by,
        "now": timezone.now(),
        **more,
    }


def record(by, adult, **more):
    with as_web(by, Purpose.REPORTING):
        named = ReportedAdult.objects.select_related("report").get(pk=adult.pk)
        return concerning.record_adult_of_concern(adult=named, **told(by, **more))


@pytest.fixture
def first(everybody):
    """Cleo reported Ron at the home of Jo Smith."""
    return arrive(everybody.cleo, everybody.hub, adults=(RON,))


def ron_of(contact):
    return ReportedAdult.objects.select_related("report").get(report=contact.report)


def same_ron(everybody, contact, before):
    """A hub worker confirms that both are the same man."""
    Person.objects.filter(pk=ron_of(contact).person_id).update(merged_into=ron_of(before).person_id)


def raised():
    with as_worker(watching.JOB):
        watching.sweep(as_of=timezone.localdate(), now=timezone.now())
    return list(HubFlag.objects.filter(rule="adult_joined", cleared_at=None))


def test_a_report_on_another_household_with_the_adult_is_raised_for_the_hub(everybody, first):
    record(everybody.cleo, ron_of(first))
    second = arrive(everybody.amira, everybody.hub, child(*OTHERS), adults=(RON,))
    assert raised() == []
    same_ron(everybody, second, first)
    (flag,) = raised()
    assert flag.contact == second and flag.owner == everybody.hub
    assert raised() == [flag]


def test_a_report_on_the_same_children_raises_nothing(everybody, first):
    record(everybody.cleo, ron_of(first))
    again = arrive(everybody.cyrus, everybody.hub, adults=(RON,))
    confirm_all(again, everybody.hana)
    same_ron(everybody, again, first)
    assert raised() == []


def test_after_its_review_day_the_record_raises_nothing(everybody, first):
    record(everybody.cleo, ron_of(first))
    second = arrive(everybody.amira, everybody.hub, child(*OTHERS), adults=(RON,))
    same_ron(everybody, second, first)
    assert len(raised()) == 1
    AdultOfConcern.objects.update(review_on=cast.today() - DAY)
    assert raised() == []


def test_its_own_agency_and_the_hub_read_it_and_nobody_else(everybody, first):
    record(everybody.cleo, ron_of(first))
    seen = {}
    for post, purpose in (
        (everybody.cleo, Purpose.REPORTING),
        (everybody.hana, Purpose.TRIAGE),
        (everybody.cyrus, Purpose.REPORTING),
        (everybody.amira, Purpose.EARLY_HELP),
        (everybody.esi, Purpose.EARLY_HELP),
    ):
        with as_web(post, purpose):
            seen[post.practitioner.name] = AdultOfConcern.objects.count()
    assert seen == {"Cleo": 1, "Hana": 1, "Cyrus": 0, "Amira": 0, "Esi": 0}


def test_who_works_with_the_children_reads_to_ring_first_and_nothing_else(everybody, first):
    record(everybody.cleo, ron_of(first))
    second = arrive(everybody.amira, everybody.hub, child(*OTHERS), adults=(RON,))
    children = list(second.report.children.values_list("person_id", flat=True))
    assert refused_to_ask(everybody.hana, second) == NOBODY_JOINED
    same_ron(everybody, second, first)
    raised()
    with as_web(everybody.hana, Purpose.TRIAGE):
        note = concerning.ask_to_ring_first(contact=second, by=everybody.hana, now=timezone.now())
    assert (note.about, note.what, note.person_id) == (children, "Ring the hub before you visit.", None)
    assert note.hidden_from == second.hidden_from
    assert refused_to_ask(everybody.hana, second) == ASKED_TO_RING
    with connection.cursor() as cursor:
        roll = [children, everybody.quarry_hill.pk, None, "roll", cast.today(), None]
        cursor.execute("select gate.involve(%s, %s, %s, %s, %s, %s)", roll)
    with as_web(everybody.amira, Purpose.EARLY_HELP):
        assert [one.what for one in StaffSafetyNote.objects.visible()] == ["Ring the hub before you visit."]


def refused_to_ask(by, contact):
    with pytest.raises(Refused) as refused, as_web(by, Purpose.TRIAGE):
        concerning.ask_to_ring_first(contact=contact, by=by, now=timezone.now())
    return refused.value.refusal


def test_a_hub_worker_asks_it_from_the_contact_once(everybody, first, request):
    record(everybody.cleo, ron_of(first))
    second = arrive(everybody.amira, everybody.hub, child(*OTHERS), adults=(RON,))
    same_ron(everybody, second, first)
    raised()
    hana = request.getfixturevalue("site")()
    typing.sign_in(hana, everybody.hana)
    asks = "Ask visitors to ring the hub first"
    assert asks in hana.get(reverse("referrals:read_contact", args=[second.pk])).content.decode()
    assert asks not in hana.get(reverse("referrals:read_contact", args=[first.pk])).content.decode()
    answer = hana.post(reverse("referrals:ask_to_ring_first", args=[second.pk]), follow=True).content.decode()
    assert "ring the hub before you visit" in answer and asks not in answer


def test_only_police_and_social_care_record_one_once_for_a_year_at_most(everybody, first):
    adult = ron_of(first)
    social_care = cast.post("Sol", cast.agency("Children's Social Care", AgencyType.SOCIAL_CARE), Role.REPORTER)
    schools = arrive(everybody.amira, everybody.hub, child(*OTHERS), adults=(RON,))
    theirs = arrive(social_care, everybody.hub, child(*OTHERS), adults=(RON,))
    of_school, of_social_care = ron_of(schools), ron_of(theirs)
    with as_web(everybody.amira, Purpose.REPORTING):
        assert why_not_record_adult(adult=of_school, by=everybody.amira).status == 404
    with as_web(social_care, Purpose.REPORTING):
        assert why_not_record_adult(adult=of_social_care, by=social_care) is None
        assert why_not_record_adult(adult=adult, by=social_care).status == 404
    with pytest.raises(Refused) as refused:
        record(everybody.cleo, adult, review_on=cast.today() + 400 * DAY)
    assert refused.value.refusal == REVIEW_TOO_FAR
    record(everybody.cleo, adult)
    with pytest.raises(Refused) as refused:
        record(everybody.cleo, adult)
    assert refused.value.refusal == ALREADY_RECORDED


def test_an_officer_records_it_from_her_report_and_the_hub_reads_it_beside_the_next(everybody, first, request):
    report, adult = first.report, ron_of(first)
    second = arrive(everybody.amira, everybody.hub, child(*OTHERS), adults=(RON,))
    same_ron(everybody, second, first)
    site = request.getfixturevalue("site")
    cleo, hana, amira = site(), site(), site()
    for client, post in ((cleo, everybody.cleo), (hana, everybody.hana), (amira, everybody.amira)):
        typing.sign_in(client, post)
    page = reverse("referrals:record_adult_of_concern", args=[report.pk, adult.pk])
    assert page in cleo.get(reverse("referrals:view_report", args=[report.pk])).content.decode()
    day = cast.today() + 90 * DAY
    said = {"why": "Hurt children.", "source": "Order 12/2025", "grade": "proven"}
    answer = cleo.post(page, said | {f"review_on_{part}": getattr(day, part) for part in ("day", "month", "year")})
    assert answer.status_code == 302, answer.content.decode()
    shown = hana.get(reverse("referrals:read_contact", args=[second.pk])).content.decode()
    assert "A risk to children" in shown and "Order 12/2025" in shown
    hers = amira.get(reverse("referrals:view_report", args=[second.report_id])).content.decode()
    assert "Hurt children." not in hers and "risk to children" not in hers
