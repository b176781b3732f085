-- The due date of a child not born yet has come: no account says that the child is born, or that the pregnancy ended.
select c.id as subject_id, c.case_id, c.id as episode, '{}'::uuid[] as evidence
  from cases_childincase c
  join (select distinct on (person_id) person_id, born_on
          from sharing_agreements_identity where is_unborn and born_on is not null
         order by person_id, recorded_at desc, id) due on due.person_id = c.person_id
 where c.state in ('offered', 'waiting', 'assessing', 'plan_active', 'stepped_down') and due.born_on <= %(cutoff)s
   and not exists (select from sharing_agreements_identity i where i.person_id = c.person_id and not i.is_unborn)
   and not exists (select from ended e where e.person_id = c.person_id)
