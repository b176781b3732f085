-- The latest review planned the next one, or the plan began: that day is more than `days` working days ago.
select c.case_id as subject_id, c.case_id, coalesce(r.id, c.case_id) as episode,
       case when r.id is null then '{}'::uuid[] else array[r.id] end as evidence
  from (select case_id, min(since) as since from cases_childincase where state = 'plan_active' group by case_id) c
  left join (select distinct on (case_id) case_id, id, coalesce(next_review_on, happened_on + 42) as due
               from cases_review order by case_id, happened_on desc, recorded_at desc) r on r.case_id = c.case_id
 where coalesce(r.due, (c.since at time zone 'Europe/London')::date + 42) < %(cutoff)s
