"""The benchmark's world for the watch: many open cases, some stalled as in Marlbeck; set-based, deterministic."""

import hashlib

import psycopg2

AS_OF = "2026-11-18"
_LOADED = (
    "sharing_agreements_person sharing_agreements_personfacts sharing_agreements_family cases_case cases_childincase"
    " cases_review cases_action cases_note cases_event cases_assessment cases_watch cases_watchprompt"
).split()
_FACTS = (
    "id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at, hidden_from, version, kind,"
    " owner_no, author_no, bit, stage, involved, workers, lead_no, facts_until, restricted"
)


def _row(kind: int, day: str, *, person: bool = True) -> str:
    """The governed columns of a row about case number n, in the order of _FACTS."""
    return f"""gen_random_uuid(), w.agency_id, w.id, {_id("f")}, {_id("p") if person else "null"}, array[{_id("p")}],
        {day}, ({day} + time '12:00') at time zone 'Europe/London', '{{}}', 1, {kind}, w.agency_no, w.no,
        (w.agency_no * 32 + {kind}) * 16 + 6, 3, array[w.agency_no]::smallint[],
        case when n % 67 = 0 then '{{}}' else array[w.no] end, case when n % 67 = 0 then null else w.no end,
        '9999-12-31', 0"""


def _id(letter: str) -> str:
    """The id of case n's family (f), child (p), case (c) or keeping in touch (w)."""
    fixed = {"f": "8", "p": "9", "c": "a", "w": "b"}[letter]
    return f"('00000000-0000-4000-{fixed}000-'||lpad(to_hex(n), 12, '0'))::uuid"


_STATE = """(case n % 20 when 0 then 'waiting' when 1 then 'assessing' when 2 then 'assessing'
             when 3 then 'stepped_down' else 'plan_active' end)"""
_PLAN = "n % 20 > 3"


def _as_of(days: str) -> str:
    return f"(date '{AS_OF}' - ({days}))"


def _statements(cases: int, leads: int) -> list[str]:
    n = f"generate_series(1, {cases}) n join bench_lead w on w.no = 1 + n % {leads}"
    began, since = _as_of("60 + n % 200"), _as_of("14 + n % 40")
    return [
        """insert into sharing_agreements_agency
              (id, no, name, short_name, type, district, phone, out_of_hours_phone, email, controller, sensitive)
            select gen_random_uuid(), a, 'Agency '||a, 'A'||a, 'early_help', 'Marlbeck', '', '', '', '', a % 50 = 0
              from generate_series(1, 200) a""",
        f"""insert into sharing_agreements_practitioner
              (id, password, no, provider, subject, email, name, phone, is_active, is_demonstration)
            select gen_random_uuid(), '!', p, 'local', 'p'||p, 'p'||p||'@example.org', 'P'||p, '', true, true
              from generate_series(1, {leads}) p""",
        """insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on, ends_on)
            select gen_random_uuid(), p.id, a.id, 'lead_practitioner', '', '2020-01-01',
                   case when p.no % 200 = 7 then date '2026-10-01' end
              from sharing_agreements_practitioner p join sharing_agreements_agency a on a.no = 1 + p.no % 200""",
        """create table bench_lead as
            select p.id, p.no, a.id as agency_id, a.no as agency_no
              from sharing_agreements_practitioner p join sharing_agreements_agency a on a.no = 1 + p.no % 200""",
        f"insert into sharing_agreements_family (id) select {_id('f')} from {n}",
        f"insert into sharing_agreements_person (id) select {_id('p')} from {n}",
        f"""insert into sharing_agreements_personfacts
              (person_id, stage, involved, workers, lead_no, facts_until, restricted, address_hidden)
            select {_id("p")}, 3, array[w.agency_no]::smallint[],
                   case when n % 67 = 0 then '{{}}' else array[w.no] end, case when n % 67 = 0 then null else w.no end,
                   '9999-12-31', false, false from {n}""",
        f"""insert into cases_case ({_FACTS}, reference, why, lead_wished_for)
            select {_row(15, began, person=False).replace("gen_random_uuid()", _id("c"), 1)},
                   'EH-'||n, 'Help with mornings.', '' from {n}""",
        f"""insert into cases_childincase ({_FACTS}, case_id, state, since)
            select {_row(15, began)}, {_id("c")}, {_STATE}, ({began} + time '12:00') at time zone 'Europe/London'
              from {n}""",
        f"""insert into cases_review ({_FACTS}, case_id, result, summary, next_review_on)
            select {_row(17, _as_of("k * 30 + 5 + n % 7"))}, {_id("c")}, 'continue', 'As planned.',
                   case when n % 16 = 5 then {_as_of("30")} else {_as_of("k * 30 - 40")} end
              from {n} cross join generate_series(0, 1) k where {_PLAN}""",
        f"""insert into cases_action
              ({_FACTS}, case_id, title, sort, measure, power, power_reason, doer_id, doer_agency_id, due_on, status,
               settled_at)
            select {_row(16, _as_of("50"))}, {_id("c")}, 'Ring the school', 'help', '', '', '', w.id, w.agency_id,
                   case when k = 0 and n % 25 = 6 then {_as_of("20")} else {_as_of("k * 20 - 14")} end,
                   case when k = 1 and n % 67 <> 8 then 'done' else 'open' end,
                   case when k = 1 and n % 67 <> 8 then ({_as_of("12")} + time '12:00') at time zone 'Europe/London' end
              from {n} cross join generate_series(0, 1) k where {_PLAN}""",
        f"""insert into cases_note ({_FACTS}, case_id, note_kind, headline, worry)
            select {_row(18, _as_of("10"))}, {_id("c")}, case when n % 101 = 9 then 'tried' else 'phone' end,
                   'Rang home.', false from {n}""",
        f"""insert into cases_event
              ({_FACTS}, title, precision, stated, significant, source_kind, people_named)
            select {_row(18, _as_of("k * 15 + 3 + case when n % 25 = 10 then 60 else 0 end"))},
                   'Rang home.', 'day', true, false, 'note', '' from {n} cross join generate_series(0, 2) k""",
        f"""insert into cases_assessment ({_FACTS}, case_id, form_version, due_on, finished_at, conclusion)
            select {_row(16, _as_of("40"))}, {_id("c")}, 1, {_as_of("25")},
                   case when n % 6 > 0 then ({_as_of("26")} + time '12:00') at time zone 'Europe/London' end, ''
              from {n} where n % 20 in (1, 2)""",
        f"""insert into cases_watch ({_FACTS}, case_id, starts_on, ends_on, family_told_on, family_view, on_lists,
                                      ended_answer, ended_because)
            select {_row(15, since).replace("gen_random_uuid()", _id("w"), 1)}, {_id("c")}, {since},
                   {since} + 182, {since}, '', true, '', '' from {n} where n % 20 = 3""",
        f"""insert into cases_watchprompt ({_FACTS}, watch_id, week, due_on, answer, answered_on, words)
            select {_row(15, since)}, {_id("w")}, week, {since} + week * 7, '', null, ''
              from {n} cross join unnest(array[4, 12, 26]) week where n % 20 = 3""",
    ]


LEADS = 400


def build(admin_url: str, cases: int, leads: int = LEADS) -> None:
    """Fill an empty database; empty it first when an earlier version of this file filled it."""
    statements = _statements(cases, leads)
    version = hashlib.sha256("".join(statements).encode()).hexdigest()[:12]
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("select obj_description(oid) from pg_class where relname = 'bench_lead'")
        found = cursor.fetchone()
        if found and found[0] == version:
            return
        print(f"Filling the database with {cases:,} cases (kept for the next run).", flush=True)
        cursor.execute("set session_replication_role = replica; set maintenance_work_mem = '512MB'; set jit = off")
        cursor.execute("drop table if exists bench_lead")
        cursor.execute("truncate sharing_agreements_agency, sharing_agreements_practitioner cascade")
        cursor.execute(f"truncate {', '.join(_LOADED)} cascade")
        indexes = _drop_indexes(cursor)
        for statement in [*statements, *indexes, f"comment on table bench_lead is '{version}'"]:
            cursor.execute(statement)
        cursor.execute("vacuum analyze")
    connection.close()


def _drop_indexes(cursor) -> list[str]:
    """Drop the indexes that no constraint needs from the loaded tables; answer how to make them again."""
    cursor.execute(
        """select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
            where i.indrelid = any(%s::text[]::regclass[]) and not exists (
                  select from pg_constraint c where c.conindid = i.indexrelid)""",
        [_LOADED],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"drop index {name}")
    return [definition for _name, definition in found]
