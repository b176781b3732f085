-- Conflicts of interest that nobody declared: somebody's own surname at their own postcode, or their own name and date of
-- birth, in a record. They close the person from the same transaction on, as a declared one does, until a governance lead
-- or manager of the practitioner's agency says what it was (decision 0065). Nothing here answers whom it is about.

set local role eh_owner;
grant select, insert, update on sharing_agreements_owndetails to eh_gate;
grant update on sharing_agreements_conflict to eh_gate;

set local role eh_gate;

-- Close to practitioners whoever looks like them, or like their household, among these people. NULL as practitioner:
-- to everybody. What a practitioner wrote alone does not detect them: it tells them nothing new, and their own report
-- must not close in their hands. One that was lifted is not found again.
create function gate.detect_conflicts(people uuid[], practitioner uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
as $$
    insert into sharing_agreements_conflict
        (id, practitioner_id, person_id, reason, declared_at, detected, answer, answered_because)
    select gen_random_uuid(), found.who, found.person_id, '', now(), true, '', ''
      from (select distinct o.practitioner_id as who, i.person_id
              from sharing_agreements_identity i
              join sharing_agreements_owndetails o on o.surnames @> array[gate.folded(i.family_name)]
             where i.person_id = any(people) and (practitioner is null or o.practitioner_id = practitioner)
               and (i.born_on = o.born_on and i.born_precision = 'day' and i.author_id is distinct from o.practitioner_id
                    and gate.folded(o.given_name) in (gate.folded(nullif(i.given_name, '')),
                                                      gate.folded(nullif(i.known_as, '')))
                    or exists (select from sharing_agreements_address a
                                where a.person_id = any(gate.same_person(i.person_id))
                                  and o.postcode <> '' and gate.folded_postcode(a.postcode) = o.postcode
                                  and (i.author_id is distinct from o.practitioner_id
                                       or a.author_id is distinct from o.practitioner_id)))) found
     where not exists (select from sharing_agreements_conflict c
                        where c.practitioner_id = found.who and c.person_id = any(gate.same_person(found.person_id)))
$$;
revoke execute on function gate.detect_conflicts(uuid[], uuid) from public;

-- Whoever says where they live waits for whoever writes a home, and the other way round: neither misses the other.
create function gate.details_or_homes(saying boolean) returns void
language plpgsql volatile
as $$
begin
    if saying then
        perform pg_advisory_xact_lock(hashtext('own details'));
    else
        perform pg_advisory_xact_lock_shared(hashtext('own details'));
    end if;
end
$$;
revoke execute on function gate.details_or_homes(boolean) from public;

-- After new rows of names or homes, all of one statement at once.
create function gate.look_for_conflicts() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare people uuid[];
begin
    perform gate.details_or_homes(false);
    if exists (select from sharing_agreements_owndetails) then
        select array_agg(distinct m) into people from fresh, unnest(gate.same_person(fresh.person_id)) m;
        perform gate.detect_conflicts(people, null);
    end if;
    return null;
end
$$;

-- After a name or home was put right, or two people turned out to be one. TG_ARGV: the column that names the person.
create function gate.look_again_for_conflicts() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform gate.details_or_homes(false);
    perform gate.detect_conflicts(gate.same_person((to_jsonb(new) ->> tg_argv[0])::uuid), null);
    return null;
end
$$;

-- What a practitioner says of themselves. Replaces what they said before and looks through everything at once.
create function gate.say_own_details(given text, surnames text[], born date, home_postcode text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare me constant uuid := gate.practitioner_id();
begin
    if me is null then
        raise exception 'nobody acts' using errcode = 'EH403';
    end if;
    perform gate.details_or_homes(true);
    insert into sharing_agreements_owndetails (practitioner_id, given_name, surnames, born_on, postcode, said_at)
    values (me, trim(given),
            array(select distinct gate.folded(s) from unnest(say_own_details.surnames) s where gate.folded(s) <> ''),
            born, gate.folded_postcode(home_postcode), now())
    on conflict (practitioner_id) do update
       set given_name = excluded.given_name, surnames = excluded.surnames, born_on = excluded.born_on,
           postcode = excluded.postcode, said_at = excluded.said_at;
    perform gate.detect_conflicts(array(
        select m from (select a.person_id from sharing_agreements_address a
                        where a.postcode <> '' and gate.folded_postcode(a.postcode) = gate.folded_postcode(home_postcode)
                        union
                       select i.person_id from sharing_agreements_identity i where i.born_on = born) likely,
               unnest(gate.same_person(likely.person_id)) m), me);
end
$$;

-- Does the acting post answer for this practitioner: a governance lead or manager of an agency where they hold a post?
create function gate.answers_for(practitioner uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select coalesce(gate.claim(9) in ('governance_lead', 'manager') and practitioner <> gate.practitioner_id()
                    and exists (select from sharing_agreements_post p
                                  join sharing_agreements_agency a on a.id = p.agency_id and a.no = gate.agency_no()
                                 where p.practitioner_id = practitioner and p.starts_on <= gate.today()
                                   and (p.ends_on is null or p.ends_on >= gate.today())), false)
$$;
revoke execute on function gate.answers_for(uuid) from public;

-- Practitioners of the acting governance lead's or manager's agency with a connection that was detected: one line each,
-- however many people it is about; never one's own. Whom it is about nobody is told.
create function gate.detected_conflicts()
returns table (practitioner_id uuid, since timestamptz, waiting bigint, confirmed bigint)
language sql stable security definer set search_path = public, pg_temp
as $$
    select c.practitioner_id, min(c.declared_at), count(*) filter (where c.answer = ''),
           count(*) filter (where c.answer = 'confirmed')
      from sharing_agreements_conflict c
     where c.detected and c.ended_at is null and gate.answers_for(c.practitioner_id)
     group by c.practitioner_id
$$;

-- Say what the detected connections of a practitioner are that wait for an answer: confirmed ones stay closed, lifted
-- ones open again as far as everything else allows. How many were settled.
create function gate.answer_detected(practitioner uuid, said text, because text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare settled integer;
begin
    perform gate.require_reason(because);
    if coalesce(said, '') not in ('confirmed', 'lifted') then
        raise exception 'a connection is confirmed or lifted' using errcode = '23514';
    end if;
    if not gate.answers_for(practitioner) then
        raise exception 'there is no such connection to answer for' using errcode = 'EH403';
    end if;
    update sharing_agreements_conflict c
       set answer = said, answered_at = now(), answered_by_id = gate.practitioner_id(), answered_because = trim(because),
           ended_at = case when said = 'lifted' then now() end
     where c.practitioner_id = practitioner and c.detected and c.ended_at is null and c.answer = '';
    get diagnostics settled = row_count;
    if settled = 0 then
        raise exception 'there is no such connection to answer for' using errcode = 'EH403';
    end if;
    return settled;
end
$$;

set local role eh_owner;

create trigger conflicts_of_new after insert on sharing_agreements_identity
    referencing new table as fresh for each statement execute function gate.look_for_conflicts();
create trigger conflicts_of_new after insert on sharing_agreements_address
    referencing new table as fresh for each statement execute function gate.look_for_conflicts();
create trigger conflicts_of_changed after update of given_name, family_name, known_as, born_on, born_precision
    on sharing_agreements_identity for each row execute function gate.look_again_for_conflicts('person_id');
create trigger conflicts_of_changed after update of postcode on sharing_agreements_address
    for each row execute function gate.look_again_for_conflicts('person_id');
create trigger conflicts_of_merged after update of merged_into_id on sharing_agreements_person
    for each row execute function gate.look_again_for_conflicts('id');
create index sharing_agreements_owndetails_surnames on sharing_agreements_owndetails using gin (surnames);

-- What a practitioner says of themselves: only they read it, and only the gate looks.
alter table sharing_agreements_owndetails enable row level security;
alter table sharing_agreements_owndetails force row level security;
create policy gate_sees_all on sharing_agreements_owndetails to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_owndetails to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy own_details on sharing_agreements_owndetails for select to eh_web
    using (practitioner_id = (select gate.practitioner_id()));
grant select on sharing_agreements_owndetails to eh_web;

-- Practitioners read what they declared. That something was detected they do not: it would say that a record exists.
drop policy own_conflicts on sharing_agreements_conflict;
create policy own_conflicts on sharing_agreements_conflict to eh_web
    using (practitioner_id = (select gate.practitioner_id()) and not detected)
    with check (practitioner_id = (select gate.practitioner_id()) and not detected);
