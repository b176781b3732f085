"""The clauses that give whoever acts anything: kept ready for the principal, or else from the agreements themselves.

Each principal, day and version of the rules has its own; what is kept under another says nothing. A kept clause is told
from the agreement's own by its id.
"""

import uuid

import pytest
from django.db import connection

from sharing_agreements.models import Clause
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_login, as_web, as_worker

pytestmark = pytest.mark.django_db
KEPT = uuid.UUID(int=1)


@pytest.fixture
def police():
    return cast.agency("Force", AgencyType.POLICE)


@pytest.fixture
def ben(police):
    """A team member to whom the police give notes in full, under one clause."""
    ben = cast.post("Ben", cast.agency("Health", AgencyType.COMMUNITY_HEALTH), Role.TEAM_MEMBER)
    clause = {
        "provider_agency": police,
        "recipient_agency": ben.agency,
        "recipient_roles": [Role.TEAM_MEMBER],
        "kind": Kind.NOTE,
        "level": Level.FULL,
        "how_far_back": 12,
        "needs_consent": True,
        "needs_involvement": False,
        "stages": [1, 3],
    }
    cast.agreement(police, ben.agency, purposes=[Purpose.EARLY_HELP], clauses=[clause])
    return ben


def told(acting):
    """What the gate finds for whoever acts in this block."""
    with acting, connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select * from gate.own_clauses()")
        return cursor.fetchall()


def keep(ben, ready=(), clause=(), day="gate.today()"):
    """Keep a clause for Ben: who it is ready for, and whose the clause is, but for these columns."""
    his = {"agency_no": ben.agency.no, "role": ben.role, "purpose": str(Purpose.EARLY_HELP)}
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select version from gate.rules_version")
        his |= {"version": cursor.fetchone()[0]}
        cursor.execute(
            "insert into gate.clauses_ready (agency_no, role, purpose, version, day) "
            f"values (%(agency_no)s, %(role)s, %(purpose)s, %(version)s, {day})",
            his | dict(ready),
        )
        cursor.execute(
            "insert into gate.open_clause values (%(agency_no)s, %(role)s, %(purpose)s, %(version)s, 77, 3, %(id)s, "
            "2, 36, true, false, 6)",
            his | dict(clause) | {"id": KEPT},
        )
        cursor.execute("set local role eh_owner")


def test_what_is_kept_for_whoever_acts_is_all_they_are_told(ben):
    keep(ben)
    assert told(as_web(ben, Purpose.EARLY_HELP)) == [(KEPT, 77, 3, 2, 36, True, False, 6)]


OTHERS = [
    {"agency_no": 99},
    {"role": "manager"},
    {"purpose": "triage"},
    {"version": -1},
]


@pytest.mark.parametrize(("ready", "day"), [*((one, "gate.today()") for one in OTHERS), ({}, "gate.today() - 1")])
def test_what_is_kept_for_others_or_was_true_before_is_worked_out_anew(ben, police, ready, day):
    keep(ben, ready, day=day)
    clause = Clause.objects.get()
    own = (clause.pk, police.no, int(Kind.NOTE), 3, 12, False, True, 0b1010)
    assert told(as_web(ben, Purpose.EARLY_HELP)) == [own]


@pytest.mark.parametrize("clause", OTHERS)
def test_a_clause_kept_for_others_is_not_told(ben, clause):
    keep(ben, clause=clause)
    assert told(as_web(ben, Purpose.EARLY_HELP)) == []


def test_whoever_acts_is_told_what_is_theirs_alone(ben):
    assert told(as_web(ben, Purpose.TRIAGE)) == []
    assert told(as_web(cast.post("Mo", ben.agency, Role.MANAGER), Purpose.EARLY_HELP)) == []
    assert len(told(as_web(ben, Purpose.EARLY_HELP))) == 1


def test_nobody_and_no_job_is_told_anything(ben):
    keep(ben)
    assert told(as_login("eh_web")) == []
    assert told(as_worker("seal_log")) == []
