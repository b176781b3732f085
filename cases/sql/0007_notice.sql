-- The hub's words to a lead. The job writes them; the lead says "I have rung"; the hub takes them back.

set local role eh_owner;
call gate.protect('cases_leadnotice', 'summary', 24, true);
call gate.admit_job('cases_leadnotice', 'watch_contacts');
revoke insert, update on cases_leadnotice from eh_web;
revoke update (case_id, rung_at, withdrawn_at, version) on cases_leadnotice from eh_web;
grant update (rung_at, withdrawn_at, version) on cases_leadnotice to eh_web;
