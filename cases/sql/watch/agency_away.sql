-- An agency of the team that missed the last two meetings it was asked to since it joined, or that was not heard from
-- for `days` working days, neither in the chronology nor at a meeting. Lines count as in silent.sql. A sensitive agency
-- is judged by meetings alone: what it writes must not show by clearing a flag.
with places as materialized (
    select distinct on (t.case_id, t.agency_id)
           t.id, t.case_id, t.agency_id, a.recorded_at as joined_at, k.family_id, k.restricted, g.sensitive
      from cases_teammember t
      join cases_answer a on a.team_member_id = t.id and a.accepted
      join in_work c on c.case_id = t.case_id and c.working_since is not null
      join cases_case k on k.id = t.case_id
      join sharing_agreements_agency g on g.id = t.agency_id
     where t.ended_on is null
     order by t.case_id, t.agency_id, a.recorded_at, t.id),
asked as (
    select p.id as place, x.id as meeting, x.starts_at, bool_or(i.attendance in ('came', 'sent_report')) as heard,
           bool_and(i.attendance in ('not_there', 'apologies')) as missed
      from places p
      join cases_meeting x on x.case_id = p.case_id and x.held and x.starts_at >= p.joined_at
      join cases_meetinginvitation i on i.meeting_id = x.id and i.agency_id = p.agency_id
     group by p.id, x.id, x.starts_at),
met as (
    select place, array_agg(meeting order by n) filter (where n <= 2) as last_two,
           count(*) filter (where n <= 2 and missed) = 2 as missed_two,
           coalesce(bool_or(heard and starts_at >= %(cutoff_at)s), false) as heard
      from (select a.*, row_number() over (partition by place order by starts_at desc, meeting) as n from asked a) numbered
     group by place),
wrote as (
    select e.family_id, e.owner_id, min(e.restricted) as least_restricted
      from cases_event e
     where e.recorded_at >= %(cutoff_at)s
       and e.source_kind in ('case', 'consent', 'lead', 'team', 'plan', 'meeting', 'review', 'note', 'step', 'people')
       and e.kind <> 4 and e.hidden_from = '{}'
       and exists (select from places)
     group by e.family_id, e.owner_id)
select p.id as subject_id, p.case_id, p.id as episode,
       array[p.id] || case when m.missed_two then m.last_two else '{}' end as evidence
  from places p
  left join met m on m.place = p.id
  left join wrote w on w.family_id = p.family_id and w.owner_id = p.agency_id
                   and (w.least_restricted = 0 or p.restricted <> 0)
 where m.missed_two
    or not p.sensitive and p.joined_at < %(cutoff_at)s and w.owner_id is null and not coalesce(m.heard, false)
