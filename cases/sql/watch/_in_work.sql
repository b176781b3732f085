-- Cases somebody should be working on: one line each, read once for all rules. Whoever has died, or will not be born,
-- is nobody to work with; a case of nobody else is not here.
select case_id,
       min(since) as since,
       min(since) filter (where state in ('assessing', 'plan_active')) as working_since,
       min(since) filter (where state = 'assessing') as assessing_since,
       min(since) filter (where state = 'plan_active') as planned_since
  from cases_childincase
 where state in ('waiting', 'assessing', 'plan_active')
   and not exists (select from ended e where e.person_id = cases_childincase.person_id)
 group by case_id
