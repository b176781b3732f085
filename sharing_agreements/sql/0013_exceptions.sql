-- What the owner of a record decides on top of agreements: share it, withhold it, hand a family's records over. Verbs
-- only; gate.predicate reads what they write. A refusal is SQLSTATE EH403.

set local role eh_owner;
grant select, insert, update on sharing_agreements_recordexception to eh_gate;
grant select on sharing_agreements_recordexception to eh_web;

set local role eh_gate;

-- The ways into the acting agency's own rows. Reading in an emergency gives nobody the right to pass on.
create function gate.own_ways() returns text
language sql immutable
as $$ select format('(%s)', string_agg(expression, ' or ' order by place)) from gate.ways(2) where within = 'own' $$;
revoke execute on function gate.own_ways() from public;

-- A record's governed rows: itself, and the rows of full level that hang on it.
create function gate.rows_of_record(target text, record uuid) returns table (table_name text, id uuid, level text)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare hung record;
begin
    return query select g.table_name, record, g.level from gate.governed g where g.table_name = target;
    for hung in
        select c.conrelid::regclass::text as child, a.attname as link, g.level
          from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
          join gate.governed g on g.table_name = c.conrelid::regclass::text
          join pg_index i on i.indrelid = c.conrelid and i.indisunique and i.indkey::text = a.attnum::text
         where c.contype = 'f' and c.confrelid = target::regclass and g.level = 'full'
    loop
        return query execute format('select %L::text, h.id, %L::text from %I h where h.%I = $1',
                                    hung.child, hung.level, hung.child, hung.link) using record;
    end loop;
end
$$;
revoke execute on function gate.rows_of_record(text, uuid) from public;

-- Only the agency whose record it is decides on it (originator control), through somebody who may read and write its
-- rows; and never the hub-only box, nor anything closed to them. Which records are left out is not said.
create function gate.require_own_record(target text, record uuid) returns void
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare is_own boolean;
begin
    if not exists (select from gate.governed g where g.table_name = target) then
        raise exception 'there is no such kind of record' using errcode = '22023';
    end if;
    execute format('select exists (select from %I where id = $1 and owner_no = gate.agency_no() and kind <> 4 and %s and %s)',
                   target, gate.own_ways(), gate.denial()) into is_own using record;
    if not is_own or not gate.writes() then
        raise exception 'only the agency whose record it is decides on it' using errcode = 'EH403';
    end if;
end
$$;
revoke execute on function gate.require_own_record(text, uuid) from public;

-- Another agency than the acting one: within an agency roles and teams decide, not exceptions.
create function gate.require_another_agency(other uuid) returns void
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if not exists (select from sharing_agreements_agency a where a.id = other and a.no <> gate.agency_no()) then
        raise exception 'another agency than your own is needed' using errcode = '23514';
    end if;
end
$$;
revoke execute on function gate.require_another_agency(uuid) from public;

-- Share one record with an agency (or one practitioner of it) at a level until a day, whatever agreements say.
create function gate.share_record(target text, record uuid, to_agency uuid, to_practitioner uuid, how_much text,
                                  last_day date, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_reason(why);
    perform gate.require_own_record(target, record);
    if coalesce(how_much, '') not in ('summary', 'full') or last_day is null or last_day < gate.today() then
        raise exception 'a share needs a level, and a last day that is not past' using errcode = '23514';
    end if;
    perform gate.require_another_agency(to_agency);
    update sharing_agreements_recordexception x set ended_at = now()
      from gate.rows_of_record(target, record) r
     where x.table_name = r.table_name and x.record_id = r.id and x.agency_id = to_agency and x.verb = 'share'
       and x.practitioner_id is not distinct from to_practitioner and x.ended_at is null;
    insert into sharing_agreements_recordexception
        (id, verb, table_name, record_id, owner_no, agency_id, practitioner_id, level, until, reason, made_by_id, made_at)
    select gen_random_uuid(), 'share', r.table_name, r.id, gate.agency_no(), to_agency, to_practitioner, how_much, last_day,
           trim(why), gate.practitioner_id(), now()
      from gate.rows_of_record(target, record) r
     where how_much = 'full' or r.level <> 'full';
end
$$;

-- Withhold one record from an agency, whatever agreements say.
create function gate.withhold_record(target text, record uuid, from_agency uuid, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one record;
    hidden integer;
    number constant smallint := (select no from sharing_agreements_agency where id = from_agency);
begin
    perform gate.require_reason(why);
    perform gate.require_own_record(target, record);
    perform gate.require_another_agency(from_agency);
    for one in select * from gate.rows_of_record(target, record) loop
        execute format('update %I set hidden_from = hidden_from || $2 where id = $1 and not $2 = any(hidden_from)',
                       one.table_name) using one.id, number;
        get diagnostics hidden = row_count;
        continue when hidden = 0;  -- it was hidden before: ending this decision must not open that again
        insert into sharing_agreements_recordexception
            (id, verb, table_name, record_id, owner_no, agency_id, level, reason, made_by_id, made_at)
        values (gen_random_uuid(), 'withhold', one.table_name, one.id, gate.agency_no(), from_agency, '', trim(why),
                gate.practitioner_id(), now());
    end loop;
end
$$;

-- The owner takes back what it decided on a record: a share ends, a withheld record is as agreements say again.
create function gate.end_exceptions(target text, record uuid, with_agency uuid, of_verb text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one record;
begin
    perform gate.require_own_record(target, record);
    for one in
        update sharing_agreements_recordexception x set ended_at = now()
          from gate.rows_of_record(target, record) r
         where x.table_name = r.table_name and x.record_id = r.id and x.agency_id = with_agency and x.verb = of_verb
           and x.ended_at is null
        returning x.table_name, x.record_id, x.verb
    loop
        if one.verb = 'withhold' then
            execute format('update %I set hidden_from = array_remove(hidden_from, (select no from sharing_agreements_agency
                                                                                    where id = $2)) where id = $1',
                           one.table_name) using one.record_id, with_agency;
        end if;
    end loop;
end
$$;

-- Hand what the acting agency holds about one family to one agency until a day: every record of it there is now, as
-- one decision. Answers how many rows.
create function gate.hand_over_records(family uuid, to_agency uuid, last_day date, why text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    governed record;
    handed integer := 0;
    some_rows integer;
begin
    perform gate.require_reason(why);
    if last_day is null or last_day < gate.today() then
        raise exception 'a hand-over has a last day' using errcode = '23514';
    end if;
    if coalesce(gate.claim(9), '') not in ('manager', 'coordinator') then
        raise exception 'this role hands nothing over' using errcode = 'EH403';
    end if;
    perform gate.require_another_agency(to_agency);
    for governed in select g.table_name, g.level from gate.governed g order by 1 loop
        execute format($sql$
            insert into sharing_agreements_recordexception
                (id, verb, table_name, record_id, owner_no, agency_id, level, until, reason, made_by_id, made_at)
            select gen_random_uuid(), 'share', %L, id, owner_no, $2, 'full', $3, $4, gate.practitioner_id(), now()
              from %I where family_id = $1 and owner_no = gate.agency_no() and kind <> 4 and %s and %s $sql$,
            governed.table_name, governed.table_name,
            gate.own_ways(), gate.denial())
          using family, to_agency, last_day, trim(why);
        get diagnostics some_rows = row_count;
        handed := handed + some_rows;
    end loop;
    return handed;
end
$$;

-- Take a hand-over back before its last day: what the acting agency shares of this family with that agency ends now.
create function gate.take_back_records(family uuid, from_agency uuid) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    governed record;
    taken integer := 0;
    some_rows integer;
begin
    if coalesce(gate.claim(9), '') not in ('manager', 'coordinator') then
        raise exception 'this role takes nothing back' using errcode = 'EH403';
    end if;
    for governed in select g.table_name from gate.governed g order by 1 loop
        execute format($sql$
            update sharing_agreements_recordexception x set ended_at = now() from %I r
             where r.family_id = $1 and r.id = x.record_id and x.table_name = %L and x.owner_no = gate.agency_no()
               and x.agency_id = $2 and x.verb = 'share' and x.ended_at is null $sql$,
            governed.table_name, governed.table_name) using family, from_agency;
        get diagnostics some_rows = row_count;
        taken := taken + some_rows;
    end loop;
    return taken;
end
$$;

-- Which agencies the acting agency has handed this family's records to, until when: for who may take them back.
create function gate.handed_over(family uuid) returns table (agency_id uuid, until date, reason text, made_by_id uuid, made_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare parts text;
begin
    if coalesce(gate.claim(9), '') not in ('manager', 'coordinator') then
        return;
    end if;
    select string_agg(format($sql$
        select x.agency_id, x.until, x.reason::text, x.made_by_id, x.made_at
          from sharing_agreements_recordexception x join %I r on r.id = x.record_id and r.family_id = $1
         where x.table_name = %L and x.owner_no = gate.agency_no() and x.verb = 'share' and x.practitioner_id is null
           and x.ended_at is null and x.until >= gate.today() $sql$, g.table_name, g.table_name), ' union ') into parts
      from gate.governed g;
    return query execute parts using family;
end
$$;

set local role eh_owner;

-- Decisions on a record are read by the agency whose record it is: by casework roles and its governance lead.
alter table sharing_agreements_recordexception enable row level security;
alter table sharing_agreements_recordexception force row level security;
create policy gate_sees_all on sharing_agreements_recordexception to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_recordexception to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy the_owners on sharing_agreements_recordexception for select to eh_web
    using (owner_no = (select gate.agency_no())
           and ((select gate.receives()) or (select gate.claim(9)) = 'governance_lead'
                or made_by_id = (select gate.practitioner_id())));
