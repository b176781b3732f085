-- Somebody in a family we work with said yes to help, and has not been asked again for `days` working days.
select c.id as subject_id, c.case_id, k.id as episode, array[k.id] as evidence
  from cases_childincase c
  join (select distinct on (person_id) person_id, id, state, happened_on
          from cases_consenttohelp order by person_id, recorded_at desc, id) k on k.person_id = c.person_id
 where c.state in ('assessing', 'plan_active') and k.state in ('agreed', 'partly') and k.happened_on < %(cutoff)s
   and not exists (select from ended e where e.person_id = c.person_id)
