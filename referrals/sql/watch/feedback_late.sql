-- A child of a report, not marked as the wrong one, of whom the reporter has heard nothing, decided or not, although the
-- working time for it is over (D9). When that is, the job that received the report has written down.
select 'feedback_late' as rule, c.id as subject_id, c.id as contact_id, '{}'::uuid[] as evidence
  from referrals_contact c
 where c.feedback_due_at < %(now)s
   and exists (
       select from referrals_reportedchild k
        where k.report_id = c.report_id
          and not exists (select from referrals_wrongchildmark m where m.reported_child_id = k.id)
          and not exists (select from referrals_feedback f where f.reported_child_id = k.id))
