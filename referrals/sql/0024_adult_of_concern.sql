-- Adults of concern: for the hub alone (kind 4 is what no clause releases), and the rule that notices a new household.

set local role eh_owner;

call gate.protect('referrals_adultofconcern', 'full', 4);
revoke update on referrals_adultofconcern from eh_web, eh_worker;

call gate.admit_job('referrals_adultofconcern', 'watch_contacts');
call gate.admit_job('referrals_reportedadult', 'watch_contacts');

-- A day's wait would be too long, so it is the manager's at once; a year, because the report may lie undecided.
alter table referrals_hubthreshold no force row level security;
insert into referrals_hubthreshold (rule, is_on, times, days, climbs_after) values ('adult_joined', true, 1, 365, 0);
alter table referrals_hubthreshold force row level security;
