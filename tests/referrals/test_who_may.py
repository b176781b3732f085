"""Who may disagree, let out, follow up, write to schools and record adults: role, agency and state as ordered tables.

Rows that are not saved are enough: what somebody may see of them is row security's, and proved elsewhere.
"""

import datetime
from itertools import product
from types import SimpleNamespace
from uuid import uuid4

import pytest

from referrals.models import (
    CheckAnswer,
    Contact,
    Decision,
    FollowUp,
    NoticeCopy,
    ReleaseRequest,
    Report,
    ReportedAdult,
    ReportedChild,
    SchoolNotice,
)
from referrals.permissions import checks, disagreeing, flags, following_up, hub, notices, reporting
from referrals.vocabulary import ContactStatus, RungVerdict
from sharing_agreements.models import Agency, PersonLink, Post, Practitioner
from sharing_agreements.vocabulary import AgencyType, Role
from tests.refusing import code, first

HERE, ELSEWHERE, RECORDED = uuid4(), uuid4(), uuid4()
ME, SOMEBODY = Practitioner(pk=uuid4(), name="Hana Hussain"), Practitioner(pk=uuid4(), name="Noor Nasser")
PEOPLE = (ME, SOMEBODY)
NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
YES_OR_NO, NOT_OR_THEN = (False, True), (None, NOW)
RUNGS, STANDS, AGAIN = range(1, 5), RungVerdict.STANDS, RungVerdict.AGAIN

SCREENERS = {"decision_maker", "navigator", "emergency_duty"}
AT_THE_HUB = SCREENERS | {"manager"}
ANSWERERS = {"reporter", "supervisor", "coordinator", "lead_practitioner", "team_member", "manager"}
CASEWORKERS = ANSWERERS | SCREENERS
POLICE = {"police", "transport_police"}

ROLES_AND_AGENCIES = pytest.mark.parametrize(("role", "agency"), list(product(Role, (HERE, ELSEWHERE))))


def post(role: str, agency=HERE, kind: str = "police") -> Post:
    return Post(role=role, agency=Agency(pk=agency, type=kind), practitioner=ME)


def strange(role, agency, who=SCREENERS) -> tuple[bool, str]:
    return role not in who or agency != HERE, "not_found"


@ROLES_AND_AGENCIES
def test_say_that_nothing_is_decided_yet_to_whoever_has_an_account(role, agency):
    for status, author in product(ContactStatus, (None, SOMEBODY)):
        contact = Contact(owner_id=HERE, status=status, report=Report(author=author))
        assert code(hub.why_not_say_not_decided(contact=contact, by=post(role, agency))) == first(
            strange(role, agency), (status == "decided", "decided_already"), (author is None, "nothing_to_tell")
        )


@ROLES_AND_AGENCIES
def test_release_a_file_once_for_a_reason(role, agency):
    for released, reason in product(YES_OR_NO, ("", " ", "The school must see it")):
        file = SimpleNamespace(sent_to_id=HERE, releases=SimpleNamespace(exists=lambda is_so=released: is_so))
        assert code(hub.why_not_release(attachment=file, by=post(role, agency), reason=reason)) == first(
            strange(role, agency, {"decision_maker", "emergency_duty"}),
            (released, "file_released"),
            (not reason.strip(), "say_why_released"),
        )


@ROLES_AND_AGENCIES
def test_take_a_link_back_while_it_stands(role, agency):
    for unlinked in NOT_OR_THEN:
        link = PersonLink(unlinked_at=unlinked)
        assert code(hub.why_not_take_link_back(link=link, by=post(role, agency))) == first(
            (role not in SCREENERS, "not_found"), (unlinked is not None, "match_settled")
        )


@ROLES_AND_AGENCIES
def test_ask_to_let_an_answer_out_and_refuse_it_while_that_is_not_settled(role, agency):
    by = post(role, agency)
    answer, request = CheckAnswer(sent_to_id=HERE), ReleaseRequest(sent_to_id=HERE)
    assert code(checks.why_not_ask_release(answer=answer, by=by)) == first(strange(role, agency))
    for settled in YES_OR_NO:
        assert code(checks.why_not_refuse_release(request=request, is_settled=settled, by=by)) == first(
            strange(role, agency, ANSWERERS), (settled, "release_settled")
        )


@ROLES_AND_AGENCIES
def test_ask_visitors_to_ring_first_once_while_a_risk_is_there(role, agency):
    for joined, asked in product(YES_OR_NO, YES_OR_NO):
        said = flags.why_not_ask_to_ring_first(
            contact=Contact(owner_id=HERE), has_joined=joined, asked=asked, by=post(role, agency)
        )
        assert code(said) == first(strange(role, agency), (not joined, "nobody_joined"), (asked, "asked_to_ring"))


@ROLES_AND_AGENCIES
def test_follow_up_until_it_has_ended(role, agency):
    for ended in NOT_OR_THEN:
        follow_up = FollowUp(owner_id=HERE, ended_at=ended)
        assert code(following_up.why_not_follow_up(follow_up=follow_up, by=post(role, agency))) == first(
            strange(role, agency, AT_THE_HUB), (ended is not None, "follow_up_ended")
        )


@ROLES_AND_AGENCIES
def test_disagree_for_the_agency_that_reported_once_it_was_told(role, agency):
    for told, running in product(YES_OR_NO, YES_OR_NO):
        said = disagreeing.why_not_disagree(
            child=ReportedChild(owner_id=HERE), is_told=told, is_running=running, by=post(role, agency)
        )
        assert code(said) == first(
            strange(role, agency, CASEWORKERS), (not told, "nothing_decided"), (running, "disagreed_already")
        )


@ROLES_AND_AGENCIES
def test_disagree_at_the_hub_with_what_somebody_else_decided_once_it_counts(role, agency):
    decisions = (None, *(Decision(author=author, held=held) for author, held in product(PEOPLE, YES_OR_NO)))
    for decision, running in product(decisions, YES_OR_NO):
        said = disagreeing.why_not_disagree_at_hub(
            decision=decision, hub=HERE, is_running=running, by=post(role, agency)
        )
        assert code(said) == first(
            strange(role, agency, AT_THE_HUB),
            (decision is not None and decision.author is ME, "your_own_decision"),
            (decision is None or decision.held, "nothing_decided"),
            (running, "disagreed_already"),
        )


@pytest.mark.parametrize("agency", [HERE, ELSEWHERE])
def test_take_an_answer_further_to_the_last_rung(agency):
    for number, verdict, latest, whose in product(RUNGS, (None, *RungVerdict), YES_OR_NO, PEOPLE):
        rung = SimpleNamespace(rung=number, due_at=NOW, sent_to_id=HERE, sent_to_practitioner_id=whose.pk)
        if verdict:
            rung.answer = SimpleNamespace(verdict=verdict)
        said = disagreeing.why_not_further(rung=rung, is_latest=latest, by=post("reporter", agency))
        assert code(said) == first(
            (whose is SOMEBODY or agency != HERE, "not_found"),
            (not latest, "disagreement_went_on"),
            (verdict is None, "not_answered_yet"),
            (verdict == "again", "decides_again"),
            (number == 4, "last_rung"),
        )


@ROLES_AND_AGENCIES
def test_answer_on_the_rung_one_stands_on(role, agency):
    states = product(RUNGS, PEOPLE, YES_OR_NO, YES_OR_NO, YES_OR_NO)
    answers = list(product((None, STANDS, AGAIN), ("advice", "early_help", "step_up")))
    for number, decider, disagrees, answered, latest in states:
        for (verdict, outcome), joins in product(answers, (None, uuid4())):
            decision = SimpleNamespace(author_id=decider.pk, outcome=outcome)
            rung = SimpleNamespace(rung=number, owner_id=HERE, joins_id=joins, decision=decision)
            if answered:
                rung.answer = SimpleNamespace(verdict=STANDS)
            said = disagreeing.why_not_answer_rung(
                rung=rung, is_latest=latest, disagrees=disagrees, by=post(role, agency), verdict=verdict
            )
            theirs = decider is ME if number == 1 else role == "manager"
            assert code(said) == first(
                strange(role, agency, AT_THE_HUB),
                (joins is not None, "not_found"),
                (disagrees or not theirs, "somebody_else_answers"),
                (answered or not latest, "rung_is_done"),
                (verdict == "again" and outcome in {"early_help", "step_up"}, "help_has_begun"),
            )


@ROLES_AND_AGENCIES
def test_write_a_notice_and_take_it_back(role, agency):
    home, other = Agency(no=7), Agency(no=8)
    for kind, written, school in product(AgencyType, NOT_OR_THEN, (None, home, other)):
        notice, by = SchoolNotice(owner_id=HERE, written_at=written, hidden_from=[7, 9]), post(role, agency, kind)
        not_ours = (role not in ANSWERERS or agency != HERE or kind not in POLICE, "not_found")
        assert code(notices.why_not_write_notice(notice=notice, by=by, school=school)) == first(
            not_ours, (written is not None, "notice_written"), (school is home, "notice_of_staff")
        )
        assert code(notices.why_not_take_notice_back(notice=notice, by=by)) == first(
            not_ours, (written is None, "notice_not_written")
        )


@pytest.mark.parametrize("agency", [HERE, ELSEWHERE])
def test_acknowledge_the_copy_one_was_sent_until_it_is_taken_back(agency):
    for reader, withdrawn in product(PEOPLE, NOT_OR_THEN):
        copy = NoticeCopy(sent_to_practitioner=reader, sent_to_id=HERE, withdrawn_at=withdrawn)
        assert code(notices.why_not_acknowledge(copy=copy, by=post("reporter", agency))) == first(
            (reader is SOMEBODY or agency != HERE or withdrawn is not None, "not_found")
        )


@ROLES_AND_AGENCIES
def test_record_an_adult_of_ones_own_report_as_a_risk_once_for_a_year_at_most(role, agency, monkeypatch):
    days = [None, *(TODAY + datetime.timedelta(days=days) for days in (0, 366, 367))]
    reports = list(product(PEOPLE, ("CN-26-000001", "IM-00000001")))
    monkeypatch.setattr(reporting, "is_recorded", lambda adult: adult.pk == RECORDED)
    for kind, (author, reference) in product(AgencyType, reports):
        report, by = Report(owner_id=HERE, author=author, reference=reference), post(role, agency, kind)
        records = kind in POLICE | {"social_care"} and role in CASEWORKERS
        assert reporting.may_record_adults(by) is records
        for review_on, today, recorded in product(days, (None, TODAY), YES_OR_NO):
            adult = ReportedAdult(pk=RECORDED if recorded else uuid4(), report=report)
            said = reporting.why_not_record_adult(adult=adult, by=by, review_on=review_on, today=today)
            assert code(said) == first(
                (not records or author is SOMEBODY or agency != HERE, "not_found"),
                (reference.startswith("IM"), "nobody_works_on_it"),
                (today is not None and review_on == days[-1], "review_too_far"),
                (recorded, "already_recorded"),
            )
