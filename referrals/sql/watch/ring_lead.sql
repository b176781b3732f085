-- The lead of a family being kept in touch with may not be told, or was told and has not rung: the hub rings.
select 'ring_lead' as rule, w.case_id as subject_id, w.contact_id, array[w.watch_id] as evidence
  from watched w
  left join cases_leadnotice n on n.id = w.notice_id and n.withdrawn_at is null
 where w.status <> 'decided' and not w.left_out
   and (n.id is null or (n.rung_at is null and n.recorded_at < %(ring_lead_cutoff)s))
   and not exists (select from referrals_contactentry e where e.contact_id = w.contact_id and e.what = 'rang_lead')
