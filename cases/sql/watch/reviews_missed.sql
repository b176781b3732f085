-- The review that was due, and the one six weeks after it, have both gone by: the plan does not move on (B5).
select c.case_id as subject_id, c.case_id, coalesce(r.reviews[1], c.case_id) as episode,
       coalesce(r.reviews[1:1], '{}') as evidence
  from in_work c
  left join reviewed r on r.case_id = c.case_id
 where c.planned_since is not null
   and coalesce(r.due, (c.planned_since at time zone 'Europe/London')::date + 42) + 42 < %(cutoff)s
