"""A disclosure log of a million looks for the benchmarks' district: a year of them, a fifth by one police force."""

import os

import psycopg2

from bench.district import AGENCIES, POLICE, agency_id, families_of, family_id, post_id, practitioner_id
from bench.filling import bare_tables

OFFICERS = 500
"""More practitioners of the police force than the district has, so that a look is one among many people's."""


def build_looks(records: int, looks: int) -> None:
    """Fill the log of a district of so many records; do nothing when it is filled."""
    owner = psycopg2.connect(os.environ["BENCH_OWNER_URL"])
    with owner, owner.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'; set local work_mem = '256MB'")
        cursor.execute("select exists (select from sharing_agreements_disclosure)")
        if cursor.fetchone()[0]:
            return
        for statement in _officers():
            cursor.execute(statement)
        with bare_tables(cursor, "sharing_agreements_disclosure"):
            cursor.execute(_looks(looks, families_of(records)))
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("vacuum analyze sharing_agreements_disclosure")
    owner.close()


def _officers() -> list[str]:
    first = AGENCIES * 5 + 1
    return [
        f"""insert into sharing_agreements_practitioner
              (id, password, no, provider, subject, email, name, phone, is_active, is_demonstration)
            select {practitioner_id("n")}, '!', n, 'local', 'p'||n, 'p'||n||'@example.org', 'Officer Marsh'||(n % 60),
                   '', true, true
              from generate_series({first}, {first + OFFICERS - 1}) n""",
        f"""insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on)
            select {post_id("n")}, {practitioner_id("n")}, {agency_id(str(POLICE))}, 'team_member', '', '2020-01-01'
              from generate_series({first}, {first + OFFICERS - 1}) n""",
    ]


def _looks(looks: int, families: int) -> str:
    """Each look shows the names of one family; every other one of the police is at a family known to everybody."""
    identity = "md5('identity '||({}))::uuid"
    family = (
        f"1 + abs(hashint8(n + 5000000000)::bigint) % case when n % 2 = 0 then {families // 20} else {families} end"
    )
    agency = f"case when who > {AGENCIES * 5} then {POLICE} else 1 + (who - 1) % {AGENCIES} end"
    officer = f"{AGENCIES * 5 + 1} + h / 5 % {OFFICERS}"
    return f"""
        insert into sharing_agreements_disclosure
              (id, at, practitioner_id, post_id, agency_id, role, purpose, job, what, outcome, tables, record_ids,
               family_id, request_id, basis, tx)
        select md5('look '||n)::uuid, now() - ({looks} - n) * (interval '365 days' / {looks}), {practitioner_id("who")},
               {post_id("who")}, {agency_id(agency)},
               'team_member', 'early_help', '', 'cases:show_family', 'seen', '{{"sharing_agreements_identity": 3}}',
               array[{identity.format("f * 3 - 2")}, {identity.format("f * 3 - 1")}, {identity.format("f * 3")}],
               {family_id("f")}, '', '', 0
          from (select n, f, case when h % 5 = 0 then {officer} else 1 + h / 5 % {AGENCIES * 5} end as who
                  from (select n, {family} as f, abs(hashint8(n)::bigint) as h
                          from generate_series(1, {looks}) n) a) b"""
