-- A simulation counts for all its recipients at once, one part of the families after the other (decision 0069), for the
-- holders of roles or for one practitioner.

set local role eh_gate;

drop function gate.compared_clauses(gate.supposed[]), gate.differing(text[]),
    gate.would_change(gate.supposed[], integer, uuid, uuid, smallint, uuid, integer, text, text),
    gate.group_recipients(uuid, gate.supposed[]), gate.count_differences(uuid, text);
drop table gate.simulated_group, gate.simulated_table, gate.simulated_count, gate.simulated_family;
drop type gate.compared_clause;

-- What a clause asks of a row, and whether it stands now and would stand after the change.
create type gate.clause_shape as (
    level smallint, back smallint, needs_involvement boolean, needs_consent boolean, stages integer,
    stands boolean, would_stand boolean
);
-- Whom a simulation is for. Without a purpose: for each that a clause gives their role.
create type gate.asker as (
    practitioner_no integer, practitioner uuid, post uuid, agency_no smallint, agency uuid, team_no integer,
    role text, purpose text
);

-- The clauses that matter to a change, on a day: for each recipient agency, role, purpose, provider and kind of which
-- some clause differs, all of them. Where nothing differs there is nothing to count.
create function gate.compared_clauses(supposing gate.supposed[], on_day date, for_recipient smallint default null,
                                      for_role text default null, for_purpose text default null)
returns table (recipient_no smallint, role text, purpose text, provider_no smallint, kind smallint, clauses gate.clause_shape[])
language sql stable security definer set search_path = public, pg_temp
as $$
    with both_worlds as materialized (
        select x.recipient_no, x.role, x.purpose, x.provider_no, x.kind, x.level, x.back, x.needs_involvement,
               x.needs_consent, x.stages, bool_or(not x.supposed) as stands, bool_or(x.supposed) as would_stand
          from (select false as supposed, r.* from gate.rules(on_day, for_recipient, for_role, for_purpose) r
                union all
                select true, r.* from gate.rules_supposing(supposing, on_day, for_recipient, for_role, for_purpose) r) x
         group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    )
    select b.recipient_no, b.role, b.purpose, b.provider_no, b.kind,
           array_agg((b.level, b.back, b.needs_involvement, b.needs_consent, b.stages, b.stands, b.would_stand)::gate.clause_shape
                     order by b.level, b.back, b.needs_involvement, b.needs_consent, b.stages)
      from both_worlds b
     group by 1, 2, 3, 4, 5
    having bool_or(b.stands <> b.would_stand)
$$;

-- The clauses of both worlds as they were when the run began. shape: clauses that are alike are one. No index here and on
-- simulated_reach: they are written once and read whole.
create table gate.simulated_clause (
    run_id uuid, recipient_no smallint, role text, purpose text, provider_no smallint, kind smallint, shape integer
);
-- What a shape does to the rows of every class: a byte each, 0 nothing, 1 opens, 2 closes. Rows of one class are alike to
-- every clause; gate.class_of says which class a row is of.
create table gate.simulated_shape (run_id uuid, no integer, changes bytea not null, primary key (run_id, no));
-- Recipients that see alike (same agency, same clauses, same way with what is sent), or one practitioner under one post.
-- Beside that, what the policy asks of whoever looks, by the name of the function it asks.
create table gate.simulated_group (
    run_id uuid, no integer, roles text[] not null, purposes text[] not null, agency_no smallint not null,
    practitioner_no integer, team_no integer, own_agency_kinds bigint, own_team_kinds bigint, own_self boolean,
    receives boolean, denied_people uuid[], emergency_people uuid[], shared_records_1 uuid[], shared_records_2 uuid[],
    shared_records_3 uuid[], primary key (run_id, no)
);
-- The groups a row may matter to, by its owner, its kind and who works with its people. near_no: such an agency, or 0
-- for whoever does not work with them.
create table gate.simulated_reach (
    run_id uuid, near_no smallint, provider_no smallint, kind smallint, group_no integer, shape integer
);
-- Families from one id up to another, and how a part was counted. The first part has the rows that name no family.
create table gate.simulated_part (run_id uuid, no integer, from_id uuid, below_id uuid, primary key (run_id, no));
create table gate.simulated_count (
    run_id uuid, part integer, group_no integer, kind smallint, level integer, gained boolean, records integer not null,
    families integer not null, primary key (run_id, part, group_no, kind, level, gained)
);

-- The text that gives the class of a row: whether the recipient works with its people, its level, its stage, its age
-- (under one year, under three, older) and whether its person agrees to sharing.
create function gate.class_of(works text) returns text
language sql immutable
as $$
    select format($text$((((%s)::integer * 3 + fact_row.level - 1) * 8 + fact_row.stage) * 3
           + case when fact_row.happened_on > (select (gate.today() - interval '12 months')::date) then 0
                  when fact_row.happened_on > (select (gate.today() - interval '36 months')::date) then 1 else 2 end) * 2
           + (coalesce(fact_row.consent_until, '-infinity') >= (select gate.today()))::integer$text$, works)
$$;

-- What these clauses open and close in a row of every class, by the sentence that is asked of a row.
create function gate.changes_of(clauses gate.clause_shape[]) returns bytea
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare changes bytea;
begin
    execute format($sql$
        select decode(string_agg(case when stands = would_stand then '00' when would_stand then '01' else '02' end, '' order by class), 'hex')
          from (select %s as class, coalesce(bool_or(m.stands), false) as stands,
                       coalesce(bool_or(m.would_stand), false) as would_stand
                  from (select l as level, s as stage, i as works, gate.today() as facts_until,
                               (gate.today() - make_interval(months => back))::date as happened_on,
                               case when c then gate.today() end as consent_until,
                               case when i then '{1}'::smallint[] else '{}' end as involved
                          from generate_series(1, 3) l, generate_series(0, 7) s, unnest('{0,12,36}'::integer[]) back,
                               unnest('{t,f}'::boolean[]) c, unnest('{t,f}'::boolean[]) i) fact_row
                  left join unnest($1) m on %s
                 group by 1) classes$sql$, gate.class_of('fact_row.works'), gate.opened_by('1::smallint'))
       into changes using clauses;
    return changes;
end
$$;

-- A sentence of the policy, asked of a column of gate.simulated_group instead of whoever acts.
create function gate.asked_of_group(sentence text) returns text
language plpgsql immutable
as $$
declare asked text := regexp_replace(regexp_replace(sentence,
    '\(select gate\.(shared_records)\((\d)\)\)(::uuid\[\])?', 'asker_\1_\2', 'g'),
    '\(select gate\.(agency_no|practitioner_no|team_no|own_agency_kinds|own_team_kinds|own_self|receives|denied_people|emergency_people)\(\)\)',
    'asker_\1', 'g');
begin
    if replace(asked, 'gate.today()', '') ~ 'gate\.' then
        raise exception 'a simulation has no column for what this asks: %', asked;
    end if;
    return asked;
end
$$;

-- The text of a query over rows of governed tables that meet a condition: those that a group of run $1 would gain or lose. A
-- row that is open to them in another way, or closed to them whatever clauses say, does not change.
create function gate.differing(tables text[], condition text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select format($sql$
        select group_no, table_name, id, family_id, kind, level, happened_on, change = 1 as gained
          from (
            select fact_row.*, get_byte(shape.changes, %5$s) as change, asker.no as group_no, %2$s
              from (select every_row.*, near_no
                      from (%1$s) every_row
                     cross join lateral unnest(case when facts_until >= (select gate.today()) then involved || 0::smallint
                                                    else '{0}'::smallint[] end) near_no
                    offset 0) fact_row -- so that nobody joins recipients before knowing who is near
              join gate.simulated_reach reach
                on reach.run_id = $1 and reach.near_no = fact_row.near_no and reach.provider_no = fact_row.owner_no
               and reach.kind = fact_row.kind
              join gate.simulated_shape shape on shape.run_id = $1 and shape.no = reach.shape
              join gate.simulated_group asker on asker.run_id = $1 and asker.no = reach.group_no
             where fact_row.near_no <> 0
                or not (fact_row.facts_until >= (select gate.today()) and asker.agency_no = any(fact_row.involved))) pair
         where change > 0 and %3$s and (%4$s) is not true$sql$,
        (select string_agg(gate.fact_rows(t, condition), ' union all ') from unnest(tables) t),
        (select string_agg(format('asker.%1$I as asker_%1$s', a.attname), ', ') from pg_attribute a
          where a.attrelid = 'gate.simulated_group'::regclass and a.attnum > 4 and not a.attisdropped),
        gate.asked_of_group(gate.denial()),
        gate.asked_of_group(string_agg(expression, ' or ' order by place) filter (where not by_clause)),
        gate.class_of('fact_row.near_no <> 0'))
      from gate.ways_of_row()
$$;

-- Write down what a run compares and for whom. Without askers: for the holders of every role that something changes for,
-- of whom nothing else is known, so emergency access, conflicts and lists of named people are nobody's.
create function gate.prepare_simulation(run uuid, supposing gate.supposed[], on_day date, askers gate.asker[] default null,
                                        for_recipient smallint default null, for_role text default null,
                                        for_purpose text default null) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    clauses integer;
    one record;
begin
    with compared as materialized (
        select * from gate.compared_clauses(supposing, on_day, for_recipient, for_role, for_purpose)
    ), shape as materialized (
        select c.clauses, (row_number() over ())::integer as no from compared c group by c.clauses
    ), kept as (
        insert into gate.simulated_shape select run, s.no, gate.changes_of(s.clauses) from shape s
    )
    insert into gate.simulated_clause
    select run, c.recipient_no, c.role, c.purpose, c.provider_no, c.kind, s.no
      from compared c join shape s on s.clauses = c.clauses;
    get diagnostics clauses = row_count;

    for one in
        with touched as (
            select x.recipient_no, x.role, x.purpose,
                   array_agg((x.provider_no, x.kind, x.shape) order by x.provider_no, x.kind) as clauses
              from gate.simulated_clause x where x.run_id = run group by 1, 2, 3
        ), alike as (
            select t.recipient_no, array_agg(t.role order by t.role, t.purpose) as roles,
                   array_agg(t.purpose order by t.role, t.purpose) as purposes
              from touched t join gate.role r on r.role = t.role
             where askers is null
             group by t.recipient_no, t.clauses, r.receives
        )
        select row_number() over (order by g.agency_no, g.roles, g.post, g.purposes) as no, g.*
          from (select 0 as practitioner_no, nobody as practitioner, nobody as post, l.recipient_no as agency_no,
                       a.id as agency, 0 as team_no, l.roles, l.purposes
                  from alike l join sharing_agreements_agency a on a.no = l.recipient_no
                union all
                select w.practitioner_no, w.practitioner, w.post, w.agency_no, w.agency, w.team_no, array[t.role], array[t.purpose]
                  from unnest(askers) w
                  join touched t on t.recipient_no = w.agency_no and t.role = w.role and t.purpose = coalesce(w.purpose, t.purpose)) g
    loop
        perform gate.act_as(one.practitioner_no, one.practitioner, one.post, one.agency_no, one.agency, one.team_no,
                            one.roles[1], one.purposes[1]);
        insert into gate.simulated_group
        values (run, one.no, one.roles, one.purposes, one.agency_no, gate.practitioner_no(), gate.team_no(),
                gate.own_agency_kinds(), gate.own_team_kinds(), gate.own_self(), gate.receives(), gate.denied_people(),
                gate.emergency_people(), gate.shared_records(1), gate.shared_records(2), gate.shared_records(3));
    end loop;
    perform set_config('earlyhelp.principal', before, true);

    if clauses > 1000 then
        analyze gate.simulated_clause, gate.simulated_group, gate.simulated_shape;
    end if;
    insert into gate.simulated_reach
    select run, case when works then g.agency_no else 0 end, c.provider_no, c.kind, g.no, c.shape
      from gate.simulated_group g
      join gate.simulated_clause c
        on c.run_id = run and c.recipient_no = g.agency_no and c.role = g.roles[1] and c.purpose = g.purposes[1]
      join gate.simulated_shape s on s.run_id = run and s.no = c.shape
      join unnest('{t,f}'::boolean[]) works
        on bit_count(substring(s.changes from 1 + works::integer * 144 for 144)) > 0
     where g.run_id = run;
end
$$;

create function gate.forget_simulation(run uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
as $$
    delete from gate.simulated_clause x where x.run_id = run;
    delete from gate.simulated_shape x where x.run_id = run;
    delete from gate.simulated_group x where x.run_id = run;
    delete from gate.simulated_reach x where x.run_id = run;
    delete from gate.simulated_part x where x.run_id = run;
    delete from gate.simulated_count x where x.run_id = run;
$$;

-- Which rows of these tables each of these people would gain and lose with the agreements of a day, row by row. person: their
-- place among them. Ids: for maintenance alone.
create function gate.would_change(tables text[], supposing gate.supposed[], on_day date, askers gate.asker[])
returns table (person integer, table_name text, record_id uuid, gained boolean)
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    run constant uuid := gen_random_uuid();
    at integer;
begin
    if not gate.in_maintenance() then
        raise exception 'row by row in maintenance only' using errcode = 'EH403';
    end if;
    for at in 1 .. cardinality(askers) loop
        perform gate.prepare_simulation(run, supposing, on_day, askers[at:at]);
        return query execute format('select $2, x.table_name, x.id, x.gained from (%s) x', gate.differing(tables, 'true'))
            using run, at;
        perform gate.forget_simulation(run);
    end loop;
end
$$;

-- The posts a practitioner holds today in an agency.
create function gate.askers_of(person uuid, agency uuid) returns gate.asker[]
language sql stable security definer set search_path = public, pg_temp
as $$
    select array_agg((w.no, w.id, p.id, g.no, g.id, coalesce(t.no, 0), p.role, null)::gate.asker)
      from sharing_agreements_post p
      join sharing_agreements_practitioner w on w.id = p.practitioner_id and w.is_active
      join sharing_agreements_agency g on g.id = p.agency_id
      left join sharing_agreements_team t on t.id = p.team_id
     where p.practitioner_id = person and p.agency_id = agency
       and p.starts_on <= gate.today() and (p.ends_on is null or p.ends_on >= gate.today())
       and (w.trained_until is null or w.trained_until >= gate.today())
$$;

-- Into how many parts a run falls: so many that one is a matter of seconds, and a few where there is little.
create function gate.parts_to_count() returns integer
language sql stable security definer set search_path = public, pg_temp
as $$
    select least(64, greatest(4, 1 + ceil(sum(greatest(c.reltuples, 0)) / 400000)))::integer
      from gate.governed g join pg_class c on c.oid = g.table_name::regclass
$$;

-- Prepare a run: what it compares, for whom, and its parts, each with as many families. Gives the number of parts.
create function gate.begin_counting(one sharing_agreements_simulationrun) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    wanted constant integer := gate.parts_to_count() - 1;
    parts integer;
begin
    perform gate.prepare_simulation(
        one.id, array[gate.suppose(one.agreement_id, one.supposed, one.agency_id, one.starts_on, one.ends_on)], one.from_day,
        case when one.practitioner_id is not null
             then coalesce(gate.askers_of(one.practitioner_id, one.for_agency_id), '{}') end);
    with bound as (
        select '00000000-0000-0000-0000-000000000000'::uuid as id
        union
        select b from unnest((select percentile_disc(array(select i::float8 / wanted from generate_series(1, wanted - 1) i))
                                        within group (order by f.id) from sharing_agreements_family f)) b
         where b is not null
    )
    insert into gate.simulated_part
    select one.id, 1, null, null
    union all
    select one.id, 1 + row_number() over (order by b.id), b.id, lead(b.id) over (order by b.id) from bound b;
    get diagnostics parts = row_count;
    analyze gate.simulated_shape, gate.simulated_group, gate.simulated_reach;
    return parts;
end
$$;

create function gate.count_part(run uuid, part gate.simulated_part) returns void
language plpgsql volatile security definer set search_path = public, pg_temp set work_mem = '128MB' set jit = off
as $$
declare
    providers constant smallint[] := array(select distinct r.provider_no from gate.simulated_reach r where r.run_id = run);
    within constant text := case when part.from_id is null then 'family_id is null'
                                 when part.below_id is null then 'family_id >= $3'
                                 else 'family_id >= $3 and family_id < $4' end;
begin
    execute format($sql$
        insert into gate.simulated_count
        select $1, $5, f.group_no, f.kind, f.level, f.gained, sum(f.records), count(f.family_id)
          from (select d.group_no, d.kind, d.level, d.gained, d.family_id, count(*) as records
                  from (%s) d group by 1, 2, 3, 4, 5) f
         group by 3, 4, 5, 6$sql$,
        gate.differing(array(select g.table_name from gate.governed g), 'owner_no = any($2) and ' || within))
        using run, providers, part.from_id, part.below_id, part.no;
    delete from gate.simulated_part x where x.run_id = run and x.no = part.no;
end
$$;

-- Every part is counted: keep the lines, one per agency, role, purpose, kind and level, and forget the rest.
create or replace function gate.finish_simulation(run uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    insert into sharing_agreements_simulationline
        (id, run_id, agency_id, role, purpose, kind, level, gained, records, families)
    select gen_random_uuid(), run, a.id, alike.role, alike.purpose, c.kind,
           (array['existence', 'summary', 'full'])[c.level], c.gained, c.records, c.families
      from (select x.group_no, x.kind, x.level, x.gained, sum(x.records) as records, sum(x.families) as families
              from gate.simulated_count x where x.run_id = run group by 1, 2, 3, 4) c
      join gate.simulated_group g on g.run_id = run and g.no = c.group_no
      join sharing_agreements_agency a on a.no = g.agency_no
     cross join unnest(g.roles, g.purposes) alike (role, purpose);
    perform gate.forget_simulation(run);
    update sharing_agreements_simulationrun r set done_at = clock_timestamp() where r.id = run;
end
$$;

-- Count the next part of a run; says how many are left. What was counted before a job was killed stays counted.
create or replace function gate.simulate_next(run uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one sharing_agreements_simulationrun%rowtype;
    part gate.simulated_part%rowtype;
    still integer;
begin
    if gate.job() is distinct from 'simulate_agreement' and not gate.in_maintenance() then
        raise exception 'a job does this' using errcode = 'EH403';
    end if;
    select * into one from sharing_agreements_simulationrun r where r.id = run for no key update;
    if not found or one.done_at is not null then
        return 0;
    end if;
    if one.parts_done = 0 then
        one.parts_total := gate.begin_counting(one);
    end if;
    select * into part from gate.simulated_part p where p.run_id = run order by p.no limit 1;
    perform gate.count_part(run, part);
    select count(*) into still from gate.simulated_part p where p.run_id = run;
    update sharing_agreements_simulationrun r
       set parts_done = one.parts_total - still, parts_total = one.parts_total where r.id = run;
    if still = 0 then
        perform gate.finish_simulation(run);
    end if;
    return still;
end
$$;

revoke execute on function gate.compared_clauses(gate.supposed[], date, smallint, text, text),
    gate.changes_of(gate.clause_shape[]), gate.differing(text[], text),
    gate.prepare_simulation(uuid, gate.supposed[], date, gate.asker[], smallint, text, text), gate.forget_simulation(uuid),
    gate.would_change(text[], gate.supposed[], date, gate.asker[]), gate.askers_of(uuid, uuid), gate.parts_to_count(),
    gate.begin_counting(sharing_agreements_simulationrun), gate.count_part(uuid, gate.simulated_part) from public;
grant execute on function gate.would_change(text[], gate.supposed[], date, gate.asker[]) to eh_owner;

-- A run that was under way is counted anew; its job is still owed.
update sharing_agreements_simulationrun set parts_done = 0 where done_at is null;

set local role eh_owner;
