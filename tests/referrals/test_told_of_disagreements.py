"""Whoever is to answer a disagreement with a decision is told, which is for whom a page lists it."""

import datetime

import pytest
from django.utils import timezone

from referrals.models import Decision, DisagreementRung
from referrals.queries.disagreements import waiting_for
from sharing_agreements.models import Conflict, Post
from sharing_agreements.rules.mail import Waiting
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive
from tests.referrals.disagreeing import answer, climb, decide, disagree, further, receive, say
from tests.telling import waiting

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def everybody():
    return cast.assemble()


def told(hub: list[Post]) -> dict[str, Waiting]:
    """Of these, for whom something waits."""
    return {name: one for name, one in waiting().items() if name in {post.practitioner.name for post in hub}}


@pytest.fixture
def hub(everybody):
    """Everybody who could be told at the hub: Hana decides; Hugo may disagree beside the reporter; two manage."""
    managers = [cast.post(name, everybody.hub, Role.MANAGER) for name in ("Mona", "Mike")]
    elsewhere = cast.post("Max", everybody.police, Role.MANAGER)
    return [everybody.hana, everybody.hugo, *managers, elsewhere]


@pytest.fixture
def contact(everybody):
    made = arrive(everybody.cleo, everybody.hub)
    decide(made, everybody.hana)
    return made


def listed(post: Post) -> bool:
    """Whether a page lists a disagreement for this post to answer."""
    with as_web(post, Purpose.TRIAGE):
        return bool(waiting_for(post))


def is_told_as_listed(hub: list[Post], *names: str) -> None:
    """These and nobody else are told, which is whom a page lists it for."""
    assert set(told(hub)) == {post.practitioner.name for post in hub if listed(post)} == set(names)


def test_a_disagreement_is_told_to_whom_it_is_listed_for_rung_by_rung(everybody, hub, contact):
    is_told_as_listed(hub)
    rung = disagree(contact, everybody.cleo)
    is_told_as_listed(hub, "Hana")
    answer(rung, everybody.hana)
    is_told_as_listed(hub)
    above = further(rung, everybody.cleo)
    is_told_as_listed(hub, "Mike", "Mona")
    assert told(hub)["Mona"] == Waiting(above.began_at, above.began_at)


def test_what_climbs_by_time_leaves_the_decider(everybody, hub, contact):
    climb(disagree(contact, everybody.cleo).due_at + HOUR)
    is_told_as_listed(hub, "Mike", "Mona")


@pytest.mark.parametrize("first", ["reporter", "manager"])
def test_who_disagrees_or_stands_beside_is_not_told_of_it(everybody, hub, contact, first):
    mona = hub[2]
    both = [everybody.cleo, mona] if first == "reporter" else [mona, everybody.cleo]
    rungs = [receive(said) for said in [say(contact, one) for one in both]]
    assert [rung.joins_id for rung in rungs] == [None, rungs[0].pk]
    is_told_as_listed(hub, "Hana")
    climb(rungs[0].due_at + HOUR)
    assert DisagreementRung.objects.filter(rung=2).count() == 2
    is_told_as_listed(hub, "Mike")


@pytest.mark.parametrize("may_harm", [(False, False), (True, False), (False, True)])
def test_it_is_urgent_where_whoever_disagrees_says_that_a_child_may_come_to_harm(everybody, hub, contact, may_harm):
    both = zip((everybody.cleo, everybody.hugo), may_harm, strict=True)
    rung, _beside = [receive(said) for said in [say(contact, one, may_harm=harm) for one, harm in both]]
    assert told(hub)["Hana"] == Waiting(rung.began_at, rung.began_at if any(may_harm) else None)


def test_the_newest_is_told_and_each_is_as_urgent_as_what_was_said_of_it(everybody, hub, contact):
    long_ago = timezone.now() - 9 * HOUR
    first = disagree(contact, everybody.cleo, may_harm=False)
    DisagreementRung.objects.filter(pk=first.pk).update(began_at=long_ago)
    other = arrive(everybody.cleo, everybody.hub)
    decide(other, everybody.hana)
    newest = disagree(other, everybody.cleo, may_harm=False)
    assert told(hub)["Hana"] == Waiting(newest.began_at, None)
    DisagreementRung.objects.filter(pk=first.pk).update(may_harm=True)
    assert told(hub)["Hana"] == Waiting(newest.began_at, long_ago)
    DisagreementRung.objects.filter(pk=newest.pk).update(may_harm=True)
    assert told(hub)["Hana"] == Waiting(newest.began_at, newest.began_at)


def test_harm_that_somebody_speaks_of_is_of_their_own_ladder(everybody, hub, contact):
    said = [say(contact, one, may_harm=harm) for one, harm in ((everybody.cleo, False), (everybody.hugo, True))]
    ladder, beside = [receive(one) for one in said]
    other = arrive(everybody.cleo, everybody.hub)
    hilda = cast.post("Hilda", everybody.hub, Role.DECISION_MAKER)
    decide(other, hilda)
    calm = disagree(other, everybody.cleo, may_harm=False)
    assert beside.joins == ladder
    assert waiting()["Hilda"] == Waiting(calm.began_at, None)


def test_each_ladder_stands_for_itself(everybody, hub, contact):
    """Mona is beside on one that climbs; another climbs of itself, a third has just begun."""
    other, third = (arrive(everybody.cleo, everybody.hub) for _ in range(2))
    for one in (other, third):
        decide(one, everybody.hana)
    mona = hub[2]
    ladder, _beside = [receive(said) for said in [say(contact, one) for one in (everybody.cleo, mona)]]
    climb(ladder.due_at + HOUR)
    is_told_as_listed(hub, "Mike")
    disagree(third, everybody.cleo)
    is_told_as_listed(hub, "Mike", "Hana")
    late = disagree(other, everybody.cleo, at=ladder.began_at - 100 * HOUR)
    climb(late.due_at + HOUR)
    is_told_as_listed(hub, "Mike", "Mona", "Hana")


def test_a_conflict_of_others_or_with_others_keeps_no_disagreement_from_anybody(everybody, hub, contact):
    rung = disagree(contact, everybody.cleo)
    hana, hugo, *_ = hub
    Conflict.objects.create(practitioner=hugo.practitioner, person_id=rung.person_id, declared_at=timezone.now())
    Conflict.objects.create(practitioner=hana.practitioner, person=cast.person(), declared_at=timezone.now())
    is_told_as_listed(hub, "Hana")


def test_of_a_disagreement_closed_to_somebody_they_are_told_nothing(everybody, hub, contact):
    rung = disagree(contact, everybody.cleo)
    DisagreementRung.objects.filter(pk=rung.pk).update(restricted=1, allowed=[])
    assert told(hub) == {}
    DisagreementRung.objects.filter(pk=rung.pk).update(allowed=[everybody.hana.practitioner.no])
    assert set(told(hub)) == {"Hana"}
    child = Decision.objects.get(pk=rung.decision_id).person
    Conflict.objects.create(practitioner=everybody.hana.practitioner, person=child, declared_at=timezone.now())
    assert told(hub) == {}
