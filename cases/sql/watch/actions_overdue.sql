-- Open actions more than `days` working days past their date, in a case where somebody still works to a plan.
select a.case_id as subject_id, a.case_id, (array_agg(a.id order by a.due_on, a.id))[1] as episode,
       (array_agg(a.id order by a.due_on, a.id))[1:20] as evidence
  from cases_action a
 where a.status = 'open' and a.due_on < %(cutoff)s
   and exists (select from cases_childincase c
                where c.case_id = a.case_id and c.state in ('assessing', 'plan_active'))
 group by a.case_id
