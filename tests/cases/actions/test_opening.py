"""Offering help, opening a case, joining it, and the family's first answer."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from cases import queries, signals
from cases.actions import consenting, opening
from cases.models import Case, CaseMove, ChildInCase, ChildLevel, Event
from cases.vocabulary import CaseState, ConsentState
from sharing_agreements.models import PersonFacts
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Stage
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def test_an_offer_is_seen_by_the_hub_and_by_whoever_makes_it_and_by_nobody_else(
    everybody,
):
    home = factory.offered(everybody)
    for post, sees in [
        (everybody.hana, True),
        (everybody.esi, True),
        (everybody.amira, False),
        (everybody.ben, False),
        (everybody.dev, False),
        (everybody.cleo, False),
    ]:
        with as_web(post, Purpose.EARLY_HELP):
            assert Case.objects.visible().filter(pk=home.case.pk).exists() is sees, post
            assert Event.objects.visible().filter(family=home.family).exists() is sees, post


def test_each_child_has_their_own_state_level_and_line_in_the_chronology(everybody):
    home = factory.offered(everybody, children=3)
    assert {c.state for c in ChildInCase.objects.filter(case=home.case)} == {CaseState.OFFERED}
    assert ChildLevel.objects.filter(person_id__in=home.children).count() == 3
    events = Event.objects.filter(family=home.family)
    assert {e.person_id for e in events} == set(home.children)
    assert len({e.event_id for e in events}) == 1
    assert {f.stage for f in PersonFacts.objects.filter(person_id__in=home.children)} == {Stage.OFFERED}


def test_a_teacher_may_not_offer_help(everybody):
    home = factory.family(everybody)
    with as_web(everybody.dev, Purpose.EARLY_HELP), pytest.raises(Refused) as no:
        opening.offer_help(
            family=home.family.pk,
            children=home.children,
            reason="x",
            levels=dict.fromkeys(home.children, 2),
            by=everybody.dev,
            now=factory.now(),
        )
    assert no.value.refusal.code == "not_your_move"


def test_nobody_waits_for_a_lead_before_the_family_has_been_asked(everybody):
    home = factory.offered(everybody)
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        children = queries.children_of(home.case)
        with pytest.raises(Refused) as no:
            opening.accept_offer(case=home.case, children=children, by=everybody.esi, now=factory.now())
        assert no.value.refusal.code == "no_consent"
        consenting.record_consent(
            person=home.children[0],
            case=home.case,
            state=ConsentState.AGREED,
            by=everybody.esi,
            now=factory.now(),
        )
        opening.accept_offer(
            case=home.case,
            children=children,
            lead_wished_for="Mrs Hall",
            by=everybody.esi,
            now=factory.now(),
        )
    home.case.refresh_from_db()
    assert home.case.lead_wished_for == "Mrs Hall"
    assert home.child().state == CaseState.WAITING
    assert CaseMove.objects.filter(case=home.case).count() == 2


def test_declining_at_the_start_is_signed_by_a_manager_and_told(everybody):
    home = factory.offered(everybody)
    told = []

    def hear(sender, **said):
        told.append(said["reason"])

    signals.offer_declined.connect(hear)
    with as_web(everybody.hana, Purpose.TRIAGE), pytest.raises(Refused):
        opening.decline_at_start(
            case=home.case,
            children=queries.children_of(home.case),
            reason="not now",
            by=everybody.hana,
            now=factory.now(),
        )
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        opening.decline_at_start(
            case=home.case,
            children=queries.children_of(home.case),
            reason="not now",
            by=everybody.esi,
            now=factory.now(),
        )
    assert told == ["not now"]
    assert home.child().state == CaseState.DECLINED
    assert PersonFacts.objects.get(person_id=home.children[0]).stage == Stage.CLOSED


def test_a_child_who_joins_gets_the_team_of_the_case_and_the_team_sees_the_case_still(
    everybody,
):
    home = factory.plan_active(everybody, children=1)
    newcomer = factory.family(everybody, children=1).children[0]
    with as_web(everybody.hana, Purpose.TRIAGE):
        found = queries.case_for(home.children)
        opening.join_case(
            case=found,
            children=[newcomer],
            reason="Now at home",
            levels={newcomer: 2},
            by=everybody.hana,
            now=factory.now(),
            agreed=True,
        )
    with as_web(everybody.amira, Purpose.EARLY_HELP):
        assert ChildInCase.objects.filter(person_id=newcomer, state=CaseState.WAITING).exists()
        assert newcomer in Case.objects.get(pk=home.case.pk).about


def test_no_login_may_change_a_state_but_through_its_verb(everybody):
    home = factory.offered(everybody)
    with as_web(everybody.hana, Purpose.TRIAGE):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            ChildInCase.objects.filter(case=home.case).update(state=CaseState.CLOSED)
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            CaseMove.objects.create(
                owner=everybody.hub,
                person_id=home.children[0],
                happened_on=cast.today(),
                case=home.case,
                child=queries.children_of(home.case)[0],
                from_state="offered",
                to_state="closed",
                at=factory.now(),
                reason="x",
            )
