-- Keeping in touch ends when social care confirms that it has the child, whoever recorded the receipt: the hub and
-- social care may not change the lead's row.

set local role eh_gate;

-- End every running watch with the child of a step up. Needs a recorded receipt and a principal who may work on the
-- child; for anybody else it finds nothing to end.
create function gate.end_watches(step uuid, last_day date, because text) returns void
language sql volatile security definer set search_path = public, pg_temp
as $$
    update cases_watch w
       set ended_on = last_day, ended_answer = 'stepped_up', ended_because = because, version = w.version + 1
      from gate.stepped_up_child(step) c
     where w.person_id = c.person_id and w.ended_on is null
       and exists (select from cases_stepupanswer a where a.step_up_id = step and a.result = 'received')
$$;

set local role eh_owner;
