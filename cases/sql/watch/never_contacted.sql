-- Work began more than `days` working days ago and no note tells of a contact with the family.
select c.case_id as subject_id, c.case_id, c.case_id as episode, '{}'::uuid[] as evidence
  from in_work c
 where c.working_since < %(cutoff_at)s
   and not exists (
       select from cases_note n
        where n.case_id = c.case_id and n.note_kind = any(%(contact_notes)s) and n.hidden_from = '{}'
          and n.owner_id not in (select a.id from sharing_agreements_agency a where a.sensitive))
