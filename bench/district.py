"""The benchmarks' district: 200 agencies, 150 agreements, families, records with their texts, names. Set-based, and
the same for the same size: what a row says follows from its number.

The size is a number of records (cases_event, each with its text in cases_eventdetail). 1,500,000 of them are about
200,000 families of three people; half of all records are about one family in twenty.
"""

import os

import psycopg2

from bench.filling import bare_tables

AGENCIES = 200
AGREEMENTS = 150
HUB, COUNCIL, POLICE, SOCIAL_CARE, SCHOOL = 1, 2, 3, 9, 100
"""Numbers of agencies. SCHOOL is a large one: it knows many of the families that everybody knows."""

TRIAGE, ENCOMPASS, FORCE, LOCAL = 1, 2, 3, 4
"""Numbers of agreements: 15 agencies to the hub; police to every school; council, care and health to the police force;
and from LOCAL on, agreements of fifteen agencies about the people they work with."""

TYPES = {
    1: "hub", 2: "early_help", 3: "police", 9: "social_care", 10: "hospital", 11: "youth_justice", 12: "probation",
    13: "adult_care", 14: "substance_use", 15: "domestic_abuse", 16: "employment",
}  # fmt: skip
FAMILY_NAMES = (
    "Ash Barrow Carr Dean Eaves Firth Garth Holt Ives Jupp Kirk Lund Marsh Nash Orme Platt Quill Rowe Sykes Wray"
)
GIVEN_NAMES = "Ada Ben Cora Dan Elsie Finn Gwen Hal Ivy Jack Kay Leo Mia Ned Oona Pia Quin Rose Sam Tess"
SHARED = (
    "id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at, hidden_from, version, kind,"
    " owner_no, author_no, bit, stage, involved, workers, consent_until, facts_until, restricted"
)


def agency_id(no: str) -> str:
    """SQL for the id of the agency of this number; likewise below."""
    return _id("8001", no)


def practitioner_id(no: str) -> str:
    """SQL for a practitioner's id. Practitioner n works for agency 1 + (n - 1) % 200."""
    return _id("8002", no)


def post_id(no: str) -> str:
    """SQL for the id of the one post of a practitioner."""
    return _id("8003", no)


def agreement_id(no: str) -> str:
    """SQL for an agreement's id."""
    return _id("8004", no)


def family_id(no: str) -> str:
    """SQL for a family's id."""
    return _id("8005", no)


def person_id(no: str) -> str:
    """SQL for a person's id. Persons 3f - 2 to 3f are family f: an adult and two children."""
    return _id("8006", no)


def _id(block: str, no: str) -> str:
    return f"('00000000-0000-4000-{block}-'||lpad(to_hex(({no})::bigint), 12, '0'))::uuid"


def families_of(records: int) -> int:
    """How many families a district of so many records has."""
    return records * 2 // 15


def build(records: int) -> None:
    """Fill the empty database of BENCH_OWNER_URL; do nothing when it is filled."""
    owner = psycopg2.connect(os.environ["BENCH_OWNER_URL"])
    with owner, owner.cursor() as cursor:
        cursor.execute("set local earlyhelp.maintenance = 'on'; set constraints all immediate")
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute("select exists (select from sharing_agreements_agency)")
        if cursor.fetchone()[0]:
            return
        print(f"Filling the database with {records:,} records (kept for the next run).", flush=True)
        for statement in [*_agencies(), *_agreements()]:
            cursor.execute(statement)
        people = ("involvement", "sharingconsent", "stagechange", "personfacts", "person", "family", "identity")
        with bare_tables(cursor, *(f"sharing_agreements_{name}" for name in people)):
            for statement in _people(families_of(records)):
                cursor.execute(statement)
        with bare_tables(cursor, "cases_event", "cases_eventdetail"):
            for statement in _events(records, families_of(records)):
                cursor.execute(statement)
        cursor.execute(f"select gate.holds(array(select generate_series(1, {AGENCIES}))::smallint[])")
        cursor.execute("create index bench_newest on cases_event (recorded_at desc, id desc)")
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("vacuum analyze")
    owner.close()


def _agencies() -> list[str]:
    kinds = " ".join(f"when {no} then '{kind}'" for no, kind in TYPES.items())
    return [
        f"""insert into sharing_agreements_agency
              (id, no, name, short_name, type, district, phone, out_of_hours_phone, email, controller, sensitive,
               host_id)
            select {agency_id("n")}, n, 'Agency '||n, 'A'||n,
                   case n {kinds} else case when n <= 8 then 'community_health' when n > 80 then 'school'
                        else (array['charity', 'housing', 'general_practice'])[1 + n % 3] end end,
                   'Marlbeck', '', '', '', case when n = 1 then 'Council' else '' end, n = 15,
                   case when n = 1 then {agency_id(str(COUNCIL))} end
              from generate_series(1, {AGENCIES}) n""",
        f"""insert into sharing_agreements_practitioner
              (id, password, no, provider, subject, email, name, phone, is_active, is_demonstration)
            select {practitioner_id("n")}, '!', n, 'local', 'p'||n, 'p'||n||'@example.org',
                   'Practitioner ' || (string_to_array('{FAMILY_NAMES}', ' '))[1 + n % 20], '', true, true
              from generate_series(1, {AGENCIES * 5}) n""",
        f"""insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on)
            select {post_id("n")}, {practitioner_id("n")}, {agency_id(f"1 + (n - 1) % {AGENCIES}")},
                   case when n = 1 then 'decision_maker'
                        else (array['manager', 'team_member', 'lead_practitioner', 'governance_lead', 'analyst'])
                             [1 + (n - 1) / {AGENCIES}] end, '', '2020-01-01'
              from generate_series(1, {AGENCIES * 5}) n""",
    ]


def _agreements() -> list[str]:
    """All signed and in force. Local agreement i: council, care, one health trust and twelve agencies in a row."""
    local = f"generate_series({LOCAL}, {AGREEMENTS}) i"
    return [
        f"""insert into sharing_agreements_agreement
              (id, reference, version, title, overarching, purposes, aim, lawful_basis, state, starts_on, ends_on,
               review_on)
            select {agreement_id("i")}, 'A'||i, 1, 'Agreement '||i, false,
                   case i when {TRIAGE} then '{{triage}}' when {ENCOMPASS} then '{{school_notice,early_help}}'
                          when {FORCE} then '{{oversight}}' else '{{early_help}}' end::varchar[],
                   'a', 'b', 'signed', '2020-01-01', '2099-01-01', '2099-01-01'
              from generate_series(1, {AGREEMENTS}) i""",
        f"""insert into sharing_agreements_agreementmove
              (agreement_id, verb, from_state, to_state, moved_at, reason, digest, words)
            select {agreement_id("i")}, 'sign', 'proposed', 'signed', '2020-01-01', '', '', ''
              from generate_series(1, {AGREEMENTS}) i
             where not exists (
                   select from sharing_agreements_agreementmove m where m.agreement_id = {agreement_id("i")})""",
        f"""insert into sharing_agreements_party
              (id, agreement_id, agency_id, signatory_name, signatory_post, signed_at)
            select gen_random_uuid(), {agreement_id("i")}, {agency_id("no")}, 'S', '', '2020-01-01'
              from (select {TRIAGE} as i, no from generate_series(1, 16) no
                    union select {ENCOMPASS}, no from generate_series(81, {AGENCIES}) no
                    union select {ENCOMPASS}, {POLICE}
                    union select {FORCE}, no from generate_series(2, 9) no
                    union select i, unnest(array[{COUNCIL}, {SOCIAL_CARE}, 4 + i % 5]) from {local}
                    union select i, 17 + (i * 5 + j) % 184 from {local}, generate_series(0, 11) j) x""",
        _clauses(
            f"select {TRIAGE}, no, '', 'hub', '{{decision_maker}}', k, 'full', false, false, 36 * (k % 2)"
            " from generate_series(2, 16) no, unnest('{1,2,3,6,7,8,9,11,14,18}'::int[]) k"
        ),
        _clauses(
            f"select {ENCOMPASS}, null::int, 'police', 'school', '{{team_member,lead_practitioner}}', k, 'summary',"
            " true, false, case k when 7 then 0 else 12 end from unnest('{3,7}'::int[]) k"
        ),
        _clauses(
            f"select {FORCE}, no, '', 'police', '{{manager,supervisor}}', k, 'summary', false, false, 36"
            " from generate_series(2, 9) no, unnest('{1,11,18}'::int[]) k where no <> 3"
        ),
        _clauses(f"""
            select i, null::int, t, r, '{{team_member,lead_practitioner}}', k,
                   case when i % 3 = 0 then 'full' else 'summary' end, true, k = 8,
                   case when i % 4 = 0 then 36 else 0 end
              from {local}, unnest('{{school,charity,housing,general_practice}}'::text[]) r,
                   (values ('early_help', 18), ('social_care', 11), ('community_health', 8), ('community_health', 1))
                   p (t, k)"""),
    ]


def _clauses(rows: str) -> str:
    """Clauses from (agreement, provider no or NULL, provider type, recipient type, roles, kind, level, ...)."""
    return f"""insert into sharing_agreements_clause
          (id, agreement_id, number, provider_agency_id, provider_type, recipient_type, recipient_roles, kind, level,
           needs_involvement, needs_consent, stages, how_far_back)
        select gen_random_uuid(), {agreement_id("i")}, row_number() over (partition by i),
               case when p is not null then {agency_id("p")} end, t, r, roles::varchar[], k, l, involvement, consent,
               '{{}}', back
          from ({rows}) x (i, p, t, r, roles, k, l, involvement, consent, back)"""


def _people(families: int) -> list[str]:
    """Every child has a school and a health trust, some families the council, some a smaller agency."""
    health, smaller = "4 + f % 5", "17 + f % 64"
    school = f"case when f <= {families // 20} and f % 12 = 0 then {SCHOOL} else 81 + f % 120 end"
    people = f"""(select q, f, q % 3 <> 1 as child, array(select distinct n from unnest(array[
                           {health}, case when q % 3 <> 1 then {school} end, case when f % 10 = 0 then {COUNCIL} end,
                           case when f % 4 = 1 then {smaller} end]) n
                                where n is not null order by n)::smallint[] as involved,
                         case f % 10 when 0 then 3 when 1 then 6 else 0 end as stage,
                         case when abs(hashint8(q)::bigint) % 10 < 6 then date '2099-01-01' end as consent_until
                    from (select q, (q + 2) / 3 as f from generate_series(1, {families * 3}) q) n) p"""
    names = "(string_to_array('{}', ' '))[1 + abs(hashint8(q + {})::bigint) % 20]"
    given = f"{names.format(GIVEN_NAMES, 1)} || (abs(hashint8(q + 2)::bigint) % 10)"
    surname = f"{names.format(FAMILY_NAMES, 3)} || (f % 60)"
    return [
        f"insert into sharing_agreements_family (id) select {family_id('f')} from generate_series(1, {families}) f",
        f"insert into sharing_agreements_person (id) select {person_id('q')} from generate_series(1, {families * 3}) q",
        f"""insert into sharing_agreements_personfacts
              (person_id, stage, involved, workers, consent_until, facts_until, restricted, address_hidden)
            select {person_id("q")}, stage, involved, '{{}}', consent_until, '9999-12-31', false, false
              from {people}""",
        f"""insert into sharing_agreements_involvement (id, person_id, agency_id, reason, starts_on, added_at)
            select gen_random_uuid(), {person_id("q")}, {agency_id("no")}, 'registered', '2020-01-01', now()
              from {people}, unnest(involved) no""",
        f"""insert into sharing_agreements_sharingconsent (id, person_id, until, recorded_at)
            select gen_random_uuid(), {person_id("q")}, consent_until, now()
              from {people} where consent_until is not null""",
        f"""insert into sharing_agreements_stagechange (id, person_id, stage, changed_at)
            select gen_random_uuid(), {person_id("q")}, stage, now() from {people} where stage > 0""",
        f"""insert into sharing_agreements_identity
              ({SHARED}, given_name, family_name, known_as, born_on, born_precision, sex, is_unborn, has_died,
               is_child, search_text)
            select md5('identity '||q)::uuid, {agency_id("no")}, {practitioner_id("no")}, {family_id("f")},
                   {person_id("q")}, array[{person_id("q")}], current_date - 300, now() - interval '300 days',
                   '{{}}', 1, 1, no, no, (no * 32 + 1) * 16 + stage * 2, stage, involved, '{{}}', consent_until,
                   '9999-12-31', 0,
                   given, surname, '', date '2008-01-01' + (q % 5000)::int, 'day', 'U', false, false, child,
                   lower(given || ' ' || surname)
              from (select p.*, {health} as no, {given} as given, {surname} as surname from {people}) p""",
    ]


def _events(records: int, families: int) -> list[str]:
    """A fifth are of the police. Numbers go up with time, as rows of a real table do."""
    return [
        f"""insert into cases_event ({SHARED}, title, precision, stated, significant, source_kind, people_named)
            select md5('event '||n)::uuid, {agency_id("no")}, {practitioner_id("author")}, {family_id("f")},
                   {person_id("q")}, array[{person_id("q")}], (at - h % 20 * interval '1 day')::date, at, '{{}}', 1,
                   kind, no, author, (no * 32 + kind) * 16 + stage * 2, stage, involved, '{{}}', consent_until,
                   '9999-12-31', 0,
                   'Event '||n, 'day', true, false, 'note', ''
              from (select n, h, f, q, no, at, no + {AGENCIES} * (n % 5) as author,
                           case when no = {POLICE} then (array[3, 6, 7])[1 + n % 3] when no = {COUNCIL} then 18
                                when no <= 8 then 8 when no = {SOCIAL_CARE} then 11 when no > 80 then 9
                                else 14 end as kind
                      from (select n, h, f, f * 3 - h / 7 % 3 as q,
                                   now() - ({records} - n) * (interval '1500 days' / {records}) as at,
                                   case when h % 100 < 20 then {POLICE} when h % 100 < 32 then {COUNCIL}
                                        when h % 100 < 40 then {SOCIAL_CARE} when h % 100 < 60 then 4 + f % 5
                                        when h % 100 < 65 then 10 + f % 7 when h % 100 < 80 then 17 + f % 64
                                        else 81 + f % 120 end as no
                              from (select n, abs(hashint8(n)::bigint) as h,
                                           1 + abs(hashint8(n + 7000000000)::bigint)
                                               % case when n % 2 = 0 then {families // 20} else {families} end as f
                                      from generate_series(1, {records}) n) a) b) c
              join sharing_agreements_personfacts on person_id = {person_id("q")}""",
        f"""insert into cases_eventdetail ({SHARED}, event_id, text)
            select md5('detail '||id)::uuid, {SHARED[4:]}, id, 'What happened, in some words of its own.'
              from cases_event order by recorded_at""",
    ]
