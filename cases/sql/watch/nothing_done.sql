-- The last two reviews came and went, and no action was finished since the day of the earlier one.
select r.case_id as subject_id, r.case_id, r.reviews[1] as episode, r.reviews as evidence
  from in_work c
  join reviewed r on r.case_id = c.case_id
 where c.planned_since is not null and cardinality(r.reviews) = 2
   and not exists (
       select from cases_action a
        where a.case_id = r.case_id and a.status = 'done'
          and a.settled_at >= r.earlier_on::timestamp at time zone 'Europe/London')
