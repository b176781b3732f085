-- Birthdays that change who answers, consent grown old, and due dates: flags about one child's place in a case (J9).

set local role eh_owner;
call gate.admit_job('sharing_agreements_identity', 'watch_cases');
call gate.admit_job('cases_consenttohelp', 'watch_cases');

-- On the day itself for birthdays (D25) and a week after the due date (most children come within it; judgement). About
-- a year of working days for consent: nothing says how long a yes lasts, and agreements get a year (judgement, D26).
alter table cases_threshold no force row level security;
insert into cases_threshold (rule, is_on, days, climbs_after) values
    ('own_answer', true, 0, 20),
    ('adult_answer', true, 0, 20),
    ('consent_review', true, 250, 20),
    ('birth_due', true, 5, 10);
alter table cases_threshold force row level security;

set local role eh_gate;

do $$
declare
    was constant text := '''cases_teammember'')';
    body constant text := pg_get_functiondef('gate.raise_flags'::regproc);
begin
    if position(was in body) = 0 then
        raise exception 'gate.raise_flags no longer says what flags are about';
    end if;
    execute replace(body, was, '''cases_teammember'', ''cases_childincase'')');
end
$$;

set local role eh_owner;
