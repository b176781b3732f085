-- Plans agencies make by themselves (kind 16), and agencies that should be in a team (kind per row: that of the case, or
-- of a sensitive agency's work). The watch flags whoever is missing.

set local role eh_owner;
call gate.protect('cases_ownplan', 'summary', 16, true);
call gate.protect('cases_ownplanaim', 'summary', 16);
call gate.protect('cases_expectedagency', 'summary', null, true);
call gate.admit_job('cases_expectedagency', 'watch_cases');

-- A plan of one's own changes once: when it becomes part of the team's.
revoke update (title, why, review_on, asked) on cases_ownplan from eh_web, eh_worker;
revoke update (plan_id, heading, aim, doing) on cases_ownplanaim from eh_web, eh_worker;
revoke update (case_id, agency_id, why) on cases_expectedagency from eh_web, eh_worker;

-- A working week for an agency to answer; it reaches the lead's manager after two more (ours, J).
alter table cases_threshold no force row level security;
insert into cases_threshold (rule, is_on, days, climbs_after) values ('agency_missing', true, 5, 10);
alter table cases_threshold force row level security;

set local role eh_gate;

-- The watch may say so of an agency's place among those expected, and who said that it is reads what it flags.
do $$
declare
    was constant text := '''cases_childincase'')';
    whose constant text := 'subjects = ''cases_teammember''';
    body constant text := pg_get_functiondef('gate.raise_flags'::regproc);
begin
    if position(was in body) = 0 or position(whose in body) = 0 then
        raise exception 'gate.raise_flags no longer says what flags are about';
    end if;
    execute replace(replace(body, was, '''cases_childincase'', ''cases_expectedagency'')'), whose,
                    'subjects in (''cases_teammember'', ''cases_expectedagency'')');
end
$$;

set local role eh_owner;
