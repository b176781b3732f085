"""Who may do what with agreements and exceptions: roles by agencies by states, as ordered tables over plain rows."""

from itertools import product
from uuid import uuid4

import pytest

from sharing_agreements import permissions
from sharing_agreements.lifecycle import Party, possible
from sharing_agreements.models import Agency, Agreement, Post
from sharing_agreements.vocabulary import AgencyType, AgreementState, Kind, Level, Purpose, Role
from tests import cast
from tests.refusing import code, first

HERE, ELSEWHERE, ME, SOMEBODY = uuid4(), uuid4(), uuid4(), uuid4()
WORKS_ON_CASES = {
    *("reporter", "supervisor", "decision_maker", "navigator", "emergency_duty"),
    *("coordinator", "lead_practitioner", "team_member", "manager"),
}
EVERY_STATE = {state.value for state in AgreementState}
STEPS = {
    "propose": {"draft": {Party.DRAFTER}},
    "sign": {"proposed": {Party.NAMED}},
    "return": {"proposed": {Party.DRAFTER, Party.NAMED, Party.BOUND}},
    "suspend": {"signed": {Party.BOUND}},
    "resume": {"suspended": {Party.SUSPENDER}},
    "leave": {"signed": {Party.BOUND}, "suspended": {Party.BOUND}},
    "end": {state: {Party.DRAFTER} for state in ("draft", "proposed", "signed", "suspended")},
    "replace": {"signed": {Party.NOBODY}, "suspended": {Party.NOBODY}},
}


def post(role: str) -> Post:
    return Post(role=role, agency_id=HERE, practitioner_id=ME)


@pytest.mark.parametrize("role", Role)
class TestRoles:
    """What the role alone decides, and whose agreement or access it is."""

    def test_govern_and_answer_requests(self, role):
        leads = role == "governance_lead"
        assert code(permissions.why_not_govern(by=post(role))) == first((not leads, "governance_leads_only"))
        assert code(permissions.why_not_answer_request(by=post(role))) == first((not leads, "not_a_governance_lead"))
        if not leads:
            assert code(permissions.why_not_sign(Agreement(), by=post(role))) == "governance_leads_only"

    def test_edit(self, role):
        for drafter, state in product((HERE, ELSEWHERE), AgreementState):
            agreement = Agreement(drafter_id=drafter, state=state)
            assert code(permissions.why_not_edit(agreement, by=post(role))) == first(
                (role != "governance_lead" or drafter != HERE, "not_found"), (state != "draft", "not_a_draft")
            )

    def test_open_in_emergency_and_hand_over(self, role):
        assert code(permissions.why_not_open_in_emergency(by=post(role))) == first(
            (role not in WORKS_ON_CASES, "no_emergency_access")
        )
        assert code(permissions.why_not_hand_over_records(by=post(role))) == first(
            (role not in {"manager", "coordinator"}, "not_who_hands_over")
        )

    def test_tend_what_is_the_agencys_own(self, role):
        for may_not, roles, said in (
            (permissions.why_not_pair_names, {"administrator"}, "administrators_only"),
            (permissions.why_not_add_schools, {"administrator"}, "not_an_administrator"),
            (permissions.why_not_tend_systems, {"administrator", "governance_lead"}, "not_who_tends_systems"),
            (permissions.why_not_name_key_adults, {"governance_lead"}, "not_found"),
        ):
            assert code(may_not(by=post(role))) == first((role not in roles, said)), may_not

    def test_answer_for_others_and_never_for_oneself(self, role):
        for who in (ME, SOMEBODY):
            assert code(permissions.why_not_answer_for(who, by=post(role))) == first(
                (role not in {"governance_lead", "manager"} or who == ME, "not_who_answers")
            )


def test_one_asks_other_agencies():
    assert code(permissions.why_not_ask(asked=Agency(pk=HERE), by=post("manager"))) == "own_agency"
    assert permissions.why_not_ask(asked=Agency(pk=ELSEWHERE), by=post("manager")) is None


@pytest.mark.parametrize("state", AgreementState)
def test_a_verb_is_offered_from_its_states_to_its_hands(state):
    for party in Party:
        offered = {verb for verb, starts in STEPS.items() if party in starts.get(state, ())}
        assert set(possible(state, frozenset({party}))) == offered, party
    assert possible(state, frozenset()) == []


@pytest.mark.django_db
def test_personas_are_for_a_demonstration_that_holds_no_real_practitioner():
    made_up = cast.practitioner("Made")
    made_up.is_demonstration = True
    made_up.save()
    assert permissions.why_not_use_personas(is_demonstration=True) is None
    assert code(permissions.why_not_use_personas(is_demonstration=False)) == "personas_are_for_demonstrations"
    cast.practitioner("Real")
    assert code(permissions.why_not_use_personas(is_demonstration=True)) == "personas_are_for_demonstrations"


@pytest.mark.django_db
def test_one_newer_version_at_a_time_and_none_of_a_draft():
    for role, state, newer in product(("governance_lead", "manager"), EVERY_STATE, (None, "draft", "signed", "ended")):
        parties = []
        old = cast.agreement(*parties, purposes=[Purpose.EARLY_HELP], clauses=[], state=state)
        if newer:
            cast.agreement(*parties, purposes=[Purpose.EARLY_HELP], clauses=[], state=newer, replaces=old)
        assert code(permissions.why_not_copy(old, by=post(role))) == first(
            (role != "governance_lead", "governance_leads_only"),
            (state == "draft", "still_a_draft"),
            (newer in {"draft", "signed"}, "newer_version_exists"),
        ), (state, newer)


@pytest.mark.django_db
def test_a_draft_is_proposed_by_its_drafters_lead_where_the_law_carries_it_and_no_sensitive_service_is_laid_open():
    council = cast.agency("Marlbeck Early Help", AgencyType.EARLY_HELP)
    service = cast.agency("Harbour", AgencyType.DOMESTIC_ABUSE, sensitive=True)
    for role, drafter, state, lays_open, carries in product(
        ("governance_lead", "manager"), (council, service), ("draft", "proposed"), (False, True), (False, True)
    ):
        clause = {
            "provider_agency": service if lays_open else council,
            "recipient_agency": council if lays_open else service,
            "recipient_roles": [Role.MANAGER],
            "kind": Kind.CASE,
            "level": Level.SUMMARY,
        }
        powers = {"early_help": ["children_act_2004_s10" if carries else "operation_encompass_duty"]}
        draft = cast.agreement(
            council, service, purposes=["early_help"], clauses=[clause], state=state, drafter=drafter, powers=powers
        )
        by = Post(role=role, agency_id=council.pk, practitioner_id=ME)
        law = None if carries else "law_does_not_carry"
        assert code(permissions.why_not_rest_on(draft, powers)) == law
        assert code(permissions.why_not_propose(draft, by=by)) == (
            first(
                (role != "governance_lead" or drafter != council, "not_found"),
                (state != "draft", "not_a_draft"),
                (lays_open, "sensitive_service"),
            )
            or law
        ), (role, state, lays_open, carries)
