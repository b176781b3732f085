-- The services directory is public and its keepers' to change; a family's referral is governed (kind per row: the plan's,
-- or that of what the service is for).

set local role eh_owner;

grant select, insert on cases_service to eh_web;
grant update (name, organization, description, url, email, phone, status, eligibility_description, minimum_age,
              maximum_age, wait_time, application_process, fees_description, assured_date, areas, places, terms,
              headings, headings_are_ours, whole, imported_at, version) on cases_service to eh_web;
grant select on cases_service to eh_worker;
alter table cases_service enable row level security;
alter table cases_service force row level security;
create policy anyone_acting on cases_service for select to eh_web using ((select gate.claims()) is not null);
call gate.admit_job('cases_service', 'check_directory');

grant select on cases_uncheckedservice to eh_web;
grant update (cleared_at) on cases_uncheckedservice to eh_web;
grant select, insert on cases_uncheckedservice to eh_worker;
grant update (cleared_at) on cases_uncheckedservice to eh_worker;
alter table cases_uncheckedservice enable row level security;
alter table cases_uncheckedservice force row level security;
create policy anyone_acting on cases_uncheckedservice for select to eh_web using ((select gate.claims()) is not null);
call gate.admit_job('cases_uncheckedservice', 'check_directory');

set local role eh_gate;
-- Whether the acting post keeps the directory: coordinators, administrators, and managers of the early help service.
create function gate.keeps_directory() returns boolean
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select coalesce(gate.claim(9) in ('coordinator', 'administrator')
                    or (gate.claim(9) = 'manager' and exists (
                        select from sharing_agreements_agency a
                         where a.id = gate.claim(7)::uuid and a.type = 'early_help')), false)
$$;
set local role eh_owner;

create policy keepers_add on cases_service for insert to eh_web with check ((select gate.keeps_directory()));
create policy keepers_change on cases_service for update to eh_web using ((select gate.keeps_directory()));
create policy keepers_clear on cases_uncheckedservice for update to eh_web using ((select gate.keeps_directory()));
create policy maintenance on cases_service to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy maintenance on cases_uncheckedservice to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

call gate.protect('cases_servicereferral', 'summary', null);
call gate.protect('cases_servicereferralstep', 'summary', null);

-- What was sent and what was heard of it stays as it was written.
revoke update (case_id, action_id, need_id, service_id, heading, area, version) on cases_servicereferral
    from eh_web, eh_worker;
revoke update (referral_id, state, what, version) on cases_servicereferralstep from eh_web, eh_worker;
