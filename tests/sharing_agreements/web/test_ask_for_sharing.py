"""Scenario B6: a teacher is refused, asks from that very page, and the governance lead reads what is missing."""

import datetime

import pytest
from django.urls import reverse

from sharing_agreements.models import AgreementRequest, Disclosure
from sharing_agreements.queries import calendar
from sharing_agreements.rules.asking import steps
from sharing_agreements.vocabulary import Kind, Purpose, Role
from sharing_agreements.working_time import working_days_between
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
ASK = reverse("sharing_agreements:ask_for_sharing")
LIST = reverse("sharing_agreements:agreement_requests")


@pytest.fixture
def everybody():
    return cast.assemble()


def wish(asked, **more):
    return {"asked": asked.pk, "kind": Kind.HEALTH.value, "level": "summary", "why": "Planning for asthma.", **more}


def test_a_teacher_is_refused_asks_and_the_proposal_reaches_the_governance_lead(everybody):
    marsh = story.marshes(everybody)
    teacher, lead = Visitor(everybody.dev), Visitor(everybody.gita)
    refused = teacher.get(marsh.address)
    assert refused.status_code == 404
    assert f'href="{ASK}"' in refused.content.decode()
    form = teacher.get(ASK).content.decode()
    assert "Marsh" not in form
    sent = teacher.send(ASK, **wish(everybody.early_help))
    assert sent.status_code == 302
    for reader in (teacher, lead):
        page = reader.get(LIST).content.decode()
        assert "Oak Green Primary and Marlbeck Early Help have no agreement" in page
        assert "health information (summary) of any child" in page
        assert "Planning for asthma." in page
    made = AgreementRequest.objects.get()
    answer = reverse("sharing_agreements:answer_agreement_request", args=[made.pk])
    assert lead.send(answer, state="drafting", answer="We draft one.", version=1).status_code == 302
    assert "We draft one." in teacher.get(LIST).content.decode()


def test_asking_looks_at_no_record_and_says_the_same_whether_anything_is_held(everybody):
    teacher = Visitor(everybody.dev)
    teacher.send(ASK, **wish(everybody.health))
    story.marshes(everybody)
    teacher.send(ASK, **wish(everybody.health))
    first, second = AgreementRequest.objects.order_by("asked_at")
    assert first.missing == second.missing
    assert not Disclosure.objects.exclude(tables={}).exists()


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("ben", Kind.NOTE, "already shows"),
        ("cleo", Kind.NOTE, "shown to other roles there"),
        ("ben", Kind.HEALTH, "bind both agencies, but no clause shows"),
        ("dev", Kind.NOTE, "have no agreement"),
    ],
)
def test_what_is_missing_is_said_by_kinds_and_roles(everybody, name, kind, says):
    by = getattr(everybody, name)
    Visitor(by).send(ASK, **wish(everybody.early_help, kind=kind.value))
    assert says in AgreementRequest.objects.get().missing


def test_a_signature_that_lacks_is_named(everybody):
    everybody.team_agreement.parties.create(agency=everybody.housing)
    Visitor(cast.post("Hal", everybody.housing, Role.TEAM_MEMBER)).send(ASK, **wish(everybody.health))
    assert "waiting for Marlbeck Homes to sign" in AgreementRequest.objects.get().missing


def test_a_request_is_read_by_its_author_and_the_two_governance_leads_alone(everybody):
    theirs = cast.post("Gus", everybody.health, Role.GOVERNANCE_LEAD)
    other = cast.post("Gwen", everybody.police, Role.GOVERNANCE_LEAD)
    Visitor(everybody.amira).send(ASK, **wish(everybody.health))
    for post, sees in [(everybody.amira, 1), (theirs, 1), (other, 0), (everybody.gita, 0), (everybody.ben, 0)]:
        with as_web(post, Purpose.GOVERNANCE):
            assert AgreementRequest.objects.count() == sees, post
    made = AgreementRequest.objects.get()
    answer = reverse("sharing_agreements:answer_agreement_request", args=[made.pk])
    for stranger in (other, everybody.amira):
        assert Visitor(stranger).send(answer, state="refused", answer="No.", version=1).status_code == 404
    assert AgreementRequest.objects.get().state == "waiting"


def test_where_neither_agency_has_a_governance_lead_every_one_reads_it(everybody):
    Visitor(everybody.dev).send(ASK, **wish(everybody.health))
    with as_web(everybody.gita, Purpose.GOVERNANCE):
        assert AgreementRequest.objects.count() == 1


@pytest.mark.parametrize(("late", "taken"), [(-3, 0), (0, 0), (1, 1), (7, 1), (8, 2), (14, 2), (15, 3)])
def test_a_request_climbs_by_its_date_and_not_once_it_is_answered(late, taken):
    due = cast.today() - datetime.timedelta(days=late)
    found = steps(state="waiting", due_on=due, asked="Oak Green", today=cast.today())
    assert [step.is_taken for step in found] == [True] * taken + [False] * (3 - taken)
    assert "managers of Oak Green" in found[1].says
    assert steps(state="refused", due_on=due, asked="Oak Green", today=cast.today()) == []


def test_a_request_has_ten_working_days_and_an_unanswered_one_is_read_by_managers_as_it_climbs(everybody):
    amira, theirs = everybody.amira, cast.post("Mo", everybody.health, Role.MANAGER)
    hub = cast.post("Mia", everybody.hub, Role.MANAGER)
    Visitor(amira).send(ASK, **wish(everybody.health))
    made = AgreementRequest.objects.get()
    assert working_days_between(cast.today(), made.due_on, calendar()) == 10
    assert "Last day to answer" in Visitor(amira).get(LIST).content.decode()
    for late, readers in [(0, []), (7, []), (8, [theirs]), (14, [theirs]), (15, [theirs, hub])]:
        AgreementRequest.objects.update(due_on=cast.today() - datetime.timedelta(days=late))
        for manager in (theirs, hub, everybody.esi):
            page = Visitor(manager).get(LIST).content.decode()
            assert ("Planning for asthma." in page) == (manager in readers), (late, manager)
    assert "the managers of Marlbeck Community Health read of it" in Visitor(theirs).get(LIST).content.decode()
    AgreementRequest.objects.update(state="refused", answered_by=amira.practitioner, answered_at=cast.SIGNED_AT)
    assert "Planning for asthma." not in Visitor(theirs).get(LIST).content.decode()


def test_wrong_answers_come_back_as_typed_and_a_stale_answer_is_told(everybody):
    amira, lead = Visitor(everybody.amira), Visitor(everybody.gita)
    page = amira.send(ASK, **wish(everybody.early_help, kind=""))
    assert page.status_code == 422
    assert "Choose the kind of record you need" in page.content.decode()
    assert "Planning for asthma." in page.content.decode()
    amira.send(ASK, **wish(everybody.early_help))
    answer = reverse("sharing_agreements:answer_agreement_request", args=[AgreementRequest.objects.get().pk])
    lead.send(answer, state="refused", answer="Not needed.", version=1)
    again = lead.send(answer, state="drafting", answer="We draft one.", version=1)
    assert again.status_code == 422
    assert "Somebody answered while your page was open" in again.content.decode()


def test_sending_twice_asks_once(everybody):
    amira = Visitor(everybody.amira)
    key = "0c2c3f5e-6a70-4e0c-9f3e-0d6c1a7f1a11"
    for _ in range(2):
        assert amira.send(ASK, **wish(everybody.health), idempotency_key=key).status_code == 302
    assert AgreementRequest.objects.count() == 1


def test_one_does_not_ask_the_own_agency(everybody):
    assert Visitor(everybody.amira).send(ASK, **wish(everybody.quarry_hill)).status_code == 422
