-- Three more changes that may be supposed: suspending, resuming, and another first or last day (decision 0056). What
-- is supposed may begin to matter on a later day: the clauses of both worlds are then those of that day.

set local role eh_gate;
update sharing_agreements_simulationrun set from_day = day;

-- 'suspend' and 'end' stop it that day, 'resume' sets it going again between those who signed it, 'dates' gives it
-- this first and last day.
alter type gate.supposed add attribute starts_on date, add attribute ends_on date;

-- One supposed change; what it does not need is left out.
create function gate.suppose(agreement uuid, verb text, agency uuid default null, starts_on date default null,
                             ends_on date default null) returns gate.supposed
language sql immutable
as $$ select (agreement, verb, agency, starts_on, ends_on)::gate.supposed $$;

-- gate.first_days_in_force as it would be if these changes were made on a day.
create function gate.first_days_supposing(supposing gate.supposed[], on_day date)
returns table (agreement_id uuid, first_day date)
language sql stable parallel restricted
as $$
    with change as materialized (
        select * from unnest(supposing)
    ), move as (
        select m.agreement_id, m.to_state, (m.moved_at at time zone 'Europe/London')::date as day, 0 as last, m.moved_at, m.no
          from public.sharing_agreements_agreementmove m
        union all
        select x.agreement_id, case when x.verb in ('sign', 'resume') then 'signed' else 'ended' end, on_day, 1, null, null
          from change x where x.verb in ('sign', 'resume', 'suspend', 'end')
    ), spell as (
        select m.agreement_id, m.to_state, m.day as from_day, lead(m.day) over of_one as until_day
          from move m
        window of_one as (partition by m.agreement_id order by m.day, m.last, m.moved_at, m.no)
    ), settled as (
        select p.agreement_id,
               max(coalesce(least((p.signed_at at time zone 'Europe/London')::date, p.left_on, signs.day), 'infinity')) as day
          from public.sharing_agreements_party p
          left join (select x.agreement_id, on_day as day from change x where x.verb = 'sign') signs
            on signs.agreement_id = p.agreement_id
         group by 1
    ), dated as (
        select a.id,
               case x.verb when 'dates' then x.starts_on when 'sign' then least(a.starts_on, on_day) else a.starts_on end as starts_on,
               case x.verb when 'dates' then x.ends_on else a.ends_on end as ends_on
          from public.sharing_agreements_agreement a
          left join change x on x.agreement_id = a.id
    )
    select a.id, min(began.day)
      from dated a
      join spell on spell.agreement_id = a.id and spell.to_state = 'signed'
      join settled on settled.agreement_id = a.id
     cross join lateral (select greatest(spell.from_day, a.starts_on, settled.day) as day) began
     where began.day <= a.ends_on
       and (spell.until_day is null or began.day < spell.until_day)
     group by a.id
$$;

create or replace function gate.first_days_in_force() returns table (agreement_id uuid, first_day date)
language sql stable parallel restricted
as $$ select * from gate.first_days_supposing('{}', gate.today()) $$;

-- As quick as before (decision 0066): from the agreements of the recipient alone, joined by hashing.
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
           and s.agreement_id not in (select x.agreement_id from change x where x.verb in ('sign', 'resume', 'suspend', 'end'))
        union all
        select x.agreement_id, x.verb = 'sign' from change x where x.verb in ('sign', 'resume')
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
          join gate.first_days_supposing(supposing, on_day) began on began.agreement_id = newer.id
         where newer.replaces_id is not null and began.first_day <= on_day
    )
    select c.id, a.id, recipient.no, r.role, u.purpose, provider.no, c.kind,
           (case c.level when 'existence' then 1 when 'summary' then 2 else 3 end)::smallint,
           c.how_far_back, c.needs_involvement, c.needs_consent,
           case when c.stages = '{}' then 255
                else (select bit_or(1 << s) from unnest(c.stages) s) end
      from wanted
      join sharing_agreements_agreement a on a.id = wanted.id
      join standing stood on stood.agreement_id = a.id
      left join change dated on dated.agreement_id = a.id and dated.verb = 'dates'
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
       and (on_day >= coalesce(dated.starts_on, a.starts_on) or stood.signed_now)
       and on_day <= coalesce(dated.ends_on, a.ends_on)
       and recipient.no <> provider.no
       and (stood.signed_now or not exists (
           select from member x where x.agreement_id = a.id and not x.has_signed))
$$;

-- The first day from today on which being in force between the two dates differs from being so between the two others;
-- NULL: none.
create function gate.first_day_apart(starts_on date, ends_on date, other_start date, other_end date) returns date
language sql stable
as $$
    select min(d) from unnest(array[gate.today(), starts_on, ends_on + 1, other_start, other_end + 1]) d
     where d >= gate.today() and (d between starts_on and ends_on) <> (d between other_start and other_end)
$$;

drop function gate.start_simulation(uuid, text, uuid);
drop function gate.why_not_suppose(uuid, text, uuid);
-- Why a supposed change says nothing; empty when it may be counted.
create function gate.why_not_suppose(wanted uuid, supposed text, agency uuid, starts_on date, ends_on date) returns text
language sql stable security definer set search_path = public, pg_temp
as $$
    select case
        when supposed = 'sign' and a.state not in ('draft', 'proposed') then 'it was signed already'
        when supposed = 'resume' and a.state <> 'suspended' then 'it is not suspended'
        when supposed not in ('sign', 'resume') and a.state <> 'signed' then 'it is not in force'
        when supposed <> 'dates' and a.ends_on < gate.today() then 'the last day has passed'
        when supposed in ('join', 'leave') and agency is null then 'say which agency'
        when supposed = 'join' and exists (select from sharing_agreements_party p
                where p.agreement_id = a.id and p.agency_id = agency and p.left_on is null) then 'that agency is a party already'
        when supposed = 'leave' and not exists (select from sharing_agreements_party p
                where p.agreement_id = a.id and p.agency_id = agency and p.left_on is null and p.signed_at is not null)
            then 'that agency is not bound by it'
        when supposed = 'dates' and (why_not_suppose.starts_on is null or why_not_suppose.ends_on is null)
            then 'say its first and its last day'
        when supposed = 'dates' and why_not_suppose.ends_on < why_not_suppose.starts_on
            then 'the last day is before the first day'
        when supposed = 'dates'
             and gate.first_day_apart(a.starts_on, a.ends_on, why_not_suppose.starts_on, why_not_suppose.ends_on) is null
            then 'from today on it is in force on the same days'
        else '' end
      from sharing_agreements_agreement a where a.id = wanted
$$;

-- Begin a run, for everybody or for a practitioner of the acting agency. from_day: the first day on which the change can
-- matter, today unless the dates say later.
create function gate.start_simulation(wanted uuid, supposed text, agency uuid, starts_on date, ends_on date,
                                      practitioner uuid) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    made constant uuid := gen_random_uuid();
    refusal constant text := gate.why_not_suppose(wanted, supposed, agency, starts_on, ends_on);
begin
    if gate.drafts_for() is null then
        raise exception 'only an information-governance lead does this' using errcode = 'EH403';
    end if;
    if not gate.may_simulate(wanted)
       or (practitioner is not null and gate.askers_of(practitioner, gate.drafts_for()) is null) then
        raise exception 'no such agreement' using errcode = 'EH404';
    end if;
    if refusal <> '' then
        raise exception '%', refusal using errcode = '23514';
    end if;
    insert into sharing_agreements_simulationrun
        (id, agreement_id, supposed, agency_id, starts_on, ends_on, practitioner_id, for_agency_id, asked_by_id, asked_at,
         day, from_day, rules_version, revision, parts_total, parts_done)
    select made, wanted, supposed, agency, start_simulation.starts_on, start_simulation.ends_on, practitioner,
           case when practitioner is not null then gate.drafts_for() end, gate.practitioner_id(), clock_timestamp(), gate.today(),
           case supposed when 'sign' then gate.today()
                when 'dates' then gate.first_day_apart(a.starts_on, a.ends_on, start_simulation.starts_on, start_simulation.ends_on)
                else greatest(gate.today(), a.starts_on) end,
           (select v.version from gate.rules_version v), a.revision, gate.parts_to_count(), 0
      from sharing_agreements_agreement a where a.id = wanted;
    return made;
end
$$;

revoke execute on function gate.why_not_suppose(uuid, text, uuid, date, date) from public;

set local role eh_owner;
