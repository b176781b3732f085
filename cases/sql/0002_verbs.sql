-- The case verbs that row policies cannot carry: they change rows of another agency, or end the actor's own
-- sight of the row. SQLSTATE EH404: not there or not theirs. EH409: somebody was quicker.

set local role eh_gate;

-- May the principal act on a row with these facts: an involved worker, a role that sees the agency's own
-- cases, a role its offer was sent to, or social care it was stepped up to; nobody connected or kept out.
create function gate.may_work_on(child cases_childincase) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select gate.in_maintenance() or gate.job() is not null or (
        not (child.about && gate.denied_people())
        and not coalesce(gate.agency_no() = any(child.hidden_from), false)
        and (child.restricted & 1 = 0 or not (child.about && gate.closed_people('see_restricted')))
        and ((gate.practitioner_no() = any(child.workers) and child.facts_until >= gate.today())
             or (child.owner_no = gate.agency_no() and (gate.own_role()).may_change_facts)
             or (child.sent_to_no = gate.agency_no() and gate.receives())
             or (gate.receives() and exists (
                 select from cases_stepup s
                  where s.person_id = child.person_id and s.sent_to_no = gate.agency_no()))))
$$;

-- Move one child's case from the state the actor saw to another, with its history row and its sharing stage.
-- Which moves exist, and who makes them, is cases/lifecycle.py. Facts are locked first, as every writer does.
create function gate.move_child(child uuid, expected text, target text, new_stage integer, why text, signed uuid,
                                at_time timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one cases_childincase%rowtype;
begin
    perform from sharing_agreements_personfacts f
      join cases_childincase c on c.person_id = f.person_id
     where c.id = child for update of f;
    select * into one from cases_childincase c where c.id = child for update;
    if not found or not coalesce(gate.may_work_on(one), false) then
        raise exception 'no such child in a case' using errcode = 'EH404';
    end if;
    if one.state <> expected then
        raise exception 'the case has moved already' using errcode = 'EH409';
    end if;
    insert into cases_casemove (id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at,
        sent_to_id, hidden_from, version, kind, owner_no, bit, stage, involved, workers, restricted,
        case_id, child_id, from_state, to_state, at, reason, sign_off_id)
    values (gen_random_uuid(), coalesce(gate.claim(7)::uuid, one.owner_id), gate.practitioner_id(), one.family_id,
        one.person_id, one.about, (at_time at time zone 'Europe/London')::date, at_time,
        one.sent_to_id, one.hidden_from, 1, 15, 0, 0, 0, '{}', '{}', 0,
        one.case_id, child, expected, target, at_time, why, signed);
    update cases_childincase set state = target, since = at_time, version = version + 1 where id = child;
    perform gate.set_stage(array[one.person_id], new_stage);
end
$$;

-- Let the case row be about children who joined it later, so that their team sees it too.
create function gate.widen_case(case_no uuid, people uuid[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if not coalesce((select bool_or(gate.may_work_on(c)) from cases_childincase c where c.case_id = case_no), false) then
        raise exception 'no such case' using errcode = 'EH404';
    end if;
    perform gate.require_fact_changer(people);
    update cases_case
       set about = array(select distinct p from unnest(about || people) p order by p) where id = case_no;
    perform gate.refresh_people(people);
end
$$;

-- Settle an action: its doer, the lead, or who keeps the plan. The progress row belongs to whoever acts.
create function gate.settle_action(action uuid, target text, what text, at_time timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one cases_action%rowtype;
begin
    select * into one from cases_action a where a.id = action;
    if not found or one.about && gate.denied_people() or not coalesce(
        gate.in_maintenance() or one.doer_id = gate.practitioner_id()
        or (one.lead_no = gate.practitioner_no() and one.facts_until >= gate.today())
        or (one.owner_no = gate.agency_no() and (one.author_no = gate.practitioner_no() or gate.receives())), false) then
        raise exception 'no such action' using errcode = 'EH404';
    end if;
    insert into cases_actionprogress (id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at,
        sent_to_id, hidden_from, version, kind, owner_no, bit, stage, involved, workers, restricted,
        action_id, status, what)
    values (gen_random_uuid(), coalesce(gate.claim(7)::uuid, one.owner_id), gate.practitioner_id(), one.family_id,
        one.person_id, one.about, (at_time at time zone 'Europe/London')::date, at_time,
        one.owner_id, one.hidden_from, 1, 16, 0, 0, 0, '{}', '{}', 0, action, target, what);
    update cases_action set status = target, settled_at = at_time, version = version + 1
     where id = action and status = 'open';
    if not found then
        raise exception 'the action is settled already' using errcode = 'EH409';
    end if;
end
$$;

set local role eh_owner;
