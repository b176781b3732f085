-- What one rule flags with two sets of numbers, by agency and by team of whoever leads. Nothing is changed.
with ended as materialized (select person_id from gate.ended_people()),
in_work as materialized ({in_work}),
reviewed as materialized ({reviewed}),
both_ways as ({now}
 union all
{then}),
flagged as (
    select case_id, bool_or(rule = 'now' and %(now_is_on)s) as is_now, bool_or(rule = 'then' and %(then_is_on)s) as is_then
      from both_ways group by case_id)
select a.name, coalesce(t.name, ''), count(*) filter (where x.is_now), count(*) filter (where x.is_then)
  from flagged x
  join cases_case k on k.id = x.case_id
  join sharing_agreements_agency a on a.id = k.owner_id
  left join lateral (
       select o.team_id from sharing_agreements_post o join sharing_agreements_practitioner p on p.id = o.practitioner_id
        where p.no = k.lead_no and o.agency_id = k.owner_id and o.starts_on <= %(as_of)s
          and coalesce(o.ends_on, 'infinity') >= %(as_of)s
        order by o.team_id is null, o.id limit 1) lead_post on true
  left join sharing_agreements_team t on t.id = lead_post.team_id
 where k.restricted = 0 and (x.is_now or x.is_then)
 group by a.name, t.name
 order by a.name, t.name nulls last
