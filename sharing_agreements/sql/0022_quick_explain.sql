-- Explanations in less time: see 0022_quick_gate.sql and decision 0066.

set local role eh_gate;

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
