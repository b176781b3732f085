-- Why a record is open, said by what opens it: the ways of gate.ways and the clauses of gate.rules (decision 0052).

set local role eh_gate;

-- The clauses that give a principal anything, kept ready from gate.rules as masks are: a page explains itself without
-- working out every agreement anew. `ready` says for which version of the rules the rows hold, also when there are none.
create table gate.clauses_ready (
    agency_no smallint, role text, purpose text, day date not null, version bigint not null,
    primary key (agency_no, role, purpose)
);
create table gate.open_clause (
    agency_no smallint, role text, purpose text, version bigint, provider_no smallint, kind smallint, clause_id uuid,
    level smallint not null, back smallint not null, needs_involvement boolean not null,
    needs_consent boolean not null, stages integer not null,
    primary key (agency_no, role, purpose, version, provider_no, kind, clause_id)
);

-- Keep them. One transaction writes; whoever comes meanwhile reads gate.rules itself and does not wait.
create function gate.keep_clauses(p_agency smallint, p_role text, p_purpose text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare current_version constant bigint := (select version from gate.rules_version);
begin
    if exists (select from gate.clauses_ready x where x.agency_no = p_agency and x.role = p_role
                  and x.purpose = p_purpose and x.day = gate.today() and x.version = current_version)
       or not pg_try_advisory_xact_lock(hashtextextended(format('gate.keep %s|%s|%s', p_agency, p_role, p_purpose), 0)) then
        return;
    end if;
    delete from gate.open_clause x where x.agency_no = p_agency and x.role = p_role and x.purpose = p_purpose;
    insert into gate.open_clause
    select p_agency, p_role, p_purpose, current_version, r.provider_no, r.kind, r.clause_id, r.level, r.back,
           r.needs_involvement, r.needs_consent, r.stages
      from gate.rules(gate.today(), p_agency, p_role, p_purpose) r
    on conflict do nothing;
    insert into gate.clauses_ready values (p_agency, p_role, p_purpose, gate.today(), current_version)
    on conflict (agency_no, role, purpose) do update set day = excluded.day, version = excluded.version;
end
$$;
revoke execute on function gate.keep_clauses(smallint, text, text) from public;

-- The clauses that give this principal anything today, as gate.rules has them.
create function gate.own_clauses()
returns table (clause_id uuid, provider_no smallint, kind smallint, level smallint, back smallint,
               needs_involvement boolean, needs_consent boolean, stages integer)
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' then
        return;
    end if;
    return query
    with ready as materialized (
        select x.version from gate.clauses_ready x
         where x.agency_no = c[6]::smallint and x.role = c[9] and x.purpose = c[10] and x.day = gate.today()
           and x.version = (select v.version from gate.rules_version v)
    )
    select o.clause_id, o.provider_no, o.kind, o.level, o.back, o.needs_involvement, o.needs_consent, o.stages
      from ready
      join gate.open_clause o on o.agency_no = c[6]::smallint and o.role = c[9] and o.purpose = c[10]
       and o.version = ready.version
    union all
    select r.clause_id, r.provider_no, r.kind, r.level, r.back, r.needs_involvement, r.needs_consent, r.stages
      from gate.rules(gate.today(), c[6]::smallint, c[9], c[10]) r
     where not exists (select from ready);
end
$$;
revoke execute on function gate.own_clauses() from public;

-- The ways of gate.ways for rows that say their own level: each tried at it, and within what it is for.
create function gate.ways_of_row() returns table (place integer, way text, by_clause boolean, expression text)
language sql immutable
as $$
    select place, min(way), bool_or(by_clause),
           case when min(within) = 'own' then 'owner_no = (select gate.agency_no()) and ' else '' end || '('
           || case when count(distinct expression) = 1 then min(expression)
                   else string_agg(format('(level = %s and %s)', l, expression), ' or ') end || ')'
      from generate_series(1, 3) l, gate.ways(l)
     group by place
$$;

-- What a clause `m` of the row's kind and owner asks of a row `fact_row` before it opens it to the acting agency.
create function gate.opened_by() returns text
language sql immutable
as $$
    select $text$m.level >= fact_row.level
           and (m.stages >> stage) & 1 = 1
           and (m.back = 0 or happened_on > (gate.today() - make_interval(months => m.back))::date)
           and (not m.needs_consent or consent_until >= gate.today())
           and (not m.needs_involvement
                or (facts_until >= gate.today() and (select gate.agency_no()) = any(involved)))$text$
$$;

-- The text of a query over rows that have a `level` and the fact columns: one line per row, way and (where gate.rules
-- decides) clause, for what the policy shows the acting principal and nothing else. A way whose expression differs by
-- level is tried at the row's own. `carried`: columns of the rows to hand through.
create function gate.explaining(fact_rows text, carried text) returns text
language sql immutable
as $$
    select format($sql$
        with fact_row as materialized (select * from (%1$s) every_row where %2$s),
        mine as materialized (select * from gate.own_clauses())
        select %3$s, tried.way, null::uuid as clause_id
          from (select *, array_remove(array[%4$s], null) as ways from fact_row) fact_row, unnest(fact_row.ways) tried (way)
        union all
        select %3$s, 'clause', m.clause_id
          from fact_row
          join mine m on m.provider_no = owner_no and m.kind = fact_row.kind
         where %5$s$sql$,
        fact_rows, gate.denial(), carried,
        string_agg(format('case when %s then %L end', expression, way), ', ' order by place) filter (where not by_clause),
        gate.opened_by())
      from gate.ways_of_row()
$$;

-- A row as far as the policy looks at it.
create type gate.fact_row as (
    table_name text, level integer, id uuid, family_id uuid, about uuid[], happened_on date, hidden_from smallint[],
    kind smallint, owner_no smallint, author_no integer, team_no integer, sent_to_no smallint,
    sent_to_practitioner_no integer, bit integer, stage smallint, involved smallint[], workers integer[],
    consent_until date, facts_until date, restricted smallint, allowed integer[]
);

create function gate.depth(level text) returns integer
language sql immutable parallel safe
as $$ select case level when 'existence' then 1 when 'summary' then 2 else 3 end $$;

-- The text that reads rows of one governed table so: those that meet a condition, which is what follows `where`.
create function gate.fact_rows(target text, condition text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select format('select %L::text as table_name, %s as level, %s from public.%I where %s', g.table_name,
                  gate.depth(g.level),
                  (select string_agg(a.attname, ', ' order by a.attnum) from pg_attribute a
                    where a.attrelid = (select t.typrelid from pg_type t where t.oid = 'gate.fact_row'::regtype)
                      and a.attnum > 2), g.table_name, condition)
      from gate.governed g where g.table_name = target
$$;
revoke execute on function gate.explaining(text, text) from public;
revoke execute on function gate.fact_rows(text, text) from public;


-- What a reader is told of a clause. signed_on: since when every party that has not left is bound; until: its last day.
create function gate.clause_words(clauses uuid[])
returns table (clause_id uuid, number text, agreement_id uuid, reference text, title text, signed_on date, until date)
language sql stable security definer set search_path = public, pg_temp
as $$
    select x.id, x.number::text, a.id, a.reference::text, a.title::text,
           (select max((p.signed_at at time zone 'Europe/London')::date) from sharing_agreements_party p
             where p.agreement_id = a.id and (p.left_on is null or p.left_on > gate.today())), a.ends_on
      from sharing_agreements_clause x
      join sharing_agreements_agreement a on a.id = x.agreement_id
     where x.id = any(clauses)
$$;

-- Every way in which each of these records is open to the acting principal; nothing for a record that is not.
-- tables[i] holds ids[i].
create function gate.explain(tables text[], ids uuid[])
returns table (record_id uuid, table_name text, kind smallint, owner_no smallint, way text, clause_id uuid)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    sources text;
begin
    if c[1] is distinct from 'p' or cardinality(ids) is distinct from cardinality(tables) then
        return;
    end if;
    perform gate.keep_clauses(c[6]::smallint, c[9], c[10]);
    select string_agg(gate.fact_rows(t, format(
               'id = any(array(select i from unnest($1, $2) asked (t, i) where t = %L))', t)), ' union all ')
      into sources from (select distinct unnest(tables) as t) asked_for;
    if sources is null then
        return;
    end if;
    return query execute gate.explaining(
        sources, 'fact_row.id, fact_row.table_name, fact_row.kind, fact_row.owner_no') using tables, ids;
end
$$;

-- Act as another post, inside a function of the gate and until it puts back what this returns. For questions about
-- what somebody else can see, so that they are answered by the policy's own expressions. Nobody's to call but the gate.
create function gate.act_as(practitioner_no integer, practitioner uuid, post uuid, agency_no smallint, agency uuid,
                            team_no integer, role text, purpose text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    payload constant text := concat_ws('|', 'p', gate.nonce(), practitioner_no, practitioner, post, agency_no, agency,
                                       coalesce(team_no, 0), role, purpose);
    key gate.secret%rowtype;
begin
    select * into key from gate.secret;
    perform set_config('earlyhelp.principal', payload || '#'
        || encode(sha256(key.outer_key || sha256(key.inner_key || convert_to(payload, 'UTF8'))), 'hex'), true);
    return before;
end
$$;
revoke execute on function gate.act_as(integer, uuid, uuid, smallint, uuid, integer, text, text) from public;

-- The same for every record one of my own pages showed, for the purpose it was open for: the page is its row in the
-- disclosure log, under the post I act under now. Says what opens the records now.
create function gate.explain_look(look uuid)
returns table (record_id uuid, table_name text, kind smallint, owner_no smallint, way text, clause_id uuid)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    page sharing_agreements_disclosure%rowtype;
    before text;
begin
    select * into page from sharing_agreements_disclosure d
     where d.id = look and d.practitioner_id = c[4]::uuid and d.post_id = c[5]::uuid;
    if not found or c[1] is distinct from 'p' then
        return;
    end if;
    before := gate.act_as(c[3]::integer, c[4]::uuid, c[5]::uuid, c[6]::smallint, c[7]::uuid, c[8]::integer, c[9], page.purpose);
    return query
    select x.* from gate.explain(
        array(select t from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i),
        array(select i from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i)) x;
    perform set_config('earlyhelp.principal', before, true);
end
$$;

set local role eh_owner;
grant select on sharing_agreements_disclosure to eh_gate;

set local role eh_gate;

-- The text that reads every governed table for rows that meet a condition. What the policy asks of a row is asked of
-- their union, once: asked of each table it takes longer to plan than to answer.
create function gate.all_rows(condition text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select string_agg(gate.fact_rows(g.table_name, condition), ' union all ' order by g.table_name) from gate.governed g $$;

-- What the policy asks of a row at its own level.
create function gate.readable() returns text
language sql immutable
as $$ select string_agg(format('(level = %s and %s)', l, gate.predicate(l)), ' or ') from generate_series(1, 3) l $$;
revoke execute on function gate.all_rows(text) from public;

-- Which agencies hold something about these people: agency, kind, first and last month; existence level. withheld: some
-- of it this principal may know of and not read. Sensitive agencies have no existence level without a clause naming
-- them, like everybody else.
create function gate.who_holds(people uuid[])
returns table (agency_no smallint, kind smallint, first_month date, last_month date, withheld boolean)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare ids uuid[];
begin
    if gate.agency_no() is null then
        return;
    end if;
    select array_agg(distinct m) into ids from unnest(people) p, unnest(gate.same_person(p)) m;
    return query execute format($sql$
        with held as materialized (%s)
        select owner_no, kind, date_trunc('month', min(happened_on))::date, date_trunc('month', max(happened_on))::date,
               not bool_and(%s)
          from held where %s and %s group by 1, 2 order by 1, 2$sql$,
        gate.all_rows('about && $1 and kind <> 4'), gate.readable(), gate.predicate(1), gate.denial()) using ids;
end
$$;

set local role eh_owner;
