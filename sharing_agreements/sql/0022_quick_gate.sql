-- The same answers in less time (decision 0066). A page asks the gate two dozen small questions for every table it
-- reads. Two things made each of them dear: a function in language sql is parsed again into every statement that names
-- it, and a query with arguments may be planned again each time it is run. So what a policy asks is plpgsql here, with
-- one plan that is kept.

set local role eh_gate;

-- As before, counted in binary: both hold every microsecond, and this is five times as quick as numeric.
create or replace function gate.nonce() returns text
language sql stable parallel restricted
as $$ select pg_backend_pid() || '.' || (date_part('epoch', now()) * 1000000)::bigint $$;

create or replace function gate.today() returns date
language plpgsql stable parallel safe
as $$ begin return (now() at time zone 'Europe/London')::date; end $$;

create or replace function gate.practitioner_no() returns integer
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[3]::integer end;
end
$$;

create or replace function gate.practitioner_id() returns uuid
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[4]::uuid end;
end
$$;

create or replace function gate.agency_no() returns smallint
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[6]::smallint end;
end
$$;

create or replace function gate.team_no() returns integer
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then nullif(c[8]::integer, 0) end;
end
$$;

-- The role's row in one read. Kinds elsewhere than in a hub stop before the hub-only box (1 << 4): see sql/0002.
create or replace function gate.own_agency_kinds() returns bigint
language plpgsql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
    c constant text[] := gate.claims();
    kinds constant bigint := (select r.own_agency_kinds from gate.role r where c[1] = 'p' and r.role = c[9]);
begin
    if kinds & (1::bigint << 4) = 0
       or exists (select from public.sharing_agreements_agency a where a.no = c[6]::smallint and a.type = 'hub') then
        return coalesce(kinds, 0);
    end if;
    return coalesce(kinds & ~(1::bigint << 4), 0);
end
$$;

create or replace function gate.own_team_kinds() returns bigint
language plpgsql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.own_team_kinds from gate.role r where c[1] = 'p' and r.role = c[9]), 0);
end
$$;

create or replace function gate.own_self() returns boolean
language plpgsql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.own_self from gate.role r where c[1] = 'p' and r.role = c[9]), false);
end
$$;

create or replace function gate.receives() returns boolean
language plpgsql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.receives from gate.role r where c[1] = 'p' and r.role = c[9]), false);
end
$$;

create or replace function gate.writes() returns boolean
language plpgsql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare c constant text[] := gate.claims();
begin
    return coalesce((select r.writes from gate.role r where c[1] = 'p' and r.role = c[9]), false);
end
$$;

-- Almost nobody has a conflict of interest, and that is one short read.
create or replace function gate.denied_people() returns uuid[]
language plpgsql stable security definer parallel restricted
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
    c constant text[] := gate.claims();
    me constant uuid := case when c[1] = 'p' then c[4]::uuid end;
    closed constant uuid[] := array(
        select x.person_id from sharing_agreements_conflict x where x.practitioner_id = me and x.ended_at is null
        union all
        select x.person_id from sharing_agreements_practitioner x where x.id = me and x.person_id is not null);
begin
    if closed = '{}' then
        return closed;
    end if;
    return array(select distinct m from unnest(closed) p, unnest(gate.same_person(p)) m);
end
$$;

create or replace function gate.emergency_people() returns uuid[]
language plpgsql stable security definer parallel restricted
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' then
        return null;
    end if;
    return (select array_agg(distinct m)
              from sharing_agreements_emergencyaccess e, unnest(e.people) p, unnest(gate.same_person(p)) m
             where e.practitioner_id = c[4]::uuid and e.post_id = c[5]::uuid
               and e.ended_at is null and now() < e.ends_at);
end
$$;

create or replace function gate.shared_records(level integer) returns uuid[]
language plpgsql stable security definer parallel restricted
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' then
        return null;
    end if;
    return (select array_agg(x.record_id)
              from sharing_agreements_recordexception x
             where x.agency_id = c[7]::uuid
               and x.verb = 'share' and x.ended_at is null and (x.until is null or x.until >= gate.today())
               and array_position('{existence,summary,full}', x.level) >= shared_records.level
               and (x.practitioner_id = c[4]::uuid or x.practitioner_id is null and gate.receives()));
end
$$;

create or replace function gate.mask(p_level integer, p_back integer, p_involved boolean) returns bytea
language plpgsql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
    c constant text[] := gate.claims();
    found_bits bytea;
begin
    if c[1] is distinct from 'p' then
        return null;
    end if;
    select m.bits into found_bits
      from gate.mask m
     where m.agency_no = c[6]::smallint and m.role = c[9] and m.purpose = c[10] and m.day = gate.today()
       and m.version = (select v.version from gate.rules_version v)
       and m.level = p_level and m.back = p_back and m.involved = p_involved;
    if not found then
        select x.bits into found_bits from gate.compute_masks(c[6]::smallint, c[9], c[10]) x
         where x.level = p_level and x.back = p_back and x.involved = p_involved;
    end if;
    return found_bits || ''::bytea;
end
$$;

-- Whether the widest mask opens anything is known without unpacking it.
create or replace function gate.any_right() returns boolean
language plpgsql stable security definer parallel restricted
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
as $$
declare
    c constant text[] := gate.claims();
    opens boolean;
begin
    if c[1] is distinct from 'p' then
        return c[1] is not null;
    end if;
    select m.bits is not null into opens
      from gate.mask m
     where m.agency_no = c[6]::smallint and m.role = c[9] and m.purpose = c[10] and m.day = gate.today()
       and m.version = (select v.version from gate.rules_version v)
       and m.level = 1 and m.back = 12 and m.involved;
    return coalesce(opens, gate.mask(1, 12, true) is not null)
        or exists (select from gate.holder h, gate.role r
                    where h.agency_no = c[6]::smallint and r.role = c[9]
                      and (r.own_self or r.receives or r.own_agency_kinds <> 0 or r.own_team_kinds <> 0))
        or gate.emergency_people() is not null
        or gate.shared_records(1) is not null;
end
$$;

-- The same clauses as before, from the agreements of the recipient alone (`wanted`), and joined by hashing: for one
-- principal in 150 agreements 5 ms instead of 270. Whoever changes this function keeps both.
create or replace function gate.rules_supposing(supposing gate.supposed[], on_day date, for_recipient smallint default null,
                                     for_role text default null, for_purpose text default null)
returns table (clause_id uuid, agreement_id uuid, recipient_no smallint, role text, purpose text,
               provider_no smallint, kind smallint, level smallint, back smallint,
               needs_involvement boolean, needs_consent boolean, stages integer)
language sql stable security definer parallel restricted
set search_path = public, pg_temp set enable_nestloop = off
as $$
    with change as materialized (
        select * from unnest(supposing)
    ), wanted as materialized (
        select a.id from sharing_agreements_agreement a where for_recipient is null
        union
        select p.agreement_id from sharing_agreements_party p
         where p.agency_id = (select g.id from sharing_agreements_agency g where g.no = for_recipient)
        union
        select x.agreement_id from change x
    ), standing as materialized (
        select s.agreement_id, false as signed_now from gate.states_on(on_day) s where s.state = 'signed'
           and s.agreement_id not in (select x.agreement_id from change x where x.verb in ('sign', 'end'))
        union all
        select x.agreement_id, true from change x where x.verb = 'sign'
    ), member as materialized (
        select p.agreement_id, p.agency_id,
               coalesce((p.signed_at at time zone 'Europe/London')::date <= on_day, false) as has_signed
          from wanted
          join sharing_agreements_party p on p.agreement_id = wanted.id
         where (p.left_on is null or on_day < p.left_on)
           and (p.agreement_id, p.agency_id) not in (select x.agreement_id, x.agency_id from change x where x.verb in ('join', 'leave'))
        union all
        select x.agreement_id, x.agency_id, true from change x where x.verb = 'join'
    ), bound as (
        select m.agreement_id, g.id, g.no, g.type, g.district
          from member m
          join standing s on s.agreement_id = m.agreement_id
          join sharing_agreements_agency g on g.id = m.agency_id
         where m.has_signed or s.signed_now
    ), superseded as materialized (
        select newer.replaces_id
          from sharing_agreements_agreement newer
          join gate.first_days_in_force() began on began.agreement_id = newer.id
         where newer.replaces_id is not null and began.first_day <= on_day
           and not (began.first_day = on_day and newer.id in (select x.agreement_id from change x where x.verb = 'end'))
        union all
        select newer.replaces_id
          from sharing_agreements_agreement newer
          join change x on x.agreement_id = newer.id and x.verb = 'sign'
         where newer.replaces_id is not null and on_day <= newer.ends_on
    )
    select c.id, a.id, recipient.no, r.role, u.purpose, provider.no, c.kind,
           (case c.level when 'existence' then 1 when 'summary' then 2 else 3 end)::smallint,
           c.how_far_back, c.needs_involvement, c.needs_consent,
           case when c.stages = '{}' then 255
                else (select bit_or(1 << s) from unnest(c.stages) s) end
      from wanted
      join sharing_agreements_agreement a on a.id = wanted.id
      join standing stood on stood.agreement_id = a.id
      join sharing_agreements_clause c on c.agreement_id = a.id
      join bound recipient on recipient.agreement_id = a.id
       and (recipient.id = c.recipient_agency_id
            or recipient.type = c.recipient_type and c.recipient_district in ('', recipient.district))
      join bound provider on provider.agreement_id = a.id
       and (provider.id = c.provider_agency_id
            or provider.type = c.provider_type and c.provider_district in ('', provider.district))
     cross join unnest(c.recipient_roles) r (role)
     cross join unnest(a.purposes) u (purpose)
     where a.id not in (select replaces_id from superseded)
       and (for_recipient is null or recipient.no = for_recipient)
       and (for_role is null or r.role = for_role)
       and (for_purpose is null or u.purpose = for_purpose)
       and (on_day >= a.starts_on or stood.signed_now) and on_day <= a.ends_on
       and recipient.no <> provider.no
       and (stood.signed_now or not exists (
           select from member x where x.agreement_id = a.id and not x.has_signed))
$$;

-- All masks of one principal as before; the bytes of a mask are put together once instead of being copied for each.
create or replace function gate.compute_masks(p_agency smallint, p_role text, p_purpose text)
returns table (level smallint, back smallint, involved boolean, bits bytea)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare size constant integer := (select (max(a.no) + 1) * 64 from public.sharing_agreements_agency a);
begin
    return query
    with allowed as materialized (
        select r.provider_no * 32 + r.kind as cell, r.level, r.back, r.needs_involvement,
               gate.stage_bits(r.stages, r.needs_consent) as bits
          from gate.rules(gate.today(), p_agency, p_role, p_purpose) r
    ), cells as (
        select l, b, i, a.cell, bit_or(a.bits) as bits
          from generate_series(1, 3) l
         cross join unnest('{0,36,12}'::integer[]) b
         cross join unnest('{f,t}'::boolean[]) i
          join allowed a on a.level >= l and (a.back = 0 or (b > 0 and a.back >= b)) and (i or not a.needs_involvement)
         group by 1, 2, 3, 4
    ), pieces as (
        select c.l, c.b, c.i, c.cell, lag(c.cell, 1, -1) over (partition by c.l, c.b, c.i order by c.cell) as before,
               lpad(to_hex(((c.bits & 255) << 8) | (c.bits >> 8)), 4, '0') as two_bytes
          from cells c
    )
    select p.l::smallint, p.b::smallint, p.i,
           decode(string_agg(repeat('0000', p.cell - p.before - 1) || p.two_bytes, '' order by p.cell)
                  || repeat('0000', size / 2 - 1 - max(p.cell)), 'hex')
      from pieces p
     group by 1, 2, 3;
end
$$;

-- Facts reach the governed rows about some people through gate.fan_out and nothing else. It names every governed table,
-- so that each session plans its statements once; gate.write_fan_out writes it anew whenever a table is governed.
-- Planned before it knows whom it is about, PostgreSQL takes any people for many and would read whole tables.
-- A row about several people is reached from each of them, by changes that hold different locks. Take it first, in one
-- order, and compute in a later statement: an update that waited for another change goes on with its own old snapshot
-- and would put the other person's old facts back. Facts are computed once for each distinct set of people.
create function gate.write_fan_out() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $do$
begin
    execute format($sql$
        create or replace function gate.fan_out(ids uuid[]) returns void
        language plpgsql volatile security definer
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off
        as $body$
        begin
            %s
        end
        $body$ $sql$, (
        select string_agg(format($one$
            if exists (select from %1$I r where r.about && ids) then
                perform from %1$I r where r.about && ids and cardinality(r.about) > 1 order by r.id for update;
                with sets as materialized (
                    select d.about, d.person_id, d.locates, f.*
                      from (select distinct r.about, r.person_id, r.kind = 2 as locates from %1$I r where r.about && ids) d,
                           lateral gate.facts_for(d.about, d.person_id, case when d.locates then 2 else 1 end::smallint) f
                )
                update %1$I r
                   set stage = s.stage, involved = s.involved, workers = s.workers, lead_no = s.lead_no,
                       consent_until = s.consent_until, facts_until = s.facts_until, restricted = s.restricted,
                       allowed = s.allowed, bit = (r.owner_no * 32 + r.kind) * 16 + s.stage * 2
                  from sets s
                 where r.about && ids and r.about = s.about and r.person_id is not distinct from s.person_id
                   and (r.kind = 2) = s.locates
                   and (r.stage, r.involved, r.workers, r.lead_no, r.consent_until, r.facts_until, r.restricted,
                        r.allowed, r.bit)
                       is distinct from (s.stage, s.involved, s.workers, s.lead_no, s.consent_until, s.facts_until,
                                         s.restricted, s.allowed, (r.owner_no * 32 + r.kind) * 16 + s.stage * 2);
            end if;$one$, g.table_name), '' order by g.table_name)
          from gate.governed g));
    revoke execute on function gate.fan_out(uuid[]) from public;
end
$do$;
revoke execute on function gate.write_fan_out() from public;

create function gate.governed_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin perform gate.write_fan_out(); return null; end $$;
revoke execute on function gate.governed_changed() from public;
create or replace trigger write_fan_out after insert or update or delete on gate.governed
    for each statement execute function gate.governed_changed();
do $$ begin perform gate.write_fan_out(); end $$;

-- Recompute these people's facts and fan them out. Volatile, and each statement reads afresh: the lock alone would
-- leave stale rows.
create or replace function gate.refresh_people(people uuid[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    ids constant uuid[] := gate.lock_people(people);
    one uuid;
begin
    foreach one in array ids loop
        update sharing_agreements_personfacts f
           set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, address_hidden) =
               (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                       x.address_hidden
                  from gate.facts_of(gate.same_person(one), gate.today()) x)
         where f.person_id = one;
    end loop;
    perform gate.fan_out(ids);
end
$$;

-- What opens rows to the acting principal (sql/0011), as a function whose plan each session keeps: written from the ways
-- by gate.write_explain, which whoever changes a way calls. A test holds it to gate.explaining.
create type gate.opening as (
    record_id uuid, table_name text, kind smallint, level integer, owner_no smallint, way text, clause_id uuid
);

create function gate.write_explain() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $do$
begin
    execute format($sql$
        create or replace function gate.explain_rows(asked_about gate.fact_row[]) returns setof gate.opening
        language plpgsql stable security definer parallel restricted
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
        as $body$
        begin
            return query %s;
        end
        $body$ $sql$, gate.explaining('select * from unnest(asked_about)',
            'fact_row.id, fact_row.table_name, fact_row.kind, fact_row.level, fact_row.owner_no'));
    revoke execute on function gate.explain_rows(gate.fact_row[]) from public;
end
$do$;
revoke execute on function gate.write_explain() from public;
do $$ begin perform gate.write_explain(); end $$;

create or replace function gate.explain(tables text[], ids uuid[])
returns table (record_id uuid, table_name text, kind smallint, owner_no smallint, way text, clause_id uuid)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    target text;
    more gate.fact_row[];
    rows gate.fact_row[] := '{}';
begin
    if c[1] is distinct from 'p' or cardinality(ids) is distinct from cardinality(tables) then
        return;
    end if;
    perform gate.keep_clauses(c[6]::smallint, c[9], c[10]);
    for target in
        select g.table_name from gate.governed g where g.table_name = any(tables)
    loop
        execute format('select array_agg(held::gate.fact_row) from (%s) held', gate.fact_rows(target, 'id = any($1)'))
           into more using array(select i from unnest(tables, ids) asked (t, i) where t = target);
        rows := rows || more;
    end loop;
    return query select x.record_id, x.table_name, x.kind, x.owner_no, x.way, x.clause_id from gate.explain_rows(rows) x;
end
$$;

create or replace function gate.who_can_see(family uuid)
returns table (agency_no smallint, role text, posts uuid[], purpose text, kind smallint, level integer,
               owner_no smallint, way text, clause_id uuid)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    rows constant gate.fact_row[] := gate.rows_to_ask_about(family);
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    group_ record;
    one record;
    for_purpose text;
begin
    for group_ in select * from gate.posts_that_might(rows) loop
        select w.no, w.id as practitioner, p.id, g.no as agency, g.id as agency_id into one
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id
          join sharing_agreements_agency g on g.id = p.agency_id
         where p.id = group_.posts[1];
        foreach for_purpose in array group_.purposes loop
            perform gate.act_as(one.no, one.practitioner, one.id, one.agency, one.agency_id, group_.team_no,
                                group_.role, for_purpose);
            perform gate.keep_clauses(one.agency, group_.role, for_purpose);
            return query
            select distinct group_.agency_no::smallint, group_.role, group_.posts, for_purpose, s.kind, s.level, s.owner_no,
                   s.way, s.clause_id
              from gate.explain_rows(rows) s;
        end loop;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$$;

set local role eh_owner;
