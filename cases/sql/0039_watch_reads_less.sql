-- The nightly watch reads and writes what its questions name and nothing else. These were admitted with the rest when
-- the tables were made, and no question ever asked them.

set local role eh_owner;
drop policy job_watch_cases on cases_actionprogress;
drop policy job_watch_cases on cases_casemove;
drop policy job_watch_cases on cases_childlevel;
drop policy job_watch_cases on cases_childseen;
drop policy job_watch_cases on cases_closingsummary;
drop policy job_watch_cases on cases_eventdetail;
drop policy job_watch_cases on cases_keepapart;
drop policy job_watch_cases on cases_liftednotsafetotell;
drop policy job_watch_cases on cases_need;
drop policy job_watch_cases on cases_notsafetotell;
drop policy job_watch_cases on cases_outcome;
drop policy job_watch_cases on cases_reviewscore;
drop policy job_watch_cases on cases_signoff;
drop policy job_watch_cases on cases_staffsafetynote;
