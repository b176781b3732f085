-- Emergency access to one family, and conflicts of interest declared by name. Verbs only; gate.predicate reads what they
-- write. A refusal is SQLSTATE EH403.

set local role eh_owner;
grant select, insert, update on sharing_agreements_emergencyaccess to eh_gate;
grant select on sharing_agreements_emergencyaccess to eh_web;

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

-- The family any agency last wrote a record about one of these people under.
create function gate.family_of(people uuid[]) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    parts text;
    found_family uuid;
begin
    select string_agg(format('select family_id, recorded_at from %I where person_id = any($1) and family_id is not null',
                             g.table_name), ' union all ')
      into parts from gate.governed g;
    execute format('select family_id from (%s) x order by recorded_at desc limit 1', parts) into found_family using people;
    return found_family;
end
$$;
revoke execute on function gate.family_of(uuid[]) from public;

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
        execute format($sql$
            select array_agg(distinct i.person_id) from sharing_agreements_identity i
             where i.born_on = $1 and i.born_precision = 'day' and %s
               and gate.folded(i.family_name) <> ''
               and $2 in (gate.folded(nullif(i.given_name, '') || ' ' || i.family_name),
                          gate.folded(nullif(i.known_as, '') || ' ' || i.family_name))
            $sql$, gate.denial()) into found_people using child_born, folded_name;
        found_people := array(select distinct m from unnest(found_people) p, unnest(gate.same_person(p)) m);
        found_family := gate.family_of(found_people);
    end if;
    if found_family is not null then
        found_people := array(select distinct unnest(coalesce(found_people, '{}') || gate.people_of_family(found_family)));
    end if;
    found_people := array(select p from unnest(found_people) p
                           where p <> all (gate.denied_people()) and p <> all (gate.closed_people('see_restricted')));
    if found_people = '{}' then
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
    if coalesce(found_outcome, '') not in ('justified', 'not_justified', 'agreement_missing') then
        raise exception 'a review has an outcome' using errcode = '23514';
    end if;
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

-- Declare a connection with somebody by full name and date of birth. Everybody recorded so is closed to the acting
-- practitioner from now on; whether there is anybody is not said.
create function gate.declare_conflict(child_name text, child_born date, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare folded_name constant text := gate.folded(child_name);
begin
    perform gate.require_reason(why);
    if gate.practitioner_id() is null or folded_name = '' or child_born is null then
        raise exception 'a full name and a date of birth are needed' using errcode = '23514';
    end if;
    insert into sharing_agreements_conflict (id, practitioner_id, person_id, reason, declared_at)
    select gen_random_uuid(), gate.practitioner_id(), p, left(trim(why), 300), now()
      from (select distinct i.person_id as p from sharing_agreements_identity i
             where i.born_on = child_born and i.born_precision = 'day' and gate.folded(i.family_name) <> ''
               and folded_name in (gate.folded(nullif(i.given_name, '') || ' ' || i.family_name),
                                   gate.folded(nullif(i.known_as, '') || ' ' || i.family_name))) found
     where not exists (select from sharing_agreements_conflict c
                        where c.practitioner_id = gate.practitioner_id() and c.person_id = p and c.ended_at is null);
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

-- Who was told: each reads their own notices. The job tells governance leads of the agencies concerned, once each.
create policy maintenance on sharing_agreements_emergencynotice to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
alter table sharing_agreements_emergencynotice enable row level security;
alter table sharing_agreements_emergencynotice force row level security;
create policy own_notices on sharing_agreements_emergencynotice for select to eh_web
    using (practitioner_id = (select gate.practitioner_id()));
create policy tells on sharing_agreements_emergencynotice to eh_worker
    using ((select gate.job()) = 'tell_of_emergency') with check ((select gate.job()) = 'tell_of_emergency');
grant select on sharing_agreements_emergencynotice to eh_web;
grant select, insert on sharing_agreements_emergencynotice to eh_worker;
