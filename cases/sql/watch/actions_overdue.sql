-- Open actions more than `days` working days past their date, in a case where somebody still works to a plan.
select a.case_id as subject_id, a.case_id, (array_agg(a.id order by a.due_on, a.id))[1] as episode,
       (array_agg(a.id order by a.due_on, a.id))[1:20] as evidence
  from cases_action a
  join in_work c on c.case_id = a.case_id and c.working_since is not null
 where a.status = 'open' and a.due_on < %(cutoff)s
 group by a.case_id
