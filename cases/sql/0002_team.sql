-- Questions about people that a row policy would answer too narrowly, and the team of a newcomer to a family.

set local role eh_gate;

-- Whom of these people nobody may write to or tell. Asked by everyone who may act with the family, whether or
-- not they may read the marker: a letter not sent must not depend on a clause.
create function gate.not_safe_to_tell(people uuid[]) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(people);
    return query
    select distinct p
      from unnest(people) p, unnest(gate.same_person(p)) m
      join cases_notsafetotell n on n.person_id = m
     where not exists (select from cases_liftednotsafetotell l where l.marker_id = n.id);
end
$$;

-- Which of these markers the hub has lifted. Asked about markers the asker has read: whoever reads that it is not
-- safe to tell somebody must also learn that it is safe again, whether or not they may read the hub's reason.
create function gate.lifted_markers(markers uuid[]) returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
    select marker_id from cases_liftednotsafetotell where marker_id = any(markers)
$$;

-- Do agreements in force let lead practitioners of an agency read cases of the agency that owns this one?
create function gate.leads_may_see(lead_agency uuid, case_owner uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select lead_agency = case_owner or exists (
        select from gate.rules(gate.today()) r
          join sharing_agreements_agency lead on lead.no = r.recipient_no and lead.id = lead_agency
          join sharing_agreements_agency owner on owner.no = r.provider_no and owner.id = case_owner
         where r.role = 'lead_practitioner' and r.purpose = 'early_help' and r.kind = 15 and r.level >= 2)
$$;

-- Refuse unless nobody else holds anything about, or works with, this person.
create function gate.require_unknown(newcomer uuid) returns void
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    governed record;
    held boolean;
begin
    if exists (select from sharing_agreements_personfacts f
                where f.person_id = newcomer and (f.involved <> '{}' or f.restricted)) then
        raise exception 'this person is known already' using errcode = 'EH403';
    end if;
    for governed in select g.table_name from gate.governed g order by 1 loop
        execute format('select exists (select from %I where about && $1 and owner_no is distinct from $2)',
                       governed.table_name) into held using gate.same_person(newcomer), gate.agency_no();
        if held then
            raise exception 'this person is known already' using errcode = 'EH403';
        end if;
    end loop;
end
$$;

revoke execute on function gate.require_unknown(uuid) from public;

-- Give somebody who joins a family the team of a member of it. Whoever works with that member may, for a person
-- nobody else knows; for a person known elsewhere the hub, a coordinator or a manager decides.
create function gate.share_team(newcomer uuid, member uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(array[member]);
    perform from sharing_agreements_personfacts
      where person_id in (newcomer, member) order by person_id for update;
    if not gate.in_maintenance() and not coalesce((gate.own_role()).may_change_facts, false) then
        perform gate.require_unknown(newcomer);
    end if;
    insert into sharing_agreements_involvement
        (id, person_id, agency_id, practitioner_id, reason, starts_on, ends_on, added_by_id, added_at)
    select gen_random_uuid(), newcomer, i.agency_id, i.practitioner_id, i.reason, gate.today(), i.ends_on,
           gate.practitioner_id(), now()
      from sharing_agreements_involvement i
     where i.person_id = any(gate.same_person(member)) and i.reason in ('lead', 'cover', 'team')
       and i.starts_on <= gate.today() and (i.ends_on is null or i.ends_on >= gate.today());
    perform gate.refresh_people(array[newcomer]);
end
$$;

-- The child a step up is about, for its sender and its receiver, who may have no right to the case itself.
create function gate.stepped_up_child(step uuid) returns setof cases_childincase
language sql stable security definer set search_path = public, pg_temp
as $$
    select c.*
      from cases_stepup s
      join cases_childincase c on c.case_id = s.case_id and c.person_id = s.person_id
     where s.id = step and gate.may_work_on(c)
$$;

-- End every lead, cover and team place with these people, whichever agency's, after a day. Registration with a
-- school or a practice stays.
create function gate.end_team(people uuid[], last_day date) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(people);
    perform from sharing_agreements_personfacts where person_id = any(people) order by person_id for update;
    update sharing_agreements_involvement
       set ends_on = greatest(last_day, starts_on - 1)
     where person_id = any(people) and reason in ('lead', 'cover', 'team') and (ends_on is null or ends_on > last_day);
    perform gate.refresh_people(people);
end
$$;

-- Of these people, the pairs who must not be brought together. Guarded as the function above.
create function gate.kept_apart(people uuid[]) returns table (one uuid, other uuid)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_fact_changer(people);
    return query
    select distinct p, q
      from unnest(people) p, unnest(gate.same_person(p)) mp, cases_keepapart k, unnest(people) q
     where k.person_id = mp and k.from_person_id = any(gate.same_person(q))
       and (k.ended_on is null or k.ended_on >= gate.today());
end
$$;

set local role eh_owner;
