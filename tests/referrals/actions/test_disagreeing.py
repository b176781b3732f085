"""A disagreement goes from rung to rung, by an answer nobody accepts or by nobody answering, and every rung is kept."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from referrals.actions import disagreeing
from referrals.actions.disagreeing import Against
from referrals.models import Contact, Decision, Disagreement, DisagreementRung, RungAnswer
from referrals.queries import disagreements as queries
from referrals.vocabulary import ContactStatus, Outcome, Rung, RungBegan, RungVerdict
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive
from tests.referrals.disagreeing import answer, climb, decide, disagree, further, receive, say

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def mona(everybody):
    return cast.post("Mona", everybody.hub, Role.MANAGER)


@pytest.fixture
def contact(everybody):
    made = arrive(everybody.cleo, everybody.hub)
    decide(made, everybody.hana)
    return made


def refused(do, *args, **more):
    with pytest.raises(Refused) as said:
        do(*args, **more)
    return said.value.refusal.code


def test_what_a_reporter_says_stands_before_the_decider_for_24_hours_by_the_clock(everybody, contact):
    at = timezone.now()
    rung = disagree(contact, everybody.cleo, at=at)
    assert (rung.rung, rung.began, rung.due_at) == (Rung.DECIDER, RungBegan.RAISED, at + 24 * HOUR)
    assert rung.decision == contact.decisions.get()
    assert rung.words == "Nobody saw the bruises."


def test_what_nobody_answers_goes_to_the_manager_then_on_to_the_partnership_with_its_whole_time_each(
    everybody, contact
):
    at = timezone.now()
    disagree(contact, everybody.cleo, at=at)
    assert climb(at + 23 * HOUR) == 0
    for number, rung in enumerate([Rung.MANAGER, Rung.SENIOR, Rung.PARTNERSHIP], start=1):
        late = at + number * 25 * HOUR
        assert (climb(late), climb(late)) == (1, 0)
        made = DisagreementRung.objects.order_by("-rung").first()
        assert (made.rung, made.began, made.due_at, made.said) == (rung, RungBegan.OVERDUE, late + 24 * HOUR, None)
    assert climb(at + 1000 * HOUR) == 0
    assert DisagreementRung.objects.count() == 4


def test_an_answer_nobody_accepts_is_taken_further_and_every_answer_is_kept(everybody, contact, mona):
    first = disagree(contact, everybody.cleo)
    assert refused(further, first, everybody.cleo) == "not_answered_yet"
    answer(first, everybody.hana)
    second = further(first, everybody.cleo)
    assert (second.rung, second.began) == (Rung.MANAGER, RungBegan.NOT_ACCEPTED)
    assert refused(further, first, everybody.cleo) == "disagreement_went_on"
    answer(second, mona)
    third = further(second, everybody.cleo)
    assert refused(answer, third, mona) == "answer_not_whole"
    answer(third, mona, who="Heads of both services, by phone")
    last = further(third, everybody.cleo)
    answer(last, mona, who="Independent scrutineer")
    assert refused(further, last, everybody.cleo) == "last_rung"
    assert list(RungAnswer.objects.order_by("answered_at").values_list("rung__rung", flat=True)) == [1, 2, 3, 4]


def test_to_decide_again_takes_the_decision_back_and_puts_the_contact_in_the_queue(everybody, contact, mona):
    rung = disagree(contact, everybody.cleo)
    answer(rung, everybody.hana, RungVerdict.AGAIN)
    contact.refresh_from_db()
    assert contact.status == ContactStatus.SCREENING
    assert Decision.objects.get().returned
    assert contact.due_at > timezone.now()
    assert refused(further, rung, everybody.cleo) == "decides_again"
    decide(contact, everybody.hana, Outcome.EARLY_HELP)
    again = disagree(contact, everybody.cleo)
    assert again.disagreement != rung.disagreement
    assert refused(answer, again, everybody.hana, RungVerdict.AGAIN) == "help_has_begun"
    answer(again, everybody.hana, RungVerdict.OTHERWISE)


def test_only_the_decider_answers_first_only_a_manager_above_and_a_rung_once(everybody, contact, mona):
    rung = disagree(contact, everybody.cleo)
    for nobody in (everybody.hugo, mona):
        assert refused(answer, rung, nobody) == "somebody_else_answers"
    assert refused(answer, rung, everybody.esi) == "not_found"
    answer(rung, everybody.hana)
    assert refused(answer, rung, everybody.hana) == "rung_is_done"
    second = further(rung, everybody.cleo)
    assert refused(answer, second, everybody.hana) == "somebody_else_answers"


def test_a_colleague_at_the_hub_disagrees_and_nobody_with_themselves(everybody, contact, mona):
    assert refused(disagree, contact, everybody.hana) == "your_own_decision"
    rung = disagree(contact, mona, may_harm=False)
    assert refused(disagree, contact, everybody.hugo) == "disagreed_already"
    answer(rung, everybody.hana)
    above = further(rung, mona)
    assert refused(answer, above, mona) == "somebody_else_answers"


def test_nobody_disagrees_before_the_hub_has_decided_nor_from_another_agency(everybody, contact):
    fresh = arrive(everybody.cleo, everybody.hub)
    assert refused(disagree, fresh, everybody.cleo) == "nothing_decided"
    assert refused(disagree, fresh, everybody.hugo) == "nothing_decided"
    assert refused(disagree, contact, everybody.amira) == "not_found"


def test_the_job_done_twice_makes_one_rung(everybody, contact):
    rung = disagree(contact, everybody.cleo)
    assert receive(Disagreement.objects.get()) == rung
    assert DisagreementRung.objects.count() == 1


def test_what_is_said_twice_before_the_job_runs_climbs_one_rung(everybody, contact, mona):
    first = disagree(contact, everybody.cleo)
    answer(first, everybody.hana)
    with as_web(everybody.cleo, Purpose.REPORTING):
        both = [
            disagreeing.take_further(
                rung=first, against=Against(words, may_harm=True), by=everybody.cleo, now=timezone.now()
            )
            for words in ("That is not what I saw.", "Nor what the doctor saw.")
        ]
    assert [one and one.rung for one in map(receive, both)] == [Rung.MANAGER, None]
    assert list(DisagreementRung.objects.order_by("rung").values_list("rung", flat=True)) == [1, 2]


def test_a_rung_is_seen_by_who_sees_the_decision_and_by_who_disagrees(everybody, contact):
    cast.agreement(
        everybody.hub,
        everybody.early_help,
        purposes=[Purpose.EARLY_HELP],
        clauses=[
            {
                "provider_type": "hub",
                "recipient_type": "early_help",
                "recipient_roles": [Role.MANAGER],
                "kind": Kind.DECISION,
                "level": Level.FULL,
                "needs_involvement": False,
            }
        ],
    )
    rung = disagree(contact, everybody.cleo)
    answer(rung, everybody.hana)

    def seen(post, purpose=Purpose.EARLY_HELP):
        with as_web(post, purpose):
            return (Decision.objects.count(), DisagreementRung.objects.count(), RungAnswer.objects.count())

    assert seen(everybody.esi) == (1, 1, 1)
    assert seen(everybody.hugo, Purpose.TRIAGE) == (1, 1, 1)
    assert seen(everybody.cleo, Purpose.REPORTING) == (0, 1, 1)
    for nobody in (everybody.cyrus, everybody.dev, everybody.eddie):
        assert seen(nobody) == (0, 0, 0)


def test_no_login_writes_a_rung_by_hand_or_changes_an_answer(everybody, contact):
    rung = disagree(contact, everybody.cleo)
    answer(rung, everybody.hana)
    with connection.cursor() as cursor:
        for table, right in [("disagreementrung", "insert"), ("disagreementrung", "update"), ("runganswer", "update")]:
            cursor.execute("select has_any_column_privilege('eh_web', %s, %s)", [f"referrals_{table}", right])
            assert cursor.fetchone()[0] is False, (table, right)
    assert Contact.objects.count() == 1


def two_say(everybody, contact, mona):
    """The reporter and a manager of the hub both disagree before the job runs: (ladder, what stands beside it)."""
    first, second = say(contact, everybody.cleo, "She was bruised."), say(contact, mona, "Three reports in a month.")
    return receive(first), receive(second)


def test_two_who_disagree_with_one_decision_stand_on_one_ladder_with_their_own_words(everybody, contact, mona):
    ladder, beside = two_say(everybody, contact, mona)
    assert (beside.rung, beside.joins, beside.due_at) == (ladder.rung, ladder, ladder.due_at)
    assert (ladder.words, beside.words) == ("She was bruised.", "Three reports in a month.")
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert list(queries.waiting_at(everybody.hana)) == [ladder] == queries.waiting_for(everybody.hana)
    answer(ladder, everybody.hana)
    for post, own in ((everybody.cleo, ladder), (mona, beside)):
        with as_web(post, Purpose.REPORTING):
            assert RungAnswer.objects.get(rung=own).words == "A doctor looked."
    assert climb(timezone.now() + 100 * HOUR) == 0


def test_what_time_takes_on_takes_everybody_on_once(everybody, contact, mona):
    two_say(everybody, contact, mona)
    assert climb(timezone.now() + 25 * HOUR) == 1
    above = DisagreementRung.objects.filter(rung=Rung.MANAGER)
    assert [one.joins is None for one in above.order_by("joins")].count(True) == 1 and above.count() == 2
    assert climb(timezone.now() + 26 * HOUR) == 0


@pytest.mark.parametrize("who", ["cleo", "mona"])
def test_either_takes_the_ladder_further_and_the_other_goes_with_it(everybody, contact, mona, who):
    other_manager = cast.post("Moses", everybody.hub, Role.MANAGER)
    ladder, beside = two_say(everybody, contact, mona)
    answer(ladder, everybody.hana)
    by, own, other = (everybody.cleo, ladder, beside) if who == "cleo" else (mona, beside, ladder)
    second = further(own, by)
    assert second.joins is None and second.rung == Rung.MANAGER
    assert [one.disagreement for one in second.joined.all()] == [other.disagreement]
    post = mona if who == "cleo" else everybody.cleo
    assert refused(further, other, post) == "disagreement_went_on"
    assert refused(answer, second, mona) == "somebody_else_answers"
    answer(second, other_manager)
    assert RungAnswer.objects.filter(rung__rung=Rung.MANAGER).count() == 2


def test_who_disagrees_after_the_answer_reads_it_and_may_go_further(everybody, contact, mona):
    first = say(contact, everybody.cleo, "She was bruised.")
    second = say(contact, mona, "Three reports in a month.")
    answer(receive(first), everybody.hana)
    beside = receive(second)
    assert beside.answer.words == "A doctor looked." and beside.answer.author == everybody.hana.practitioner
    assert further(beside, mona).rung == Rung.MANAGER


def test_deciding_again_is_said_to_everybody_and_a_new_decision_has_a_new_ladder(everybody, contact, mona):
    ladder, beside = two_say(everybody, contact, mona)
    answer(ladder, everybody.hana, RungVerdict.AGAIN)
    assert refused(further, beside, mona) == "decides_again"
    decide(contact, everybody.hana)
    again = disagree(contact, everybody.cleo)
    assert again.joins is None and again.decision != ladder.decision


def test_what_stands_beside_a_ladder_is_not_answered_by_itself(everybody, contact, mona):
    _ladder, beside = two_say(everybody, contact, mona)
    assert refused(answer, beside, everybody.hana) == "not_found"
