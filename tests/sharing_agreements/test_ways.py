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
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_web

YESTERDAY = cast.today() - datetime.timedelta(days=1)
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
            "workers": [],
            "facts_until": cast.FAR_OFF,
            "kind": int(Kind.NOTE),
            "restricted": 0,
            "allowed": None,
            "hidden_from": [],
            "about": [self.child.pk],
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
    assert not it.sees(**mine, facts_until=YESTERDAY)
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
        people=[it.child.pk],
        told=[],
        reason="Danger",
        started_at=now,
        ends_at=now + datetime.timedelta(hours=1),
    )
    assert it.sees()
    assert not it.sees(kind=HUB_ONLY)
    assert not it.sees(about=[it.other_child.pk])


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
