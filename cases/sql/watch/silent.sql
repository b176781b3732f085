-- No line of the work with the family was written in the last `days` working days. Reports, decisions and imported
-- history do not count (they are not the team's work); nor does a line the case's readers could not all know of:
-- for the hub only, hidden, more restricted than the case, or from a sensitive agency.
select k.id as subject_id, k.id as case_id, k.id as episode, '{}'::uuid[] as evidence
  from in_work c
  join cases_case k on k.id = c.case_id
 where c.working_since < %(cutoff_at)s
   and not exists (
       select from cases_event e
        where e.family_id = k.family_id and e.recorded_at >= %(cutoff_at)s
          and e.source_kind in ('case', 'consent', 'lead', 'team', 'plan', 'meeting', 'review', 'note', 'step', 'people')
          and e.kind <> 4 and e.hidden_from = '{}' and (e.restricted = 0 or k.restricted <> 0)
          and e.owner_id not in (select a.id from sharing_agreements_agency a where a.sensitive))
