-- What would change if an agreement came into force, stopped, or had a party more or less (decision 0056): the clauses
-- of gate.rules_supposing with and without the change, asked of every governed row by the policy's own expressions.

set local role eh_owner;
grant select, insert, update on sharing_agreements_simulationrun to eh_gate;
grant select, insert on sharing_agreements_simulationline to eh_gate;
grant select on sharing_agreements_simulationrun, sharing_agreements_simulationline to eh_web;

set local role eh_gate;

-- What a clause asks of a row, and whether it stands now and would stand after the change.
create type gate.compared_clause as (
    provider_no smallint, kind smallint, level smallint, back smallint, needs_involvement boolean,
    needs_consent boolean, stages integer, stands boolean, would_stand boolean
);

-- The clauses that matter to a change, for each recipient agency, role and purpose it touches: every clause for a
-- provider and kind of which some clause differs. Where nothing differs there is nothing to count.
create function gate.compared_clauses(supposing gate.supposed[])
returns table (recipient_no smallint, role text, purpose text, clauses gate.compared_clause[])
language sql stable security definer set search_path = public, pg_temp
as $$
    with both_worlds as materialized (
        select x.recipient_no, x.role, x.purpose, x.provider_no, x.kind, x.level, x.back, x.needs_involvement,
               x.needs_consent, x.stages, bool_or(not x.supposed) as stands, bool_or(x.supposed) as would_stand
          from (select false as supposed, r.* from gate.rules(gate.today()) r
                union all
                select true, r.* from gate.rules_supposing(supposing, gate.today()) r) x
         group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ), touched as (
        select distinct b.recipient_no, b.role, b.purpose, b.provider_no, b.kind
          from both_worlds b where b.stands <> b.would_stand
    )
    select b.recipient_no, b.role, b.purpose,
           array_agg((b.provider_no, b.kind, b.level, b.back, b.needs_involvement, b.needs_consent, b.stages,
                      b.stands, b.would_stand)::gate.compared_clause
                     order by b.provider_no, b.kind, b.level, b.back, b.needs_involvement, b.needs_consent, b.stages)
      from both_worlds b
      join touched t using (recipient_no, role, purpose, provider_no, kind)
     group by 1, 2, 3
$$;

-- The text of a query over governed tables: the rows the acting principal would gain or lose by the clauses $1. A row
-- that is open to them in another way, or closed to them whatever clauses say, does not change.
create function gate.differing(tables text[]) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select format($sql$
        select fact_row.table_name, fact_row.id, fact_row.family_id, fact_row.kind, fact_row.level,
               bool_or(m.would_stand) as gained
          from (select * from (%1$s) every_row where %2$s and (%3$s) is not true) fact_row
          join unnest($1) m on m.provider_no = owner_no and m.kind = fact_row.kind and %4$s
         group by 1, 2, 3, 4, 5
        having bool_or(m.stands) <> bool_or(m.would_stand)$sql$,
        (select string_agg(gate.fact_rows(t, '(owner_no, kind) in (select c.provider_no, c.kind from unnest($1) c)'), ' union all ')
           from unnest(tables) t),
        gate.denial(), string_agg(expression, ' or ' order by place) filter (where not by_clause), gate.opened_by())
      from gate.ways_of_row()
$$;

-- Which rows a practitioner would gain and lose, row by row. Ids: for maintenance alone.
create function gate.would_change(supposing gate.supposed[], practitioner_no integer, practitioner uuid, post uuid,
                                  agency_no smallint, agency uuid, team_no integer, role text, purpose text)
returns table (table_name text, record_id uuid, gained boolean)
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    before text;
    mine gate.compared_clause[];
begin
    if not gate.in_maintenance() then
        raise exception 'row by row in maintenance only' using errcode = 'EH403';
    end if;
    select x.clauses into mine from gate.compared_clauses(supposing) x
     where x.recipient_no = would_change.agency_no and x.role = would_change.role and x.purpose = would_change.purpose;
    before := gate.act_as(practitioner_no, practitioner, post, agency_no, agency, team_no, role, purpose);
    return query execute format('select x.table_name, x.id, x.gained from (%s) x',
                                gate.differing(array(select g.table_name from gate.governed g))) using mine;
    perform set_config('earlyhelp.principal', before, true);
end
$$;
grant execute on function gate.would_change(gate.supposed[], integer, uuid, uuid, smallint, uuid, integer, text, text)
    to eh_owner;

-- Recipients of one run that see alike: same agency, same clauses, same way with what is sent. Counted once for all.
create table gate.simulated_group (
    run_id uuid, no integer, agency_no smallint not null, roles text[] not null, purposes text[] not null,
    clauses gate.compared_clause[] not null, primary key (run_id, no)
);
create table gate.simulated_table (run_id uuid, table_name text, primary key (run_id, table_name));
create table gate.simulated_count (
    run_id uuid, table_name text, group_no integer, kind smallint, level smallint, gained boolean, records integer not null,
    primary key (run_id, table_name, group_no, kind, level, gained)
);
-- Kept until the run is counted, so that a family found in two tables is one family.
create table gate.simulated_family (
    run_id uuid, group_no integer, kind smallint, level smallint, gained boolean, family_id uuid,
    primary key (run_id, group_no, kind, level, gained, family_id)
);

create function gate.group_recipients(run uuid, supposing gate.supposed[]) returns void
language sql volatile security definer set search_path = public, pg_temp
as $$
    insert into gate.simulated_group
    select run, row_number() over (order by x.recipient_no, min(x.role || x.purpose)), x.recipient_no,
           array_agg(x.role order by x.role, x.purpose), array_agg(x.purpose order by x.role, x.purpose), x.clauses
      from gate.compared_clauses(supposing) x
      join gate.role r on r.role = x.role
     group by x.recipient_no, x.clauses, r.receives
$$;

-- Count one table for every group: as somebody in the role of whom nothing else is known, so emergency access, conflicts
-- and lists of named people are nobody's here.
create function gate.count_differences(run uuid, target text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    question constant text := format($sql$
        with differing as materialized (%s), counted as (
            insert into gate.simulated_count
            select $2, $3, $4, d.kind, d.level, d.gained, count(*) from differing d group by d.kind, d.level, d.gained
        )
        insert into gate.simulated_family
        select distinct $2, $4, d.kind, d.level, d.gained, d.family_id from differing d where d.family_id is not null
        on conflict do nothing$sql$, gate.differing(array[target]));
    one record;
begin
    for one in
        select x.*, a.id as agency_id from gate.simulated_group x join sharing_agreements_agency a on a.no = x.agency_no
         where x.run_id = run order by x.no
    loop
        perform gate.act_as(0, nobody, nobody, one.agency_no, one.agency_id, 0, one.roles[1], one.purposes[1]);
        execute question using one.clauses, run, target, one.no;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
    insert into gate.simulated_table values (run, target);
end
$$;

-- Every table is counted: keep the lines, one per agency, role, purpose, kind and level, and forget the rest.
create function gate.finish_simulation(run uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    insert into sharing_agreements_simulationline
        (id, run_id, agency_id, role, purpose, kind, level, gained, records, families)
    select gen_random_uuid(), run, a.id, alike.role, alike.purpose, c.kind,
           (array['existence', 'summary', 'full'])[c.level], c.gained, c.records,
           (select count(*) from gate.simulated_family f where f.run_id = run and f.group_no = c.group_no
               and f.kind = c.kind and f.level = c.level and f.gained = c.gained)
      from (select group_no, kind, level, gained, sum(records) as records
              from gate.simulated_count x where x.run_id = run group by 1, 2, 3, 4) c
      join gate.simulated_group g on g.run_id = run and g.no = c.group_no
      join sharing_agreements_agency a on a.no = g.agency_no
     cross join unnest(g.roles, g.purposes) alike (role, purpose);
    delete from gate.simulated_family x where x.run_id = run;
    delete from gate.simulated_count x where x.run_id = run;
    delete from gate.simulated_group x where x.run_id = run;
    delete from gate.simulated_table x where x.run_id = run;
    update sharing_agreements_simulationrun r set done_at = clock_timestamp() where r.id = run;
end
$$;

-- Count the next table of a run; says how many are left. A table counted already is not counted again, so a job that
-- was killed goes on where it stopped.
create function gate.simulate_next(run uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one sharing_agreements_simulationrun%rowtype;
    target text;
    still integer;
begin
    if gate.job() is distinct from 'simulate_agreement' and not gate.in_maintenance() then
        raise exception 'a job does this' using errcode = 'EH403';
    end if;
    select * into one from sharing_agreements_simulationrun r where r.id = run for no key update;
    if not found or one.done_at is not null then
        return 0;
    end if;
    if one.tables_done = 0 then
        perform gate.group_recipients(run, array[(one.agreement_id, one.supposed, one.agency_id)::gate.supposed]);
    end if;
    select min(g.table_name) into target from gate.governed g
     where g.table_name not in (select t.table_name from gate.simulated_table t where t.run_id = run);
    if target is not null then
        perform gate.count_differences(run, target);
    end if;
    select count(*) into still from gate.governed g
     where g.table_name not in (select t.table_name from gate.simulated_table t where t.run_id = run);
    update sharing_agreements_simulationrun r set tables_done = r.tables_total - still where r.id = run;
    if still = 0 then
        perform gate.finish_simulation(run);
    end if;
    return still;
end
$$;

-- Who simulates an agreement and reads what came of it: the governance leads of its parties and of its drafter; of a
-- draft, its drafter's alone.
create function gate.may_simulate(agreement uuid) returns boolean
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select exists (select from sharing_agreements_agreement a
                    where a.id = may_simulate.agreement
                      and (a.drafter_id = gate.drafts_for()
                           or (a.state <> 'draft' and exists (
                               select from sharing_agreements_party p
                                where p.agreement_id = a.id and p.agency_id = gate.drafts_for()))))
$$;

-- Why a supposed change says nothing; empty when it may be counted.
create function gate.why_not_suppose(wanted uuid, supposed text, agency uuid) returns text
language sql stable security definer set search_path = public, pg_temp
as $$
    select case
        when supposed = 'sign' and a.state not in ('draft', 'proposed', 'suspended') then 'it is signed already'
        when supposed = 'sign' and a.ends_on < gate.today() then 'the last day has passed'
        when supposed <> 'sign' and a.state <> 'signed' then 'it is not in force'
        when supposed in ('join', 'leave') and agency is null then 'say which agency'
        when supposed = 'join' and exists (select from sharing_agreements_party p
                where p.agreement_id = a.id and p.agency_id = agency and p.left_on is null) then 'that agency is a party already'
        when supposed = 'leave' and not exists (select from sharing_agreements_party p
                where p.agreement_id = a.id and p.agency_id = agency and p.left_on is null and p.signed_at is not null)
            then 'that agency is not bound by it'
        else '' end
      from sharing_agreements_agreement a where a.id = wanted
$$;

create function gate.start_simulation(wanted uuid, supposed text, agency uuid) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare made constant uuid := gen_random_uuid();
begin
    if gate.drafts_for() is null then
        raise exception 'only an information-governance lead does this' using errcode = 'EH403';
    end if;
    if not gate.may_simulate(wanted) then
        raise exception 'no such agreement' using errcode = 'EH404';
    end if;
    if gate.why_not_suppose(wanted, supposed, agency) <> '' then
        raise exception '%', gate.why_not_suppose(wanted, supposed, agency) using errcode = '23514';
    end if;
    insert into sharing_agreements_simulationrun
        (id, agreement_id, supposed, agency_id, asked_by_id, asked_at, day, rules_version, revision, tables_total, tables_done)
    select made, wanted, supposed, agency, gate.practitioner_id(), clock_timestamp(), gate.today(),
           (select v.version from gate.rules_version v), a.revision, (select count(*) from gate.governed), 0
      from sharing_agreements_agreement a where a.id = wanted;
    return made;
end
$$;

-- Do the rules still stand as they stood when the run began?
create function gate.rules_are_as_in(run uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select r.rules_version = (select v.version from gate.rules_version v) and r.day = gate.today() and r.revision = a.revision
      from sharing_agreements_simulationrun r
      join sharing_agreements_agreement a on a.id = r.agreement_id
     where r.id = run and gate.may_simulate(r.agreement_id)
$$;

revoke execute on function gate.compared_clauses(gate.supposed[]), gate.differing(text[]),
    gate.would_change(gate.supposed[], integer, uuid, uuid, smallint, uuid, integer, text, text),
    gate.group_recipients(uuid, gate.supposed[]), gate.count_differences(uuid, text), gate.finish_simulation(uuid),
    gate.why_not_suppose(uuid, text, uuid) from public;

set local role eh_owner;

do $$
declare one text;
begin
    foreach one in array '{simulationrun,simulationline}'::text[] loop
        one := 'sharing_agreements_' || one;
        execute format('alter table %I enable row level security', one);
        execute format('alter table %I force row level security', one);
        execute format('create policy gate_sees_all on %I to eh_gate using (true) with check (true)', one);
        execute format('create policy maintenance on %I to eh_owner using ((select gate.in_maintenance()))
                        with check ((select gate.in_maintenance()))', one);
    end loop;
end
$$;
create policy of_the_parties on sharing_agreements_simulationrun for select to eh_web
    using (gate.may_simulate(agreement_id));
create policy with_its_run on sharing_agreements_simulationline for select to eh_web
    using (exists (select from sharing_agreements_simulationrun r where r.id = run_id));
