"""The benchmark's world: 200 agencies and a hub, families, events with details, set-based and deterministic."""

import datetime
import os
from dataclasses import dataclass
from typing import Any

import psycopg2
from django.db import connection, transaction

from sharing_agreements.models import Practitioner
from sharing_agreements.row_security import Principal, identify

TYPES = "police school community_health housing charity early_help".split()
AS_HEADLINE = (
    "id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at, hidden_from, version, kind,"
    " owner_no, author_no, bit, stage, involved, workers, consent_until, facts_until, restricted"
)


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks."""

    name: str
    what: str
    practitioner: Practitioner
    principal: Principal


def viewers() -> list[Viewer]:
    """The three who look: hub, small agency, no rights."""

    def viewer(name: str, what: str, no: int, role: str, purpose: str) -> Viewer:
        someone = Practitioner.objects.get(no=no)
        nobody = "00000000-0000-4000-8000-000000000000"
        return Viewer(name, what, someone, Principal(no, str(someone.pk), nobody, no, nobody, 0, role, purpose))

    return [
        viewer("hub", "a hub decision-maker who receives from 15 agencies", 1, "decision_maker", "triage"),
        viewer("small", "a team member of one of 200 agencies", 40, "team_member", "early_help"),
        viewer("none", "a post with no rights at all", 41, "analyst", "early_help"),
    ]


def samples(viewer: Viewer) -> dict[str, Any]:
    """A family and a record this viewer can see, and the day lists begin from."""
    since = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=90)
    with transaction.atomic(), connection.cursor() as cursor:
        identify(viewer.principal)
        cursor.execute("select id, family_id from cases_event where recorded_at > %s limit 1 offset 3", [since])
        found = cursor.fetchone()
        if found is None:
            cursor.execute("select id, family_id from bench_event limit 1")
            found = cursor.fetchone()
    return {"since": since, "one": found[0], "family": found[1]}


def build(records: int) -> None:
    """Fill an empty database; do nothing when it is filled."""
    owner = psycopg2.connect(os.environ["BENCH_OWNER_URL"])
    with owner, owner.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'; set constraints all immediate")
        cursor.execute("select to_regclass('bench_event')")
        if cursor.fetchone()[0]:
            return
        print(f"Filling the database with {records:,} records (kept for the next run).", flush=True)
        for statement in [*_agencies(), *_agreements(), *_people(records), *_events(records), *_twin(), *_guardian()]:
            cursor.execute(statement)
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("analyze")
    owner.close()


def _agencies() -> list[str]:
    kinds = "array['" + "','".join(TYPES) + "']"
    return [
        f"""insert into sharing_agreements_agency
              (id, no, name, short_name, type, district, phone, out_of_hours_phone, email, controller, sensitive)
            select gen_random_uuid(), n, 'Agency '||n, 'A'||n, ({kinds})[1 + n % 6], 'Marlbeck', '', '', '', '', false
              from generate_series(2, 201) n""",
        """insert into sharing_agreements_agency
              (id, no, name, short_name, type, district, phone, out_of_hours_phone, email, controller, sensitive,
               host_id)
            select gen_random_uuid(), 1, 'Hub', 'Hub', 'hub', 'Marlbeck', '', '', '', 'Council', false, id
              from sharing_agreements_agency where no = 2""",
        """insert into sharing_agreements_practitioner
              (id, password, no, provider, subject, email, name, phone, is_active, is_demonstration)
            select gen_random_uuid(), '!', n, 'local', 'p'||n, 'p'||n||'@example.org', 'Practitioner '||n, '',
                   true, true
              from generate_series(1, 400) n""",
    ]


def _agreements() -> list[str]:
    """Triage: the hub may see everything of 15 agencies. Team: every type sees every other's, about their people."""
    types = "unnest(array['" + "','".join(TYPES) + "'])"
    return [
        """insert into sharing_agreements_agreement
              (id, reference, version, title, overarching, purposes, aim, lawful_basis, state, starts_on, ends_on,
               review_on)
            values ('00000000-0000-4000-a000-000000000001', 'T', 1, 'Triage', false, '{triage}', 'a', 'b', 'signed',
                    '2020-01-01', '2099-01-01', '2099-01-01'),
                   ('00000000-0000-4000-a000-000000000002', 'F', 1, 'Team', false, '{early_help}', 'a', 'b', 'signed',
                    '2020-01-01', '2099-01-01', '2099-01-01')""",
        """insert into sharing_agreements_party (id, agreement_id, agency_id, signatory_name, signatory_post, signed_at)
            select gen_random_uuid(), a.id, g.id, 'S', '', '2020-01-01'
              from sharing_agreements_agreement a, sharing_agreements_agency g where a.reference = 'F' or g.no <= 16""",
        f"""insert into sharing_agreements_clause
              (id, agreement_id, number, provider_type, recipient_type, recipient_roles, kind, level, needs_involvement,
               needs_consent, stages, how_far_back)
            select gen_random_uuid(), '00000000-0000-4000-a000-000000000001', row_number() over (), t, 'hub',
                   '{{decision_maker}}', k, 'full', false, false, '{{}}', (array[0, 36])[1 + k % 2]
              from {types} t, unnest('{{3,8,9,18}}'::int[]) k""",
        f"""insert into sharing_agreements_clause
              (id, agreement_id, number, provider_type, recipient_type, recipient_roles, kind, level, needs_involvement,
               needs_consent, stages, how_far_back)
            select gen_random_uuid(), '00000000-0000-4000-a000-000000000002', row_number() over (), t, r,
                   '{{team_member}}', k, case when k = 3 then 'summary' else 'full' end, true, k = 8, '{{}}', 0
              from {types} t, {types} r, unnest('{{3,8,9,18}}'::int[]) k""",
    ]


def _people(records: int) -> list[str]:
    people = records // 5
    return [
        f"""insert into sharing_agreements_family (id)
            select ('00000000-0000-4000-8000-'||lpad(to_hex(n), 12, '0'))::uuid
              from generate_series(1, {people // 3 + 1}) n""",
        f"""insert into sharing_agreements_person (id)
            select ('00000000-0000-4000-9000-'||lpad(to_hex(n), 12, '0'))::uuid from generate_series(1, {people}) n""",
        """insert into sharing_agreements_involvement (id, person_id, agency_id, reason, starts_on, added_at)
            select gen_random_uuid(), p.id, g.id, 'registered', '2020-01-01', now()
              from sharing_agreements_person p
              cross join generate_series(0, 2) k
              join sharing_agreements_agency g on g.no = 2 + abs(hashtext(p.id::text) % 200 + k * 67) % 200""",
        """update sharing_agreements_personfacts f
              set stage = 3,
                  consent_until = case when abs(hashtext(f.person_id::text)) % 10 < 6 then date '2099-01-01' end,
                  involved = (select array_agg(distinct g.no order by g.no) from sharing_agreements_involvement i
                                join sharing_agreements_agency g on g.id = i.agency_id
                               where i.person_id = f.person_id)""",
        "insert into sharing_agreements_sharingconsent (id, person_id, until, recorded_at)"
        " select gen_random_uuid(), person_id, consent_until, now() from sharing_agreements_personfacts",
        "insert into sharing_agreements_stagechange (id, person_id, stage, changed_at)"
        " select gen_random_uuid(), person_id, 3, now() from sharing_agreements_personfacts",
    ]


def _events(records: int) -> list[str]:
    people = records // 5
    return [
        "alter table cases_event disable trigger user",
        "alter table cases_eventdetail disable trigger user",
        "alter table cases_event no force row level security",
        "alter table cases_eventdetail no force row level security",
        f"""insert into cases_event ({AS_HEADLINE}, title, precision, stated, significant, source_kind, people_named)
            select gen_random_uuid(), g.id, p.id,
                   ('00000000-0000-4000-8000-'||lpad(to_hex(1 + (n % {people}) / 3), 12, '0'))::uuid, f.person_id,
                   array[f.person_id], current_date - (n % 1500), now() - (n % 1500 || ' days')::interval, '{{}}', 1,
                   x.kind, g.no, p.no, (g.no * 32 + x.kind) * 16 + 6, 3, f.involved, '{{}}', f.consent_until,
                   '9999-12-31', 0, 'Event '||n, 'day', true, false, 'note', ''
              from generate_series(1, {records}) n
              cross join lateral (select (array[3, 8, 9, 18])[1 + n / 7 % 4] as kind) x
              join sharing_agreements_agency g on g.no = 2 + (n::bigint * 7919) % 200
              join sharing_agreements_practitioner p on p.no = 1 + n % 400
              join sharing_agreements_personfacts f
                on f.person_id = ('00000000-0000-4000-9000-'||lpad(to_hex(1 + n % {people}), 12, '0'))::uuid""",
        f"""insert into cases_eventdetail ({AS_HEADLINE}, event_id, text)
            select gen_random_uuid(), {AS_HEADLINE[4:]}, id, 'What happened, in some words of its own.'
              from cases_event""",
        "alter table cases_event force row level security",
        "alter table cases_eventdetail force row level security",
        "alter table cases_event enable trigger user",
        "alter table cases_eventdetail enable trigger user",
        "create index bench_newest on cases_event (recorded_at desc)",
    ]


def _twin() -> list[str]:
    """The twins have every index that the contenders' queries use on the governed tables."""
    return [
        "set local row_security = on",
        "create table bench_event as select * from cases_event",
        "create table bench_eventdetail as select * from cases_eventdetail",
        "alter table bench_event add primary key (id)",
        "alter table bench_eventdetail add primary key (id)",
        "create unique index on bench_eventdetail (event_id)",
        "create index on bench_event (recorded_at desc)",
        "create index on bench_event (family_id, happened_on desc, id desc)",
        "create index on bench_event (person_id, happened_on desc)",
        "grant select on bench_event, bench_eventdetail, guardian_userobjectpermission to eh_web",
    ]


def _guardian() -> list[str]:
    """The hub user's set as guardian keeps it: one row per record, generic key."""
    return [
        "insert into django_content_type (app_label, model) values ('cases', 'twinevent') on conflict do nothing",
        """insert into auth_permission (name, content_type_id, codename)
            select 'Can view', id, 'view_twinevent' from django_content_type where model = 'twinevent'
            on conflict do nothing""",
        """insert into guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
            select e.id::text, a.content_type_id, a.id, p.id
              from bench_event e, auth_permission a, sharing_agreements_practitioner p
             where a.codename = 'view_twinevent' and p.no = 1 and e.owner_no between 2 and 16
               and (e.kind % 2 = 0 or e.happened_on > current_date - interval '36 months')""",
    ]
