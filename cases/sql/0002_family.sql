-- Who belongs to a family and how they are related (kind 20), where somebody can be found (kind 2: closed like
-- an address), staff safety (kind 21).

set local role eh_owner;
call gate.protect('cases_familymember', 'summary', 20, true);
call gate.protect('cases_relationship', 'summary', 20, true);
call gate.protect('cases_keepapart', 'summary', 20);
call gate.protect('cases_notsafetotell', 'summary', 20);
call gate.protect('cases_liftednotsafetotell', 'summary', 20);
call gate.hang('cases_liftednotsafetotell', 'marker_id', 'hub');

call gate.protect('cases_household', 'summary', 2);
call gate.protect('cases_householdmember', 'summary', 2, true);
call gate.protect('cases_schoolplace', 'summary', 2, true);
call gate.protect('cases_healthcontact', 'summary', 2, true);
call gate.protect('cases_safecontact', 'summary', 2, true);

call gate.protect('cases_staffsafetynote', 'summary', 21);

-- Neither the marker nor its lifting is rewritten: lifting is a row only the hub's roles write (see the verb).
revoke update (reason, review_on, version) on cases_notsafetotell from eh_web, eh_worker;
revoke update (marker_id, reason, version) on cases_liftednotsafetotell from eh_web, eh_worker;
create policy only_the_hub_lifts on cases_liftednotsafetotell as restrictive for insert to eh_web
    with check ((select gate.claim(9)) in ('decision_maker', 'navigator', 'emergency_duty'));

call gate.admit_job('cases_notsafetotell', 'watch_cases');
call gate.admit_job('cases_liftednotsafetotell', 'watch_cases');
call gate.admit_job('cases_keepapart', 'watch_cases');
call gate.admit_job('cases_staffsafetynote', 'watch_cases');
call gate.admit_job('cases_familymember', 'load_events');
