-- That an adult of a family is in custody (kind 12: criminal-offence data), and the watch over the day of release (J10).

set local role eh_owner;
call gate.protect('cases_custody', 'summary', 12, true);
call gate.admit_job('cases_custody', 'watch_cases');

-- Raised on its day. It reaches the lead's manager after two working weeks, so while there is time left (ours, J).
alter table cases_threshold no force row level security;
insert into cases_threshold (rule, is_on, days, climbs_after) values ('release_due', true, 0, 10);
alter table cases_threshold force row level security;

set local role eh_gate;

do $$
declare
    was constant text := '''cases_expectedagency'')';
    body constant text := pg_get_functiondef('gate.raise_flags'::regproc);
begin
    if position('''cases_childincase'', ' || was in body) = 0 then
        raise exception 'gate.raise_flags no longer says what flags are about';
    end if;
    execute replace(body, '''cases_childincase'', ' || was, '''cases_childincase'', ''cases_expectedagency'', ''cases_custody'')');
end
$$;

-- No e-mail tells a lead or cover of another agency that something waits which they may not open.
do $$
declare
    leads constant text := 'from raised f join sharing_agreements_practitioner p on p.no = f.lead_no';
    covers constant text := 'from raised f join covering c on c.case_id = f.case_id';
    ours constant text := E'\n         where (f.rule <> ''release_due'' or exists (
               select from sharing_agreements_post o
                where o.practitioner_id = %s.id and o.agency_id = f.owner_id and o.starts_on <= day
                  and coalesce(o.ends_on, ''infinity'') >= day))';
    body constant text := pg_get_functiondef('gate.waiting_with_families'::regproc);
begin
    if position(leads in body) = 0 or position(covers in body) = 0 then
        raise exception 'gate.waiting_with_families no longer says whose flags wait';
    end if;
    execute replace(replace(body, leads, leads || format(ours, 'p')), covers, covers || format(ours, 'c'));
end
$$;

set local role eh_owner;
