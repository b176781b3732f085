-- Step up, keeping in touch, closing (kind 15), and the chronology (kind per row: that of its source).

set local role eh_owner;
call gate.protect('cases_stepup', 'summary', 15);
call gate.protect('cases_stepupdetail', 'full', 15);
call gate.protect('cases_stepupanswer', 'summary', 15);
call gate.protect('cases_watch', 'summary', 15, true);
call gate.protect('cases_watchprompt', 'summary', 15, true);
call gate.protect('cases_closingsummary', 'summary', 15);
call gate.protect('cases_closingdetail', 'full', 15);
call gate.protect('cases_event', 'summary', null);
call gate.protect('cases_eventdetail', 'full', null);

-- Receipt, refusal and dispute are never rewritten.
revoke update (step_up_id, result, named_person, answered_at, their_reference, reason, version)
    on cases_stepupanswer from eh_web, eh_worker;

call gate.admit_job('cases_stepup', 'watch_cases');
call gate.admit_job('cases_stepupanswer', 'watch_cases');
call gate.admit_job('cases_watch', 'watch_cases');
call gate.admit_job('cases_watchprompt', 'watch_cases');
call gate.admit_job('cases_closingsummary', 'watch_cases');
call gate.admit_job('cases_event', 'watch_cases');
call gate.admit_job('cases_eventdetail', 'watch_cases');
call gate.admit_job('cases_event', 'load_events');
call gate.admit_job('cases_eventdetail', 'load_events');
