-- Reports before and after early help, for the board: numbers over all families, hidden or rounded before they leave
-- the database (decision 0109).

set local role eh_gate;

-- One to seven is hidden (null), the rest goes to the nearest five.
create function gate.publishable(n bigint) returns bigint
language sql immutable parallel safe
as $$ select case when n between 1 and 7 then null else (round(n / 5.0) * 5)::bigint end $$;
revoke execute on function gate.publishable(bigint) from public;

-- Per span of months, and for all families or those reported often before: how many had a plan begin at least that long
-- before the day, and how many reports named anybody of them in the span before and in the span after it began.
-- until: midnight in London; a report counts once per family, on the time it was made.
create function gate.reports_before_and_after(until date)
returns table (months integer, often boolean, families bigint, before bigint, after bigint)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if coalesce(gate.claim(9), '') not in ('analyst', 'manager', 'coordinator', 'governance_lead')
       or coalesce(gate.claim(10), '') <> 'evaluation' then
        return;
    end if;
    return query
    with recursive up as (
        select p.id, p.merged_into_id as root from sharing_agreements_person p where p.merged_into_id is not null
         union all
        select u.id, p.merged_into_id from up u join sharing_agreements_person p on p.id = u.root
         where p.merged_into_id is not null
    ), merged as materialized (
        select u.id, u.root from up u join sharing_agreements_person p on p.id = u.root and p.merged_into_id is null
    ), begun as materialized (
        select c.family_id, min(m.at) as at
          from cases_casemove m join cases_case c on c.id = m.case_id
         where m.to_state = 'plan_active'
         group by c.family_id
        having min(m.at) < (until::timestamp at time zone 'Europe/London') - interval '6 months'
    ), belongs as materialized (
        select distinct b.family_id, b.at, coalesce(x.root, w.person_id) as root
          from begun b
          join (select k.family_id, k.person_id from cases_childincase k
                 union
                select f.family_id, f.person_id from cases_familymember f) w on w.family_id = b.family_id
          left join merged x on x.id = w.person_id
    ), named as (
        select distinct w.family_id, w.at, r.id, r.recorded_at
          from referrals_report r
         cross join unnest(r.about) a (person)
          left join merged x on x.id = a.person
          join belongs w on w.root = coalesce(x.root, a.person)
         where r.recorded_at >= w.at - interval '12 months' and r.recorded_at < w.at + interval '12 months'
           and r.recorded_at < (until::timestamp at time zone 'Europe/London')
           and not exists (select from referrals_wrongchildmark m join referrals_reportedchild k on k.id = m.reported_child_id
                            where k.report_id = r.id and k.person_id = a.person)
    ), counted as materialized (
        select b.family_id, b.at, s.months,
               count(n.id) filter (where n.recorded_at < b.at and n.recorded_at >= b.at - s.months * interval '1 month') as before,
               count(n.id) filter (where n.recorded_at >= b.at and n.recorded_at < b.at + s.months * interval '1 month') as after,
               count(n.id) filter (where n.recorded_at < b.at) >= 3 as often
          from begun b
         cross join (values (6), (12)) s (months)
          left join named n on n.family_id = b.family_id
         where b.at < (until::timestamp at time zone 'Europe/London') - s.months * interval '1 month'
         group by b.family_id, b.at, s.months
    ), summed as (
        select s.months, o.often, count(c.family_id) as families, sum(c.before)::bigint as before, sum(c.after)::bigint as after
          from (values (6), (12)) s (months)
         cross join (values (false), (true)) o (often)
          left join counted c on c.months = s.months and (c.often or not o.often)
         group by s.months, o.often
    )
    select t.months, t.often, gate.publishable(t.families),
           case when t.families not between 1 and 7 then gate.publishable(coalesce(t.before, 0)) end,
           case when t.families not between 1 and 7 then gate.publishable(coalesce(t.after, 0)) end
      from summed t
     order by t.months, t.often;
end
$$;

set local role eh_owner;
