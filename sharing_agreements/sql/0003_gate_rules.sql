-- Which clauses apply. gate.rules is the only definition; masks, explain and the compiler all read it.

set local role eh_owner;
grant select on sharing_agreements_agency, sharing_agreements_team, sharing_agreements_practitioner,
    sharing_agreements_post, sharing_agreements_agreement, sharing_agreements_party, sharing_agreements_clause,
    sharing_agreements_agreementmove
    to eh_gate, eh_web, eh_worker;
grant update (last_login) on sharing_agreements_practitioner to eh_web;

set local role eh_gate;

-- The state every agreement was in on a day: what was last done to it by the end of that day in London.
create function gate.states_on(on_day date) returns table (agreement_id uuid, state text)
language sql stable parallel restricted
as $$
    select distinct on (m.agreement_id) m.agreement_id, m.to_state
      from public.sharing_agreements_agreementmove m
     where (m.moved_at at time zone 'Europe/London')::date <= on_day
     order by m.agreement_id, m.moved_at desc, m.no desc
$$;

-- The first day each agreement was in force: signed, started, every party signed or gone, before it was suspended or
-- ended and before it expired. From that day on the version it replaces is superseded, whatever happens to it later.
create function gate.first_days_in_force() returns table (agreement_id uuid, first_day date)
language sql stable parallel restricted
as $$
    with spell as (
        select m.agreement_id, m.to_state, (m.moved_at at time zone 'Europe/London')::date as from_day,
               lead((m.moved_at at time zone 'Europe/London')::date)
                   over (partition by m.agreement_id order by m.moved_at, m.no) as until_day
          from public.sharing_agreements_agreementmove m
    ), settled as (
        select p.agreement_id,
               max(coalesce(least((p.signed_at at time zone 'Europe/London')::date, p.left_on), 'infinity')) as day
          from public.sharing_agreements_party p
         group by 1
    )
    select a.id, min(began.day)
      from public.sharing_agreements_agreement a
      join spell on spell.agreement_id = a.id and spell.to_state = 'signed'
      join settled on settled.agreement_id = a.id
     cross join lateral (select greatest(spell.from_day, a.starts_on, settled.day) as day) began
     where began.day <= a.ends_on
       and (spell.until_day is null or began.day < spell.until_day)
     group by a.id
$$;

-- A change that has not been made: 'sign' (every party signs and it is in force from that day), 'end' (suspended or
-- ended), 'join' (this agency becomes a party and signs), 'leave' (this agency is no longer bound).
create type gate.supposed as (agreement_id uuid, verb text, agency_id uuid);

-- One row per clause in force on a day x recipient agency x role x purpose x provider agency. An agreement is in
-- force when its state that day is signed, its dates hold, every party that has not left had signed by that day, and
-- no newer version of it had come into force.
-- level: 1 existence, 2 summary, 3 full. stages: a bit per stage. back: months, 0 for any age.
-- A recipient, role or purpose given as NULL means all of them. supposing: as if these changes were made that day.
create function gate.rules_supposing(supposing gate.supposed[], on_day date, for_recipient smallint default null,
                                     for_role text default null, for_purpose text default null)
returns table (clause_id uuid, agreement_id uuid, recipient_no smallint, role text, purpose text,
               provider_no smallint, kind smallint, level smallint, back smallint,
               needs_involvement boolean, needs_consent boolean, stages integer)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    with change as materialized (
        select * from unnest(supposing)
    ), standing as materialized (
        select s.agreement_id, false as signed_now from gate.states_on(on_day) s where s.state = 'signed'
           and s.agreement_id not in (select x.agreement_id from change x where x.verb in ('sign', 'end'))
        union all
        select x.agreement_id, true from change x where x.verb = 'sign'
    ), member as materialized (
        select p.agreement_id, p.agency_id,
               coalesce((p.signed_at at time zone 'Europe/London')::date <= on_day, false) as has_signed
          from sharing_agreements_party p
         where (p.left_on is null or on_day < p.left_on)
           and (p.agreement_id, p.agency_id) not in (select x.agreement_id, x.agency_id from change x where x.verb in ('join', 'leave'))
        union all
        select x.agreement_id, x.agency_id, true from change x where x.verb = 'join'
    ), bound as (
        select m.agreement_id, g.id, g.no, g.type
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
      from sharing_agreements_agreement a
      join standing stood on stood.agreement_id = a.id
      join sharing_agreements_clause c on c.agreement_id = a.id
      join bound recipient on recipient.agreement_id = a.id
       and (recipient.id = c.recipient_agency_id or recipient.type = c.recipient_type)
      join bound provider on provider.agreement_id = a.id
       and (provider.id = c.provider_agency_id or provider.type = c.provider_type)
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
-- What a draft would give is not for everybody.
revoke execute on function gate.rules_supposing(gate.supposed[], date, smallint, text, text) from public;

-- The same as things stand.
create function gate.rules(on_day date, for_recipient smallint default null, for_role text default null,
                           for_purpose text default null)
returns table (clause_id uuid, agreement_id uuid, recipient_no smallint, role text, purpose text,
               provider_no smallint, kind smallint, level smallint, back smallint,
               needs_involvement boolean, needs_consent boolean, stages integer)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$ select * from gate.rules_supposing('{}', on_day, for_recipient, for_role, for_purpose) $$;

-- Bumped by any change to agencies and any move of an agreement: a mask compiled from an older version is dead in the
-- first statement after the change commits. Outside maintenance nothing else changes which clauses apply (sql/0010),
-- so writing a draft recompiles nobody.
create table gate.rules_version (only_one boolean primary key default true check (only_one), version bigint not null);
insert into gate.rules_version (version) values (1);

create function gate.rules_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_argv[0] is distinct from 'in maintenance' or gate.in_maintenance() then
        update gate.rules_version set version = version + 1;
    end if;
    return null;
end
$$;

-- A mask has 16 bits per (provider agency, kind): bit stage * 2, plus 1 while the person agrees to sharing.
create table gate.mask (
    agency_no smallint, role text, purpose text, day date, version bigint,
    level smallint, back smallint, involved boolean, bits bytea,
    primary key (agency_no, role, purpose, day, version, level, back, involved)
);

-- Every stage of `stages` as its pair of bits: without consent, with consent.
create function gate.stage_bits(stages integer, needs_consent boolean) returns integer
language sql immutable parallel safe
as $$
    select bit_or((case when needs_consent then 2 else 3 end) << (s * 2))
      from generate_series(0, 7) s where stages & (1 << s) <> 0
$$;

-- All masks of one principal, one row per level, age and involvement that opens anything. A mask includes the
-- clauses of higher levels, of older records, and (where involved) those that need no involvement.
create function gate.compute_masks(p_agency smallint, p_role text, p_purpose text)
returns table (level smallint, back smallint, involved boolean, bits bytea)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare
    size constant integer := (select (max(a.no) + 1) * 64 from public.sharing_agreements_agency a);
    one record;
    cell bigint;
    at integer;
    last_cells bigint[];
begin
    for one in
        with allowed as materialized (
            select r.provider_no * 32 + r.kind as cell, r.level, r.back, r.needs_involvement,
                   gate.stage_bits(r.stages, r.needs_consent) as bits
              from gate.rules(gate.today(), p_agency, p_role, p_purpose) r
        ), cells as (
            select l, b, i, a.cell, bit_or(a.bits)::bigint as bits
              from generate_series(1, 3) l
             cross join unnest('{0,36,12}'::integer[]) b
             cross join unnest('{f,t}'::boolean[]) i
              join allowed a on a.level >= l and (a.back = 0 or (b > 0 and a.back >= b)) and (i or not a.needs_involvement)
             group by 1, 2, 3, 4
        )
        select l, b, i, array_agg(c.cell << 16 | c.bits order by c.cell) as all_cells from cells c group by 1, 2, 3
         order by 4
    loop
        if one.all_cells is distinct from last_cells then
            bits := decode(repeat('00', size), 'hex');
            foreach cell in array one.all_cells loop
                at := (cell >> 16) * 2;
                bits := set_byte(set_byte(bits, at, (cell & 255)::integer), at + 1, (cell >> 8 & 255)::integer);
            end loop;
            last_cells := one.all_cells;
        end if;
        level := one.l;
        back := one.b;
        involved := one.i;
        return next;
    end loop;
end
$$;

revoke execute on function gate.compute_masks(smallint, text, text) from public;

-- Keep this principal's masks ready, and hand out the nonce to sign. Called once per transaction. Nothing is kept for
-- an agency, role or purpose that does not exist: whoever asks has proved nothing yet.
create function gate.begin(p_agency smallint, p_role text, p_purpose text) returns text
language plpgsql volatile security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare current_version constant bigint := (select version from gate.rules_version);
begin
    -- One transaction writes them; whoever comes meanwhile computes their own and does not wait for it to end.
    if exists (select from public.sharing_agreements_agency a where a.no = p_agency)
       and exists (select from gate.role r where r.role = p_role)
       and p_purpose = any('{reporting,triage,early_help,keeping_in_touch,school_notice,oversight,governance,evaluation,own_account}')
       and not exists (select from gate.mask m where m.agency_no = p_agency and m.role = p_role and m.purpose = p_purpose
                      and m.day = gate.today() and m.version = current_version)
       and pg_try_advisory_xact_lock(hashtextextended(format('gate.begin %s|%s|%s', p_agency, p_role, p_purpose), 0)) then
        insert into gate.mask
        select p_agency, p_role, p_purpose, gate.today(), current_version, l, b, i, c.bits
          from generate_series(1, 3) l
         cross join unnest('{0,36,12}'::integer[]) b
         cross join unnest('{f,t}'::boolean[]) i
          left join gate.compute_masks(p_agency, p_role, p_purpose) c
            on c.level = l and c.back = b and c.involved = i
        on conflict do nothing;
        delete from gate.mask m where m.agency_no = p_agency and m.role = p_role and m.purpose = p_purpose
           and (m.day < gate.today() or m.version < current_version);
    end if;
    return gate.nonce();
end
$$;

-- The acting principal's mask. `|| ''` hands it over unpacked (a packed one would be unpacked for every row).
-- A mask not kept ready (rules changed in mid-request) is computed afresh, so nothing is missing by accident.
create function gate.mask(p_level integer, p_back integer, p_involved boolean) returns bytea
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
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

-- Agencies that own or were sent any governed row. Only grows.
create table gate.holder (agency_no smallint primary key);

-- False only when this principal can see no governed row at all, so that a list may be skipped. Speed, not security.
create function gate.any_right() returns boolean
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' then
        return c[1] is not null;
    end if;
    return gate.mask(1, 12, true) is not null
        or gate.emergency_people() is not null
        or gate.shared_records(1) is not null
        or exists (select from gate.holder h, gate.role r
                    where h.agency_no = c[6]::smallint and r.role = c[9]
                      and (r.own_self or r.receives or r.own_agency_kinds <> 0 or r.own_team_kinds <> 0));
end
$$;

set local role eh_owner;
create trigger rules_changed after insert or update or delete on sharing_agreements_agency
    for each statement execute function gate.rules_changed();
create trigger rules_changed after insert or update or delete on sharing_agreements_agreement
    for each statement execute function gate.rules_changed('in maintenance');
create trigger rules_changed after insert or update or delete on sharing_agreements_party
    for each statement execute function gate.rules_changed('in maintenance');
create trigger rules_changed after insert or update or delete on sharing_agreements_clause
    for each statement execute function gate.rules_changed('in maintenance');
create trigger rules_changed after insert on sharing_agreements_agreementmove
    for each row when (new.to_state = 'signed' or new.from_state = 'signed') execute function gate.rules_changed();
create trigger rules_rewritten after update or delete on sharing_agreements_agreementmove
    for each statement execute function gate.rules_changed();
