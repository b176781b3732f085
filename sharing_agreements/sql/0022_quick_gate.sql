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

set local role eh_owner;
