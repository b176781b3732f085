"""What the hub follows up has somebody and a next step until it ends, and the reporter hears how it ended."""

import datetime

import pytest
from django.utils import timezone

from referrals.actions import following_up
from referrals.actions.following_up import Ending, Step
from referrals.models import Decision, Feedback, FollowUp, FollowUpStep
from referrals.vocabulary import ContactStatus, FollowUpEnd, Outcome, RungVerdict
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive
from tests.referrals.disagreeing import answer, decide, disagree

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def contact(everybody):
    made = arrive(everybody.cleo, everybody.hub)
    decide(made, everybody.hana, Outcome.HUB_FOLLOW_UP)
    return made


@pytest.fixture
def follow_up(contact):
    return FollowUp.objects.get()


def step(follow_up, by, version=None, whose=None, **more):
    said = {"did": "Rang mother.", "next_what": "Visit", "next_by": cast.today() + WEEK, "whose": whose or by, **more}
    with as_web(by, Purpose.TRIAGE):
        following_up.take_step(
            follow_up=follow_up, step=Step(**said), version=version or follow_up.version, by=by, now=timezone.now()
        )
    follow_up.refresh_from_db()


def end(follow_up, by, ending, agency=""):
    with as_web(by, Purpose.TRIAGE):
        following_up.end_follow_up(
            follow_up=follow_up,
            end=Ending(ending, "They manage.", agency),
            version=follow_up.version,
            by=by,
            now=timezone.now(),
        )
    follow_up.refresh_from_db()


def refused(do, *args, **more):
    with pytest.raises(Refused) as said:
        do(*args, **more)
    return said.value.refusal.code


def told(contact):
    return Feedback.objects.filter(report=contact.report).order_by("-recorded_at").first().outcome


def test_the_decision_gives_it_to_the_decider_with_its_next_step(everybody, follow_up):
    decision = Decision.objects.get()
    assert follow_up.whose == everybody.hana.practitioner
    assert (follow_up.next_what, follow_up.next_by) == (decision.next_what, decision.next_by)


@pytest.mark.parametrize("outcome", [Outcome.ADVICE, Outcome.SINGLE_AGENCY])
def test_other_outcomes_below_the_threshold_start_none(everybody, outcome):
    decide(arrive(everybody.cleo, everybody.hub), everybody.hana, outcome)
    assert not FollowUp.objects.exists()


def test_each_step_is_kept_and_hands_it_on(everybody, follow_up):
    step(follow_up, everybody.hana, whose=everybody.hugo)
    step(follow_up, everybody.hugo, next_what="Ring the school")
    assert (follow_up.whose, follow_up.next_what) == (everybody.hugo.practitioner, "Ring the school")
    assert list(FollowUpStep.objects.values_list("did", "next_what")) == [
        ("Rang mother.", "Visit"),
        ("Rang mother.", "Ring the school"),
    ]


def test_two_at_once_and_people_of_other_agencies_are_refused(everybody, follow_up):
    before = follow_up.version
    step(follow_up, everybody.hana)
    assert refused(step, follow_up, everybody.hugo, version=before) == "follow_up_changed"
    assert refused(step, follow_up, everybody.hana, whose=everybody.eddie) == "not_on_this_queue"
    assert refused(step, follow_up, everybody.esi) == "not_found"
    assert refused(step, follow_up, everybody.hana, next_what=" ") == "step_not_whole"


def test_ready_ends_it_and_the_reporter_hears(everybody, contact, follow_up):
    end(follow_up, everybody.hana, FollowUpEnd.READY)
    assert (follow_up.ending, told(contact)) == ("ready", "followed_up")
    assert refused(step, follow_up, everybody.hana) == "follow_up_ended"


def test_one_agency_goes_on_by_name_at_the_hub_and_without_it_for_the_reporter(everybody, contact, follow_up):
    assert refused(end, follow_up, everybody.hana, FollowUpEnd.ONE_AGENCY) == "ending_not_whole"
    end(follow_up, everybody.hana, FollowUpEnd.ONE_AGENCY, "Kite, Kay")
    assert (follow_up.agency, told(contact)) == ("Kite, Kay", "one_agency")
    assert "Kite" not in Feedback.objects.get(outcome="one_agency").text


def test_what_needs_more_is_decided_again_and_may_be_followed_up_anew(everybody, contact, follow_up):
    end(follow_up, everybody.hana, FollowUpEnd.MORE)
    contact.refresh_from_db()
    assert (contact.status, told(contact)) == (ContactStatus.SCREENING, "hub_follow_up")
    decide(contact, everybody.hana, Outcome.HUB_FOLLOW_UP)
    assert FollowUp.objects.filter(ended_at=None).count() == 1


def test_a_decision_taken_back_after_a_disagreement_leaves_no_follow_up_behind(everybody, contact, follow_up):
    answer(disagree(contact, everybody.cleo), everybody.hana, RungVerdict.AGAIN)
    follow_up.refresh_from_db()
    assert follow_up.ending == "more"
