-- Flags the watch raises from reports: the hub's own (kind 22); thresholds are settings of the partnership.

set local role eh_owner;

call gate.protect('referrals_hubflag', 'full', 22);
call gate.protect('referrals_hubflagsnooze', 'full', 22);

-- The web login puts a flag off and does nothing else with it.
revoke insert, update on referrals_hubflag from eh_web;
revoke update (contact_id, rule, subject_id, evidence, raised_at, raised_on, cleared_at, climbed_at, snoozed_until,
               version) on referrals_hubflag from eh_web;
grant update (snoozed_until, version) on referrals_hubflag to eh_web;
revoke update (flag_id, until, reason, version) on referrals_hubflagsnooze from eh_web, eh_worker;
grant update (lead_left_out_at) on referrals_contact to eh_web;

-- What the job reads to know who was reported how often, who leads, and whom it is not safe to tell.
call gate.admit_job('referrals_hubflag', 'watch_contacts');
call gate.admit_job('referrals_contact', 'watch_contacts');
call gate.admit_job('referrals_contactentry', 'watch_contacts');
call gate.admit_job('referrals_report', 'watch_contacts');
call gate.admit_job('referrals_reportedchild', 'watch_contacts');
call gate.admit_job('referrals_wrongchildmark', 'watch_contacts');
call gate.admit_job('referrals_feedback', 'watch_contacts');
call gate.admit_job('sharing_agreements_address', 'watch_contacts');
call gate.admit_job('cases_childincase', 'watch_contacts');
call gate.admit_job('cases_familymember', 'watch_contacts');
call gate.admit_job('cases_watch', 'watch_contacts');
call gate.admit_job('cases_cover', 'watch_contacts');
call gate.admit_job('cases_notsafetotell', 'watch_contacts');
call gate.admit_job('cases_liftednotsafetotell', 'watch_contacts');

grant select on referrals_hubthreshold to eh_web, eh_worker;
grant update (is_on, times, days, climbs_after) on referrals_hubthreshold to eh_web;
alter table referrals_hubthreshold enable row level security;
alter table referrals_hubthreshold force row level security;
create policy anyone_reads on referrals_hubthreshold for select to eh_web, eh_worker using (true);
create policy the_partnership_sets on referrals_hubthreshold for update to eh_web
    using ((select gate.claim(9)) in ('coordinator', 'manager', 'administrator'));
create policy maintenance on referrals_hubthreshold to eh_owner using ((select gate.in_maintenance()))
    with check ((select gate.in_maintenance()));

-- Defaults: D11 (2 in 7 days; 3 in 12 months goes to a manager at once), D12 (the previous team within 6 months),
-- D9 (feedback within 24 hours). Climbing elsewhere and the wait for a lead's call: our judgement. Defaults go in
-- before anybody is in maintenance, so row security is not yet asked.
alter table referrals_hubthreshold no force row level security;
insert into referrals_hubthreshold (rule, is_on, times, days, climbs_after) values
    ('repeat_week', true, 2, 7, 3),
    ('repeat_year', true, 3, 365, 0),
    ('back_again', true, 1, 183, 5),
    ('ring_lead', true, 1, 1, 1),
    ('feedback_late', true, 1, 1, 1);
alter table referrals_hubthreshold force row level security;
