-- A step up whose receipt nobody in social care has confirmed in time, and that was not taken back.
select u.id as subject_id, u.case_id, u.id as episode, array[u.id] as evidence
  from cases_stepup u
 where u.case_id is not null and u.due_at < %(cutoff_at)s
   and not exists (select from ended e where e.person_id = u.person_id)
   and not exists (select from cases_stepupanswer a where a.step_up_id = u.id and a.result in ('received', 'withdrawn'))
