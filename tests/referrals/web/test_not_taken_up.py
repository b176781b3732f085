"""A family says no to early help, and whoever reported the child reads that on My reports: real pages, real job."""

import pytest
from django.utils import timezone

from cases.actions import opening
from cases.models import ChildInCase
from referrals import tasks
from referrals.actions import telling
from referrals.models import Contact, Decision, Feedback, WrongChildMark
from referrals.rules.feedback import LATER_WORDS
from referrals.vocabulary import FamilyTold, Later
from sharing_agreements.actions import owing
from sharing_agreements.models import Disclosure, OwedJob
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_login, as_web, as_worker
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db
WHY = "Dad drinks and will not have strangers in"
HELP = {
    "outcome": "early_help",
    "team_words": "Often hungry.",
    "level_of_need": "2",
    "reason": "The neighbour says she shouts.",
    "next_who": "Early help",
    "next_what": "Visit",
    "next_by_day": "1",
    "next_by_month": "12",
    "next_by_year": "2098",
    "consent_state": "agreed",
    "lawful_basis": "public_task",
}
NOT_TAKEN_UP = "Early help not taken up"


def offered(everybody, *children, **more):
    """A report, and early help offered for every child of it."""
    cast.agency("Marlbeck Children's Social Care", AgencyType.SOCIAL_CARE)
    contact = arrive(everybody.cleo, everybody.hub, *children, **more)
    Contact.objects.filter(pk=contact.pk).update(looked_at=False)
    hana = Visitor(everybody.hana)
    hana.send(f"/contacts/{contact.pk}/grade/", urgency="green", reason="As said.", version=contact.version)
    for place, one in enumerate(contact.report.children.all()):
        version = Contact.objects.get(pk=contact.pk).version
        way = "join" if place else "offer"
        answer = hana.send(f"/contacts/{contact.pk}/children/{one.pk}/decide/", **HELP, way=way, version=version)
        assert answer.status_code == 302, answer.content.decode()
    return contact


def says_no(everybody, *people):
    """Esi, who manages the service that made the offer, hears the family's no."""
    case = Decision.objects.first().case
    address = f"/families/{case.family_id}/offer/decline/"
    answer = Visitor(everybody.esi).send(address, people=[str(person) for person in people], reason=WHY)
    assert answer.status_code == 302, answer.content.decode()


def run_owed():
    """What the worker does, as its own login, with whatever is owed."""
    for owed in OwedJob.objects.filter(job=telling.JOB, done_at=None):
        with as_login("eh_worker"):
            owing.run(owed.pk, {telling.JOB: tasks.tell_not_taken_up})


def my_reports(everybody):
    return Visitor(everybody.cleo).get("/reports/").content.decode()


def test_the_reporter_reads_of_each_child_that_the_offer_was_not_taken_up(everybody):
    contact = offered(everybody, child(), child("Ada Smith"))
    jo, ada = contact.report.children.all()
    says_no(everybody, jo.person_id)
    run_owed()
    told = Feedback.objects.get(outcome=Later.NOT_TAKEN_UP)
    assert told.reported_child == jo and told.owner == everybody.hub and told.sent_to == everybody.police
    page = my_reports(everybody)
    assert page.count(NOT_TAKEN_UP) == 1 and "There is an answer you have not read" in page
    assert Disclosure.objects.filter(job=telling.JOB, outcome="sent", record_ids=[told.pk]).count() == 1
    says_no(everybody, ada.person_id)
    run_owed()
    assert my_reports(everybody).count(NOT_TAKEN_UP) == 2


def test_it_is_told_once_however_often_the_job_runs(everybody):
    contact = offered(everybody)
    says_no(everybody, contact.report.children.get().person_id)
    run_owed()
    OwedJob.objects.update(done_at=None)  # as if the worker had died before it could say so
    run_owed()
    owed = OwedJob.objects.get(job=telling.JOB)
    at = timezone.datetime.fromisoformat(owed.payload["at"])
    with as_worker(telling.JOB):
        assert telling.tell_not_taken_up(child=owed.payload["child"], at=at, now=timezone.now()) == []
    assert Feedback.objects.filter(outcome=Later.NOT_TAKEN_UP).count() == 1


@pytest.mark.parametrize("told", [FamilyTold.AGREED, FamilyTold.NOT_SAFE])
def test_the_words_are_the_same_for_everybody_and_give_nothing_away(everybody, told):
    more = {"not_safe_because": "The stepfather."} if told == FamilyTold.NOT_SAFE else {}
    contact = offered(everybody, told=told, **more)
    says_no(everybody, contact.report.children.get().person_id)
    run_owed()
    said = Feedback.objects.get(outcome=Later.NOT_TAKEN_UP).text
    assert said == LATER_WORDS[Later.NOT_TAKEN_UP]
    assert "did not take up the offer" in said and "worried again" in said
    case = Decision.objects.get().case
    page = Visitor(everybody.cleo).get(f"/reports/{contact.report_id}/").content.decode()
    assert said.split(".")[1] in page
    for secret in (WHY, HELP["reason"], HELP["team_words"], case.reference, everybody.early_help.name, "Esi"):
        assert secret not in page, secret


def test_nobody_is_told_of_a_child_they_marked_as_the_wrong_one(everybody):
    contact = offered(everybody)
    jo = contact.report.children.get()
    WrongChildMark.objects.create(
        owner=everybody.police,
        author=everybody.cleo.practitioner,
        person=jo.person,
        happened_on=cast.today(),
        sent_to=everybody.hub,
        reported_child=jo,
    )
    says_no(everybody, jo.person_id)
    run_owed()
    assert not Feedback.objects.filter(outcome=Later.NOT_TAKEN_UP).exists()


def test_an_offer_made_again_without_a_report_tells_nobody_a_second_time(everybody):
    contact = offered(everybody)
    jo = contact.report.children.get()
    says_no(everybody, jo.person_id)
    run_owed()
    coordinator = cast.post("Kit", everybody.early_help, Role.COORDINATOR)
    case = Decision.objects.get().case
    with as_web(coordinator, Purpose.EARLY_HELP):
        opening.join_case(
            case=case, children=[jo.person_id], reason="They rang", levels={jo.person_id: 2}, by=coordinator,
            now=timezone.now(),
        )  # fmt: skip
    assert ChildInCase.objects.get().state == "offered"
    says_no(everybody, jo.person_id)
    run_owed()
    assert OwedJob.objects.filter(job=telling.JOB).count() == 2
    assert Feedback.objects.filter(outcome=Later.NOT_TAKEN_UP).count() == 1
