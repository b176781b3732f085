-- Somebody has died, or a pregnancy ended: the hub's flags that ask something about them alone end in the transaction
-- that says so. That a reporter has not been told is asked on: it is owed to the reporter, not to the child.

set local role eh_gate;

create function gate.clear_hub_flags(person uuid, at_time timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare ended constant uuid[] := gate.require_ended(person);
begin
    update referrals_hubflag f
       set cleared_at = at_time, version = version + 1
     where f.cleared_at is null and f.rule <> 'feedback_late' and f.about && ended
       and (f.rule = 'back_again' and f.subject_id = any(ended)
            or not exists (
               select from (select k.person_id
                              from referrals_contact c
                              join referrals_reportedchild k on k.report_id = c.report_id
                             where c.id = f.contact_id or c.id = any(f.evidence)
                             union
                            select p from unnest(f.about) p where f.contact_id is null) child
                where not exists (select from gate.ended_people() e where e.person_id = child.person_id)));
end
$$;

set local role eh_owner;
