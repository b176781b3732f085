-- Contacts about a child who is being kept in touch with: who leads, and whether they may be told that there is news.
-- Told: somebody leads and holds a post, an agreement opens at least the existence of a hub decision to them, the
-- concern is not hidden from their agency, nobody left them out, and nobody said that telling is not safe.
watched as materialized (
    select distinct on (c.id, w.case_id)
           c.id as contact_id, c.owner_id, c.hidden_from, c.status, c.lead_left_out_at is not null as left_out,
           w.id as watch_id, w.case_id, w.family_id, w.person_id,
           l.practitioner_id, l.agency_id, l.no as agency_no,
           md5(c.id::text || w.case_id::text || l.practitioner_id::text)::uuid as notice_id,
           coalesce(l.may_know, false) and c.lead_left_out_at is null and t.safe_to_tell <> 'no'
               and not l.no = any(c.hidden_from)
               and not exists (
                   select from cases_notsafetotell n
                    where n.family_id = w.family_id
                      and not exists (select from cases_liftednotsafetotell x where x.marker_id = n.id)) as may_tell
      from reported p
      join referrals_contact c on c.id = p.contact_id
      join referrals_report t on t.id = c.report_id
      join (select w.*, coalesce(r.root, w.person_id) as person
              from cases_watch w left join root r on r.id = w.person_id) w on w.person = p.person
      left join lateral (
           select o.practitioner_id, o.agency_id, a.no,
                  o.agency_id = c.owner_id or exists (
                      select from gate.rules(%(as_of)s, a.no, o.role) g
                       where g.provider_no = c.owner_no and g.kind = 5
                         and g.purpose in ('early_help', 'keeping_in_touch') and g.stages & (1 << w.stage) <> 0
                         and (not g.needs_consent or w.consent_until >= %(as_of)s)) as may_know
             from sharing_agreements_practitioner u
             join sharing_agreements_post o on o.practitioner_id = u.id
             join sharing_agreements_agency a on a.id = o.agency_id
            where u.no = w.lead_no and u.is_active and a.no = any(w.involved)
              and o.starts_on <= %(as_of)s and coalesce(o.ends_on, 'infinity') >= %(as_of)s
            order by o.role = 'lead_practitioner' desc, o.id
            limit 1) l on true
     where (c.received_at at time zone 'Europe/London')::date
           between w.starts_on and coalesce(w.ended_on, 'infinity')
     order by c.id, w.case_id, w.starts_on, w.id)
