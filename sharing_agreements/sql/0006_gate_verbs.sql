-- The only ways a fact changes. Each checks that the acting post may change facts, writes the base row, and
-- fans the change out in the same transaction. A refusal is SQLSTATE EH403.

set local role eh_gate;

-- Has the acting agency to do with every one of these people? It is involved with them; or another agency sent it a
-- record about them; or nobody else knows them. A record of its own proves nothing: it could be written to get in.
create function gate.has_to_do_with(people uuid[]) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    own constant smallint := gate.agency_no();
    one uuid;
    group_ids uuid[];
    governed record;
    held boolean;
    sent boolean;
    is_known boolean;
begin
    foreach one in array people loop
        group_ids := gate.same_person(one);
        continue when exists (select from sharing_agreements_personfacts f
                               where f.person_id = any(group_ids) and own = any(f.involved) and f.facts_until >= gate.today());
        is_known := exists (select from sharing_agreements_personfacts f
                             where f.person_id = any(group_ids)
                               and (f.involved <> '{}' or f.restricted or f.address_hidden));
        sent := false;
        for governed in select g.table_name from gate.governed g order by 1 loop
            execute format('select coalesce(bool_or(sent_to_no = $2), false), count(*) > 0
                              from %I where about && $1 and owner_no <> $2', governed.table_name)
               into sent, held using group_ids, own;
            exit when sent;
            is_known := is_known or held;
        end loop;
        if is_known and not sent then
            return false;
        end if;
    end loop;
    return true;
end
$$;
revoke execute on function gate.has_to_do_with(uuid[]) from public;

-- Who may change what is true about these people: the hub and the early help service, about anybody; coordinators
-- and managers elsewhere, about people their agency has to do with; whoever already works with every one of them;
-- a job of the worker; maintenance. Never somebody with a conflict of interest.
create function gate.require_fact_changer(people uuid[]) returns void
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if gate.in_maintenance() or gate.job() is not null then
        return;
    end if;
    if people && gate.denied_people() then
        raise exception 'a conflict of interest closes these people to this practitioner' using errcode = 'EH403';
    end if;
    if coalesce((gate.own_role()).may_change_facts, false)
       and (exists (select from sharing_agreements_agency a
                     where a.no = gate.agency_no() and a.type in ('hub', 'early_help'))
            or gate.has_to_do_with(people)) then
        return;
    end if;
    if gate.writes() and coalesce((
        select bool_and(gate.practitioner_no() = any(f.workers) and f.facts_until >= gate.today())
          from sharing_agreements_personfacts f
         where f.person_id = any(people)), false) then
        return;
    end if;
    raise exception 'this post may not change facts about these people' using errcode = 'EH403';
end
$$;

create function gate.involve(people uuid[], agency uuid, practitioner uuid, why text, from_day date, last_day date)
returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(people);
    perform gate.lock_people(people);
    insert into sharing_agreements_involvement
        (id, person_id, agency_id, practitioner_id, reason, starts_on, ends_on, added_by_id, added_at)
    select gen_random_uuid(), p, agency, practitioner, why, from_day, last_day, gate.practitioner_id(), now()
      from unnest(people) p;
    perform gate.refresh_people(people);
end
$$;

-- End every open involvement of these people that matches; `practitioner` NULL matches the agency's own row only.
-- last_day is the last day it holds: yesterday closes access now.
create function gate.end_involvement(people uuid[], agency uuid, practitioner uuid, why text, last_day date)
returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(people);
    perform gate.lock_people(people);
    update sharing_agreements_involvement
       set ends_on = greatest(last_day, starts_on - 1)
     where person_id = any(people) and agency_id = agency and reason = why
       and practitioner_id is not distinct from practitioner and (ends_on is null or ends_on > last_day);
    perform gate.refresh_people(people);
end
$$;

create function gate.set_stage(people uuid[], new_stage integer) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(people);
    if new_stage not between 0 and 6 then
        raise exception 'there is no such stage' using errcode = '23514';
    end if;
    perform gate.lock_people(people);
    insert into sharing_agreements_stagechange (id, person_id, stage, changed_by_id, changed_at)
    select gen_random_uuid(), p, new_stage, gate.practitioner_id(), clock_timestamp() from unnest(people) p;
    perform gate.refresh_people(people);
end
$$;

-- agreed_until NULL: not agreed, or withdrawn.
create function gate.record_sharing_consent(people uuid[], agreed_until date) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(people);
    perform gate.lock_people(people);
    insert into sharing_agreements_sharingconsent (id, person_id, until, recorded_by_id, recorded_at)
    select gen_random_uuid(), p, agreed_until, gate.practitioner_id(), clock_timestamp() from unnest(people) p;
    perform gate.refresh_people(people);
end
$$;

create function gate.restrict_person(person uuid, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(array[person]);
    perform gate.lock_people(array[person]);
    insert into sharing_agreements_restrictedperson (id, person_id, reason, set_by_id, set_at)
    values (gen_random_uuid(), person, why, gate.practitioner_id(), now());
    perform gate.refresh_people(array[person]);
end
$$;

create function gate.hide_address(person uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(array[person]);
    perform gate.lock_people(array[person]);
    insert into sharing_agreements_hiddenaddress (id, person_id, set_by_id, set_at)
    values (gen_random_uuid(), person, gate.practitioner_id(), now());
    perform gate.refresh_people(array[person]);
end
$$;

-- Lift a restriction or a hidden address. Not by somebody to whom it closes the person: they may not even know.
create function gate.lift(person uuid, what text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(array[person]);
    if gate.practitioner_no() is not null and person = any(gate.closed_people(
        case what when 'restricted' then 'see_restricted' else 'see_hidden_address' end)) then
        raise exception 'only somebody on the allow-list lifts it' using errcode = 'EH403';
    end if;
    perform gate.lock_people(array[person]);
    if what = 'restricted' then
        update sharing_agreements_restrictedperson set lifted_at = now()
         where person_id = any(gate.same_person(person)) and lifted_at is null;
    else
        update sharing_agreements_hiddenaddress set lifted_at = now()
         where person_id = any(gate.same_person(person)) and lifted_at is null;
    end if;
    perform gate.refresh_people(array[person]);
end
$$;

-- Two merges at once could close a ring (this one into that, that one into this).
create function gate.one_link_at_a_time() returns void
language sql volatile
as $$ select pg_advisory_xact_lock(hashtextextended('gate.link_person', 0)) $$;
revoke execute on function gate.one_link_at_a_time() from public;

-- Say that two anchors are one person, or undo it. Only the link changes; every agency's rows stay its own,
-- and the stricter facts of either hold for both (restriction, hidden address).
create function gate.link_person(duplicate uuid, kept uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare the_two constant uuid[] := array[duplicate, kept];
begin
    perform gate.require_fact_changer(the_two);
    perform gate.one_link_at_a_time();
    perform gate.lock_people(the_two);
    if duplicate = any(gate.same_person(kept)) then
        return;
    end if;
    update sharing_agreements_person set merged_into_id = (gate.same_root(kept)) where id = gate.same_root(duplicate);
    perform gate.refresh_people(the_two);
end
$$;

create function gate.unlink_person(duplicate uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare others uuid[];
begin
    perform gate.one_link_at_a_time();
    others := gate.lock_people(array[duplicate]);
    perform gate.require_fact_changer(others);
    update sharing_agreements_person set merged_into_id = null where id = duplicate;
    perform gate.refresh_people(others);
end
$$;

create function gate.same_root(p uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp
as $$
    with recursive up as (
        select id, merged_into_id from sharing_agreements_person where id = p
        union
        select x.id, x.merged_into_id from sharing_agreements_person x join up on x.id = up.merged_into_id
    )
    select id from up where merged_into_id is null
$$;
revoke execute on function gate.same_root(uuid) from public;

set local role eh_owner;

-- Anchors: any principal may select and add them; nobody may change one but the gate.
alter table sharing_agreements_person enable row level security;
alter table sharing_agreements_person force row level security;
alter table sharing_agreements_family enable row level security;
alter table sharing_agreements_family force row level security;
create policy anyone_acting on sharing_agreements_person to eh_web, eh_worker
    using ((select gate.claims()) is not null)
    with check ((select gate.claims()) is not null and merged_into_id is null);
create policy anyone_acting on sharing_agreements_family to eh_web, eh_worker
    using ((select gate.claims()) is not null)
    with check ((select gate.claims()) is not null and merged_into_id is null);
create policy gate_sees_all on sharing_agreements_person to eh_gate using (true) with check (true);
create policy gate_sees_all on sharing_agreements_family to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_person to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy maintenance on sharing_agreements_family to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
grant select, insert on sharing_agreements_person, sharing_agreements_family to eh_web, eh_worker;

-- A practitioner may declare and read their own conflicts of interest.
alter table sharing_agreements_conflict enable row level security;
alter table sharing_agreements_conflict force row level security;
create policy own_conflicts on sharing_agreements_conflict to eh_web
    using (practitioner_id = (select gate.practitioner_id())) with check (practitioner_id = (select gate.practitioner_id()));
create policy gate_sees_all on sharing_agreements_conflict to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_conflict to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
grant select, insert on sharing_agreements_conflict to eh_web;

-- The disclosure log: logins may add; nobody may change, remove or empty it, the owner included.
grant insert on sharing_agreements_disclosure to eh_web, eh_worker;
create function gate.append_only() returns trigger
language plpgsql
as $$ begin raise exception 'the disclosure log is append-only' using errcode = 'EH403'; end $$;
-- Who looked, under which post and when is the database's to say: a row cannot be written in another's name.
create function gate.stamp_disclosure() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    if gate.in_maintenance() then
        return new;
    end if;
    new.at := clock_timestamp();
    new.practitioner_id := case when c[1] = 'p' then c[4]::uuid end;
    new.post_id := case when c[1] = 'p' then c[5]::uuid end;
    new.agency_id := case when c[1] = 'p' then c[7]::uuid end;
    new.role := case when c[1] = 'p' then c[9] else '' end;
    new.purpose := case when c[1] = 'p' then c[10] else '' end;
    new.job := case when c[1] = 'j' then c[3] else '' end;
    return new;
end
$$;
create trigger stamp_disclosure before insert on sharing_agreements_disclosure
    for each row execute function gate.stamp_disclosure();
create trigger append_only before update or delete on sharing_agreements_disclosure
    for each row execute function gate.append_only();
create trigger never_emptied before truncate on sharing_agreements_disclosure
    for each statement execute function gate.append_only();
create index sharing_agreements_disclosure_looked on sharing_agreements_disclosure using gin (record_ids);

-- Answered forms are their practitioner's own.
alter table sharing_agreements_submission enable row level security;
alter table sharing_agreements_submission force row level security;
create policy own_forms on sharing_agreements_submission to eh_web
    using (practitioner_id = (select gate.practitioner_id())) with check (practitioner_id = (select gate.practitioner_id()));
create policy maintenance on sharing_agreements_submission to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
grant select, insert, update on sharing_agreements_submission to eh_web;

-- Framework tables the logins need.
grant select on django_content_type, auth_permission to eh_web, eh_worker;
grant select, insert, update, delete on django_session to eh_web;
grant select on django_migrations to eh_web, eh_worker;

call gate.protect('sharing_agreements_identity', 'summary', 1);
call gate.protect('sharing_agreements_identitydetail', 'full', 1);
call gate.protect('sharing_agreements_address', 'summary', 2);
