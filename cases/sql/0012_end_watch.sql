-- The hub sends a family that is kept in touch with back to its team: keeping in touch ends with that answer, although
-- the row is the team's own.

set local role eh_gate;

create function gate.end_watch(child uuid, because text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one cases_childincase%rowtype;
begin
    select * into one from cases_childincase c where c.id = child;
    if not found or not coalesce(gate.may_work_on(one), false) then
        raise exception 'no such child in a case' using errcode = 'EH404';
    end if;
    update cases_watch w
       set ended_on = gate.today(), ended_answer = 'back_to_help', ended_because = because, version = version + 1
     where w.case_id = one.case_id and w.person_id = one.person_id and w.ended_on is null;
end
$$;

set local role eh_owner;
