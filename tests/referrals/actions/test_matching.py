"""People already known: offered by the job, opened by a person, restricted ones told to named people only."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from cases.models import Watch
from cases.vocabulary import CaseState
from referrals.actions import matching
from referrals.models import Contact, Match, RestrictedMatch
from referrals.queries.contacts import around, readable_matches
from referrals.queries.facts import facts_of
from referrals.queries.marks import watched_since
from referrals.vocabulary import MatchBand, MatchState, Urgency
from referrals.web import cards
from sharing_agreements.actions import facts
from sharing_agreements.models import PersonUserObjectPermission
from sharing_agreements.part_known import say
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Precision, Purpose, Role, Stage
from tests import cast
from tests.cases.stalled import work
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
HOME = {"home_line": "12 Mill Lane", "home_postcode": "ML1 2AB"}


def months_ago() -> datetime.datetime:
    """Longer ago than a likeness counts."""
    return timezone.now() - datetime.timedelta(days=100)


def history_of(contact, post):
    with as_web(post, Purpose.TRIAGE):
        found = around([contact], post=post, today=cast.today())
        return [one.contact.pk for one in found.earlier.get(contact.pk, [])]


def settle(match, post, verb=matching.confirm_match):
    with as_web(post, Purpose.TRIAGE):
        verb(match=match, by=post, now=timezone.now())


def test_history_opens_only_when_a_person_confirms(everybody):
    before = arrive(everybody.cleo, everybody.hub, at=months_ago())
    now = arrive(everybody.amira, everybody.hub)
    match = Match.objects.get(contact=now)
    assert match.band == MatchBand.SURE and match.state == MatchState.OPEN
    assert history_of(now, everybody.hana) == []
    settle(match, everybody.hana)
    assert history_of(now, everybody.hana) == [before.pk]
    settle(Match.objects.get(pk=match.pk), everybody.hugo, matching.undo_match)
    assert history_of(now, everybody.hana) == []
    assert Match.objects.get(pk=match.pk).state == MatchState.OPEN


def test_not_the_same_is_remembered_and_nobody_settles_twice(everybody):
    arrive(everybody.cleo, everybody.hub, at=months_ago())
    now = arrive(everybody.amira, everybody.hub)
    match = Match.objects.get(contact=now)
    settle(match, everybody.hana, matching.reject_match)
    with pytest.raises(Refused, match="match_settled"):
        settle(Match.objects.get(pk=match.pk), everybody.hugo)
    with as_worker("match_report"):
        matching.match_report(contact=now.pk, now=timezone.now())
    assert [one.state for one in Match.objects.filter(contact=now)] == [MatchState.REJECTED]
    assert history_of(now, everybody.hana) == []


def test_a_reporter_cannot_see_or_settle_a_match(everybody):
    arrive(everybody.cleo, everybody.hub, at=months_ago())
    arrive(everybody.amira, everybody.hub)
    with as_web(everybody.cleo, Purpose.REPORTING):
        assert not Match.objects.exists()


def test_a_candidate_whose_account_the_hub_may_not_read_is_not_shown(everybody):
    arrive(everybody.dev, everybody.hub, child("Ann Lee"), at=months_ago())
    now = arrive(everybody.cleo, everybody.hub, child("Ann Lee"))
    match = Match.objects.get(contact=now)
    type(match.identity).objects.filter(pk=match.identity_id).update(sent_to=None, sent_to_no=None)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert not readable_matches().exists()


@pytest.fixture
def restricted(everybody):
    """A restricted child whose records Hugo alone is named for, a hub manager, and a new report of that child."""
    mona = cast.post("Mona", everybody.hub, Role.MANAGER)
    known = arrive(everybody.cleo, everybody.hub, at=months_ago()).report.children.get().person
    facts.restrict(person=known.pk, why="A test.")
    named = Permission.objects.get(codename="see_restricted")
    PersonUserObjectPermission.objects.create(user=everybody.hugo.practitioner, permission=named, content_object=known)
    facts.restrict(person=known.pk, why="Again, so that the list counts.")
    return mona, arrive(everybody.amira, everybody.hub)


def test_a_restricted_hit_is_closed_to_others_and_told_to_named_people_and_managers(everybody, restricted):
    mona, contact = restricted

    def told(post):
        with as_web(post, Purpose.TRIAGE):
            return list(RestrictedMatch.objects.values_list("recipient__name", flat=True)), Match.objects.count()

    assert told(everybody.hana) == ([], 0)
    assert told(everybody.hugo) == (["Hugo"], 1)
    names, matches = told(mona)
    assert sorted(names) == ["Hugo", "Mona"] and matches == 0
    contact.refresh_from_db()
    assert contact.looked_at
    assert history_of(contact, everybody.hana) == []


def test_a_report_on_a_family_kept_in_touch_with_is_provisionally_red(everybody):
    known = arrive(everybody.cleo, everybody.hub, at=months_ago()).report.children.get().person
    facts.set_stage(people=[known.pk], stage=Stage.IN_TOUCH)
    now = arrive(everybody.amira, everybody.hub)
    assert now.provisional and now.watched_since == cast.today()
    assert now.due_at <= timezone.now() + datetime.timedelta(hours=4)


@pytest.mark.parametrize(
    ("lasts", "began", "week"),
    [(182, 0, 1), (182, 6, 1), (182, 7, 2), (182, 57, 9), (30, 29, 5), (30, 30, 5), (30, 40, 6)],
)
def test_the_week_is_counted_from_the_first_day_of_the_watch_however_long_it_lasts(everybody, lasts, began, week):
    first = cast.today() - began * DAY
    one = work(everybody, state=CaseState.STEPPED_DOWN)
    one.in_touch(due=cast.today())
    Watch.objects.update(starts_on=first, ends_on=first + lasts * DAY)
    facts.set_stage(people=[one.child.pk], stage=Stage.IN_TOUCH)
    contact = arrive(everybody.cleo, everybody.hub)
    child = contact.report.children.get()
    facts.link_person(duplicate=child.person_id, kept=one.child.pk)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert watched_since([child.main_person]) == first
    again = arrive(everybody.cleo, everybody.hub)
    assert again.watched_since == first and again.provisional
    assert cards.watched(again) == f"Being kept in touch with since {said(first)}, reported in week {week}"
    later = Contact(watched_since=first, received_at=again.received_at - (began + 1) * DAY)
    assert cards.watched(later) == f"Being kept in touch with since {said(first)}", "reported before it began"


def test_a_watch_that_ended_begins_nothing(everybody):
    one = work(everybody, state=CaseState.STEPPED_DOWN)
    one.in_touch(due=cast.today())
    Watch.objects.update(ended_on=cast.today(), ended_answer="better")
    facts.set_stage(people=[one.child.pk], stage=Stage.IN_TOUCH)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert watched_since([one.child.pk]) == cast.today(), "the day of the stage, for want of a watch"
        assert cards.watched(Contact(watched_since=None)) == ""
    facts.set_stage(people=[one.child.pk], stage=Stage.CLOSED)
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert watched_since([one.child.pk]) is None


def test_since_when_is_told_to_nobody_whom_the_marks_are_not(everybody):
    one = work(everybody, state=CaseState.STEPPED_DOWN)
    one.in_touch(due=cast.today())
    facts.set_stage(people=[one.child.pk], stage=Stage.IN_TOUCH)
    for post, purpose in ((everybody.cleo, Purpose.REPORTING), (everybody.amira, Purpose.KEEPING_IN_TOUCH)):
        with as_web(post, purpose):
            assert watched_since([one.child.pk]) is None
    facts.restrict(person=one.child.pk, why="A worker's child.")
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert watched_since([one.child.pk]) is None


def said(day):
    return say(day, Precision.DAY)


def test_only_a_possible_match_waits_for_a_person_before_it_is_provisionally_red(everybody):
    known = arrive(everybody.cleo, everybody.hub, child("Jon Smith"), at=months_ago()).report.children.get().person
    facts.set_stage(people=[known.pk], stage=Stage.IN_TOUCH)
    now = arrive(everybody.amira, everybody.hub)
    assert not now.provisional
    settle(Match.objects.get(contact=now), everybody.hana)
    now.refresh_from_db()
    assert now.provisional and now.grade != Urgency.RED


def test_at_an_address_only_the_time_these_people_lived_there_is_shown(everybody):
    long_ago = timezone.now() - datetime.timedelta(days=300)
    arrive(everybody.cleo, everybody.hub, child("Una Vane"), at=long_ago, **HOME)
    ours = arrive(everybody.cleo, everybody.hub, child(), at=months_ago(), **HOME)
    inside = arrive(
        everybody.cleo, everybody.hub, child("Wes Vane"), at=months_ago() + datetime.timedelta(days=9), **HOME
    )
    now = arrive(everybody.amira, everybody.hub)
    settle(Match.objects.get(contact=now, person__in=now.about), everybody.hana)
    with as_web(everybody.hana, Purpose.TRIAGE):
        page = facts_of(Contact.objects.get(pk=now.pk), post=everybody.hana, today=cast.today())
    assert [one.contact.pk for one in page.earlier] == [ours.pk]
    (place,) = page.at_addresses
    assert [one.contact.pk for one in place.shown] == [inside.pk]
    assert place.others
