-- A child who starts at another school leaves every roll there is, whoever wrote it down and whether or not the acting
-- practitioner may read where the child was: a school nobody here can see would otherwise keep its sight of the child.

set local role eh_gate;

-- staying: the agency of the new school, or NULL. last_day: the last day on the old roll. Whoever of an old school was
-- in the team because of it leaves the team of this child that day; who leads stays until they hand over.
create function gate.leave_rolls(person uuid, staying uuid, last_day date) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    anchors constant uuid[] := gate.same_person(person);
    left_behind uuid[];
begin
    perform gate.require_fact_changer(array[person]);
    perform gate.lock_people(array[person]);
    with ended as (
        update sharing_agreements_involvement i
           set ends_on = greatest(leave_rolls.last_day, i.starts_on - 1)
         where i.person_id = any(anchors) and i.reason = 'on_roll' and i.agency_id is distinct from staying
           and (i.ends_on is null or i.ends_on > leave_rolls.last_day)
        returning i.agency_id
    )
    select array_agg(distinct agency_id) into left_behind from ended;
    update sharing_agreements_involvement i
       set ends_on = greatest(leave_rolls.last_day, i.starts_on - 1)
     where i.person_id = any(anchors) and i.reason = 'team' and i.agency_id = any(left_behind)
       and (i.ends_on is null or i.ends_on > leave_rolls.last_day);
    perform gate.refresh_people(array[person]);
end
$$;

set local role eh_owner;
