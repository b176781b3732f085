-- Who holds what, read with a plan each session keeps (decision 0100): planning one statement over every governed table
-- took far longer than running it.

set local role eh_gate;

-- It names every governed table; gate.write_rows_about writes it anew whenever one is governed.
create function gate.write_rows_about() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $do$
begin
    execute format($sql$
        create or replace function gate.rows_about(people uuid[]) returns gate.fact_row[]
        language plpgsql stable security definer parallel restricted
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
        as $body$
        declare
            found_rows gate.fact_row[];
        begin
            select array_agg(held::gate.fact_row) into found_rows from (%s) held;
            return coalesce(found_rows, '{}');
        end
        $body$ $sql$, coalesce(gate.all_rows('about && people'), 'select (null::gate.fact_row).* where false'));
    revoke execute on function gate.rows_about(uuid[]) from public;
end
$do$;
revoke execute on function gate.write_rows_about() from public;

create or replace function gate.governed_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform gate.write_fan_out();
    perform gate.write_rows_asked_about();
    perform gate.write_rows_about();
    return null;
end
$$;
do $$ begin perform gate.write_rows_about(); end $$;

-- As before (sql/0022_quick_questions.sql), from those rows.
create or replace function gate.who_holds(people uuid[])
returns table (agency_no smallint, kind smallint, first_month date, last_month date, withheld boolean)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare ids uuid[];
begin
    if gate.agency_no() is null or not gate.any_right() then
        return;
    end if;
    select array_agg(distinct m) into ids from unnest(people) p, unnest(gate.same_person(p)) m;
    return query execute format($sql$
        select owner_no, kind, date_trunc('month', min(happened_on))::date, date_trunc('month', max(happened_on))::date,
               not bool_and(%s)
          from unnest($1) held where kind <> 4 and %s and %s group by 1, 2 order by 1, 2$sql$,
        gate.readable(), gate.predicate(1), gate.denial()) using gate.rows_about(ids);
end
$$;

set local role eh_owner;
