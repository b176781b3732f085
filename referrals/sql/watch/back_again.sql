-- An undecided contact about a child whose case closed, or who was offered help that the family declined, in the months
-- before it, and who has no running case.
select 'back_again' as rule, p.person as subject_id, p.contact_id, array_agg(k.id order by k.since, k.id) as evidence
  from reported p
  join referrals_contact c on c.id = p.contact_id and c.status <> 'decided'
  join placed k on k.person = p.person and k.state in ('closed', 'declined')
   and k.since <= p.received_at and k.since > p.received_at - %(back_again_days)s * interval '1 day'
 where not exists (select from placed o where o.person = p.person and o.state not in ('closed', 'declined'))
 group by p.person, p.contact_id
