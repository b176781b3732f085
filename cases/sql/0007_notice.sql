-- The hub's words to a lead and whoever covers. The job writes them; one of those told, or a manager of theirs, says
-- "I have rung"; the hub takes them back.

set local role eh_owner;
call gate.protect('cases_leadnotice', 'summary', 24, true);
call gate.admit_job('cases_leadnotice', 'watch_contacts');
revoke insert, update on cases_leadnotice from eh_web;
revoke update (case_id, rung_at, withdrawn_at, version) on cases_leadnotice from eh_web;
grant update (withdrawn_at, version) on cases_leadnotice to eh_web;

set local role eh_gate;

-- The hub was rung: every word about this case that waits is answered, whoever it was sent to, for one call is enough.
-- Only by whoever was told, or a role of their agency that receives what is sent to it. Answers how many.
create function gate.say_hub_rung(notice uuid, at_time timestamptz) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one cases_leadnotice%rowtype;
    answered integer;
begin
    select * into one from cases_leadnotice n where n.id = notice;
    if not found or not coalesce(gate.in_maintenance() or (
           one.sent_to_no = gate.agency_no()
           and (gate.receives() or one.sent_to_practitioner_no = gate.practitioner_no())
           and not one.about && gate.denied_people()
           and not gate.agency_no() = any(one.hidden_from)
           and (one.restricted = 0 or gate.practitioner_no() = any(one.allowed))), false) then
        raise exception 'no such notice' using errcode = 'EH404';
    end if;
    update cases_leadnotice set rung_at = at_time, version = version + 1
     where case_id = one.case_id and rung_at is null and withdrawn_at is null;
    get diagnostics answered = row_count;
    return answered;
end
$$;

set local role eh_owner;
