-- Contacts about a child who is being kept in touch with: who leads and who covers, and whether they may be told that
-- there is news. Told: they hold a post, an agreement opens at least the existence of a hub decision to them, the
-- concern is not hidden from their agency, nobody left them out, and nobody said that telling is not safe.
heard as materialized (
    select distinct on (c.id, w.case_id)
           c.id as contact_id, c.owner_id, c.owner_no, c.hidden_from, c.status,
           c.lead_left_out_at is not null as left_out,
           w.id as watch_id, w.case_id, w.family_id, w.person_id, w.lead_no, w.involved, w.stage, w.consent_until,
           c.lead_left_out_at is null and t.safe_to_tell <> 'no'
               and not exists (
                   select from cases_notsafetotell n
                    where n.family_id = w.family_id
                      and not exists (select from cases_liftednotsafetotell x where x.marker_id = n.id)) as is_safe
      from reported p
      join referrals_contact c on c.id = p.contact_id
      join referrals_report t on t.id = c.report_id
      join (select w.*, coalesce(r.root, w.person_id) as person
              from cases_watch w left join root r on r.id = w.person_id) w on w.person = p.person
     where (c.received_at at time zone 'Europe/London')::date
           between w.starts_on and coalesce(w.ended_on, 'infinity')
     order by c.id, w.case_id, w.starts_on, w.id),
asked as (
    select h.contact_id, h.case_id, u.id as practitioner_id, null::uuid as agency_id, true as leads
      from heard h join sharing_agreements_practitioner u on u.no = h.lead_no
     union all
    select h.contact_id, h.case_id, v.practitioner_id, v.agency_id, false
      from heard h join cases_cover v on v.case_id = h.case_id and %(as_of)s between v.starts_on and v.ends_on
     where v.ended_at is null),
tellable as materialized (
    select distinct on (h.contact_id, h.case_id, u.id)
           h.contact_id, h.case_id, h.owner_id, h.hidden_from, h.status, h.left_out, h.watch_id, h.family_id,
           h.person_id, k.leads, u.id as practitioner_id, o.agency_id,
           md5(h.contact_id::text || h.case_id::text || u.id::text)::uuid as notice_id,
           h.is_safe and not a.no = any(h.hidden_from) and (o.agency_id = h.owner_id or exists (
               select from gate.rules(%(as_of)s, a.no, o.role) g
                where g.provider_no = h.owner_no and g.kind = 5
                  and g.purpose in ('early_help', 'keeping_in_touch') and g.stages & (1 << h.stage) <> 0
                  and (not g.needs_consent or h.consent_until >= %(as_of)s))) as may_tell
      from heard h
      join asked k using (contact_id, case_id)
      join sharing_agreements_practitioner u on u.id = k.practitioner_id and u.is_active
      join sharing_agreements_post o on o.practitioner_id = u.id and o.agency_id = coalesce(k.agency_id, o.agency_id)
       and o.starts_on <= %(as_of)s and coalesce(o.ends_on, 'infinity') >= %(as_of)s
      join sharing_agreements_agency a on a.id = o.agency_id and a.no = any(h.involved)
     order by h.contact_id, h.case_id, u.id, k.leads desc, o.role = 'lead_practitioner' desc, o.id),
watched as materialized (
    select h.contact_id, h.status, h.left_out, h.watch_id, h.case_id, l.notice_id
      from heard h left join tellable l on l.contact_id = h.contact_id and l.case_id = h.case_id and l.leads)
