"""An agency that drops away from the team: two missed meetings or six weeks of silence, by a clock that is moved."""

import datetime

import pytest
from django.db import connection

from cases.actions import watching
from cases.models import Answer, Event, Flag, Meeting, MeetingInvitation, TeamMember
from cases.queries.flags import open_flags
from cases.queries.pages.my_work import my_work
from cases.vocabulary import Attendance, EventSource, FlagRule
from sharing_agreements.actions import facts
from sharing_agreements.models import Agency, Post
from sharing_agreements.vocabulary import InvolvementReason, Kind, Purpose, Role
from tests.cases.stalled import AS_OF, Work, days_ago, noon, running_well
from tests.cast import Cast, assemble, post
from tests.conftest import as_web, as_worker

pytestmark = pytest.mark.django_db
ON_THE_LINE = datetime.date(2026, 10, 7)  # 30 working days before AS_OF
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def joined(one: Work, cast: Cast, who: Post, *, ago: int = 90) -> TeamMember:
    """Somebody in the team since so many days before AS_OF."""
    facts.involve(
        people=[one.child.pk],
        agency=who.agency_id,
        practitioner=who.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=days_ago(ago),
    )
    to = {"sent_to": who.agency, "sent_to_practitioner": who.practitioner}
    common = one.common(days_ago(ago)) | {"owner": cast.early_help, "author": cast.eddie.practitioner}
    place = TeamMember(**common, **to, case=one.case, practitioner=who.practitioner, agency=who.agency, part="sleep")
    place.save()
    said = one.common(days_ago(ago)) | {"owner": who.agency, "author": who.practitioner}
    Answer.objects.create(**said, kind=Kind.CASE, team_member=place, accepted=True)
    return place


def meeting(one: Work, ago: int, agency: Agency, *did: Attendance, held: bool | None = True) -> Meeting:
    """A meeting so many days before AS_OF, and what each one asked of an agency did."""
    common = one.common(days_ago(ago))
    made = Meeting.objects.create(**common, case=one.case, starts_at=noon(days_ago(ago)), reference="M", held=held)
    for what in did:
        MeetingInvitation.objects.create(**common, meeting=made, agency=agency, attendance=what)
    return made


def wrote(one: Work, who: Post, day: datetime.date, **more: object) -> Event:
    return one.entry(day, **{"owner": who.agency, "author": who.practitioner, **more})


def sweep(as_of: datetime.date = AS_OF) -> None:
    with as_worker(watching.JOB):
        watching.sweep(as_of=as_of, now=noon(as_of))


def away(one: Work) -> list[Flag]:
    return list(Flag.objects.filter(case=one.case, rule=FlagRule.AGENCY_AWAY, cleared_at=None))


@pytest.mark.parametrize(("day", "flagged"), [(ON_THE_LINE, False), (ON_THE_LINE - A_DAY, True)])
def test_an_agency_that_wrote_nothing_for_thirty_working_days_is_flagged_and_no_sooner(cast, day, flagged):
    one = running_well(cast)
    place = joined(one, cast, cast.ben)
    wrote(one, cast.ben, day)
    sweep()
    assert [flag.subject_id for flag in away(one)] == [place.pk] * flagged


def test_it_is_flagged_on_the_first_night_after_six_weeks_and_clears_on_the_night_after_it_wrote(cast):
    one = running_well(cast)
    joined(one, cast, cast.ben)
    wrote(one, cast.ben, ON_THE_LINE)
    nights = {}
    for night in range(4):
        as_of = AS_OF + night * A_DAY
        if night == 2:
            wrote(one, cast.ben, as_of)
        sweep(as_of)
        nights[night] = len(away(one))
    assert nights == {0: 0, 1: 1, 2: 0, 3: 0}


@pytest.mark.parametrize(
    ("before_last", "last", "flagged"),
    [
        (["not_there"], ["not_there"], True),
        (["apologies"], ["not_there"], True),
        (["not_there"], ["sent_report"], False),
        (["came"], ["not_there"], False),
        (["not_there"], ["came"], False),
        (["not_there"], ["not_there", "came"], False),
        (["not_there"], ["invited"], False),
        ([], ["not_there"], False),
    ],
)
def test_two_missed_meetings_flag_an_agency_that_writes(cast, before_last, last, flagged):
    one = running_well(cast)
    place = joined(one, cast, cast.ben)
    wrote(one, cast.ben, AS_OF)
    earlier, later = meeting(one, 60, cast.health, *before_last), meeting(one, 20, cast.health, *last)
    sweep()
    assert [flag.evidence for flag in away(one)] == [[place.pk, later.pk, earlier.pk]] * flagged


def test_meetings_before_it_joined_not_held_or_of_others_do_not_count(cast):
    one = running_well(cast)
    joined(one, cast, cast.ben, ago=50)
    wrote(one, cast.ben, AS_OF)
    meeting(one, 60, cast.health, "not_there")
    meeting(one, 30, cast.health, "not_there")
    meeting(one, 20, cast.health, "not_there", held=False)
    meeting(one, 10, cast.police, "not_there")
    sweep()
    assert away(one) == []


def test_being_at_a_meeting_or_reporting_to_it_is_being_heard_from(cast):
    for what in ("came", "sent_report"):
        one = running_well(cast)
        joined(one, cast, cast.ben)
        sweep()
        assert len(away(one)) == 1
        meeting(one, 5, cast.health, what)
        sweep()
        assert away(one) == []


@pytest.mark.parametrize(
    "line",
    [{"source": EventSource.REPORT}, {"source": EventSource.IMPORTED}, {"kind": 4}, {"hidden_from": [3]}],
)
def test_a_line_the_team_could_not_all_know_of_is_not_being_heard_from(cast, line):
    one = running_well(cast)
    joined(one, cast, cast.ben)
    wrote(one, cast.ben, AS_OF, **line)
    sweep()
    assert len(away(one)) == 1


def test_who_just_joined_left_or_never_answered_is_not_missed(cast):
    new, left, asked = running_well(cast), running_well(cast), running_well(cast)
    joined(new, cast, cast.ben, ago=20)
    TeamMember.objects.filter(pk=joined(left, cast, cast.ben).pk).update(ended_on=days_ago(3))
    Answer.objects.filter(team_member=joined(asked, cast, cast.ben)).delete()
    sweep()
    assert [away(one) for one in (new, left, asked)] == [[], [], []]


def test_two_of_one_agency_are_one_flag_and_either_may_speak_for_it(cast):
    one = running_well(cast)
    first = joined(one, cast, cast.ben)
    second = post("Bella", cast.health, Role.TEAM_MEMBER)
    joined(one, cast, second, ago=80)
    sweep()
    assert [flag.subject_id for flag in away(one)] == [first.pk]
    wrote(one, second, AS_OF)
    sweep()
    assert away(one) == []


def test_it_reaches_the_lead_and_that_agencys_manager_and_not_other_agencies(cast):
    one = running_well(cast)
    joined(one, cast, cast.ben)
    manager = post("Hattie", cast.health, Role.MANAGER)
    of_police = post("Paula", cast.police, Role.MANAGER)
    sweep()
    for who in (cast.eddie, manager):
        with as_web(who, Purpose.EARLY_HELP):
            groups = {group.rule: group.lines for group in open_flags(who, AS_OF).groups}
            assert [line.facts for line in groups[FlagRule.AGENCY_AWAY]] == [["Marlbeck Community Health, sleep"]], who
            work = my_work(who, now=noon(AS_OF), today=AS_OF, page="cases:show_family")
            said = " ".join(line.why for group in work for line in group.lines)
            assert "has missed two meetings" in said and "Marlbeck Community Health, sleep" in said, who
    for who in (of_police, cast.dev):
        with as_web(who, Purpose.EARLY_HELP):
            assert open_flags(who, AS_OF).groups == []


def test_a_sensitive_agency_is_judged_by_meetings_and_named_to_nobody_but_itself_and_who_invited_it(cast):
    cast.health.sensitive = True
    cast.health.save()
    cast.ben.agency.refresh_from_db()
    one = running_well(cast)
    joined(one, cast, cast.ben)
    manager = post("Hattie", cast.health, Role.MANAGER)
    sweep()
    assert away(one) == []
    for ago in (30, 10):
        meeting(one, ago, cast.health, "not_there")
    sweep()
    (flag,) = away(one)
    assert flag.kind == Kind.HEALTH
    for who, sees in [(cast.eddie, True), (manager, True), (cast.amira, False), (cast.cleo, False)]:
        with as_web(who, Purpose.EARLY_HELP):
            assert Flag.objects.visible().filter(pk=flag.pk).exists() == sees, who
    wrote(one, cast.ben, AS_OF)
    sweep()
    assert len(away(one)) == 1


def test_its_facts_are_those_the_verifier_computes(cast):
    one = running_well(cast)
    joined(one, cast, cast.ben)
    sweep()
    assert away(one)
    with connection.cursor() as cursor:
        cursor.execute("select table_name from gate.wrong_facts()")
        assert cursor.fetchall() == []
