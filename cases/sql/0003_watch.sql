-- Flags on cases follow the case (kind 15); thresholds are settings of the partnership.

set local role eh_owner;
call gate.protect('cases_flag', 'summary', 15, true);
call gate.protect('cases_snooze', 'summary', 15);
call gate.admit_job('cases_flag', 'watch_cases');

-- The web login puts a flag off and does nothing else with it; nobody there raises, clears or rewrites one.
revoke insert, update on cases_flag from eh_web;
revoke update (case_id, rule, subject_id, episode, evidence, raised_at, raised_on, cleared_at, climbed_at, snoozed_until,
               version) on cases_flag from eh_web;
grant update (snoozed_until, version) on cases_flag to eh_web;
revoke update (flag_id, until, reason, version) on cases_snooze from eh_web, eh_worker;

grant select on cases_threshold to eh_web, eh_worker;
grant update (is_on, days, climbs_after) on cases_threshold to eh_web;
alter table cases_threshold enable row level security;
alter table cases_threshold force row level security;
create policy anyone_reads on cases_threshold for select to eh_web, eh_worker using (true);
create policy the_partnership_sets on cases_threshold for update to eh_web
    using ((select gate.claim(9)) in ('coordinator', 'manager', 'administrator'));
create policy maintenance on cases_threshold to eh_owner using ((select gate.in_maintenance()))
    with check ((select gate.in_maintenance()));

-- Defaults: D21 (review 10, silence 20, assessment 5, lead gone 10), D14 (first contact inside the assessment's
-- 10 days), D22 (prompts on their day). Actions, climbing and the lead's list: our judgement, for a partnership
-- to change. Defaults go in before anybody is in maintenance, so row security is not yet asked.
alter table cases_threshold no force row level security;
insert into cases_threshold (rule, is_on, days, climbs_after) values
    ('review_overdue', true, 10, 10),
    ('no_lead', true, 10, 0),
    ('actions_overdue', true, 5, 10),
    ('silent', true, 20, 5),
    ('never_contacted', true, 10, 5),
    ('nothing_done', true, 0, 10),
    ('assessment_overdue', true, 5, 10),
    ('in_touch_due', true, 0, 10),
    ('receipt_overdue', true, 0, 1);
alter table cases_threshold force row level security;
