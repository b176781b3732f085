"""Clauses apply when every party has signed that has not left, whatever the state says, and on the agreement's days."""

import datetime

import pytest
from django.db import connection

from sharing_agreements.models import Agreement, AgreementMove, Party
from sharing_agreements.vocabulary import AgencyType, AgreementState, Kind, Level, Purpose, Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def agencies():
    return [cast.agency(name, AgencyType.POLICE) for name in ("Gives", "Gets", "Stands by")]


def agreed(agencies, **more):
    """The first gives the second notes; the third is a party, too."""
    gives, gets, _ = agencies
    clause = {
        "provider_agency": gives,
        "recipient_agency": gets,
        "recipient_roles": [Role.REPORTER],
        "kind": Kind.NOTE,
        "level": Level.FULL,
    }
    return cast.agreement(*agencies, purposes=[Purpose.TRIAGE], clauses=[clause], **more)


def ask(question, *given):
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(question, given)
        found = {key for (key,) in cursor.fetchall()}
        cursor.execute("set local role eh_owner")
    return found


def apply(*change):
    """The agreements of which a clause applies today, as things stand or with one change of one of them."""
    if not change:
        return ask("select agreement_id from gate.rules(gate.today())")
    return ask(
        "select agreement_id from gate.rules_supposing(array[gate.suppose(%s, %s, null, %s, %s)], gate.today())",
        *change,
    )


def begun():
    """The agreements that have a first day in force."""
    return ask("select agreement_id from gate.first_days_in_force()")


UNSIGNED = {"signed_at": None, "signatory_name": ""}


@pytest.mark.parametrize(
    ("who", "more", "stands"),
    [
        ([], {}, True),
        ([0], UNSIGNED, False),
        ([2], UNSIGNED, False),
        ([0, 1, 2], UNSIGNED, False),
        ([2], UNSIGNED | {"left_on": cast.today}, True),
        ([2], UNSIGNED | {"left_on": cast.tomorrow}, False),
    ],
)
def test_nothing_applies_while_a_party_has_not_signed_that_has_not_left(agencies, who, more, stands):
    made = agreed(agencies)
    Party.objects.filter(agency__in=[agencies[n] for n in who]).update(**cast.said_today(more))
    assert apply() == ({made.pk} if stands else set())


@pytest.mark.parametrize("who", [[0], [2], [0, 1, 2]])
def test_a_newer_version_that_is_not_signed_by_all_replaces_nothing(agencies, who):
    older, newer = agreed(agencies), agreed(agencies)
    Agreement.objects.filter(pk=newer.pk).update(replaces=older)
    assert (apply(), begun()) == ({newer.pk}, {older.pk, newer.pk})
    newer.parties.filter(agency__in=[agencies[n] for n in who]).update(**UNSIGNED)
    assert (apply(), begun()) == ({older.pk}, {older.pk})


@pytest.mark.parametrize("dates", [(cast.tomorrow, cast.FAR_OFF), (cast.LONG_AGO, cast.yesterday)])
def test_only_a_change_of_its_days_gives_an_agreement_other_days(agencies, dates):
    dates = [day() if callable(day) else day for day in dates]
    made = agreed(agencies)
    assert apply(made.pk, "dates", *dates) == set()
    AgreementMove.objects.create(
        agreement=made,
        verb="suspend",
        from_state=AgreementState.SIGNED,
        to_state=AgreementState.SUSPENDED,
        moved_at=cast.SIGNED_AT + datetime.timedelta(days=1),
    )
    assert apply() == set()
    assert apply(made.pk, "resume", *dates) == {made.pk}
