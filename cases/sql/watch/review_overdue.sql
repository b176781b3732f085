-- The latest review planned the next one, or the plan began: that day is more than `days` working days ago.
select c.case_id as subject_id, c.case_id, coalesce(r.reviews[1], c.case_id) as episode,
       coalesce(r.reviews[1:1], '{}') as evidence
  from in_work c
  left join reviewed r on r.case_id = c.case_id
 where c.planned_since is not null
   and coalesce(r.due, (c.planned_since at time zone 'Europe/London')::date + 42) < %(cutoff)s
