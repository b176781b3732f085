-- A prompt of keeping in touch (weeks 4, 12 and 26) has reached its day without an answer.
select w.id as subject_id, w.case_id, p.id as episode, array[p.id] as evidence
  from cases_watchprompt p
  join cases_watch w on w.id = p.watch_id
 where p.answered_on is null and w.ended_on is null and p.due_on <= %(cutoff)s
   and not exists (select from ended e where e.person_id = w.person_id)
