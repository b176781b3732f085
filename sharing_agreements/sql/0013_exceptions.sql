-- What people do on top of agreements: emergency access to one family, and the owner's decisions on one record.
-- Verbs only; gate.predicate reads what they write. A refusal is SQLSTATE EH403.

set local role eh_owner;
grant select, insert, update on sharing_agreements_emergencyaccess, sharing_agreements_recordexception to eh_gate;
grant select on sharing_agreements_emergencyaccess, sharing_agreements_recordexception to eh_web;

set local role eh_gate;

-- Hours an emergency access lasts (issue text: four by default).
create function gate.emergency_hours() returns interval language sql immutable
as $$ select interval '4 hours' $$;

create function gate.require_reason(why text) returns void
language plpgsql immutable
as $$
begin
    if length(trim(coalesce(why, ''))) < 10 then
        raise exception 'a reason in words is needed' using errcode = '23514';
    end if;
end
$$;
revoke execute on function gate.require_reason(text) from public;

-- Everybody any agency has a record about under this family.
create function gate.people_of_family(family uuid) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    parts text;
    people uuid[];
begin
    select string_agg(format('select about from %I where family_id = $1', g.table_name), ' union all ')
      into parts from gate.governed g;
    execute format('select array_agg(distinct p) from (%s) rows, unnest(rows.about) p', parts) into people using family;
    return people;
end
$$;
revoke execute on function gate.people_of_family(uuid) from public;

-- Agencies that hold something about these people, by number.
create function gate.holders_about(people uuid[]) returns smallint[]
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    parts text;
    found_numbers smallint[];
begin
    select string_agg(format('select owner_no from %I where about && $1', g.table_name), ' union ')
      into parts from gate.governed g;
    execute format('select coalesce(array_agg(owner_no order by owner_no), ''{}'') from (%s) x', parts)
       into found_numbers using people;
    return found_numbers;
end
$$;
revoke execute on function gate.holders_about(uuid[]) from public;

-- Open one family to the acting practitioner for some hours. The family is found by a child's full name and date of
-- birth as any agency recorded them, or by its id where the practitioner has it already. Casework roles only. NULL when
-- nobody matches, or only people who stay closed: the same answer.
create function gate.begin_emergency(family uuid, child_name text, child_born date, why text) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    found_people uuid[];
    found_family uuid := family;
    made uuid := gen_random_uuid();
    folded_name constant text := gate.folded(child_name);
begin
    perform gate.require_reason(why);
    if not gate.writes() then
        raise exception 'this role has no emergency access' using errcode = 'EH403';
    end if;
    if family is null then
        if folded_name = '' or child_born is null then
            raise exception 'a full name and a date of birth are needed' using errcode = '23514';
        end if;
        select array_agg(distinct i.person_id) into found_people
          from sharing_agreements_identity i
         where i.born_on = child_born and i.born_precision = 'day'
           and folded_name in (gate.folded(i.given_name || ' ' || i.family_name), gate.folded(i.known_as || ' ' || i.family_name));
        select x.family_id into found_family
          from (select i.family_id, i.recorded_at from sharing_agreements_identity i
                 where i.person_id = any(found_people) and i.family_id is not null) x
         order by x.recorded_at desc limit 1;
    end if;
    if found_family is not null then
        found_people := array(select distinct unnest(coalesce(found_people, '{}') || gate.people_of_family(found_family)));
    end if;
    found_people := array(select p from unnest(found_people) p where not p = any(gate.denied_people()));
    if found_people is null or found_people = '{}' then
        return null;
    end if;
    insert into sharing_agreements_emergencyaccess
        (id, practitioner_id, post_id, agency_no, family_id, people, told, reason, started_at, ends_at, outcome, review_words)
    values (made, gate.practitioner_id(), gate.claim(5)::uuid, gate.agency_no(), found_family, found_people,
            gate.holders_about(found_people), trim(why), now(), now() + gate.emergency_hours(), '', '');
    return made;
end
$$;

-- The practitioner is done before the hours are over.
create function gate.end_emergency(access uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    update sharing_agreements_emergencyaccess e set ended_at = now()
     where e.id = access and e.practitioner_id = gate.practitioner_id() and e.ended_at is null and now() < e.ends_at;
    if not found then
        raise exception 'there is no such emergency access' using errcode = 'EH403';
    end if;
end
$$;

-- A governance lead of the practitioner's agency, or of one that held something, says what the review found. Nobody
-- reviews their own.
create function gate.review_emergency(access uuid, found_outcome text, words text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_reason(words);
    update sharing_agreements_emergencyaccess e
       set reviewed_at = now(), reviewed_by_id = gate.practitioner_id(), outcome = found_outcome, review_words = trim(words)
     where e.id = access and e.reviewed_at is null and gate.claim(9) = 'governance_lead'
       and e.practitioner_id <> gate.practitioner_id()
       and (e.agency_no = gate.agency_no() or gate.agency_no() = any(e.told));
    if not found then
        raise exception 'there is no such emergency access to review' using errcode = 'EH403';
    end if;
end
$$;

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
                   target, gate.predicate(2), gate.denial()) into is_own using record;
    if not is_own or not gate.writes() then
        raise exception 'only the agency whose record it is decides on it' using errcode = 'EH403';
    end if;
end
$$;
revoke execute on function gate.require_own_record(text, uuid) from public;

-- Share one record with an agency (or one practitioner of it) at a level until a day, whatever agreements say.
create function gate.share_record(target text, record uuid, to_agency uuid, to_practitioner uuid, how_much text,
                                  last_day date, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_reason(why);
    perform gate.require_own_record(target, record);
    if how_much not in ('summary', 'full') or last_day < gate.today() then
        raise exception 'a share needs a level, and a last day that is not past' using errcode = '23514';
    end if;
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
    number constant smallint := (select no from sharing_agreements_agency where id = from_agency);
begin
    perform gate.require_reason(why);
    perform gate.require_own_record(target, record);
    if number = gate.agency_no() then
        raise exception 'a record is not withheld from the agency whose it is' using errcode = '23514';
    end if;
    for one in select * from gate.rows_of_record(target, record) loop
        execute format('update %I set hidden_from = hidden_from || $2 where id = $1 and not $2 = any(hidden_from)',
                       one.table_name) using one.id, number;
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
    if not coalesce((gate.own_role()).may_change_facts, false) then
        raise exception 'this role hands nothing over' using errcode = 'EH403';
    end if;
    for governed in select g.table_name, g.level from gate.governed g order by 1 loop
        execute format($sql$
            insert into sharing_agreements_recordexception
                (id, verb, table_name, record_id, owner_no, agency_id, level, until, reason, made_by_id, made_at)
            select gen_random_uuid(), 'share', %L, id, owner_no, $2, 'full', $3, $4, gate.practitioner_id(), now()
              from %I where family_id = $1 and owner_no = gate.agency_no() and kind <> 4 and %s and %s $sql$,
            governed.table_name, governed.table_name,
            gate.predicate(case governed.level when 'full' then 3 else 2 end), gate.denial())
          using family, to_agency, last_day, trim(why);
        get diagnostics some_rows = row_count;
        handed := handed + some_rows;
    end loop;
    return handed;
end
$$;

set local role eh_owner;

-- Emergency access is read by who used it, and by who answers for it: governance leads and managers of their agency and
-- of the agencies that held something.
alter table sharing_agreements_emergencyaccess enable row level security;
alter table sharing_agreements_emergencyaccess force row level security;
create policy gate_sees_all on sharing_agreements_emergencyaccess to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_emergencyaccess to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy answered_for on sharing_agreements_emergencyaccess for select to eh_web
    using (practitioner_id = (select gate.practitioner_id())
           or (select gate.claim(9)) in ('governance_lead', 'manager')
              and (agency_no = (select gate.agency_no()) or (select gate.agency_no()) = any(told)));
grant select on sharing_agreements_emergencyaccess to eh_worker;
create policy tells on sharing_agreements_emergencyaccess for select to eh_worker
    using ((select gate.job()) = 'tell_of_emergency');

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
