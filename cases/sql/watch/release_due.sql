-- An adult of the family is expected out of custody within 28 days, or was and nobody has said so yet (J10): however late
-- the date was written, and whatever nights were missed. Of what one agency says of somebody, the newest counts. It is
-- about the family's newest case with somebody to work with; a later day takes it back, and it comes again on its day.
select distinct on (u.person_id, u.owner_id) u.id as subject_id, k.case_id, u.id as episode, array[u.id] as evidence
  from cases_custody u
  join (select c.family_id, c.case_id, max(c.since) as since
          from cases_childincase c
         where c.state in ('offered', 'waiting', 'assessing', 'plan_active', 'stepped_down')
           and not exists (select from ended e where e.person_id = c.person_id)
         group by c.family_id, c.case_id) k on k.family_id = u.family_id
 where u.ended_on is null and u.release_on - 28 <= %(cutoff)s
   and not exists (select from ended e where e.person_id = u.person_id)
 order by u.person_id, u.owner_id, u.recorded_at desc, u.id, k.since desc, k.case_id
