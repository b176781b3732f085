"""Puts a random world into PostgreSQL and asks it what each viewer may read, through several doors.

The governed tables used are three made for the purpose, one per level, with a kind per row: the policy text
is the one every governed table gets (tests/house/test_governed_models.py holds the others to it).
Everything happens in the caller's transaction; the caller rolls it back.
"""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values

from sharing_agreements.row_security import Principal, signed
from sharing_agreements.vocabulary import AgreementVerb, Level
from tests import oracle
from tests.oracle import Agreement, Clause, Record, Viewer, World

TABLES = {Level.EXISTENCE: "proof_existence", Level.SUMMARY: "proof_summary", Level.FULL: "proof_full"}
FACTS = (
    "id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at, sent_to_id, "
    "sent_to_practitioner_id, hidden_from, version, kind, owner_no, author_no, team_no, sent_to_no, "
    "sent_to_practitioner_no, bit, stage, involved, workers, lead_no, consent_until, facts_until, restricted, allowed"
)
_DOORS = """
create function {table}_list() returns uuid[] language plpgsql as $$
begin
    return (select array_agg(id) from {table});
end $$;
create function {table}_count() returns bigint language plpgsql as $$
begin
    return (select count(*) from {table});
end $$;
create function {table}_fetch(ids uuid[]) returns uuid[] language plpgsql as $$
declare one uuid; found_id uuid; answer uuid[] := '{{}}';
begin
    foreach one in array ids loop
        select id into found_id from {table} where id = one;
        if found then answer := answer || found_id; end if;
    end loop;
    return answer;
end $$;
create function {table}_change(ids uuid[]) returns uuid[] language plpgsql as $$
declare one uuid; answer uuid[] := '{{}}';
begin
    foreach one in array ids loop
        update {table} set version = version + 1 where id = one;
        if found then answer := answer || one; end if;
    end loop;
    return answer;
end $$;
grant execute on function {table}_list(), {table}_count(), {table}_fetch(uuid[]), {table}_change(uuid[]) to eh_web;
"""
"""Statements run with the caller's rights inside the server and are planned once: trips and plans cost most."""


def _uuid(sort: int, number: int) -> str:
    return str(UUID(int=(sort << 64) + number))


def agency_id(no: int) -> str:
    """Id of an agency by its number in the world; the next ones are the same for other nouns."""
    return _uuid(1, no)


def practitioner_id(no: int) -> str:
    """Id of a practitioner."""
    return _uuid(2, no)


def person_id(no: int) -> str:
    """Id of a person's anchor."""
    return _uuid(3, no)


def record_id(no: int) -> str:
    """Id of a record."""
    return _uuid(4, no)


def post_id(no: int) -> str:
    """Id of the post a practitioner acts under."""
    return _uuid(8, no)


def prepare(cursor: Cursor) -> None:
    """Make the three tables and the doors, as eh_owner in maintenance. Once per database or transaction."""
    for level, table in TABLES.items():
        cursor.execute(f"create table {table} as select {FACTS} from sharing_agreements_identity with no data")
        cursor.execute(f"alter table {table} add primary key (id)")
        cursor.execute(f"call gate.protect('{table}', '{level}', null)")
        cursor.execute(_DOORS.format(table=table))


def forget_checks(cursor: Cursor) -> None:
    """Drop CHECK constraints: a planted row need not make sense, only be secret."""
    cursor.execute(
        "select conrelid::regclass::text, quote_ident(conname) from pg_constraint "
        "where contype = 'c' and connamespace = 'public'::regnamespace and conrelid <> 0"
    )
    for table, name in cursor.fetchall():
        cursor.execute(f"alter table {table} drop constraint {name}")


@dataclass
class Answer:
    """What one viewer got from one table, by record number."""

    listed: set[int]
    counted: int
    fetched: set[int]
    changed: set[int]
    has_any_right: bool


@dataclass(frozen=True)
class Disagreement:
    """Where the database and the oracle differ."""

    viewer: Viewer
    record: Record | None
    door: str
    oracle_says: bool

    def __str__(self) -> str:
        return f"{self.door}: oracle says {'yes' if self.oracle_says else 'no'}\n  {self.viewer}\n  {self.record}"


def judge(cursor: Cursor, world: World) -> tuple[int, list[Disagreement]]:
    """Load a world and compare every door with the oracle. Decisions made, and disagreements."""
    load(cursor, world)
    decisions, wrong = 0, []
    for viewer in world.viewers:
        answers = ask(cursor, world, viewer)
        for level, answer in answers.items():
            records = [r for r in world.records if r.level == level]
            allowed = {r.no for r in records if oracle.may_read(world, viewer, r)}
            changeable = {r.no for r in records if oracle.may_change(world, viewer, r)}
            by_no = {r.no: r for r in records}
            doors = [("list", answer.listed, allowed), ("fetch", answer.fetched, allowed)]
            doors.append(("change", answer.changed, changeable))
            for door, got, expected in doors:
                wrong += [Disagreement(viewer, by_no[no], door, no in expected) for no in sorted(got ^ expected)]
            if answer.has_any_right != oracle.has_any_right(world, viewer):
                wrong.append(Disagreement(viewer, None, "any right", not answer.has_any_right))
            if answer.counted != len(allowed):
                wrong.append(Disagreement(viewer, None, f"count {answer.counted}", answer.counted < len(allowed)))
            decisions += len(records)
    return decisions, wrong


def load(cursor: Cursor, world: World) -> None:
    """Write a world as eh_owner in maintenance; half of the records before the facts, half after."""
    _load_agencies(cursor, world)
    for agreement, number in zip(world.agreements, range(len(world.agreements)), strict=True):
        _load_agreement(cursor, agreement, number)
    early = [r for r in world.records if r.no % 2]
    _load_records(cursor, early)
    _load_facts(cursor, world)
    cursor.execute("set local role eh_gate")
    cursor.execute("select gate.refresh_people(%s::uuid[])", [[person_id(p) for p in world.people]])
    cursor.execute("set local role eh_owner")
    _load_records(cursor, [r for r in world.records if not r.no % 2])
    _load_exceptions(cursor, world)
    if world.overdue:
        _fall_overdue(cursor, [person_id(p) for p in sorted(world.overdue)], world.today)


def _insert(cursor: Cursor, table: str, columns: str, rows: list[tuple[Any, ...]], template: str | None = None) -> None:
    if rows:
        execute_values(cursor, f"insert into {table} ({columns}) values %s", rows, template, page_size=1000)


def _load_agencies(cursor: Cursor, world: World) -> None:
    _insert(
        cursor,
        "sharing_agreements_agency",
        "id, no, name, short_name, type, district, phone, out_of_hours_phone, email, host_id, controller, sensitive",
        [
            (
                agency_id(a.no),
                a.no,
                f"Agency {a.no}",
                "",
                a.type,
                a.district,
                *("", "", ""),
                agency_id(a.no),
                "Council",
                False,
            )
            for a in world.agencies
        ],
    )
    people = {p: person_id(p) for p in world.people}
    links = dict(world.merges)
    rows = [(people[p], people[links[p]] if p in links else None) for p in world.people]
    _insert(cursor, "sharing_agreements_person", "id, merged_into_id", rows, "(%s::uuid, %s::uuid)")
    _insert(
        cursor,
        "sharing_agreements_practitioner",
        "id, no, provider, subject, email, name, phone, is_active, is_demonstration, person_id, password",
        [
            (practitioner_id(n), n, "local", str(n), "", "", "", True, True, people.get(world.is_person.get(n)), "")
            for n in world.practitioners
        ],
        "(%s::uuid, %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid, %s)",
    )


def _load_agreement(cursor: Cursor, agreement: Agreement, number: int) -> None:
    own = _uuid(5, number)
    cursor.execute(
        "insert into sharing_agreements_agreement (id, reference, version, title, overarching, replaces_id, purposes, "
        "aim, lawful_basis, state, starts_on, ends_on, review_on) "
        "values (%s, %s, 1, '', false, %s, %s, '', '', %s, %s, %s, %s)",
        [
            own,
            str(number),
            None if agreement.replaces is None else _uuid(5, agreement.replaces),
            sorted(agreement.purposes),
            agreement.moves[-1][1],
            agreement.starts_on,
            max(agreement.starts_on, agreement.ends_on),
            agreement.ends_on,
        ],
    )
    cursor.execute("delete from sharing_agreements_agreementmove where agreement_id = %s", [own])
    _insert(
        cursor,
        "sharing_agreements_agreementmove",
        "agreement_id, verb, from_state, to_state, moved_at, reason, digest, words",
        [
            (own, AgreementVerb.OPEN, before, state, at)
            for before, (at, state) in zip(_before(agreement), agreement.moves, strict=True)
        ],
        "(%s::uuid, %s, %s, %s, %s::timestamptz, '', '', '')",
    )
    _insert(
        cursor,
        "sharing_agreements_party",
        "id, agreement_id, agency_id, signatory_name, signatory_post, signed_at, left_on",
        [
            (_uuid(6, number * 100 + p.agency), own, agency_id(p.agency), "A", "", p.signed_at, p.left_on)
            for p in agreement.parties
        ],
        "(%s::uuid, %s::uuid, %s::uuid, %s, %s, %s::timestamptz, %s::date)",
    )
    _insert(
        cursor,
        "sharing_agreements_clause",
        "id, agreement_id, number, provider_agency_id, provider_type, provider_district, recipient_agency_id, "
        "recipient_type, recipient_district, "
        "recipient_roles, kind, level, needs_involvement, needs_consent, stages, how_far_back",
        [_clause_row(own, number, at, clause) for at, clause in enumerate(agreement.clauses)],
        "(%s::uuid, %s::uuid, %s, %s::uuid, %s, %s, %s::uuid, %s, %s, %s::text[], %s, %s, %s, %s, %s::smallint[], %s)",
    )


def _before(agreement: Agreement) -> list[str]:
    return ["", *(state for _, state in agreement.moves[:-1])]


def _clause_row(agreement: str, number: int, at: int, clause: Clause) -> tuple[Any, ...]:
    def side(party: Any) -> tuple[str | None, str]:
        return (None, party) if isinstance(party, str) else (agency_id(party), "")

    return (
        _uuid(7, number * 100 + at),
        agreement,
        str(at),
        *side(clause.provider),
        clause.provider_district,
        *side(clause.recipient),
        clause.recipient_district,
        sorted(clause.roles),
        clause.kind,
        clause.level,
        clause.needs_involvement,
        clause.needs_consent,
        sorted(clause.stages),
        clause.how_far_back,
    )


def _load_facts(cursor: Cursor, world: World) -> None:
    _insert(
        cursor,
        "sharing_agreements_involvement",
        "id, person_id, agency_id, practitioner_id, reason, starts_on, ends_on, added_at",
        [
            (
                person_id(i.person),
                agency_id(i.agency),
                practitioner_id(i.practitioner) if i.practitioner else None,
                i.reason,
                i.starts_on,
                i.ends_on,
            )
            for i in world.involvements
        ],
        "(gen_random_uuid(), %s::uuid, %s::uuid, %s::uuid, %s, %s::date, %s::date, now())",
    )
    dated = "(gen_random_uuid(), %s::uuid, %s::{}, now() + %s * interval '1 microsecond')"
    consents = [(person_id(p), until, at) for at, (p, until) in enumerate(world.consents)]
    table = "sharing_agreements_sharingconsent"
    _insert(cursor, table, "id, person_id, until, recorded_at", consents, dated.format("date"))
    stages = [(person_id(p), stage, at) for at, (p, stage) in enumerate(world.stages)]
    _insert(
        cursor, "sharing_agreements_stagechange", "id, person_id, stage, changed_at", stages, dated.format("smallint")
    )
    bare = "(gen_random_uuid(), %s::uuid, now())"
    restricted = [(person_id(p),) for p in world.restricted]
    columns = "id, person_id, reason, set_at"
    _insert(
        cursor, "sharing_agreements_restrictedperson", columns, restricted, "(gen_random_uuid(), %s::uuid, '', now())"
    )
    hidden = [(person_id(p),) for p in world.address_hidden]
    _insert(cursor, "sharing_agreements_hiddenaddress", "id, person_id, set_at", hidden, bare)
    conflicts = [(practitioner_id(who), person_id(p), False) for who, p in world.conflicts]
    conflicts += [(practitioner_id(who), person_id(p), True) for who, p in world.past_conflicts]
    columns = "id, practitioner_id, person_id, reason, declared_at, ended_at"
    template = "(gen_random_uuid(), %s::uuid, %s::uuid, '', now(), case when %s then now() end)"
    _insert(cursor, "sharing_agreements_conflict", columns, conflicts, template)
    named = [(p, who, "see_restricted") for who, p in world.may_see_restricted]
    named += [(p, who, "see_hidden_address") for who, p in world.may_see_address]
    _insert(
        cursor,
        "sharing_agreements_personuserobjectpermission",
        "content_object_id, user_id, permission_id",
        [(person_id(p), practitioner_id(who), code) for p, who, code in named],
        "(%s::uuid, %s::uuid, (select id from auth_permission where codename = %s))",
    )


def _load_exceptions(cursor: Cursor, world: World) -> None:
    _insert(
        cursor,
        "sharing_agreements_emergencyaccess",
        "id, practitioner_id, post_id, agency_no, people, told, reason, started_at, ends_at, ended_at, outcome, "
        "review_words",
        [
            (
                practitioner_id(e.practitioner),
                post_id(e.practitioner if e.under_own_post else 99),
                [person_id(p) for p in sorted(e.people)],
                e.minutes_left,
                e.ended,
            )
            for e in world.emergencies
        ],
        "(gen_random_uuid(), %s::uuid, %s::uuid, 1, %s::uuid[], '{}', '', now() - interval '5 hours', "
        "now() + %s * interval '1 minute', case when %s then now() end, '', '')",
    )
    records = {r.no: r for r in world.records}
    _insert(
        cursor,
        "sharing_agreements_recordexception",
        "id, verb, table_name, record_id, owner_no, agency_id, practitioner_id, level, until, reason, made_by_id, "
        "made_at, ended_at",
        [
            (
                TABLES[records[s.record].level],
                record_id(s.record),
                records[s.record].owner,
                agency_id(s.agency),
                practitioner_id(s.practitioner) if s.practitioner else None,
                s.level,
                s.until,
                practitioner_id(records[s.record].author),
                s.ended,
            )
            for s in world.shares
        ],
        "(gen_random_uuid(), 'share', %s, %s::uuid, %s, %s::uuid, %s::uuid, %s, %s::date, '', %s::uuid, now(), "
        "case when %s then now() end)",
    )


def _load_records(cursor: Cursor, records: list[Record]) -> None:
    for level, table in TABLES.items():
        _insert(
            cursor,
            table,
            "id, owner_id, author_id, team_no, person_id, about, kind, happened_on, recorded_at, sent_to_id, "
            "sent_to_practitioner_id, hidden_from, version",
            [_record_row(r) for r in records if r.level == level],
            "(%s::uuid, %s::uuid, %s::uuid, %s, %s::uuid, %s::uuid[], %s, %s::date, now(), %s::uuid, %s::uuid, "
            "%s::smallint[], 1)",
        )


def _record_row(record: Record) -> tuple[Any, ...]:
    others = [person_id(p) for p in sorted(record.about) if p != record.main]
    return (
        record_id(record.no),
        agency_id(record.owner),
        practitioner_id(record.author),
        record.team,
        person_id(record.main) if record.main else None,
        others,
        record.kind,
        record.happened_on,
        agency_id(record.sent_to) if record.sent_to else None,
        practitioner_id(record.sent_to_practitioner) if record.sent_to_practitioner else None,
        sorted(record.hidden_from),
    )


def _fall_overdue(cursor: Cursor, people: list[str], today: date) -> None:
    """A day of change has passed for these people and the refresh has not run."""
    past = "facts_until = %s::date - 1"
    cursor.execute(
        f"update sharing_agreements_personfacts set {past} where person_id = any(%s::uuid[])", [today, people]
    )
    for table in TABLES.values():
        cursor.execute(
            f"update {table} set {past} "
            "where person_id = any(%s::uuid[]) or (person_id is null and about && %s::uuid[])",
            [today, people, people],
        )


def become(cursor: Cursor, viewer: Viewer) -> None:
    """Act as this viewer, as the web login's role; one of them without kept masks."""
    cursor.execute("set local role eh_web")
    if viewer.practitioner != 1:
        cursor.execute("select gate.begin(%s::smallint, %s, %s)", [viewer.agency, viewer.role, viewer.purpose])
    cursor.execute("select gate.nonce()")
    cursor.execute(
        "select set_config('earlyhelp.principal', %s, true)", [signed(_principal(viewer), cursor.fetchone()[0])]
    )


def become_owner(cursor: Cursor) -> None:
    """Nobody acts: eh_owner in maintenance again."""
    cursor.execute("set local role eh_owner; set local earlyhelp.principal = ''")


def ask(cursor: Cursor, world: World, viewer: Viewer) -> dict[Level, Answer]:
    """What this viewer lists, counts, fetches one by one and may change, as the web login's role."""
    become(cursor, viewer)
    ids = {level: [record_id(r.no) for r in world.records if r.level == level] for level in TABLES}
    columns, arguments = [], []
    for level, table in TABLES.items():
        columns.append(
            f"{table}_list()::text[], {table}_count(), "
            f"{table}_fetch(%s::uuid[])::text[], {table}_change(%s::uuid[])::text[]"
        )
        arguments += [ids[level], ids[level]]
    cursor.execute("savepoint before_change")
    cursor.execute(f"select gate.any_right(), {', '.join(columns)}", arguments)
    has_any_right, *got = cursor.fetchone()
    cursor.execute("rollback to savepoint before_change")
    become_owner(cursor)
    answers = {}
    for level in TABLES:
        listed, counted, fetched, changed = (got.pop(0) for _ in range(4))
        answers[level] = Answer(_numbers(listed), counted, _numbers(fetched), _numbers(changed), has_any_right)
    return answers


def explained(cursor: Cursor, world: World, viewer: Viewer) -> dict[int, set[tuple[str, int, int]]]:
    """What gate.explain says of every record of the world, by record number, in the words of oracle.opened_by."""
    become(cursor, viewer)
    tables = [TABLES[record.level] for record in world.records]
    ids = [record_id(record.no) for record in world.records]
    cursor.execute("select record_id::text, way, clause_id::text from gate.explain(%s, %s::uuid[])", [tables, ids])
    found: dict[int, set[tuple[str, int, int]]] = {}
    for one, way, clause in cursor.fetchall():
        number = UUID(clause).int & 0xFFFF if clause else 9999 * (way == "clause")  # a clause must be named
        said = (way.partition("_")[0], number // 100, number % 100)
        found.setdefault(UUID(one).int & 0xFFFF, set()).add(said)
    become_owner(cursor)
    return found


def _numbers(ids: list[str] | None) -> set[int]:
    return {UUID(one).int & 0xFFFF for one in ids or []}


def _principal(viewer: Viewer) -> Principal:
    return Principal(
        practitioner_no=viewer.practitioner,
        practitioner_id=practitioner_id(viewer.practitioner),
        post_id=post_id(viewer.practitioner),
        agency_no=viewer.agency,
        agency_id=agency_id(viewer.agency),
        team_no=viewer.team or 0,
        role=viewer.role,
        purpose=viewer.purpose,
    )


def seeded(seed: int) -> random.Random:
    """The source of world number `seed`."""
    return random.Random(seed)
