"""Who may do what at the front door: every combination of role, agency and state, said once more as an ordered table.

Rows that are not saved are enough: what somebody may see of them is row security's, and proved elsewhere.
"""

import datetime
from itertools import product
from uuid import uuid4

import pytest

from cases.models import Case
from cases.vocabulary import ConsentState
from referrals.models import AgencyCheck, Contact, Decision, Draft, HubFlag, Match, Report
from referrals.permissions import checks, flags, hub, reporting
from referrals.rules.deciding import Proposed
from referrals.vocabulary import ContactStatus, EarlyHelpWay, HeldFor, MatchState, Urgency
from sharing_agreements.models import Post, Practitioner
from sharing_agreements.vocabulary import Role
from tests.refusing import code, first

HERE, ELSEWHERE = uuid4(), uuid4()
AGENCIES = (HERE, ELSEWHERE)
ME = Practitioner(pk=uuid4(), name="Hana Hussain")
SOMEBODY = Practitioner(pk=uuid4(), name="Noor Nasser")
NOBODY = None
NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
A_SECOND, A_DAY = datetime.timedelta(seconds=1), datetime.timedelta(days=1)

SCREENERS = {"decision_maker", "navigator", "emergency_duty"}
DECIDERS = {"decision_maker", "emergency_duty"}
ANSWERERS = {"reporter", "supervisor", "coordinator", "lead_practitioner", "team_member", "manager"}
YES_OR_NO = (False, True)


def post(role: str, agency=HERE) -> Post:
    return Post(role=role, agency_id=agency, practitioner=ME)


def contact(**more) -> Contact:
    return Contact(**({"owner_id": HERE} | more))


@pytest.mark.parametrize(("role", "agency"), list(product(Role, AGENCIES)))
class TestTheQueue:
    """The hub's own screeners work it."""

    def strange(self, role, agency, who=SCREENERS):
        return (role not in who or agency != HERE, "not_found")

    def test_triage(self, role, agency):
        assert code(hub.why_not_triage(contact=contact(), by=post(role, agency))) == first(self.strange(role, agency))

    def test_claim_and_hand_over(self, role, agency):
        for status, holder, to_role, to in product(ContactStatus, (NOBODY, ME, SOMEBODY), Role, AGENCIES):
            found = contact(status=status, claimed_by=holder)
            by = post(role, agency)
            claiming = first(
                self.strange(role, agency),
                (status == "decided", "decided_already"),
                (holder is SOMEBODY, "claimed_already"),
            )
            assert code(hub.why_not_claim(contact=found, by=by)) == claiming
            receives = to_role in SCREENERS and to == agency
            giving = claiming or first((not receives, "not_on_this_queue"))
            assert code(hub.why_not_hand_over(contact=found, to=post(to_role, to), by=by)) == giving

    def test_grade(self, role, agency):
        for status, changes, reason in product(ContactStatus, YES_OR_NO, ("", " ", "Seen before")):
            said = hub.why_not_grade(
                contact=contact(status=status), reason=reason, changes=changes, by=post(role, agency)
            )
            assert code(said) == first(
                self.strange(role, agency),
                (status == "decided", "decided_already"),
                (changes and not reason.strip(), "grade_needs_a_reason"),
            )

    def test_acknowledge(self, role, agency):
        for holder in (NOBODY, SOMEBODY):
            said = hub.why_not_acknowledge(contact=contact(acknowledged_by=holder), by=post(role, agency))
            assert code(said) == first(self.strange(role, agency), (holder is SOMEBODY, "acknowledged_already"))

    def test_ask_the_reporter(self, role, agency):
        for status in ContactStatus:
            said = hub.why_not_ask(contact=contact(status=status), by=post(role, agency))
            assert code(said) == first(self.strange(role, agency), (status == "decided", "decided_already"))

    def test_settle_and_undo_a_match(self, role, agency):
        for state in MatchState:
            match, by = Match(owner_id=HERE, state=state), post(role, agency)
            strange = self.strange(role, agency)
            assert code(hub.why_not_settle_match(match=match, by=by)) == first(
                strange, (state != "open", "match_settled")
            )
            assert code(hub.why_not_undo_match(match=match, by=by)) == first(
                strange, (state == "open", "match_not_settled")
            )

    def test_decide(self, role, agency):
        holders = (NOBODY, ME, SOMEBODY)
        for grade, danger, taken_by, status, holder in product(
            ("", *Urgency), YES_OR_NO, (NOBODY, SOMEBODY), ContactStatus, holders
        ):
            found = contact(grade=grade, danger=danger, acknowledged_by=taken_by, status=status, claimed_by=holder)
            assert code(hub.why_not_decide(contact=found, by=post(role, agency))) == first(
                self.strange(role, agency, DECIDERS),
                (not grade, "grade_first"),
                (danger and taken_by is NOBODY, "acknowledge_first"),
                (status == "decided", "decided_already"),
                (holder is SOMEBODY, "claimed_already"),
            )

    def test_look_as_a_second_person(self, role, agency):
        for held, author, held_for in product(YES_OR_NO, (ME, SOMEBODY), HeldFor):
            decision = Decision(owner_id=HERE, held=held, author_id=author.pk, held_for=held_for)
            assert code(hub.why_not_look(decision=decision, by=post(role, agency))) == first(
                self.strange(role, agency, {"decision_maker", "manager"}),
                (not held, "not_held"),
                (author is ME, "own_decision"),
                (held_for == "look" and role != "manager", "takes_a_manager"),
            )

    def test_open_checks_and_ask_agencies(self, role, agency):
        for status, state, grade in product(ContactStatus, (None, *ConsentState), ("", *Urgency)):
            found, by = contact(status=status, grade=grade), post(role, agency)
            asking = (self.strange(role, agency), (status == "decided", "decided_already"))
            without_their_yes = state in {"not_asked", "overridden"}
            assert code(checks.why_not_open_checks(contact=found, state=state, by=by)) == first(
                *asking, (without_their_yes and role not in DECIDERS, "only_a_decider")
            )
            assert code(checks.why_not_ask_agencies(contact=found, state=state, by=by)) == first(
                *asking,
                (not grade, "grade_first"),
                (grade == "blue", "blue_has_no_checks"),
                (state is None, "checks_not_opened"),
                (state in {"declined", "withdrawn"}, "family_said_no"),
            )

    def test_chase_and_tell_the_manager(self, role, agency):
        dues = (NOW - A_SECOND, NOW, NOW + A_SECOND)
        for answered, withdrawn, climbed, due in product(YES_OR_NO, (None, NOW), (None, NOW), dues):
            check = AgencyCheck(contact=contact(), withdrawn_at=withdrawn, climbed_at=climbed, due_at=due)
            by = post(role, agency)
            chasing = first(
                self.strange(role, agency), (answered, "check_answered"), (withdrawn is not None, "check_taken_back")
            )
            assert code(checks.why_not_chase(check=check, is_answered=answered, by=by)) == chasing
            climbing = chasing or first((climbed is not None, "manager_told"), (due > NOW, "not_late_yet"))
            assert code(checks.why_not_climb(check=check, is_answered=answered, by=by, now=NOW)) == climbing

    def test_answer_for_the_agency_that_was_asked(self, role, agency):
        for withdrawn in (None, NOW):
            check = AgencyCheck(sent_to_id=HERE, withdrawn_at=withdrawn)
            assert code(checks.why_not_answer(check=check, by=post(role, agency))) == first(
                self.strange(role, agency, ANSWERERS), (withdrawn is not None, "check_taken_back")
            )

    def test_put_a_flag_off(self, role, agency):
        for days, cleared, reason in product((0, 1, 28, 29), (None, NOW), ("", " ", "Away until then")):
            flag = HubFlag(owner_id=HERE, cleared_at=cleared)
            said = flags.why_not_put_off(
                flag=flag, until=TODAY + days * A_DAY, reason=reason, by=post(role, agency), today=TODAY
            )
            assert code(said) == first(
                self.strange(role, agency, SCREENERS | {"manager"}),
                (cleared is not None, "flag_cleared"),
                (days not in {1, 28}, "snooze_too_far"),
                (not reason.strip(), "no_reason"),
            )

    def test_leave_the_lead_out_or_say_that_they_were_rung(self, role, agency):
        for watched, left_out in product((None, TODAY), (None, NOW)):
            found, by = contact(watched_since=watched, lead_left_out_at=left_out), post(role, agency)
            telling = (self.strange(role, agency), (watched is None, "nobody_to_tell"))
            assert code(flags.why_not_say_rung(contact=found, by=by)) == first(*telling)
            assert code(flags.why_not_leave_out(contact=found, by=by)) == first(
                *telling, (left_out is not None, "left_out_already")
            )

    def test_say_more_in_a_report(self, role, agency):
        for author, reference in product((ME, SOMEBODY), ("CN-26-000001", "IM-00000001")):
            report = Report(owner_id=HERE, author_id=author.pk, reference=reference)
            mine = author is ME and agency == HERE
            assert code(reporting.why_not_add(report=report, by=post(role, agency))) == first(
                (not mine, "not_found"), (reference.startswith("IM"), "nobody_works_on_it")
            )


@pytest.mark.parametrize("role", Role)
def test_who_filters_the_queue_and_who_sets_its_numbers(role):
    filters = role in SCREENERS | {"manager"}
    assert code(hub.why_not_filter(by=post(role))) == first((not filters, "not_found"))
    sets = role in {"coordinator", "manager", "administrator"}
    assert code(flags.why_not_set_threshold(by=post(role))) == first((not sets, "not_found"))


@pytest.mark.parametrize(("way", "agreement"), list(product((None, *EarlyHelpWay), (None, *ConsentState))))
def test_help_starts_straight_away_only_with_the_familys_yes_and_joins_only_a_case_that_can_be_seen(way, agreement):
    proposed = Proposed(None, None, "", agreement, "", None, False, "", "", None, way)
    for join in (None, Case()):
        assert code(hub.why_not_start_help(proposed, join)) == first(
            (way == "open" and agreement not in {"agreed", "partly"}, "offer_first"),
            (way in {"join", "back"} and join is None, "no_open_case"),
        )


@pytest.mark.parametrize(("author", "sent", "abandoned"), list(product((ME, SOMEBODY), (None, NOW), (None, NOW))))
def test_a_draft_is_its_authors_until_it_is_sent_or_put_aside_with_a_reason(author, sent, abandoned):
    draft, by = Draft(author=author, sent_at=sent, abandoned_at=abandoned), post("reporter")
    writing = first(
        (author is SOMEBODY, "not_found"),
        (sent is not None, "report_already_sent"),
        (abandoned is not None, "draft_abandoned"),
    )
    assert code(reporting.why_not_write(draft=draft, by=by)) == writing
    for because in ("", " ", "Sent by my colleague"):
        said = reporting.why_not_abandon(draft=draft, by=by, because=because)
        assert code(said) == (writing or first((not because.strip(), "reason_missing")))


def test_whoever_comes_second_is_told_who_was_quicker():
    taken = contact(claimed_by=SOMEBODY, acknowledged_by=SOMEBODY)
    assert SOMEBODY.name in hub.why_not_claim(contact=taken, by=post("navigator")).sentence
    assert SOMEBODY.name in hub.why_not_acknowledge(contact=taken, by=post("navigator")).sentence
