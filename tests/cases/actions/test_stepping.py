"""Stepping down, keeping in touch, stepping up with receipt, closing with sign-off."""

import datetime

import pytest

from cases import queries
from cases.actions import closing, consenting, in_touch, planning, signing, stepping
from cases.models import (
    Action,
    Case,
    CaseMove,
    ChildInCase,
    ClosingSummary,
    Need,
    SignOff,
    StepUp,
    StepUpDetail,
    Watch,
    WatchPrompt,
)
from cases.queries.pages.my_work import my_work
from cases.vocabulary import CaseState, ClosingReason, ConsentState, WatchAnswer
from sharing_agreements.models import PersonFacts
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, Purpose, Role, Stage
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
EARLY_HELP = Purpose.EARLY_HELP


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


@pytest.fixture
def home(everybody):
    return factory.plan_active(everybody)


def waiting_for(post):
    """The records that post's own work list names."""
    groups = my_work(post, now=factory.now(), today=cast.today(), page="cases:show_family")
    return {line.record for group in groups for line in group.lines}


def end_needs(everybody, home):
    with as_web(everybody.amira, EARLY_HELP):
        for need in Need.objects.filter(case=home.case, ended_on__isnull=True):
            planning.end_need(need=need, end_score=8, because="settled", by=everybody.amira, now=factory.now())


def step_down(everybody, home, **more):
    with as_web(everybody.amira, EARLY_HELP):
        return stepping.step_down(
            child=home.child(),
            summary="Mornings work now",
            family_told_on=cast.today(),
            family_view="Glad to be asked",
            by=everybody.amira,
            now=factory.now(),
            **more,
        )


def step_up(everybody, home, to):
    with as_web(everybody.amira, EARLY_HELP):
        (made,) = stepping.step_up(
            case=home.case,
            children=home.children[:1],
            to=to,
            reason="Bruises",
            handover="All we know",
            by=everybody.amira,
            now=factory.now(),
        )
    return made


@pytest.fixture
def social_care():
    return cast.agency("Children's social care", AgencyType.SOCIAL_CARE)


def test_a_need_without_an_outcome_stands_in_the_way_of_stepping_down(everybody, home):
    with pytest.raises(Refused) as no:
        step_down(everybody, home)
    assert "Come to school on time" in no.value.refusal.sentence


def test_one_child_steps_down_and_the_sibling_stays(everybody, home):
    end_needs(everybody, home)
    watch = step_down(everybody, home)
    states = dict(ChildInCase.objects.filter(case=home.case).values_list("person_id", "state"))
    assert states == {home.children[0]: CaseState.STEPPED_DOWN, home.children[1]: CaseState.PLAN_ACTIVE}
    assert PersonFacts.objects.get(person_id=home.children[0]).stage == Stage.IN_TOUCH
    assert [p.week for p in WatchPrompt.objects.filter(watch=watch).order_by("week")] == [4, 12, 26]
    assert ClosingSummary.objects.get(person_id=home.children[0]).summary == "Mornings work now"


def test_keeping_in_touch_ends_with_an_answer_and_closes(everybody, home):
    end_needs(everybody, home)
    watch = step_down(everybody, home)
    prompt = WatchPrompt.objects.get(watch=watch, week=4)
    with as_web(everybody.amira, EARLY_HELP):
        told = {"answer": WatchAnswer.DOING_WELL, "by": everybody.amira, "now": factory.now()}
        assert in_touch.answer_prompt(prompt=prompt, words="Fine", **told)
        assert not in_touch.answer_prompt(prompt=prompt, words="Fine", **told)
        in_touch.end_watch(watch=watch, child=home.child(), because="26 weeks well", **told)
    assert home.child().state == CaseState.CLOSED
    assert Watch.objects.get(pk=watch.pk).ended_answer == WatchAnswer.DOING_WELL


def test_a_second_step_down_in_a_year_needs_a_manager(everybody, home):
    end_needs(everybody, home)
    watch = step_down(everybody, home)
    with as_web(everybody.amira, EARLY_HELP):
        in_touch.end_watch(
            watch=watch,
            child=home.child(),
            answer=WatchAnswer.BACK_TO_HELP,
            because="Late again",
            by=everybody.amira,
            now=factory.now(),
        )
    assert home.child().state == CaseState.PLAN_ACTIVE
    with pytest.raises(Refused) as no:
        step_down(everybody, home)
    assert no.value.refusal.code == "no_sign_off"
    with as_web(everybody.amira, EARLY_HELP):
        asked = signing.ask_sign_off(
            case=home.case, to_state=CaseState.STEPPED_DOWN, reason="Well again", by=everybody.amira, now=factory.now()
        )
        with pytest.raises(Refused):
            signing.answer_sign_off(sign_off=asked, agreed=True, by=everybody.amira, now=factory.now())
    with as_web(everybody.esi, EARLY_HELP):
        assert asked.pk in waiting_for(everybody.esi)
        signing.answer_sign_off(
            sign_off=SignOff.objects.get(pk=asked.pk), agreed=True, by=everybody.esi, now=factory.now()
        )
    step_down(everybody, home, sign_off=asked)
    assert CaseMove.objects.filter(sign_off=asked).count() == 1


def test_a_step_up_is_done_only_when_receipt_is_confirmed(everybody, home, social_care):
    made = step_up(everybody, home, social_care)
    assert home.child().state == CaseState.PLAN_ACTIVE
    with as_web(everybody.amira, EARLY_HELP):
        with pytest.raises(Refused):
            stepping.confirm_receipt(
                step_up=made, named_person="", their_reference="", by=everybody.amira, now=factory.now()
            )
        stepping.confirm_receipt(
            step_up=made, named_person="J. Moss", their_reference="SC-9", by=everybody.amira, now=factory.now()
        )
    assert home.child().state == CaseState.STEPPED_UP
    facts = PersonFacts.objects.get(person_id=home.children[0])
    assert (facts.stage, social_care.no in facts.involved) == (Stage.STEPPED_UP, True)
    assert PersonFacts.objects.get(person_id=home.children[1]).lead_no == everybody.amira.practitioner.no


def test_social_care_may_confirm_receipt_itself_although_it_cannot_read_the_case(everybody, home, social_care):
    worker = cast.post("Sunil", social_care, Role.MANAGER)
    made = step_up(everybody, home, social_care)
    with as_web(worker, EARLY_HELP):
        assert StepUpDetail.objects.get(step_up=made).handover == "All we know"
        assert not ChildInCase.objects.filter(case=home.case).exists()
        stepping.confirm_receipt(
            step_up=StepUp.objects.get(pk=made.pk),
            named_person="Sunil",
            their_reference="SC-10",
            by=worker,
            now=factory.now(),
        )
    assert home.child().state == CaseState.STEPPED_UP
    with as_web(everybody.amira, EARLY_HELP):
        assert queries.step_up_settled(made)


def test_social_cares_receipt_ends_keeping_in_touch_although_the_watch_is_the_leads(everybody, home, social_care):
    worker = cast.post("Sunil", social_care, Role.MANAGER)
    end_needs(everybody, home)
    watch = step_down(everybody, home)
    made = step_up(everybody, home, social_care)
    with as_web(worker, EARLY_HELP):
        stepping.confirm_receipt(
            step_up=StepUp.objects.get(pk=made.pk),
            named_person="Sunil",
            their_reference="SC-11",
            by=worker,
            now=factory.now(),
        )
    ended = Watch.objects.get(pk=watch.pk)
    assert (ended.ended_on, ended.ended_answer) == (cast.today(), WatchAnswer.STEPPED_UP)


def test_a_refused_step_up_stays_with_the_sender_and_may_be_disputed(everybody, home, social_care):
    made = step_up(everybody, home, social_care)
    with as_web(everybody.amira, EARLY_HELP):
        told = {"step_up": made, "by": everybody.amira, "now": factory.now()}
        stepping.refuse_step_up(named_person="J. Moss", reason="Not met", **told)
        stepping.dispute_refusal(reason="A fresh bruise", **told)
    assert home.child().state == CaseState.PLAN_ACTIVE
    assert made.answers.count() == 2


def test_a_team_member_of_another_agency_may_not_confirm(everybody, home, social_care):
    made = step_up(everybody, home, social_care)
    with as_web(everybody.ben, EARLY_HELP), pytest.raises(Refused):
        stepping.confirm_receipt(
            step_up=made, named_person="x", their_reference="y", by=everybody.ben, now=factory.now()
        )


def test_the_hub_steps_up_a_child_who_has_no_case(everybody, social_care):
    home = factory.family(everybody, children=1)
    with as_web(everybody.hana, Purpose.TRIAGE):
        (made,) = stepping.step_up(
            children=home.children,
            family=home.family.pk,
            to=social_care,
            reason="At risk",
            handover="The report",
            by=everybody.hana,
            now=factory.now(),
        )
        stepping.confirm_receipt(
            step_up=made, named_person="J. Moss", their_reference="SC-1", by=everybody.hana, now=factory.now()
        )
    assert PersonFacts.objects.get(person_id=home.children[0]).stage == Stage.STEPPED_UP
    with as_web(everybody.amira, EARLY_HELP), pytest.raises(Refused):
        stepping.step_up(
            children=home.children, to=social_care, reason="x", handover="y", by=everybody.amira, now=factory.now()
        )


def test_closing_because_the_family_declined_needs_a_manager(everybody, home):
    end_needs(everybody, home)

    def close(**more):
        with as_web(everybody.amira, EARLY_HELP):
            closing.close_case(
                children=queries.children_of(home.case),
                summary="They wish to stop",
                reason=more.pop("reason", ClosingReason.DECLINED),
                by=everybody.amira,
                now=factory.now(),
                **more,
            )

    with pytest.raises(Refused) as no:
        close()
    assert no.value.refusal.code == "no_sign_off"
    close(reason=ClosingReason.NEEDS_MET, detail={"what_changed": "Much"}, if_they_return="Ask Amira")
    assert {c.state for c in ChildInCase.objects.filter(case=home.case)} == {CaseState.CLOSED}
    facts = PersonFacts.objects.get(person_id=home.children[0])
    assert facts.stage == Stage.CLOSED
    assert facts.facts_until == cast.today()


def test_a_move_made_meanwhile_is_noticed(everybody, home):
    end_needs(everybody, home)
    stale = home.child()
    step_down(everybody, home)
    with as_web(everybody.amira, EARLY_HELP), pytest.raises(Refused) as no:
        closing.close_case(
            children=[stale],
            reason=ClosingReason.NEEDS_MET,
            summary="Done",
            by=everybody.amira,
            now=factory.now(),
        )
    assert no.value.refusal.code == "moved_meanwhile"


def test_a_withdrawal_closes_only_what_hung_on_agreement_and_asks_about_risk_today(everybody, home):
    child, other = home.children
    until = cast.today() + datetime.timedelta(days=90)
    with as_web(everybody.amira, EARLY_HELP):
        told = {"case": home.case, "by": everybody.amira, "now": factory.now()}
        for person in home.children:
            consenting.record_sharing(person=person, until=until, **told)
        consenting.record_consent(person=child, state=ConsentState.WITHDRAWN, **told)
        assert Case.objects.filter(pk=home.case.pk).exists()
    assert PersonFacts.objects.get(person_id=child).consent_until is None
    assert PersonFacts.objects.get(person_id=other).consent_until == until
    look = Action.objects.get(case=home.case, title__startswith="Somebody withdrew")
    assert (look.due_on, look.doer) == (cast.today(), everybody.amira.practitioner)
    with as_web(everybody.amira, EARLY_HELP):
        assert look.pk in waiting_for(everybody.amira)
