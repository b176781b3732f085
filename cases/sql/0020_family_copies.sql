-- Copies handed to people of the family, and what they say is wrong (kind 16).

set local role eh_owner;
call gate.protect('cases_familycopy', 'full', 16);
call gate.protect('cases_objection', 'summary', 16, true);

-- What was handed over, and what somebody of the family said, is never rewritten.
revoke update (case_id, lines, way) on cases_familycopy from eh_web, eh_worker;
revoke update (case_id, against, words) on cases_objection from eh_web, eh_worker;
