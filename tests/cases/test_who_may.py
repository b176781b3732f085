"""Who may do what in a case: hands by states by what was said before, as ordered tables over plain rows.

Who reads the rows is row security's, and proved elsewhere: here maintenance reads them all.
"""

import datetime
from itertools import product
from types import SimpleNamespace
from uuid import uuid4

import pytest

from cases import permissions
from cases.models import (
    Action,
    Answer,
    Case,
    ChildInCase,
    Cover,
    Flag,
    LeadAssignment,
    Meeting,
    MeetingInvitation,
    Need,
    NotSafeToTell,
    SafeContact,
    SignOff,
    StepUp,
    StepUpAnswer,
    TeamMember,
)
from cases.vocabulary import CaseState, MeetingPart, StepUpResult
from sharing_agreements.models import Family, Person
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.refusing import code, first

pytestmark = pytest.mark.django_db

NOW = cast.SIGNED_AT
TODAY = NOW.date()
A_DAY, A_SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)
WORKING = {"offered", "waiting", "assessing", "plan_active", "stepped_down"}
ENDED = set(CaseState) - WORKING

ROLES = {
    "lead": Role.LEAD_PRACTITIONER,
    "cover": Role.TEAM_MEMBER,
    "team": Role.TEAM_MEMBER,
    "coordinator": Role.COORDINATOR,
    "manager": Role.MANAGER,
    "hub": Role.NAVIGATOR,
    "asked": Role.LEAD_PRACTITIONER,
    "stranger": Role.LEAD_PRACTITIONER,
}
ARRANGE = {"lead", "cover", "coordinator", "manager"}
WORK = ARRANGE | {"team", "asked", "hub"}
OFFER = {"coordinator", "manager", "hub"}


@pytest.fixture
def team():
    """A post for each hand, at one service; and the rows everything hangs on."""
    service = cast.agency("Marlbeck Early Help", AgencyType.EARLY_HELP)
    posts = {name: cast.post(name.title(), service, role) for name, role in ROLES.items()}
    own = {"owner": service, "author": posts["manager"].practitioner, "happened_on": cast.today()}
    case = Case.objects.create(**own, reference="EH-1", why="Mornings are hard")
    return SimpleNamespace(service=service, posts=posts, own=own, case=case)


def put(team, *states: str, led: bool = True) -> list[ChildInCase]:
    """Children in the case, in these states; the lead, cover, team and the one asked to lead work with each."""
    case, posts = team.case, team.posts
    ChildInCase.objects.filter(case=case).delete()
    for state in states:
        ChildInCase.objects.create(**team.own, case=case, person=Person.objects.create(), state=state, since=NOW)
    no = {name: post.practitioner.no for name, post in posts.items()}
    facts = {"facts_until": cast.today(), "lead_no": no["lead"] if led else None}
    facts["workers"] = [no[name] for name in ("lead", "cover", "team", "asked")]
    ChildInCase.objects.filter(case=case).update(**facts)
    Case.objects.filter(pk=case.pk).update(**facts)
    if not Cover.objects.exists():
        person = {"practitioner": posts["cover"].practitioner, "agency": team.service}
        Cover.objects.create(**team.own, case=case, **person, starts_on=TODAY, ends_on=TODAY, reason="Ill")
        asked = posts["asked"].practitioner
        LeadAssignment.objects.create(**team.own, case=case, practitioner=asked, agency=team.service, why="first")
    return list(ChildInCase.objects.filter(case=case))


def answer(team, accepted: bool = True, at=NOW, **question) -> None:
    Answer.objects.create(**team.own, kind=15, accepted=accepted, reason="Said so", **question)
    Answer.objects.filter(**question).update(recorded_at=at)


def test_who_works_and_who_arranges(team):
    for states in (("plan_active",), ("closed", "waiting"), ("closed",), ()):
        put(team, *states)
        open_ = bool(WORKING & set(states))
        for name, by in team.posts.items():
            asked = {"by": by, "case": team.case, "today": NOW}
            assert code(permissions.why_not_work_on(**asked)) == first(
                (not open_, "not_open"), (name not in WORK, "not_working_with_them")
            ), name
            assert code(permissions.why_not_lead_work(**asked)) == first(
                (not open_, "not_open"), (name not in ARRANGE, "not_your_move")
            ), name


def test_one_child_one_works_with_is_enough(team):
    theirs, _ = put(team, "plan_active", "plan_active")
    ChildInCase.objects.exclude(pk=theirs.pk).update(workers=[], lead_no=None)
    assert permissions.why_not_work_on(by=team.posts["team"], case=team.case, today=NOW) is None


def test_who_opens_a_case(team):
    for role, children, reason in product(Role, ((), (1,)), ("", " ", "Asked for help")):
        by = team.posts["team"]
        by.role = role
        assert code(permissions.why_not_open(by=by, children=children, reason=reason)) == first(
            (role not in {"decision_maker", "navigator", "emergency_duty", "coordinator", "manager"}, "not_your_move"),
            (not children, "no_children"),
            (not reason.strip(), "no_reason"),
        )


def test_who_brings_children_into_a_case(team):
    for states in (("plan_active",), ("closed",)):
        put(team, *states)
        for (name, by), children, reason in product(team.posts.items(), ((), (1,)), ("", " ", "Born last week")):
            leads = name in {"lead", "cover"} and states == ("plan_active",)
            said = permissions.why_not_join(by=by, case=team.case, children=children, reason=reason, now=NOW)
            assert code(said) == first(
                (not leads and name not in OFFER, "not_your_move"),
                (not children, "no_children"),
                (not reason.strip(), "no_reason"),
            ), (name, states)


def test_a_flag_is_put_off_by_whoever_arranges_for_a_reason_and_28_days_at_most(team):
    put(team, "plan_active")
    for (name, by), days, cleared, reason in product(
        team.posts.items(), (0, 1, 28, 29), (None, NOW), ("", " ", "Away")
    ):
        flag = Flag(case=team.case, cleared_at=cleared)
        said = permissions.why_not_snooze(by=by, flag=flag, until=TODAY + days * A_DAY, reason=reason, now=NOW)
        assert code(said) == first(
            (cleared is not None, "flag_cleared"),
            (days not in {1, 28}, "snooze_too_far"),
            (not reason.strip(), "no_reason"),
            (name not in ARRANGE, "not_your_move"),
        )


def test_an_open_flag_climbs_once_for_a_reason_by_whoever_arranges(team):
    put(team, "plan_active")
    for (name, by), cleared, climbed, reason in product(
        team.posts.items(), (None, NOW), (None, NOW), ("", " ", "It cannot wait")
    ):
        flag = Flag(case=team.case, cleared_at=cleared, climbed_at=climbed)
        assert code(permissions.why_not_climb(by=by, flag=flag, reason=reason, now=NOW)) == first(
            (cleared is not None, "flag_cleared"),
            (climbed is not None, "flag_climbed"),
            (not reason.strip(), "no_reason"),
            (name not in ARRANGE, "not_your_move"),
        )


def test_who_may_be_asked_to_lead(team):
    elsewhere = cast.agency("Quarry Hill Primary", AgencyType.SCHOOL)
    at = {
        "a lead here": team.posts["stranger"],
        "a manager here": team.posts["manager"],
        "nobody's lead here": team.posts["team"],
        "a lead where no agreement says so": cast.post("Amira", elsewhere, Role.LEAD_PRACTITIONER),
        "who leads": team.posts["lead"],
    }
    situations = [(("offered",), False), (("closed", "offered"), False), (("waiting",), False), (("closed",), False)]
    situations += [(("offered", "waiting"), False), (("plan_active",), True)]
    for states, led in situations:
        put(team, *states, led=led)
        works = set(states) & WORKING
        by_all = [(name, "a lead here") for name in team.posts]
        for (name, who), handover in product(
            [*by_all, *(("manager", who) for who in at)], ("", " ", "The story so far")
        ):
            by, to = team.posts[name], at[who]
            said = permissions.why_not_ask_lead(
                by=by, case=team.case, practitioner=to.practitioner, agency=to.agency, handover=handover, now=NOW
            )
            assert code(said) == first(
                (not works, "not_open"),
                (name not in OFFER and not (name == "lead" and led), "not_your_move"),
                (works == {"offered"}, "not_accepted_yet"),
                (led and who == "who leads", "already_lead"),
                (led and not handover.strip(), "no_handover"),
                (who == "nobody's lead here", "no_post"),
                (who == "a lead where no agreement says so", "lead_sees_nothing"),
            ), (states, name, who, handover)
            if code(said) == "not_your_move":
                by_whom = "a manager or the early help coordinator or the hub or the lead practitioner"
                assert said.sentence == f"This is done by {by_whom}."


def test_only_whoever_was_asked_answers_once_while_it_stands(team):
    mine, agency = team.posts["stranger"], team.service
    for model, ended, field, ask in (
        (LeadAssignment, "ended_at", "assignment", permissions.why_not_answer_lead),
        (TeamMember, "ended_on", "team_member", permissions.why_not_answer_place),
    ):
        what = {"why": "first"} if model is LeadAssignment else {"part": "Speech therapy"}
        for who, over, answered in product(("stranger", "team"), (False, True), (False, True)):
            row = model.objects.create(
                **team.own,
                case=team.case,
                practitioner=team.posts[who].practitioner,
                agency=agency,
                **what,
                **({ended: NOW if ended == "ended_at" else TODAY} if over else {}),
            )
            if answered:
                answer(team, **{field: row})
            argument = "place" if model is TeamMember else field
            said = ask(by=mine, **{argument: row})
            assert code(said) == first((who != "stranger" or over or answered, "not_asked")), (model, who)


def test_an_asking_is_taken_back_by_whoever_arranges_at_the_agency_that_asked(team):
    put(team, "waiting")
    elsewhere = cast.agency("Quarry Hill Primary", AgencyType.SCHOOL)
    for (name, by), owner, over, answered in product(
        team.posts.items(), (team.service, elsewhere), (False, True), (False, True)
    ):
        asked = LeadAssignment.objects.create(
            **(team.own | {"owner": owner}),
            case=team.case,
            practitioner=team.posts["stranger"].practitioner,
            agency=team.service,
            why="first",
            ended_at=NOW if over else None,
        )
        if answered:
            answer(team, assignment=asked)
        assert code(permissions.why_not_take_back(by=by, assignment=asked, now=NOW)) == first(
            (over or answered, "answered_already"),
            (name not in ARRANGE, "not_your_move"),
            (owner != team.service, "asked_by_others"),
        ), name


def test_a_manager_signs_off_once_and_not_what_they_asked_for(team):
    for (name, by), author, answered in product(team.posts.items(), ("manager", "team"), (False, True)):
        said_by = team.own | {"author": team.posts[author].practitioner}
        asked = SignOff.objects.create(**said_by, case=team.case, to_state="closed", reason="Declined")
        if answered:
            answer(team, sign_off=asked)
        assert code(permissions.why_not_sign_off(by=by, sign_off=asked)) == first(
            (name != "manager", "not_a_manager"),
            (author == name, "own_sign_off"),
            (answered, "answered_already"),
        )


def test_work_ends_when_needs_have_an_outcome_or_a_reason_and_a_manager_agreed_where_it_takes_one(team):
    (child,) = put(team, "plan_active")
    lasts = datetime.timedelta(days=30)
    for open_need in (False, True):
        Need.objects.filter(case=team.case).update(ended_because="Moved away")
        if open_need:
            words = {"heading": "education", "title": "Come to school on time"}
            Need.objects.create(**team.own, case=team.case, person_id=child.person_id, **words)
        for needed, to, accepted, at in product(
            (False, True),
            ("closed", "stepped_down", None),
            (True, False, None),
            (NOW - lasts, NOW - lasts - A_SECOND),
        ):
            asked = to and SignOff.objects.create(**team.own, case=team.case, to_state=to, reason="Declined")
            if asked and accepted is not None:
                answer(team, accepted, at, sign_off=asked)
            agreed = to == "closed" and accepted is True and at == NOW - lasts
            said = permissions.why_not_end_work(
                child=child, to=CaseState.CLOSED, needed=needed, sign_off=asked, now=NOW
            )
            assert code(said) == first((open_need, "needs_open"), (needed and not agreed, "no_sign_off"))


def test_who_settles_an_action_and_who_says_how_far_it_has_come(team):
    put(team, "plan_active")
    for (name, by), doer, status in product(team.posts.items(), team.posts, ("open", "done", "cancelled")):
        action = Action(case=team.case, doer=team.posts[doer].practitioner, status=status)
        assert code(permissions.why_not_settle(by=by, action=action, today=NOW)) == first(
            (status != "open", "settled_already"), (name != doer and name not in ARRANGE, "not_your_move")
        )
        assert code(permissions.why_not_progress(by=by, action=action, today=NOW)) == first(
            (name != doer and name not in WORK, "not_working_with_them")
        )


def test_cover_that_still_runs_is_ended_and_a_meeting_is_recorded_once_when_it_has_begun(team):
    put(team, "plan_active")
    for name, by in team.posts.items():
        stranger = (name not in ARRANGE, "not_your_move")
        for ended, last in product((None, NOW), (TODAY - A_DAY, TODAY, TODAY + A_DAY)):
            cover = Cover(case=team.case, ended_at=ended, ends_on=last)
            assert code(permissions.why_not_end_cover(by=by, cover=cover, now=NOW)) == first(
                (ended is not None or last < TODAY, "cover_ended"), stranger
            )
        for recorded, held, begins in product((None, True, False), (True, False), (NOW, NOW + A_SECOND)):
            meeting = Meeting(case=team.case, held=recorded, starts_at=begins)
            assert code(permissions.why_not_record_meeting(by=by, meeting=meeting, held=held, now=NOW)) == first(
                (recorded is not None, "meeting_recorded"), (held and begins > NOW, "meeting_not_begun"), stranger
            )


def test_the_agenda_stands_until_a_meeting_is_recorded_and_minutes_are_written_from_its_beginning(team):
    put(team, "plan_active")
    for (name, by), part, held, begins in product(
        team.posts.items(), MeetingPart, (None, True, False), (NOW - A_SECOND, NOW, NOW + A_SECOND)
    ):
        meeting = Meeting(case=team.case, held=held, starts_at=begins)
        on_agenda = part == "agenda"
        assert code(permissions.why_not_add_points(by=by, meeting=meeting, part=part, now=NOW)) == first(
            (on_agenda and held is not None, "meeting_recorded"),
            (not on_agenda and held is False, "meeting_not_held"),
            (not on_agenda and begins > NOW, "meeting_not_begun"),
            (name not in ARRANGE, "not_your_move"),
        )


def test_reports_and_apologies_come_from_whoever_is_invited_until_the_meeting_is_recorded(team):
    meeting = Meeting.objects.create(**team.own, case=team.case, starts_at=NOW)
    MeetingInvitation.objects.create(
        **team.own, meeting=meeting, practitioner=team.posts["team"].practitioner, agency=team.service
    )
    for (name, by), held in product(team.posts.items(), (None, True, False)):
        meeting.held = held
        assert code(permissions.why_not_reply_to(by=by, meeting=meeting)) == first(
            (held is not None, "meeting_recorded"), (name != "team", "not_invited")
        )


def test_copies_are_handed_by_whoever_arranges_to_people_of_the_case_whom_it_is_safe_to_tell(team):
    put(team, "plan_active", "plan_active", "closed")
    (ended,) = team.case.children.filter(state="closed").values_list("person_id", flat=True)
    safe, unsafe = team.case.children.filter(state="plan_active").values_list("person_id", flat=True)
    NotSafeToTell.objects.create(**team.own, person_id=unsafe, reason="Rings at night", review_on=TODAY)
    people = [(safe, None), (unsafe, "not_safe_to_tell"), (ended, "not_in_case"), (uuid4(), "not_in_case")]
    for (name, by), (person, said) in product(team.posts.items(), people):
        asked = permissions.why_not_hand_copy(by=by, case=team.case, person=person, now=NOW)
        assert code(asked) == (said if name in ARRANGE else "not_your_move")


def test_who_answers_a_step_up_and_who_takes_a_refused_one_back(team):
    put(team, "plan_active")
    ours = team.service
    others = [cast.agency(f"Agency {n}", AgencyType.SOCIAL_CARE) for n in (1, 2)]
    for (name, by), owner, to, has_case, said in product(
        ((name, team.posts[name]) for name in ("lead", "team", "manager", "hub")),
        (ours, others[0]),
        (ours, others[1]),
        (True, False),
        (None, *StepUpResult),
    ):
        step_up = StepUp.objects.create(
            **(team.own | {"owner": owner}),
            case=team.case if has_case else None,
            person_id=Person.objects.create().pk,
            sent_to_id=to.pk,
            reason="Hurt",
            due_at=NOW,
        )
        if said:
            receipt = {"named_person": "Sam Shaw", "their_reference": "SC-7", "reason": "Said so", "answered_at": NOW}
            StepUpAnswer.objects.create(**team.own, step_up=step_up, result=said, **receipt)
        settled = said in {"received", "withdrawn"}
        assert code(permissions.why_not_answer_step_up(by=by, step_up=step_up)) == first(
            (ours not in {owner, to} and name != "hub", "not_working_with_them"), (settled, "answered_already")
        )
        assert code(permissions.why_not_withdraw_step_up(by=by, step_up=step_up, now=NOW)) == first(
            (not has_case or to == ours, "not_working_with_them"),
            (settled, "answered_already"),
            (said != "not_accepted", "not_refused"),
            (name not in ARRANGE, "not_your_move"),
        )


def test_family_details_are_changed_by_who_wrote_them_and_by_who_works_with_the_family(team):
    family = Family.objects.create().pk
    for states, of in ((("plan_active",), family), (("plan_active",), None), (("closed",), family), ((), None)):
        put(team, *states)
        ChildInCase.objects.filter(case=team.case).update(family_id=of)
        for (name, by), is_mine, home in product(team.posts.items(), (True, False), (family, None)):
            owner = team.service.pk if is_mine else uuid4()
            works = home and home == of and states == ("plan_active",) and name in WORK
            with as_web(by, Purpose.EARLY_HELP):
                said = permissions.why_not_change_people(by=by, family=home, owner=owner, now=NOW)
            assert code(said) == first((not is_mine and not works, "not_working_with_them")), (name, states)


def test_a_safety_note_is_ended_by_who_wrote_it_and_a_way_to_reach_somebody_by_the_lead_too(team):
    for (name, by), is_mine in product(team.posts.items(), (True, False)):
        owner = team.service.pk if is_mine else uuid4()
        note = SafeContact(owner_id=owner, lead_no=team.posts["lead"].practitioner.no)
        assert code(permissions.why_not_end_note(by=by, note=note)) == first((not is_mine, "not_your_note"))
        assert code(permissions.why_not_end_way(by=by, contact=note)) == first(
            (not is_mine and name != "lead", "not_your_note")
        )


def test_the_lead_or_their_cover_starts_the_assessment_of_a_child_who_waits(team):
    for states in (("waiting",), ("assessing",), ("assessing", "waiting"), ()):
        put(team, *states)
        for name, by in team.posts.items():
            assert code(permissions.why_not_start_assessment(by=by, case=team.case, now=NOW)) == first(
                ("waiting" not in states, "nobody_waits"), (name not in {"lead", "cover", "asked"}, "not_your_move")
            )
    mine, theirs = put(team, "waiting", "waiting")
    ChildInCase.objects.filter(pk=theirs.pk).update(workers=[], lead_no=None)
    assert permissions.why_not_start_assessment(by=team.posts["lead"], case=team.case, now=NOW) is None
    ChildInCase.objects.filter(pk=theirs.pk).update(workers=mine.workers, lead_no=mine.lead_no)
    ChildInCase.objects.filter(pk=mine.pk).update(workers=[], lead_no=None)
    assert permissions.why_not_start_assessment(by=team.posts["lead"], case=team.case, now=NOW) is None


@pytest.mark.parametrize("role", Role)
def test_only_the_hub_says_that_it_is_safe_to_tell_somebody_again(team, role):
    by = team.posts["team"]
    by.role = role
    is_hub = role in {"decision_maker", "navigator", "emergency_duty"}
    assert code(permissions.why_not_lift(by=by)) == first((not is_hub, "only_the_hub"))
