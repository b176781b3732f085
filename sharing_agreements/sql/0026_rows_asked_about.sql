-- Rows to explain, read with plans each session keeps (decision 0066): planning a statement per table and page took
-- longer than explaining what it found.

set local role eh_gate;

-- It names every governed table; gate.write_rows_asked_about writes it anew whenever one is governed. tables[i] holds ids[i].
create function gate.write_rows_asked_about() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $do$
begin
    execute format($sql$
        create or replace function gate.rows_asked_about(tables text[], ids uuid[]) returns gate.fact_row[]
        language plpgsql stable security definer parallel restricted
        set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
        as $body$
        declare
            more gate.fact_row[];
            found_rows gate.fact_row[] := '{}';
        begin
            %s
            return found_rows;
        end
        $body$ $sql$, (
        select string_agg(format($one$
            if %1$L = any(tables) then
                select array_agg(held::gate.fact_row) into more from (%2$s) held;
                found_rows := found_rows || more;
            end if;$one$, g.table_name, gate.fact_rows(g.table_name, format(
                'id = any(array(select i from unnest(tables, ids) asked (t, i) where t = %L))', g.table_name))),
            '' order by g.table_name)
          from gate.governed g));
    revoke execute on function gate.rows_asked_about(text[], uuid[]) from public;
end
$do$;
revoke execute on function gate.write_rows_asked_about() from public;

create or replace function gate.governed_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin perform gate.write_fan_out(); perform gate.write_rows_asked_about(); return null; end $$;
do $$ begin perform gate.write_rows_asked_about(); end $$;

create or replace function gate.explain(tables text[], ids uuid[])
returns table (record_id uuid, table_name text, kind smallint, owner_no smallint, way text, clause_id uuid)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' or cardinality(ids) is distinct from cardinality(tables) then
        return;
    end if;
    perform gate.keep_clauses(c[6]::smallint, c[9], c[10]);
    return query
    select x.record_id, x.table_name, x.kind, x.owner_no, x.way, x.clause_id
      from gate.explain_rows(gate.rows_asked_about(tables, ids)) x;
end
$$;

set local role eh_owner;
