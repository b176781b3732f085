-- Nobody leads, or who led has held no post for `days` working days, and nobody covers.
select k.id as subject_id, k.id as case_id, k.id as episode, '{}'::uuid[] as evidence
  from in_work c
  join cases_case k on k.id = c.case_id
 where c.since < %(cutoff_at)s
   and (k.lead_no is null or k.lead_no in (
        select p.no from sharing_agreements_practitioner p
         where not p.is_active or not exists (
               select from sharing_agreements_post o
                where o.practitioner_id = p.id and o.starts_on <= %(as_of)s
                  and coalesce(o.ends_on, 'infinity') >= %(cutoff)s)))
   and not exists (select from cases_cover v
                    where v.case_id = k.id and v.ended_at is null and %(as_of)s between v.starts_on and v.ends_on)
