-- Somebody has died, or a pregnancy ended: an agency's latest account of them says so. Jobs ask who, so that nothing is
-- raised, prompted or sent about them any more (users 2.24).

set local role eh_owner;
create index identity_that_ended on sharing_agreements_identity (person_id) where has_died;

set local role eh_gate;

-- Every anchor of everybody of whom some agency's latest account says that they have died. For jobs.
create function gate.ended_people() returns table (person_id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
    select distinct m
      from (select distinct on (i.person_id, i.owner_id) i.person_id, i.has_died
              from sharing_agreements_identity i
             where i.person_id in (select x.person_id from sharing_agreements_identity x where x.has_died)
             order by i.person_id, i.owner_id, i.recorded_at desc, i.id) latest,
           unnest(gate.same_person(latest.person_id)) m
     where latest.has_died
$$;
revoke execute on function gate.ended_people() from public;
grant execute on function gate.ended_people() to eh_worker, eh_owner;

-- Before anything is stopped because somebody died: the acting agency works with them, and has just said so itself.
-- Answers every anchor of theirs.
create function gate.require_ended(person uuid) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if not gate.in_maintenance() and not (
           gate.writes()
           and exists (select from sharing_agreements_personfacts f
                        where f.person_id = person and gate.agency_no() = any(f.involved))
           and exists (select from sharing_agreements_identity i
                        where i.person_id = person and i.has_died and i.owner_no = gate.agency_no())
           and not person = any(gate.denied_people())) then
        raise exception 'no such person' using errcode = 'EH404';
    end if;
    return gate.same_person(person);
end
$$;
revoke execute on function gate.require_ended(uuid) from public;

set local role eh_owner;
