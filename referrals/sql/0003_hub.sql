-- The hub's own tables and jobs.

set local role eh_owner;

call gate.protect('referrals_contactentry', 'full', 5);
call gate.protect('referrals_secondlook', 'full', 5);
revoke update on referrals_contactentry, referrals_secondlook from eh_web, eh_worker;

-- Columns added since these tables were first protected. None of them is a fact.
grant update (danger, reported, watched_since, looked_at) on referrals_contact to eh_web, eh_worker;
grant update (way, case_id, held_for, returned) on referrals_decision to eh_web, eh_worker;
grant update (identity_id) on referrals_match to eh_web, eh_worker;

-- The job that looks whether the people of a report are already known. It reads identities only through the gate.
call gate.admit_job('referrals_report', 'match_report');
call gate.admit_job('referrals_reportedchild', 'match_report');
call gate.admit_job('referrals_reportedadult', 'match_report');
call gate.admit_job('referrals_contact', 'match_report');
call gate.admit_job('referrals_contactentry', 'match_report');
call gate.admit_job('referrals_match', 'match_report');

-- Told to look: ids only, for the person told and for the managers of that hub; written by the job alone.
alter table referrals_restrictedmatch enable row level security;
alter table referrals_restrictedmatch force row level security;
grant select on referrals_restrictedmatch to eh_web;
grant select, insert on referrals_restrictedmatch to eh_worker;
create policy told on referrals_restrictedmatch for select to eh_web
    using (recipient_id = (select gate.practitioner_id())
           or (hub_id = (select gate.claim(7)::uuid) and (select gate.claim(9)) = 'manager'));
create policy job_match_report on referrals_restrictedmatch to eh_worker
    using ((select gate.job()) = 'match_report') with check ((select gate.job()) = 'match_report');
create policy maintenance on referrals_restrictedmatch to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

-- Previous contacts: of these people, and of the addresses where they lived, in one index each.
create index referrals_contact_received on referrals_contact (owner_no, received_at desc);
