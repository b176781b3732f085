-- Tell each lead, and whoever covers, once per contact and case; take back what should not have been said. A word that
-- was answered stays.
with recursive {people},
{lead},
withdrawn as (
    update cases_leadnotice n set withdrawn_at = %(now)s, version = version + 1
     where n.rung_at is null and n.withdrawn_at is null
       and n.recorded_at > %(oldest)s
       and not exists (select from tellable w where w.notice_id = n.id and not w.left_out)
    returning n.id)
insert into cases_leadnotice (id, owner_id, family_id, person_id, about, happened_on, recorded_at, sent_to_id,
    sent_to_practitioner_id, hidden_from, version, kind, owner_no, bit, stage, involved, workers, restricted, case_id)
select notice_id, owner_id, family_id, person_id, array[person_id], %(as_of)s, %(now)s, agency_id, practitioner_id,
       hidden_from, 1, 24, 0, 0, 0, '{{}}', '{{}}', 0, case_id
  from tellable
 where may_tell and status <> 'decided' and %(ring_lead_on)s
 order by person_id
on conflict (id) do nothing
