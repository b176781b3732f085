-- The list of cases whose time is over (kind 15, as the case), what managers say of them, and the job that lists (J13).

set local role eh_owner;
call gate.protect('cases_retentionreview', 'summary', 15);
call gate.protect('cases_retentionanswer', 'summary', 15);
call gate.admit_job('cases_retentionreview', 'list_retention');
call gate.admit_job('cases_childincase', 'list_retention');
call gate.admit_job('sharing_agreements_identity', 'list_retention');

-- Lines are added by the gate, from the case; managers of the agency that owns it say what becomes of one, and no more.
revoke insert, update on cases_retentionreview from eh_web;
revoke update (case_id, ended_on, due_on, listed_on, taken_off_on, status, until, proposed_by_id, agreed_by_id, version)
    on cases_retentionreview from eh_web;
grant update (status, until, proposed_by_id, agreed_by_id, version) on cases_retentionreview to eh_web;
revoke insert on cases_retentionreview from eh_worker;
revoke update (review_id, status, until, hold, reason, version) on cases_retentionanswer from eh_web, eh_worker;

-- A manager, and for themselves: a proposal is their own, and so is the yes of the second person.
create policy only_managers_decide on cases_retentionreview as restrictive for update to eh_web
    using ((select gate.claim(9)) = 'manager')
    with check (status <> 'waiting'
                and (status <> 'proposed' or proposed_by_id = (select gate.practitioner_id()))
                and (status <> 'marked' or agreed_by_id = (select gate.practitioner_id())));
create policy only_managers_answer on cases_retentionanswer as restrictive for insert to eh_web
    with check ((select gate.claim(9)) = 'manager');

drop trigger stamp on cases_retentionreview;
create trigger stamp before insert on cases_retentionreview for each row when (current_user <> 'eh_gate')
    execute function gate.stamp('15');

set local role eh_gate;

-- Put cases on the list, in one statement; their facts are the cases' (as gate.raise_flags). Answers how many are new.
create function gate.list_for_retention(day date, at_time timestamptz, cases uuid[], ended date[], due date[])
returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare listed bigint;
begin
    if gate.job() is distinct from 'list_retention' and not gate.in_maintenance() then
        raise exception 'only the job lists cases for retention' using errcode = 'EH403';
    end if;
    perform from sharing_agreements_personfacts f
      where f.person_id in (select unnest(s.about) from cases_case s where s.id = any(cases))
      order by f.person_id for share;
    insert into cases_retentionreview as r (id, owner_id, family_id, person_id, about, happened_on, recorded_at,
        sent_to_id, sent_to_practitioner_id, hidden_from, version, kind, owner_no, sent_to_no, sent_to_practitioner_no, bit,
        stage, involved, workers, lead_no, consent_until, facts_until, restricted, allowed,
        case_id, ended_on, due_on, listed_on, status)
    select gen_random_uuid(), s.owner_id, s.family_id, s.person_id, s.about, day, at_time, null, null, s.hidden_from, 1,
           s.kind, s.owner_no, null, null, s.bit, s.stage, s.involved, s.workers, s.lead_no, s.consent_until,
           s.facts_until, s.restricted, s.allowed, s.id, x.ended_on, x.due_on, day, 'waiting'
      from unnest(cases, ended, due) x (case_id, ended_on, due_on)
      join cases_case s on s.id = x.case_id
    on conflict (case_id) do update
       set taken_off_on = null, listed_on = excluded.listed_on, ended_on = excluded.ended_on, due_on = excluded.due_on,
           version = r.version + 1
     where r.taken_off_on is not null;
    get diagnostics listed = row_count;
    return listed;
end
$$;
revoke execute on function gate.list_for_retention(date, timestamptz, uuid[], date[], date[]) from public;
grant execute on function gate.list_for_retention(date, timestamptz, uuid[], date[], date[]) to eh_worker, eh_owner;

set local role eh_owner;
