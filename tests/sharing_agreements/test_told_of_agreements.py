"""Whoever sees to agreements is told of what waits on their desk: requests, signatures, connections that were found."""

import datetime

import pytest
from django.db import connection

from sharing_agreements.models import AgreementRequest, Conflict, Post, Practitioner
from sharing_agreements.rules.mail import Waiting
from sharing_agreements.vocabulary import AgreementVerb, Purpose, RequestState, Role
from sharing_agreements.working_time import LONDON
from tests import cast
from tests.conftest import as_web
from tests.factories.agreements import found_connection, request_for_sharing
from tests.sharing_agreements.asking import reads
from tests.sharing_agreements.test_agreement_life import do, draft
from tests.telling import waiting

pytestmark = pytest.mark.django_db
LEAD, MANAGER = Role.GOVERNANCE_LEAD, Role.MANAGER


@pytest.fixture
def everybody():
    return cast.assemble()


def asked(everybody: cast.Cast, days_late: int) -> AgreementRequest:
    """Dev's school asks the police; the last day to answer was so many days ago."""
    due_on = cast.today() - datetime.timedelta(days=days_late)
    made = request_for_sharing(everybody.dev, everybody.police, due_on=due_on)
    made.save()
    return made


def everywhere(everybody: cast.Cast, *, leads: str = "there") -> list[Post]:
    """A manager and a decider at each of four agencies, and a lead; where it matters there may be none or be gone."""
    agencies = {
        "asking": everybody.dev.agency,
        "asked": everybody.police,
        "hub": everybody.hub,
        "else": everybody.health,
    }
    Post.objects.filter(role__in=[LEAD, MANAGER], agency__in=agencies.values()).update(ends_on=cast.LONG_AGO)
    made = {
        (where, role): cast.post(f"{where} {role}", agency, role)
        for where, agency in agencies.items()
        for role in (LEAD, MANAGER, Role.DECISION_MAKER)
        if leads != "none" or role != LEAD or where in {"hub", "else"}
    }
    if leads == "gone":
        gone = [made.pop((where, LEAD)).practitioner_id for where in ("asking", "asked")]
        Practitioner.objects.filter(pk__in=gone).update(is_active=False)
    return list(made.values())


@pytest.mark.parametrize("leads", ["there", "none", "gone"])
@pytest.mark.parametrize("days_late", [-3, 0, 1, 7, 8, 14, 15])
def test_of_a_request_that_waits_they_are_told_who_read_it(everybody, days_late, leads):
    asked(everybody, days_late)
    posts = everywhere(everybody, leads=leads)
    reading = {post.practitioner.name for post in posts if reads(post, AgreementRequest)}
    assert reading, "nobody reads it"
    assert set(waiting()) & {post.practitioner.name for post in posts} == reading
    assert "Dev" not in waiting(), "whoever asked knows"


def test_a_lead_who_asked_is_not_told_of_it_and_nobody_is_of_one_that_was_answered(everybody):
    Post.objects.filter(pk=everybody.dev.pk).update(role=LEAD)
    other = cast.post("Gus", everybody.dev.agency, LEAD)
    made = asked(everybody, 15)
    told = waiting()
    assert other.practitioner.name in told and "Dev" not in told
    answer = {"state": RequestState.REFUSED, "answered_by": other.practitioner, "answered_at": cast.SIGNED_AT}
    AgreementRequest.objects.filter(pk=made.pk).update(**answer)
    assert other.practitioner.name not in waiting()


def midnight(days_late: int) -> datetime.datetime:
    """The beginning in London of the day so many days after the last day to answer."""
    day = cast.today() + datetime.timedelta(days=days_late)
    return datetime.datetime.combine(day, datetime.time(), LONDON)


def test_leads_are_told_again_when_the_last_day_has_passed_and_managers_when_it_climbs(everybody):
    posts = everywhere(everybody)
    assert len(posts) == 12
    asked(everybody, 0)
    seen = [waiting(cast.today() + datetime.timedelta(days=late)) for late in (0, 1, 8, 15)]
    assert [one["asked governance_lead"].newest for one in seen] == [cast.SIGNED_AT, *[midnight(1)] * 3]
    assert [one.get("asked manager", Waiting()).newest for one in seen] == [None, None, midnight(8), midnight(8)]
    assert [one.get("hub manager", Waiting()).newest for one in seen] == [None, None, None, midnight(15)]


def test_of_an_agreement_to_sign_the_leads_of_parties_are_told_that_have_not_signed(everybody):
    pia, hal = cast.post("Pia", everybody.police, LEAD), cast.post("Hal", everybody.housing, LEAD)
    made, leads = draft(everybody), {"Gita", "Pia", "Hal"}
    assert waiting().keys() & leads == set()
    assert do(everybody.gita, "propose_agreement", made) == ""
    assert waiting().keys() & leads == {"Gita", "Pia"}
    assert do(everybody.gita, "return_to_draft", made) == ""
    assert waiting().keys() & leads == set()
    assert do(everybody.gita, "propose_agreement", made) == ""
    assert do(everybody.gita, "sign_agreement", made) == ""
    told = waiting()
    assert told.keys() & leads == {"Pia"}
    assert told["Pia"].newest == made.moves.filter(verb=AgreementVerb.PROPOSE).latest("no").moved_at
    made.parties.filter(agency=hal.agency).update(left_on=cast.today())
    made.parties.filter(agency=pia.agency).update(left_on=cast.today())
    assert waiting().keys() & leads == set()


@pytest.mark.parametrize(
    ("said", "post", "is_told"),
    [
        ({}, {}, True),
        ({"detected": False}, {}, False),
        ({"ended_at": cast.SIGNED_AT}, {}, False),
        ({"answer": "confirmed"}, {}, False),
        ({}, {"starts_on": cast.today}, True),
        ({}, {"starts_on": cast.tomorrow}, False),
        ({}, {"ends_on": cast.today}, True),
        ({}, {"ends_on": cast.yesterday}, False),
        ({}, {"role": LEAD}, True),
        ({}, {"role": MANAGER}, True),
    ],
)
def test_of_a_connection_that_was_found_the_leads_of_their_agency_are_told_and_never_they(
    everybody, said, post, is_told
):
    eddie = everybody.eddie
    Post.objects.filter(pk=eddie.pk).update(**cast.said_today(post))
    cast.post("Pia", everybody.police, LEAD)
    found_connection(eddie, **said)
    told = waiting()
    assert ("Gita" in told) == is_told
    assert {"Eddie", "Pia"} & told.keys() == set()
    assert not is_told or told["Gita"] == Waiting(cast.SIGNED_AT)


@pytest.mark.parametrize("about", ["eddie", "gita", "esi"])
@pytest.mark.parametrize("other_lead", [True, False])
def test_where_no_other_lead_answers_for_them_the_managers_are_told(everybody, about, other_lead):
    """Gita leads and Esi manages Eddie's agency; a lead somewhere else and one who has left do not count."""
    cast.post("Lea", everybody.police, LEAD)
    cast.post("Left", everybody.early_help, LEAD, ends_on=cast.yesterday())
    if other_lead:
        cast.post("Gus", everybody.early_help, LEAD)
    if about == "eddie":
        Post.objects.filter(pk=everybody.gita.pk).update(role=Role.TEAM_MEMBER)
    found_connection(getattr(everybody, about))
    leads = ({"Gita"} if about == "esi" else set()) | ({"Gus"} if other_lead else set())
    assert waiting().keys() == (leads or {"Esi"})


def test_each_agencys_connections_are_for_its_own_leads_or_managers(everybody):
    """Early help has one lead and one manager; the police have two managers; health has a manager alone."""
    pam, _pat = (cast.post(name, everybody.police, MANAGER) for name in ("Pam", "Pat"))
    hal = cast.post("Hal", everybody.health, MANAGER)
    found_connection(everybody.gita, everybody.eddie, pam, hal)
    newer = cast.SIGNED_AT + datetime.timedelta(days=1)
    found_connection(everybody.cleo, pam, at=newer)
    found_connection(pam)
    old, new = Waiting(cast.SIGNED_AT), Waiting(newer)
    assert waiting() == {"Gita": old, "Esi": old, "Pat": new, "Pam": new}
    Conflict.objects.exclude(practitioner=pam.practitioner).delete()
    assert waiting() == {"Pat": new}


def test_of_somebody_at_two_agencies_each_is_told(everybody):
    eddie = everybody.eddie.practitioner
    Post.objects.create(practitioner=eddie, agency=everybody.health, role=Role.TEAM_MEMBER, starts_on=cast.LONG_AGO)
    cast.post("Hal", everybody.health, MANAGER)
    found_connection(everybody.eddie)
    assert waiting().keys() == {"Gita", "Hal"}


def test_of_what_was_found_a_lead_reads_how_much_waits_and_was_confirmed_and_since_when(everybody):
    newer = cast.SIGNED_AT + datetime.timedelta(days=1)
    found_connection(everybody.eddie, everybody.esi, everybody.gita, everybody.ben)
    found_connection(everybody.eddie, at=newer)
    found_connection(everybody.eddie, at=newer, answer="confirmed")
    found_connection(everybody.eddie, detected=False)
    found_connection(everybody.eddie, ended_at=newer)
    with as_web(everybody.gita, Purpose.GOVERNANCE), connection.cursor() as cursor:
        cursor.execute("select * from gate.detected_conflicts()")
        rows = set(cursor.fetchall())
    eddie, esi = everybody.eddie.practitioner_id, everybody.esi.practitioner_id
    assert rows == {(eddie, cast.SIGNED_AT, 2, 1), (esi, cast.SIGNED_AT, 1, 0)}
