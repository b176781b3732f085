-- Assessment and plan (kind 16), meetings and reviews (kind 17), notes (kind 18).

set local role eh_owner;
call gate.protect('cases_assessment', 'summary', 16, true);
call gate.protect('cases_need', 'summary', 16, true);
call gate.protect('cases_needdetail', 'full', 16, true);
call gate.protect('cases_outcome', 'summary', 16, true);
call gate.protect('cases_action', 'summary', 16, true);
call gate.protect('cases_actionprogress', 'summary', 16);

call gate.protect('cases_meeting', 'summary', 17, true);
call gate.protect('cases_meetingplace', 'summary', 2);
call gate.hang('cases_meetingplace', 'meeting_id', 'owner');
call gate.protect('cases_meetingminutes', 'full', 17, true);
call gate.protect('cases_meetinginvitation', 'summary', 17, true);
call gate.protect('cases_review', 'summary', 17);
call gate.protect('cases_reviewdetail', 'full', 17);
call gate.protect('cases_reviewscore', 'summary', 17);

call gate.protect('cases_note', 'summary', 18);
call gate.protect('cases_notedetail', 'full', 18);
call gate.protect('cases_childseen', 'summary', 18);
call gate.protect('cases_childwords', 'full', 18);

-- An action is settled by gate.settle_action alone, which lets its doer do so whoever owns the plan.
revoke update (status, settled_at) on cases_action from eh_web, eh_worker;

call gate.admit_job('cases_assessment', 'watch_cases');
call gate.admit_job('cases_need', 'watch_cases');
call gate.admit_job('cases_outcome', 'watch_cases');
call gate.admit_job('cases_action', 'watch_cases');
call gate.admit_job('cases_actionprogress', 'watch_cases');
call gate.admit_job('cases_meeting', 'watch_cases');
call gate.admit_job('cases_meetinginvitation', 'watch_cases');
call gate.admit_job('cases_review', 'watch_cases');
call gate.admit_job('cases_reviewscore', 'watch_cases');
call gate.admit_job('cases_note', 'watch_cases');
call gate.admit_job('cases_childseen', 'watch_cases');
