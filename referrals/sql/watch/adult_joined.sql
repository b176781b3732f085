-- An undecided contact that names an adult whom police or social care recorded as a risk to children, in a household
-- other than the one they were recorded in: none of its children is a child of that report. Raised for the hub alone.
select 'adult_joined' as rule, p.person as subject_id, p.contact_id, array[p.contact_id] as evidence
  from reported p
  join referrals_contact c on c.id = p.contact_id and c.status <> 'decided'
   and p.received_at > %(adult_joined_since)s
  join referrals_reportedadult named on named.report_id = c.report_id
  left join root n on n.id = named.person_id
  join (select a.id, k.report_id, coalesce(r.root, a.person_id) as person
          from referrals_adultofconcern a
          join referrals_reportedadult k on k.id = a.reported_adult_id
          left join root r on r.id = a.person_id
         where a.review_on >= %(as_of)s) known on known.person = p.person
 where coalesce(n.root, named.person_id) = p.person
   and known.report_id <> c.report_id
   and not exists (
       select from referrals_reportedchild here
         left join root h on h.id = here.person_id
         join referrals_reportedchild there on there.report_id = known.report_id
         left join root t on t.id = there.person_id
        where here.report_id = c.report_id
          and coalesce(h.root, here.person_id) = coalesce(t.root, there.person_id))
 group by p.person, p.contact_id
