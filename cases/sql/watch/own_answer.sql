-- A young person 13 or older whose own answer about help is not recorded since that birthday (D25). A day of birth that
-- is known to the month counts from the month's first day; the newest account that gives one counts.
select c.id as subject_id, c.case_id, c.id as episode, '{}'::uuid[] as evidence
  from cases_childincase c
  join (select distinct on (person_id) person_id, born_on
          from sharing_agreements_identity where not is_unborn and born_precision in ('day', 'month')
         order by person_id, recorded_at desc, id) born on born.person_id = c.person_id
 where c.state in ('waiting', 'assessing', 'plan_active')
   and (born.born_on + interval '13 years')::date <= %(cutoff)s
   and (born.born_on + interval '18 years')::date > %(as_of)s
   and not exists (select from ended e where e.person_id = c.person_id)
   and not exists (select from cases_consenttohelp k
                    where k.person_id = c.person_id and k.state <> 'not_asked'
                      and k.happened_on >= (born.born_on + interval '13 years')::date)
