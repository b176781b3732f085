-- Two jobs of the hub keep the tables they ask: a contact is made from the report itself, and people are compared by
-- a function of the gate.

set local role eh_owner;
drop policy job_receive_report on referrals_reportedchild;
drop policy job_receive_report on referrals_reportedadult;
drop policy job_receive_report on referrals_match;
drop policy job_match_report on referrals_reportedchild;
drop policy job_match_report on referrals_reportedadult;
