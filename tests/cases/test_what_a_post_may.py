"""Who may do what by the post they hold and by what they wrote or were named in: ordered tables, no database."""

import datetime
from itertools import product
from uuid import uuid4

import pytest

from cases import permissions
from cases.models import Custody, PlanConcern, RetentionReview
from cases.vocabulary import RetentionStatus
from sharing_agreements.models import Agency, Post, PostCover, Practitioner
from sharing_agreements.vocabulary import AgencyType, Role
from tests.refusing import code, first

TODAY = datetime.date(2026, 11, 20)
A_DAY = datetime.timedelta(days=1)
HERE, ELSEWHERE, ME, SOMEBODY, ANYBODY = (uuid4() for _ in range(5))


def post(role: str = "team_member", who=ME, at=HERE, kind: AgencyType = AgencyType.SCHOOL) -> Post:
    held = Post(role=role, practitioner=Practitioner(pk=who, no=7 if who == ME else 8))
    held.agency = Agency(pk=at, type=kind)
    return held


@pytest.mark.parametrize("role", Role)
class TestRoles:
    """What the role decides, alone or with the agency it is held at."""

    def test_the_numbers_of_the_watch_are_set_by_coordinators_managers_and_administrators(self, role):
        sets = role in {"coordinator", "manager", "administrator"}
        assert code(permissions.why_not_set_threshold(by=post(role))) == first((not sets, "not_found"))

    def test_cover_for_a_post_is_arranged_by_its_holder_or_who_oversees_with_a_colleague_of_the_agency(self, role):
        for whose, post_at, covers, covers_at in product(
            (ME, SOMEBODY), (HERE, ELSEWHERE), (ME, ANYBODY), (HERE, ELSEWHERE)
        ):
            said = permissions.why_not_cover_post(
                by=post(role), post=post(who=whose, at=post_at), covering=post(who=covers, at=covers_at)
            )
            assert code(said) == first(
                (post_at != HERE or covers_at != HERE, "not_found"),
                (whose != ME and role not in {"coordinator", "manager", "administrator"}, "not_found"),
                (covers == whose, "covers_themselves"),
            )

    def test_cover_for_a_post_is_ended_by_whoever_may_arrange_it(self, role):
        for whose, at in product((ME, SOMEBODY), (HERE, ELSEWHERE)):
            cover = PostCover(post=post(who=whose, at=at))
            oversees = role in {"coordinator", "manager", "administrator"}
            assert code(permissions.why_not_end_post_cover(by=post(role), cover=cover)) == first(
                (at != HERE, "not_found"), (whose != ME and not oversees, "not_found")
            )

    @pytest.mark.parametrize("kind", ["early_help", "school"])
    def test_the_form_and_the_directory_are_kept_by_those_of_the_early_help_service_and_administrators(
        self, role, kind
    ):
        by = post(role, kind=AgencyType(kind))
        keeps_form = role == "administrator" or (role == "manager" and kind == "early_help")
        assert code(permissions.why_not_keep_form(by=by)) == first((not keeps_form, "keepers_of_the_form_only"))
        assert code(permissions.why_not_keep_directory(by=by)) == first(
            (not keeps_form and role != "coordinator", "keepers_of_the_directory_only")
        )

    def test_managers_of_the_agency_whose_case_it_is_say_what_becomes_of_a_case_whose_time_is_over(self, role):
        for owner, off, due in product((HERE, ELSEWHERE), (None, TODAY), (TODAY, TODAY + A_DAY)):
            review = RetentionReview(owner_id=owner, taken_off_on=off, due_on=due, status="waiting")
            said = permissions.why_not_answer_retention(
                by=post(role), review=review, status=RetentionStatus.PROPOSED, today=TODAY
            )
            assert code(said) == first(
                (role != "manager", "not_a_manager"),
                (owner != HERE, "not_found"),
                (off is not None, "retention_off"),
                (due > TODAY, "retention_not_due"),
            )


@pytest.mark.parametrize(("proposer", "said"), [(SOMEBODY, None), (ME, "own_disposal")])
def test_disposal_is_agreed_to_by_another_manager_than_proposed_it(proposer, said):
    review = RetentionReview(owner_id=HERE, due_on=TODAY, status="proposed", proposed_by_id=proposer)
    by = post("manager")
    asked = permissions.why_not_answer_retention(by=by, review=review, status=RetentionStatus.MARKED, today=TODAY)
    assert code(asked) == said


def test_custody_is_changed_by_the_agency_that_wrote_it_or_the_lead_until_it_ends():
    for owner, lead, ended in product((HERE, ELSEWHERE), (7, 8, None), (None, TODAY)):
        custody = Custody(owner_id=owner, lead_no=lead, ended_on=ended)
        assert code(permissions.why_not_change_custody(by=post(), custody=custody)) == first(
            (ended is not None, "custody_ended"), (owner != HERE and lead != 7, "not_your_note")
        )


def test_what_is_wrong_with_a_plan_is_answered_once_by_whoever_leads():
    for lead, answered in product((7, 8, None), (None, TODAY)):
        concern = PlanConcern(lead_no=lead, answered_on=answered)
        said = permissions.why_not_answer_concern(by=post(), concern=concern)
        assert code(said) == first((answered is not None, "answered_already"), (lead != 7, "not_your_move"))
        if code(said) == "not_your_move":
            assert said.sentence == "This is done by the lead practitioner."
