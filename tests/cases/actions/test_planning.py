"""The plan, the team that carries it out, meetings, reviews and notes."""

import datetime

import pytest

from cases import queries
from cases.actions import keeping_safe as safe
from cases.actions import meeting, noting, planning, reviewing, team
from cases.models import (
    Action,
    ActionProgress,
    ChildSeen,
    ChildWords,
    Event,
    EventDetail,
    MeetingInvitation,
    MeetingPlace,
    Need,
    NoteDetail,
    Review,
    TeamMember,
)
from cases.queries.pages.caseload import cases_for
from cases.vocabulary import ActionStatus, Attendance, Change, FamilyPart, NoteKind, ReviewResult, Seen
from sharing_agreements.models import Person
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose
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
    """A plan Amira leads, with Ben of health in the team."""
    home = factory.plan_active(everybody)
    join(everybody, home, everybody.ben)
    return home


def join(everybody, home, post):
    with as_web(everybody.amira, EARLY_HELP):
        place = team.invite(
            case=home.case,
            practitioner=post.practitioner,
            agency=post.agency,
            part="Sleep",
            by=everybody.amira,
            now=factory.now(),
        )
    with as_web(post, EARLY_HELP):
        team.accept_place(place=TeamMember.objects.get(pk=place.pk), by=post, now=factory.now())
    return place


def action_for(everybody, home, post, **more):
    with as_web(everybody.amira, EARLY_HELP):
        return planning.add_action(
            case=home.case,
            title="Visit at bedtime",
            doer=post.practitioner,
            doer_agency=post.agency,
            due_on=cast.today(),
            by=everybody.amira,
            now=factory.now(),
            **{"measure": "They were asleep by nine", **more},
        )


def test_a_doer_of_another_agency_settles_their_action_and_nobody_does_so_twice(everybody, home):
    action = action_for(everybody, home, everybody.ben)
    with as_web(everybody.ben, EARLY_HELP):
        planning.complete_action(
            action=Action.objects.get(pk=action.pk), what="Visited", by=everybody.ben, now=factory.now()
        )
        assert ActionProgress.objects.get(action=action).owner_id == everybody.health.pk
    with as_web(everybody.amira, EARLY_HELP):
        assert Action.objects.get(pk=action.pk).status == ActionStatus.DONE
        with pytest.raises(Refused) as no:
            planning.cancel_action(action=action, reason="too late", by=everybody.amira, now=factory.now())
    assert no.value.refusal.code == "settled_already"


def test_a_team_member_may_not_settle_somebody_elses_action(everybody, home):
    action = action_for(everybody, home, everybody.amira)
    with as_web(everybody.ben, EARLY_HELP), pytest.raises(Refused):
        planning.complete_action(action=action, what="Done", by=everybody.ben, now=factory.now())


def test_a_school_that_signed_reads_the_plan_and_one_that_did_not_reads_only_what_is_sent_to_it(everybody, home):
    join(everybody, home, everybody.dev)
    with as_web(everybody.ben, EARLY_HELP):
        assert Need.objects.visible().filter(case=home.case).count() == 1
    with as_web(everybody.dev, EARLY_HELP):
        assert not Need.objects.visible().filter(case=home.case).exists()
        assert not Event.objects.visible().filter(family=home.family).exclude(owner=everybody.oak_green).exists()


def test_a_need_ends_with_an_outcome_or_a_reason(everybody, home):
    with as_web(everybody.amira, EARLY_HELP):
        need = Need.objects.get(case=home.case)
        with pytest.raises(Refused):
            planning.end_need(need=need, end_score=4, by=everybody.amira, now=factory.now())
        outcome = planning.add_outcome(need=need, title="On time", by=everybody.amira, now=factory.now())
        assert planning.reach_outcome(outcome=outcome, evidence="Register", by=everybody.amira, now=factory.now())
        assert planning.end_need(need=need, end_score=8, by=everybody.amira, now=factory.now())
        assert not planning.end_need(need=need, end_score=2, by=everybody.amira, now=factory.now())
    assert Need.objects.get(pk=need.pk).end_score == 8


def test_leaving_the_team_closes_the_family_at_once(everybody, home):
    with as_web(everybody.ben, EARLY_HELP):
        place = TeamMember.objects.get(case=home.case)
        assert cases_for(everybody.ben, today=cast.today())
        team.end_place(place=place, by=everybody.ben, now=factory.now())
        assert not Need.objects.filter(case=home.case).exists()
        assert not cases_for(everybody.ben, today=cast.today())


def test_a_sensitive_agencys_place_is_known_to_the_asker_and_to_it_alone(everybody, home):
    lantern = cast.agency("Lantern", "domestic_abuse", sensitive=True)
    lena = cast.post("Lena", lantern, "team_member")
    place = join(everybody, home, lena)
    for post, sees in [(everybody.amira, True), (lena, True), (everybody.ben, False), (everybody.esi, False)]:
        with as_web(post, EARLY_HELP):
            assert TeamMember.objects.filter(pk=place.pk).exists() is sees, post
    assert not Event.objects.filter(source_id=place.pk).exists()


def test_a_review_is_due_again_in_six_weeks_and_never_after_twelve(everybody, home):
    need = Need.objects.get(case=home.case)

    def review(**more):
        with as_web(everybody.amira, EARLY_HELP):
            return reviewing.record_review(
                case=home.case,
                children=home.children,
                held_on=cast.today(),
                result=ReviewResult.CONTINUE,
                summary="Better mornings",
                scores=[reviewing.NeedChange(need, Change.BETTER, 6)],
                by=everybody.amira,
                now=factory.now(),
                **more,
            )

    with pytest.raises(Refused) as no:
        review(next_review_on=cast.today() + datetime.timedelta(weeks=13))
    assert no.value.refusal.code == "review_too_far"
    made = review(family_view="We like the breakfast club")
    assert made.next_review_on == cast.today() + datetime.timedelta(weeks=6)
    with as_web(everybody.ben, EARLY_HELP):
        assert Review.objects.get(pk=made.pk).scores.get().change == Change.BETTER


def test_a_note_keeps_each_childs_words_apart_and_the_text_for_full_readers(everybody, home):
    one, other = home.children
    with as_web(everybody.amira, EARLY_HELP):
        note = noting.write_note(
            case=home.case,
            people=home.children,
            note_kind=NoteKind.HOME_VISIT,
            headline="Saw both children at home",
            text="The long story",
            happened_on=cast.today(),
            seen={one: Seen.ALONE, other: Seen.WITH_OTHERS},
            words={one: "I like it when mum sings", other: " "},
            by=everybody.amira,
            now=factory.now(),
        )
        assert ChildSeen.objects.filter(note=note).count() == 2
        assert [w.person_id for w in ChildWords.objects.filter(note=note)] == [one]
    with as_web(everybody.ben, EARLY_HELP):
        assert not NoteDetail.objects.filter(note=note).exists()
        assert Event.objects.filter(source_id=note.pk).count() == 2
        assert not EventDetail.objects.filter(event__source_id=note.pk).exists()


def test_a_meeting_brings_nobody_together_who_must_be_kept_apart(everybody, home):
    mother, father = (Person.objects.create().pk for _ in range(2))
    with as_web(everybody.hana, EARLY_HELP):
        from cases.actions import people

        for adult in (mother, father):
            people.add_member(
                family=home.family.pk, person=adult, part=FamilyPart.PARENT, by=everybody.hana, now=factory.now()
            )
        safe.keep_apart(
            person=mother,
            from_person=father,
            reason="court order",
            review_on=cast.today(),
            family=home.family.pk,
            by=everybody.hana,
            now=factory.now(),
        )

    def arrange(by, *family):
        with as_web(by, EARLY_HELP):
            return meeting.arrange_meeting(
                case=home.case,
                starts_at=factory.now(),
                practitioners=[(everybody.ben.practitioner, everybody.health)],
                people=family,
                venue="Quarry Hill Primary",
                by=by,
                now=factory.now(),
            )

    with pytest.raises(Refused) as no:
        arrange(everybody.esi, mother, father)
    assert no.value.refusal.code == "kept_apart"
    made = arrange(everybody.esi, mother)
    with as_web(everybody.ben, EARLY_HELP):
        assert MeetingInvitation.objects.filter(meeting=made, practitioner=everybody.ben.practitioner).exists()
        assert not MeetingPlace.objects.filter(meeting=made).exists()
    with as_web(everybody.esi, EARLY_HELP):
        mine = MeetingInvitation.objects.get(meeting=made, practitioner__isnull=True)
        assert meeting.record_meeting(
            meeting=made,
            held=True,
            attendance={mine.pk: Attendance.CAME},
            decided="Breakfast club",
            by=everybody.esi,
            now=factory.now(),
        )
    assert MeetingInvitation.objects.get(pk=mine.pk).attendance == Attendance.CAME


def test_nothing_is_sent_to_somebody_it_is_not_safe_to_tell_even_where_the_marker_cannot_be_read(everybody, home):
    child = home.children[0]
    with as_web(everybody.hana, EARLY_HELP):
        marker = safe.mark_not_safe_to_tell(
            person=child,
            reason="he reads the post",
            review_on=cast.today(),
            family=home.family.pk,
            by=everybody.hana,
            now=factory.now(),
        )
    with as_web(everybody.amira, EARLY_HELP):
        assert queries.not_safe_to_tell(home.children) == {child}
        with pytest.raises(Refused):
            safe.lift_not_safe_to_tell(marker=marker, reason="fine", by=everybody.amira, now=factory.now())
    with as_web(everybody.hana, EARLY_HELP):
        safe.lift_not_safe_to_tell(marker=marker, reason="he has left", by=everybody.hana, now=factory.now())
        assert queries.not_safe_to_tell(home.children) == set()
