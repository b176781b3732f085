"""A principal works for one transaction on one connection, and only as it was signed."""

import hashlib

import pytest
from django.db import connection

from sharing_agreements.models import Identity
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.doors import become, login, one, refusal

COUNT = "select count(*) from sharing_agreements_identity"
SET = "select set_config('earlyhelp.principal', %s, true)"


@pytest.fixture
def everybody(committed):
    made = cast.assemble()
    Identity.objects.create(
        owner=made.police, author=made.cleo.practitioner, person=cast.person(), happened_on=cast.today()
    )
    return made


@pytest.fixture
def web(committed, everybody):
    with login("eh_web", committed) as opened:
        yield opened


def test_the_setting_works_where_it_was_signed(web, everybody):
    with web.cursor() as cursor:
        become(cursor, everybody.cleo, Purpose.REPORTING)
        assert one(cursor, COUNT) == 1


def test_a_copy_opens_nothing_on_another_connection(web, everybody, committed):
    with login("eh_web", committed) as other, web.cursor() as first, other.cursor() as second:
        setting = become(first, everybody.cleo, Purpose.REPORTING)
        second.execute(SET, [setting])
        assert one(second, COUNT) == 0


def test_a_copy_opens_nothing_in_a_later_transaction_of_the_same_connection(web, everybody):
    with web.cursor() as cursor:
        setting = become(cursor, everybody.cleo, Purpose.REPORTING)
        web.commit()
        cursor.execute(SET, [setting])
        assert one(cursor, COUNT) == 0


def test_a_setting_kept_for_the_session_opens_nothing_after_its_transaction(web, everybody):
    with web.cursor() as cursor:
        setting = become(cursor, everybody.cleo, Purpose.REPORTING)
        cursor.execute("select set_config('earlyhelp.principal', %s, false)", [setting])
        assert one(cursor, COUNT) == 1
        web.commit()
        assert one(cursor, COUNT) == 0


def test_an_altered_payload_opens_nothing(web, everybody):
    with web.cursor() as cursor:
        payload, signature = become(cursor, everybody.cleo, Purpose.REPORTING).split("#")
        for part in range(1, 10):
            parts = payload.split("|")
            parts[part] = "decision_maker" if part == 8 else f"{parts[part]}1"
            cursor.execute(SET, [f"{'|'.join(parts)}#{signature}"])
            assert one(cursor, COUNT) == 0, part


def test_nonsense_opens_nothing(web):
    with web.cursor() as cursor:
        for raw in ("", "p", "#", "x" * 66, "p|||||||||#" + "0" * 64, "é" * 70):
            cursor.execute(SET, [raw])
            assert one(cursor, COUNT) == 0, raw


def test_another_key_opens_nothing(web, everybody):
    with web.cursor() as cursor:
        payload = become(cursor, everybody.cleo, Purpose.REPORTING).split("#")[0]
        cursor.execute(SET, [f"{payload}#{hashlib.sha256(payload.encode()).hexdigest()}"])
        assert one(cursor, COUNT) == 0


def test_a_job_signed_in_the_web_login_opens_nothing(web):
    from sharing_agreements.row_security import _sign

    with web.cursor() as cursor:
        payload = f"j|{one(cursor, 'select gate.nonce()')}|find_repeats"
        cursor.execute(SET, [f"{payload}#{_sign(payload)}"])
        assert one(cursor, COUNT) == 0


BEHIND_THE_GATE = [
    "select * from gate.secret",
    "select * from gate.mask",
    "select gate.set_key(repeat('a', 64)::bytea, repeat('b', 64)::bytea)",
    "select gate.refresh_people('{}')",
    "select gate.lock_people('{}')",
    "select gate.facts_of('{}', current_date)",
    "select gate.facts_for('{}', null, 1::smallint)",
    "select gate.wrong_facts()",
    "set role eh_owner",
    "set role eh_gate",
    "set role eh_worker",
    "set session authorization eh_owner",
    "create table mine (id integer)",
    "create temporary table mine (id integer)",
    "create schema mine",
    "create function mine() returns integer language sql as 'select 1'",
    "insert into gate.mask select from gate.mask",
    "update gate.rules_version set version = 1",
    "select rolpassword from pg_authid",
    "set track_activities = on",
]


def test_the_web_login_cannot_reach_behind_the_gate(web):
    for statement in BEHIND_THE_GATE:
        assert refusal(web, statement).startswith("42501"), statement


def test_maintenance_is_not_a_word_the_web_login_can_say(web):
    with web.cursor() as cursor:
        assert one(cursor, "select gate.in_maintenance()") is False
        cursor.execute("select set_config('earlyhelp.maintenance', 'on', false)")
        assert one(cursor, COUNT) == 0
        assert one(cursor, "select gate.in_maintenance()") is False


def test_row_security_cannot_be_switched_off(web):
    with web.cursor() as cursor:
        cursor.execute("set local row_security = off")
    assert "row-level security" in refusal(web, COUNT)


def test_repeatable_read_cannot_write_a_governed_row(web, everybody):
    web.set_isolation_level(2)
    with web.cursor() as cursor:
        become(cursor, everybody.cleo, Purpose.REPORTING)
    person = cast.person()
    statement = (
        "insert into sharing_agreements_identity (id, owner_id, person_id, about, happened_on, recorded_at, "
        "hidden_from, version, given_name, family_name, known_as, born_precision, sex, is_unborn, has_died, is_child, "
        "search_text) values (gen_random_uuid(), %s, %s, '{}', now(), now(), '{}', 1, '', '', '', '', 'U', false, "
        "false, true, '')"
    )
    assert refusal(web, statement, [str(everybody.police.pk), str(person.pk)]).startswith("25000")


def test_another_connections_words_cannot_be_read(web, committed):
    with login("eh_web", committed) as other, other.cursor() as second, web.cursor() as first:
        second.execute("select 'Zebulon'")
        assert one(first, "select count(*) from pg_stat_activity where query like '%Zebul' || 'on%'") == 0


def test_the_login_is_only_itself(committed):
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolname from pg_roles where rolname like 'eh!_%' escape '!' "
            "and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"
        )
        assert cursor.fetchall() == []
