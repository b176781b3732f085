"""The disclosure log: added to by everybody, changed by nobody, written in nobody else's name."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sharing_agreements.models import Disclosure
from sharing_agreements.row_security import as_job
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_login, as_web, as_worker
from tests.doors import become, login, refusal
from tests.referrals.typing import sign_in

CHANGES = [
    "update sharing_agreements_disclosure set what = 'nothing'",
    "delete from sharing_agreements_disclosure",
    "truncate sharing_agreements_disclosure",
]
ADD = (
    "insert into sharing_agreements_disclosure (id, at, practitioner_id, role, purpose, job, what, outcome, tables, "
    "record_ids, request_id, basis) values (%s, '2001-01-01', %s, 'manager', 'triage', 'x', 'a page', 'seen', '{}', "
    "'{}', '', '')"
)


@pytest.mark.parametrize("name", ["eh_web", "eh_worker", "eh_migrator"])
def test_no_login_changes_removes_or_empties_it(committed, name):
    Disclosure.objects.create(what="a page")
    with login(name, committed) as opened:
        for statement in CHANGES:
            assert refusal(opened, statement)[:5] in {"42501", "EH403"}, statement


@pytest.mark.django_db
def test_not_even_the_owner_in_maintenance_changes_it():
    Disclosure.objects.create(what="a page")
    for statement in CHANGES:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_row_says_who_really_looked_and_when(committed):
    everybody = cast.assemble()
    key = uuid.uuid4()
    with login("eh_web", committed) as web, web.cursor() as cursor:
        become(cursor, everybody.cleo, Purpose.REPORTING)
        cursor.execute(ADD, [str(key), str(everybody.hana.practitioner_id)])
        web.commit()
    row = Disclosure.objects.get(pk=key)
    assert (row.practitioner_id, row.post_id) == (everybody.cleo.practitioner_id, everybody.cleo.pk)
    assert (row.agency_id, row.role, row.purpose, row.job) == (everybody.police.pk, "reporter", "reporting", "")
    assert row.at.year > 2001


def test_without_a_principal_a_row_names_nobody(committed):
    key = uuid.uuid4()
    with login("eh_web", committed) as web, web.cursor() as cursor:
        cursor.execute(ADD, [str(key), str(uuid.uuid4())])
        web.commit()
    row = Disclosure.objects.get(pk=key)
    assert (row.practitioner_id, row.role, row.purpose, row.job) == (None, "", "", "")


@pytest.mark.django_db
def test_a_job_signs_as_itself():
    with connection.cursor() as cursor:
        cursor.execute("select set_config('earlyhelp.maintenance', 'off', true)")
        with as_job("find_repeats"):
            cursor.execute("set local role eh_worker")
            cursor.execute(ADD, [str(uuid.uuid4()), None])
            cursor.execute("set local role eh_owner")
    assert Disclosure.objects.get().job == "find_repeats"


def written(post) -> Disclosure:
    """A row that says of everything it cannot know that it was this post."""
    return Disclosure.objects.create(
        at=cast.SIGNED_AT,
        practitioner_id=post.practitioner_id,
        post_id=post.pk,
        agency_id=post.agency_id,
        role="manager",
        purpose="triage",
        job="raise_flags",
        rules_version=77,
        what="a page",
    )


def signed(key) -> tuple[object, ...]:
    """Who the row really names, and the version of the rules."""
    row = Disclosure.objects.get(pk=key)
    assert abs(row.at - timezone.now()) < datetime.timedelta(minutes=1)
    return row.practitioner_id, row.post_id, row.agency_id, row.role, row.purpose, row.job, row.rules_version


def rules_version(change: str = "") -> int:
    """The version of the rules, after a change of it."""
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute(f"{change}; select version from gate.rules_version")
        found = cursor.fetchall()
        cursor.execute("set local role eh_owner")
    return found[0][0] if found else 0


@pytest.mark.django_db
def test_the_database_signs_every_row_and_believes_nothing_of_what_was_sent():
    everybody = cast.assemble()
    cleo, version = everybody.cleo, rules_version()
    assert version > 0
    with as_web(cleo, Purpose.REPORTING):
        key = written(everybody.hana).pk
    mine = (cleo.practitioner_id, cleo.pk, cleo.agency_id, "reporter", "reporting", "", version)
    assert signed(key) == mine
    with as_worker("find_repeats"):
        key = written(everybody.hana).pk
    assert signed(key) == (None, None, None, "", "", "find_repeats", version)
    rules_version("delete from gate.rules_version")
    with as_login("eh_web"):
        key = written(everybody.hana).pk
    assert signed(key) == (None, None, None, "", "", "", 0)


@pytest.mark.django_db
def test_what_maintenance_writes_stays_as_it_was_written():
    hana = cast.assemble().hana
    row = Disclosure.objects.get(pk=written(hana).pk)
    assert (row.at, row.post_id, row.job, row.rules_version) == (cast.SIGNED_AT, hana.pk, "raise_flags", 77)


@pytest.mark.django_db
def test_the_web_login_cannot_read_the_log():
    everybody = cast.assemble()
    with pytest.raises(DatabaseError, match="permission denied"), as_web(everybody.cleo, Purpose.REPORTING):
        Disclosure.objects.exists()


def test_a_page_that_refuses_is_logged_under_whoever_asked(committed, client):
    everybody = cast.assemble()
    client.force_login(everybody.cleo.practitioner, backend="earlyhelp.sign_in.LocalAccountBackend")
    with connection.cursor() as cursor:
        cursor.execute("set role eh_web")
        try:
            assert client.get(reverse("sharing_agreements:read_agreement", args=[uuid.uuid4()])).status_code == 404
            assert client.get(reverse("sharing_agreements:agreements")).status_code == 200
        finally:
            cursor.execute("set role eh_owner")
    refused, seen = Disclosure.objects.order_by("at")
    assert refused.outcome != "seen" and seen.outcome == "seen"
    for row in (refused, seen):
        assert (row.practitioner_id, row.post_id) == (everybody.cleo.practitioner_id, everybody.cleo.pk)


@pytest.mark.django_db
def test_a_poll_is_written_down_when_something_changed_and_only_then():
    everybody = cast.assemble()
    client = Client()
    sign_in(client, everybody.hana)
    path = reverse("referrals:count_waiting")
    first = client.get(path)
    rows = Disclosure.objects.count()
    assert rows == 1
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, Disclosure.objects.count()) == (304, rows)
