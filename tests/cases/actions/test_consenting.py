"""A withdrawal: what it closes and what it leaves, the question it puts, and that nobody withdraws for another."""

import pytest
from django.utils import timezone

from cases import rules
from cases.actions import consenting
from cases.models import Action, Case, ConsentToHelp, Event
from cases.vocabulary import ConsentState
from sharing_agreements.actions import facts
from sharing_agreements.models import Identity, PersonFacts
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
ASKS = "Somebody withdrew: does risk now justify step up?"


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def marsh(everybody):
    """The Marshes; what the health visitor noted of Joe is open to early help while he agrees to it."""
    made = story.marshes(everybody)
    cast.agreement(
        everybody.health,
        everybody.early_help,
        purposes=[Purpose.EARLY_HELP],
        clauses=[
            {
                "provider_type": AgencyType.COMMUNITY_HEALTH,
                "recipient_type": AgencyType.EARLY_HELP,
                "recipient_roles": [Role.LEAD_PRACTITIONER],
                "kind": Kind.HEALTH,
                "level": Level.SUMMARY,
                "needs_consent": True,
            }
        ],
    )
    made.rows["health"] = story.event(everybody.ben, person=made.joe, title="Weighed", kind=Kind.HEALTH)
    facts.record_sharing_consent(people=[made.joe.pk, made.kate.pk, made.lee.pk], until=cast.in_days(90))
    return made


def says(marsh, by, person, state):
    with as_web(by, Purpose.EARLY_HELP):
        consenting.record_consent(person=person.pk, case=marsh.case, state=state, by=by, now=timezone.now())


def sees(marsh, by, purpose=Purpose.EARLY_HELP):
    with as_web(by, purpose):
        return Event.objects.filter(pk=marsh.rows["health"].pk).exists()


def asked():
    return list(Action.objects.filter(title__startswith=ASKS))


def test_a_withdrawal_closes_the_conditioned_clause_and_leaves_owner_hub_and_manager_their_history(marsh, everybody):
    assert sees(marsh, everybody.eddie)
    says(marsh, everybody.eddie, marsh.joe, ConsentState.WITHDRAWN)
    assert not sees(marsh, everybody.eddie)
    assert sees(marsh, everybody.ben)
    assert sees(marsh, everybody.hana, Purpose.TRIAGE)
    for keeps in (everybody.esi, everybody.eddie, everybody.ben):
        with as_web(keeps, Purpose.EARLY_HELP):
            assert Case.objects.filter(pk=marsh.case.pk).exists(), keeps
            assert Event.objects.filter(title__startswith="Consent to help").exists(), keeps
    (task,) = asked()
    assert (task.due_on, task.doer) == (cast.today(), everybody.eddie.practitioner)


def test_one_parents_withdrawal_leaves_the_other_parent_and_a_young_persons_answer(marsh, everybody):
    old_enough = cast.today().replace(year=cast.today().year - 13, day=1)
    Identity.objects.filter(person=marsh.ada).update(born_on=old_enough)
    says(marsh, everybody.eddie, marsh.lee, ConsentState.AGREED)
    says(marsh, everybody.eddie, marsh.kate, ConsentState.WITHDRAWN)
    agreed = dict(PersonFacts.objects.values_list("person", "consent_until"))
    assert agreed[marsh.kate.pk] is None
    assert agreed[marsh.lee.pk] == agreed[marsh.joe.pk] == cast.in_days(90)
    assert ConsentToHelp.objects.filter(person=marsh.lee).latest("recorded_at").state == ConsentState.AGREED
    assert sees(marsh, everybody.eddie)
    (task,) = asked()
    assert task.title == f"{ASKS} What others said stands, each their own: 1 agreed, 1 not asked yet."


def test_taking_back_the_agreement_to_sharing_asks_the_same_and_a_first_no_does_not(marsh, everybody):
    for person, times in [(marsh.ada, 0), (marsh.joe, 1), (marsh.joe, 1)]:
        with as_web(everybody.eddie, Purpose.EARLY_HELP):
            consenting.record_sharing(
                person=person.pk, case=marsh.case, until=None, by=everybody.eddie, now=timezone.now()
            )
        assert len(asked()) == times
    assert not sees(marsh, everybody.eddie)


@pytest.mark.parametrize(
    ("others", "standing"),
    [
        ([], ""),
        ([None], " What others said stands, each their own: 1 not asked yet."),
        (["agreed", "agreed", "withdrawn"], " What others said stands, each their own: 2 agreed, 1 withdrawn."),
    ],
)
def test_the_question_counts_the_others_and_names_nobody(others, standing):
    assert rules.risk_question(others) == ASKS + standing
