-- The case, each child in it, levels of need, sign-offs, who leads, covers and helps. Kind 15 (case).

set local role eh_owner;
call gate.protect('cases_case', 'summary', 15, true);
call gate.protect('cases_childincase', 'summary', 15);
call gate.protect('cases_casemove', 'summary', 15);
call gate.protect('cases_childlevel', 'summary', 15);
call gate.protect('cases_signoff', 'summary', 15);
call gate.protect('cases_leadassignment', 'summary', 15);
call gate.protect('cases_handover', 'full', 15);
call gate.protect('cases_cover', 'summary', 15, true);
-- Rows set their own kind: a sensitive agency's place in a team is not opened by a clause about cases.
call gate.protect('cases_teammember', 'summary', null, true);
call gate.protect('cases_answer', 'summary', null);
call gate.hang('cases_answer', 'assignment_id', 'sent_to');
call gate.hang('cases_answer', 'team_member_id', 'sent_to');
call gate.hang('cases_answer', 'sign_off_id', 'either');
call gate.protect('cases_consenttohelp', 'summary', 19);

-- A state changes, and its history grows, through gate.move_child alone.
revoke update on cases_childincase from eh_web, eh_worker;
revoke update (case_id, state, since, version) on cases_childincase from eh_web, eh_worker;
revoke insert on cases_casemove from eh_web, eh_worker;
revoke update (case_id, child_id, from_state, to_state, at, reason, sign_off_id, version)
    on cases_casemove from eh_web, eh_worker;

-- What was said stays said: a new row answers, sets a level or records consent; none is rewritten.
revoke update (assignment_id, team_member_id, sign_off_id, accepted, reason, version) on cases_answer from eh_web, eh_worker;
revoke update (case_id, level, reason, version) on cases_childlevel from eh_web, eh_worker;
revoke update (case_id, state, reason, basis, told_by, version) on cases_consenttohelp from eh_web, eh_worker;

-- Whoever makes the offer keeps the family's wish for a lead.
create policy offerer_changes on cases_case for update to eh_web
    using ((select gate.writes()) and sent_to_no = (select gate.agency_no()) and (select gate.receives())) with check (true);

create sequence cases_reference start 1001;
grant usage on sequence cases_reference to eh_web, eh_worker;

call gate.admit_job('cases_case', 'watch_cases');
call gate.admit_job('cases_childincase', 'watch_cases');
call gate.admit_job('cases_casemove', 'watch_cases');
call gate.admit_job('cases_childlevel', 'watch_cases');
call gate.admit_job('cases_signoff', 'watch_cases');
call gate.admit_job('cases_leadassignment', 'watch_cases');
call gate.admit_job('cases_cover', 'watch_cases');
call gate.admit_job('cases_teammember', 'watch_cases');
call gate.admit_job('cases_answer', 'watch_cases');
