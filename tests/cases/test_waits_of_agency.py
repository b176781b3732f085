"""Who oversees an agency finds what waits in my work, however many newer families the agency has."""

import datetime

import pytest
from django.db import connection

from cases.actions import noting, plan_concerns, planning, signing
from cases.models import Flag, Meeting, MeetingInvitation, Note
from cases.queries import overseen
from cases.queries.pages import my_work
from cases.queries.pages.caseload import NO_LEAD, caseload_page
from cases.vocabulary import CaseState, FlagRule, MeetingKind, NoteKind
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
EARLY_HELP = Purpose.EARLY_HELP


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def lose_lead(home: factory.Household) -> factory.Household:
    """The lead's part ended yesterday and nobody took over."""
    lead = home.people.amira
    ended = [home.children, lead.agency_id, lead.practitioner_id, "lead", cast.yesterday()]
    with connection.cursor() as cursor:
        cursor.execute("select gate.end_involvement(%s::uuid[], %s, %s, %s, %s)", ended)
    home.case.refresh_from_db()
    assert home.case.lead_no is None
    return home


def with_sign_off(home: factory.Household) -> factory.Household:
    with as_web(home.people.amira, EARLY_HELP):
        told = {"to_state": CaseState.CLOSED, "reason": "They moved", "by": home.people.amira}
        signing.ask_sign_off(case=home.case, now=factory.now(), **told)
    return home


def with_concern(home: factory.Household) -> factory.Household:
    with as_web(home.people.amira, EARLY_HELP):
        plan_concerns.raise_concern(case=home.case, words="Nobody came", by=home.people.amira, now=factory.now())
    return home


def with_decision(home: factory.Household, due_on: datetime.date) -> factory.Household:
    with as_web(home.people.esi, EARLY_HELP):
        noting.write_note(
            case=home.case,
            people=home.children,
            note_kind=NoteKind.SUPERVISION,
            headline="Ask the school",
            text="Ask them for the plan",
            happened_on=cast.today(),
            due_on=due_on,
            seen={},
            words={},
            worry=False,
            by=home.people.esi,
            now=factory.now(),
        )
    return home


def with_flag(home: factory.Household, rule: FlagRule = FlagRule.SILENT, *, climbed: bool = True) -> factory.Household:
    Flag.objects.create(
        owner=home.people.early_help,
        about=home.children,
        case=home.case,
        family_id=home.family.pk,
        rule=rule,
        subject_id=home.case.pk,
        episode=home.case.pk,
        happened_on=cast.today(),
        raised_at=factory.now(),
        raised_on=cast.today(),
        climbed_at=factory.now() if climbed else None,
    )
    return home


def with_quick_note(home: factory.Household) -> factory.Household:
    people = home.people
    Note.objects.create(
        owner=people.police,
        author=people.cleo.practitioner,
        sent_to=people.early_help,
        about=home.children,
        case=home.case,
        family_id=home.family.pk,
        note_kind=NoteKind.QUICK,
        headline="Out late again",
        happened_on=cast.today(),
    )
    return home


def with_action_of_esi(home: factory.Household) -> factory.Household:
    with as_web(home.people.amira, EARLY_HELP):
        planning.add_action(
            case=home.case,
            title="Ring the landlord",
            doer=home.people.esi.practitioner,
            doer_agency=home.people.early_help,
            due_on=cast.today(),
            measure="They rang",
            by=home.people.amira,
            now=factory.now(),
        )
    return home


def with_esi_invited(home: factory.Household) -> factory.Household:
    people, own = home.people, {"about": home.children, "family_id": home.family.pk, "happened_on": cast.today()}
    own |= {"owner": people.quarry_hill, "author": people.amira.practitioner}
    starts = factory.now() + datetime.timedelta(days=2)
    meeting = Meeting.objects.create(**own, case=home.case, meeting_kind=MeetingKind.TEAM, starts_at=starts)
    MeetingInvitation.objects.create(
        **own, meeting=meeting, practitioner=people.esi.practitioner, agency=people.early_help
    )
    return home


def work_of(everybody: cast.Cast) -> dict[str, set]:
    with as_web(everybody.esi, EARLY_HELP):
        groups = my_work.my_work(everybody.esi, now=factory.now(), today=cast.today(), page="cases:show_family")
    return {group.title: {line.family for line in group.lines} for group in groups}


def test_each_thing_that_waits_is_found_behind_any_number_of_newer_families(everybody):
    old = {
        "Waiting for your sign-off": with_sign_off(factory.plan_active(everybody, children=1)),
        "No lead practitioner": factory.waiting(everybody, children=1),
        "Offered, no answer yet": factory.offered(everybody, children=1),
        "Flags that climbed": with_flag(factory.plan_active(everybody, children=1)),
        "Worried about the plan": with_concern(factory.plan_active(everybody, children=1)),
        "Decided, and due": with_decision(factory.plan_active(everybody, children=1), cast.today()),
        "Somebody noticed": with_quick_note(factory.plan_active(everybody, children=1)),
        "Your actions this week": with_action_of_esi(factory.plan_active(everybody, children=1)),
        "Meetings": with_esi_invited(factory.plan_active(everybody, children=1)),
    }
    newer = [factory.plan_active(everybody, children=1) for _ in range(3)]
    found = work_of(everybody)
    for title, home in old.items():
        assert found.get(title) == {home.family.pk}, title
    assert not {home.family.pk for home in newer} & set().union(*found.values())


def test_of_flags_that_did_not_climb_only_what_tells_everybody_is_found(everybody):
    told = with_flag(factory.plan_active(everybody, children=1), FlagRule.REVIEWS_MISSED, climbed=False)
    with_flag(factory.plan_active(everybody, children=1), FlagRule.SILENT, climbed=False)
    assert work_of(everybody) == {"Flags that climbed": {told.family.pk}}


def test_brothers_and_sisters_take_no_place_of_another_family(everybody, monkeypatch):
    monkeypatch.setattr(overseen, "EACH_READ", 2)
    families = [factory.waiting(everybody, children=3) for _ in range(3)]
    assert work_of(everybody) == {"No lead practitioner": {home.family.pk for home in families[:2]}}


def test_nothing_is_found_that_waits_no_more(everybody):
    """A decision that a later one replaced, whatever its day, and one whose day is far."""
    home = with_decision(factory.plan_active(everybody, children=1), cast.today())
    with_decision(home, cast.today() + datetime.timedelta(days=90))
    with_decision(factory.plan_active(everybody, children=1), cast.today() + datetime.timedelta(days=8))
    assert work_of(everybody) == {}


def test_a_family_whose_lead_is_gone_is_without_a_lead_wherever_the_help_stands(everybody):
    waits = factory.waiting(everybody, children=1)
    assessed = lose_lead(factory.assessing_with(everybody, children=1))
    planned = lose_lead(factory.plan_active(everybody, children=1))
    led, offered = factory.plan_active(everybody, children=1), factory.offered(everybody, children=1)
    expected = {home.family.pk for home in (waits, assessed, planned)}
    assert work_of(everybody)["No lead practitioner"] == expected
    with as_web(everybody.esi, EARLY_HELP):
        page = caseload_page(everybody.esi, today=cast.today(), state=NO_LEAD, after="")
        everything = caseload_page(everybody.esi, today=cast.today(), state="", after="")
    assert {line.family for line in page.lines} == expected
    assert {line.family for line in everything.lines} == expected | {led.family.pk, offered.family.pk}
