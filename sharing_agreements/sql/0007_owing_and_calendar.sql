-- Jobs owed, the working-day calendar, and who may touch them.

set local role eh_owner;

-- The web login may write down that a job is owed, and cannot read or change what is. The worker does the rest.
grant insert on sharing_agreements_owedjob to eh_web, eh_worker;
grant select, update on sharing_agreements_owedjob to eh_worker, eh_gate;
grant select, insert on sharing_agreements_donejob to eh_worker;
alter table sharing_agreements_owedjob add constraint owed_payload_is_an_object
    check (jsonb_typeof(payload) = 'object' and length(payload::text) <= 2000);

-- Reference data without anything personal.
grant select on sharing_agreements_workingday, sharing_agreements_hubhours to eh_web, eh_worker, eh_gate;

insert into sharing_agreements_workingday (date, is_working, number, bank_holiday)
with holiday (date, name) as (values
    (date '2023-01-02', 'New Year''s Day (substitute)'), ('2023-04-07', 'Good Friday'), ('2023-04-10', 'Easter Monday'),
    ('2023-05-01', 'Early May'), ('2023-05-08', 'Coronation'), ('2023-05-29', 'Spring'), ('2023-08-28', 'Summer'),
    ('2023-12-25', 'Christmas Day'), ('2023-12-26', 'Boxing Day'),
    ('2024-01-01', 'New Year''s Day'), ('2024-03-29', 'Good Friday'), ('2024-04-01', 'Easter Monday'),
    ('2024-05-06', 'Early May'), ('2024-05-27', 'Spring'), ('2024-08-26', 'Summer'),
    ('2024-12-25', 'Christmas Day'), ('2024-12-26', 'Boxing Day'),
    ('2025-01-01', 'New Year''s Day'), ('2025-04-18', 'Good Friday'), ('2025-04-21', 'Easter Monday'),
    ('2025-05-05', 'Early May'), ('2025-05-26', 'Spring'), ('2025-08-25', 'Summer'),
    ('2025-12-25', 'Christmas Day'), ('2025-12-26', 'Boxing Day'),
    ('2026-01-01', 'New Year''s Day'), ('2026-04-03', 'Good Friday'), ('2026-04-06', 'Easter Monday'),
    ('2026-05-04', 'Early May'), ('2026-05-25', 'Spring'), ('2026-08-31', 'Summer'),
    ('2026-12-25', 'Christmas Day'), ('2026-12-28', 'Boxing Day (substitute)'),
    ('2027-01-01', 'New Year''s Day'), ('2027-03-26', 'Good Friday'), ('2027-03-29', 'Easter Monday'),
    ('2027-05-03', 'Early May'), ('2027-05-31', 'Spring'), ('2027-08-30', 'Summer'),
    ('2027-12-27', 'Christmas Day (substitute)'), ('2027-12-28', 'Boxing Day (substitute)'),
    ('2028-01-03', 'New Year''s Day (substitute)'), ('2028-04-14', 'Good Friday'), ('2028-04-17', 'Easter Monday'),
    ('2028-05-01', 'Early May'), ('2028-05-29', 'Spring'), ('2028-08-28', 'Summer'),
    ('2028-12-25', 'Christmas Day'), ('2028-12-26', 'Boxing Day')),
day as (
    select d::date as date, extract(isodow from d) < 6 and h.date is null as is_working, coalesce(h.name, '') as name
      from generate_series(date '2023-01-01', date '2028-12-31', interval '1 day') d left join holiday h on h.date = d::date)
select date, is_working, count(*) filter (where is_working) over (order by date), name from day;

-- Monday to Friday, half past eight to five: the setting a partnership changes first.
insert into sharing_agreements_hubhours (weekday, opens_at, closes_at)
select weekday, time '08:30', time '17:00' from generate_series(0, 4) weekday;

-- The operator page: an administrator sees jobs that stopped, by kind and error, and may set one going again.
set local role eh_gate;
create function gate.stopped_jobs()
returns table (id uuid, job text, made_at timestamptz, stopped_at timestamptz, attempts smallint, last_error text)
language sql stable security definer set search_path = public, pg_temp
as $$
    select o.id, o.job, o.made_at, o.stopped_at, o.attempts, o.last_error
      from sharing_agreements_owedjob o
     where o.stopped_at is not null and gate.claim(9) = 'administrator'
     order by o.stopped_at
     limit 500
$$;

create function gate.try_job_again(owed uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if gate.claim(9) is distinct from 'administrator' then
        return false;
    end if;
    update sharing_agreements_owedjob set stopped_at = null, sent_at = null, attempts = 0
     where id = owed and stopped_at is not null;
    return found;
end
$$;
set local role eh_owner;
