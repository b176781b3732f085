-- An agency that should be in the team, and of which nobody has joined it `days` working days after that was said. Its
-- leading the work counts as being in the team.
select e.id as subject_id, e.case_id, e.id as episode, array[e.id] as evidence
  from cases_expectedagency e
  join in_work c on c.case_id = e.case_id
 where e.ended_on is null and e.recorded_at < %(cutoff_at)s
   and not exists (
       select from cases_teammember t
         join cases_answer a on a.team_member_id = t.id and a.accepted
        where t.case_id = e.case_id and t.agency_id = e.agency_id and t.ended_on is null)
   and not exists (
       select from cases_leadassignment l
         join cases_answer a on a.assignment_id = l.id and a.accepted
         join sharing_agreements_practitioner p on p.id = l.practitioner_id
         join cases_case k on k.id = l.case_id and k.lead_no = p.no
        where l.case_id = e.case_id and l.agency_id = e.agency_id)
