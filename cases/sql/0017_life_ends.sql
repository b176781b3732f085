-- Somebody has died, or a pregnancy ended: what waits about them stops in the transaction that says so.

set local role eh_gate;

-- Ends keeping in touch, takes the hub's words to the lead back, and clears each flag that is about nobody else, or is of
-- a case in which nobody is left to work with.
create function gate.stop_prompts(person uuid, answer text, at_time timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare ended constant uuid[] := gate.require_ended(person);
begin
    if answer not in ('died', 'pregnancy_ended') then
        raise exception 'not an end of a life' using errcode = '22023';
    end if;
    update cases_watch
       set ended_on = gate.today(), ended_answer = answer, version = version + 1
     where person_id = any(ended) and ended_on is null;
    update cases_leadnotice
       set withdrawn_at = at_time, version = version + 1
     where person_id = any(ended) and rung_at is null and withdrawn_at is null;
    update cases_flag f
       set cleared_at = at_time, version = version + 1
     where f.cleared_at is null and f.about && ended
       and (f.about <@ ended or not exists (
               select from cases_childincase c
                where c.case_id = f.case_id and c.state in ('waiting', 'assessing', 'plan_active')
                  and not c.person_id = any(ended)
                  and not exists (select from gate.ended_people() e where e.person_id = c.person_id)));
end
$$;

set local role eh_owner;
