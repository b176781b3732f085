-- Families nobody helps, of whom agencies know enough between them: what the nightly job reads, and its two numbers.

set local role eh_owner;

call gate.admit_job('referrals_hubflag', 'watch_families');
call gate.admit_job('cases_event', 'watch_families');
call gate.admit_job('cases_childincase', 'watch_families');
call gate.admit_job('cases_familymember', 'watch_families');
call gate.admit_job('sharing_agreements_address', 'watch_families');

-- Three homes in twelve months (domain F91). Three of the ten headings, as the national programme counts families it is
-- for (D28), within five years, which is our judgement; climbing after five working days is too.
alter table referrals_hubthreshold no force row level security;
insert into referrals_hubthreshold (rule, is_on, times, days, climbs_after) values
    ('moved_often', true, 3, 365, 5),
    ('many_needs', true, 3, 1825, 5);
alter table referrals_hubthreshold force row level security;
