"""The truth table of a policy's sentence: a way in opens a row where all it asks is so, and not where one thing is not.

The row is otherwise closed, and its columns are set as they are here: what writes them is tested elsewhere.
"""

import datetime
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from sharing_agreements.models import (
    Conflict,
    EmergencyAccess,
    Identity,
    Person,
    Post,
    RecordException,
    Team,
)
from sharing_agreements.vocabulary import AgencyType, HowFarBack, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web

HUB_ONLY = int(Kind.HUB_ONLY)


@dataclass
class Scene:
    """A row of another agency about one child, and whoever looks at it under a role."""

    row: Identity
    child: Person
    other_child: Person
    me: Post
    colleague: Post
    elsewhere: Post
    """At the agency that the row is of."""

    def become(self, role: Role) -> None:
        """Look under another role."""
        self.me.role = role
        self.me.save()

    def sees(self, **columns: Any) -> bool:
        """Whether the viewer finds the row when its columns are so."""
        plain = {
            "owner_no": self.elsewhere.agency.no,
            "author_no": self.elsewhere.practitioner.no,
            "team_no": None,
            "sent_to_no": None,
            "sent_to_practitioner_no": None,
            "involved": [],
            "workers": [],
            "consent_until": None,
            "facts_until": cast.FAR_OFF,
            "kind": int(Kind.NOTE),
            "restricted": 0,
            "allowed": None,
            "hidden_from": [],
            "about": [self.child.pk],
            "happened_on": cast.today(),
        } | columns
        names = ", ".join(f"{name} = %s" for name in plain)
        with connection.cursor() as cursor:
            changed = f"update sharing_agreements_identity set {names} where id = %s"
            cursor.execute(changed, [*plain.values(), self.row.pk])
            cursor.execute("update sharing_agreements_identity set bit = (owner_no * 32 + kind) * 16")
        with as_web(self.me, Purpose.EARLY_HELP):
            return Identity.objects.filter(pk=self.row.pk).exists()


@pytest.fixture
def scene(db):
    """Makes the scene, once, for a role of the viewer."""

    def make(role: Role) -> Scene:
        police, housing = cast.agency("Force", AgencyType.POLICE), cast.agency("Homes", AgencyType.HOUSING)
        team = Team.objects.create(no=police.no * 10, agency=police, name="North")
        elsewhere = cast.post("Tina", housing, Role.MANAGER)
        child, other = cast.person(), cast.person()
        row = Identity.objects.create(
            owner=housing, author=elsewhere.practitioner, person=child, happened_on=cast.today()
        )
        me = cast.post("Cath", police, role, team=team)
        return Scene(row, child, other, me, cast.post("Cleo", police, Role.REPORTER), elsewhere)

    return make


def test_a_row_is_closed_where_no_way_opens_it(scene):
    it = scene(Role.REPORTER)
    for role in Role:
        it.become(role)
        assert not it.sees(), role


def test_the_own_agencys_rows_of_the_kinds_a_role_may(scene):
    it = scene(Role.MANAGER)
    mine = {"owner_no": it.me.agency.no}
    assert it.sees(**mine)
    assert not it.sees(**mine, kind=HUB_ONLY)
    assert not it.sees(team_no=it.me.team.no, author_no=it.me.practitioner.no)


def test_the_own_teams_rows_of_the_kinds_a_role_may(scene):
    it = scene(Role.SUPERVISOR)
    mine = {"owner_no": it.me.agency.no, "team_no": it.me.team.no}
    assert it.sees(**mine)
    assert not it.sees(**mine | {"team_no": None})
    assert not it.sees(**mine | {"team_no": it.me.team.no + 1})
    assert not it.sees(**mine | {"owner_no": it.elsewhere.agency.no})
    assert not it.sees(**mine, kind=HUB_ONLY)
    it.become(Role.REPORTER)
    assert not it.sees(**mine)


def test_what_one_wrote_oneself_for_ones_agency(scene):
    it = scene(Role.REPORTER)
    mine = {"owner_no": it.me.agency.no, "author_no": it.me.practitioner.no}
    assert it.sees(**mine)
    assert it.sees(**mine, kind=HUB_ONLY)
    assert not it.sees(**mine | {"author_no": it.colleague.practitioner.no})
    assert not it.sees(**mine | {"owner_no": it.elsewhere.agency.no})
    it.become(Role.ANALYST)
    assert not it.sees(**mine)


def test_rows_of_ones_agency_about_people_one_works_with(scene):
    it = scene(Role.TEAM_MEMBER)
    mine = {"owner_no": it.me.agency.no, "workers": [it.me.practitioner.no]}
    assert it.sees(**mine)
    assert it.sees(**mine, facts_until=cast.today())
    assert not it.sees(**mine, facts_until=cast.yesterday())
    assert not it.sees(**mine, kind=HUB_ONLY)
    assert not it.sees(**mine | {"workers": [it.colleague.practitioner.no]})
    assert not it.sees(**mine | {"owner_no": it.elsewhere.agency.no})
    it.become(Role.ANALYST)
    assert not it.sees(**mine)


def test_what_was_sent_to_ones_agency_where_one_receives_for_it(scene):
    it = scene(Role.COORDINATOR)
    assert it.sees(sent_to_no=it.me.agency.no)
    assert it.sees(sent_to_no=it.me.agency.no, sent_to_practitioner_no=it.colleague.practitioner.no)
    assert not it.sees(sent_to_no=it.elsewhere.agency.no)


def test_what_was_sent_to_oneself(scene):
    it = scene(Role.TEAM_MEMBER)
    mine = {"sent_to_no": it.me.agency.no, "sent_to_practitioner_no": it.me.practitioner.no}
    assert it.sees(**mine)
    assert not it.sees(**mine | {"sent_to_practitioner_no": it.colleague.practitioner.no})
    assert not it.sees(**mine | {"sent_to_practitioner_no": None})
    assert not it.sees(**mine | {"sent_to_no": it.elsewhere.agency.no})


def test_rows_about_people_opened_in_an_emergency(scene):
    it = scene(Role.REPORTER)
    now = timezone.now()
    EmergencyAccess.objects.create(
        practitioner=it.me.practitioner,
        post_id=it.me.pk,
        agency_no=it.me.agency.no,
        people=[it.child.pk, cast.person().pk],
        told=[],
        reason="Danger",
        started_at=now,
        ends_at=now + datetime.timedelta(hours=1),
    )
    assert it.sees()
    assert not it.sees(kind=HUB_ONLY)
    assert not it.sees(about=[it.other_child.pk])


def sharing(it: Scene, **clause: Any) -> None:
    """The row's agency shares notes with the viewer's role under one clause."""
    told = {
        "provider_agency": it.elsewhere.agency,
        "recipient_agency": it.me.agency,
        "recipient_roles": [it.me.role],
        "kind": Kind.NOTE,
        "level": Level.SUMMARY,
    }
    parties = (it.elsewhere.agency, it.me.agency)
    cast.agreement(*parties, purposes=[Purpose.EARLY_HELP], clauses=[told | clause])


def months_ago(months: int) -> datetime.date:
    """That day as the database counts it."""
    with connection.cursor() as cursor:
        cursor.execute("select (gate.today() - make_interval(months => %s))::date", [months])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("needs_involvement", [False, True])
@pytest.mark.parametrize("back", HowFarBack)
def test_a_clause_opens_rows_as_far_back_as_it_says(scene, back, needs_involvement):
    it = scene(Role.TEAM_MEMBER)
    sharing(it, how_far_back=back, needs_involvement=needs_involvement)
    involved = {"involved": [it.me.agency.no]} if needs_involvement else {"involved": []}
    ages = {cast.today(): 0} | {
        months_ago(months) + datetime.timedelta(days=later): months if later else months + 1
        for months in (12, 36)
        for later in (0, 1)
    }
    for day, months in ages.items():
        opens = back == HowFarBack.ANY or months <= back
        assert it.sees(**involved, happened_on=day) is opens, (day, months)
        assert it.sees(involved=[], happened_on=day) is (opens and not needs_involvement)
    assert not it.sees(**involved, kind=int(Kind.PLAN))


def test_a_clause_about_people_one_works_with_ends_with_the_work(scene):
    it = scene(Role.TEAM_MEMBER)
    sharing(it, needs_involvement=True)
    mine = {"involved": [it.elsewhere.agency.no, it.me.agency.no]}
    assert it.sees(**mine, facts_until=cast.today())
    assert not it.sees(**mine, facts_until=cast.yesterday())
    assert not it.sees(involved=[it.elsewhere.agency.no])


@pytest.mark.parametrize("involvement", [False, True])
def test_a_clause_that_needs_consent_opens_to_the_end_of_its_last_day(scene, involvement):
    it = scene(Role.TEAM_MEMBER)
    sharing(it, needs_consent=True, needs_involvement=involvement)
    mine = {"involved": [it.me.agency.no] if involvement else []}
    assert it.sees(**mine, consent_until=cast.today())
    assert not it.sees(**mine, consent_until=cast.yesterday())
    assert not it.sees(**mine, consent_until=None)


def test_the_ways_are_tried_in_the_order_an_explanation_names_them(db):
    with connection.cursor() as cursor:
        for level in (1, 2, 3):
            cursor.execute("select place, way, within, by_clause from gate.ways(%s)", [level])
            assert cursor.fetchall() == [
                (1, "own_agency", "own", False),
                (2, "own_team", "own", False),
                (3, "own_author", "own", False),
                (4, "own_worker", "own", False),
                (5, "sent", "", False),
                (6, "clause", "", True),
                (7, "clause", "", True),
                (8, "emergency", "", False),
                (9, "shared", "", False),
            ]


@pytest.mark.parametrize(("level", "opens"), [(Level.EXISTENCE, False), (Level.SUMMARY, True), (Level.FULL, True)])
def test_a_row_its_owner_shares_at_the_level_of_the_table(scene, level, opens):
    it = scene(Role.COORDINATOR)
    RecordException.objects.create(
        verb="share",
        agency=it.me.agency,
        level=level,
        made_at=cast.SIGNED_AT,
        reason="Asked",
        table_name="sharing_agreements_identity",
        record_id=it.row.pk,
        owner_no=it.elsewhere.agency.no,
        made_by=it.elsewhere.practitioner,
    )
    assert it.sees() is opens
    assert not it.sees(kind=HUB_ONLY)


def test_no_way_opens_what_is_closed(scene):
    """Of people one is connected with, hidden from the agency, of restricted people, and of a hidden address."""
    it = scene(Role.MANAGER)
    me, mine = it.me.practitioner.no, {"owner_no": it.me.agency.no}
    others = [it.colleague.practitioner.no]
    assert it.sees(**mine, hidden_from=[it.elsewhere.agency.no])
    assert not it.sees(**mine, hidden_from=[it.me.agency.no])
    for restricted in (1, 2):
        assert not it.sees(**mine, restricted=restricted, allowed=others)
        assert it.sees(**mine, restricted=restricted, allowed=[*others, me])
    assert it.sees(**mine, restricted=1, allowed=others, author_no=me)
    assert not it.sees(**mine, restricted=2, allowed=others, author_no=me)
    assert it.sees(**mine, about=[it.child.pk, it.other_child.pk])
    Conflict.objects.create(
        practitioner=it.me.practitioner, person=it.other_child, reason="Cousin", declared_at=cast.SIGNED_AT
    )
    assert it.sees(**mine)
    assert not it.sees(**mine, about=[it.child.pk, it.other_child.pk])
