-- What other numbers of a rule would flag: whoever asked reads the numbers, the watch counts them.

set local role eh_owner;

alter table cases_thresholdtrial enable row level security;
alter table cases_thresholdtrial force row level security;
grant select, insert on cases_thresholdtrial to eh_web;
grant select on cases_thresholdtrial to eh_worker;
grant update (counted_at, lines) on cases_thresholdtrial to eh_worker;
create policy own_trials on cases_thresholdtrial to eh_web
    using (practitioner_id = (select gate.practitioner_id()))
    with check (practitioner_id = (select gate.practitioner_id()) and counted_at is null
                and (select gate.claim(9)) in ('coordinator', 'manager', 'administrator'));
create policy job_watch_cases on cases_thresholdtrial to eh_worker
    using ((select gate.job()) = 'watch_cases') with check ((select gate.job()) = 'watch_cases');
create policy maintenance on cases_thresholdtrial to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

set local role eh_gate;

-- Somebody who arranges the work does not wait for the set days: the flag is the manager's from now on. Answers whether
-- it was not before. The flag is read through the caller's own row security first (the caller hands in what it read).
create function gate.climb_flag(flag uuid, seen integer, at_time timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one cases_flag%rowtype;
begin
    select * into one from cases_flag f where f.id = flag;
    if not found or not coalesce(gate.in_maintenance() or (
           (one.owner_no = gate.agency_no() and gate.claim(9) in ('coordinator', 'manager')
            or one.lead_no = gate.practitioner_no() or gate.practitioner_no() = any(one.workers))
           and not one.about && gate.denied_people()
           and not gate.agency_no() = any(one.hidden_from)
           and (one.restricted = 0 or gate.practitioner_no() = any(one.allowed))), false) then
        raise exception 'no such flag' using errcode = 'EH404';
    end if;
    update cases_flag set climbed_at = at_time, version = version + 1
     where id = flag and climbed_at is null and cleared_at is null and version = seen;
    return found;
end
$$;

set local role eh_owner;
