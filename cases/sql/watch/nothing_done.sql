-- The last two reviews came and went, and no action was finished since the day of the earlier one.
select r.case_id as subject_id, r.case_id, r.reviews[1] as episode, r.reviews as evidence
  from (select case_id, array_agg(id order by n) as reviews, min(happened_on) as from_day
          from (select case_id, id, happened_on,
                       row_number() over (partition by case_id order by happened_on desc, recorded_at desc) as n
                  from cases_review) numbered
         where n <= 2 group by case_id having count(*) = 2) r
 where r.case_id in (select case_id from cases_childincase where state = 'plan_active')
   and not exists (
       select from cases_action a
        where a.case_id = r.case_id and a.status = 'done'
          and a.settled_at >= r.from_day::timestamp at time zone 'Europe/London')
