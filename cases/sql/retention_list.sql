-- One night of the list of cases whose time is over (J13), in sets: what is due by now or within the notice is on it, what
-- is not any more is off it, and what was kept until a day waits again. Nothing is deleted. The end of the month and not
-- the day: a list must not tell a birthday. A birth known to the month, the year or roughly counts as late as it may be.
with ended as materialized (
    select case_id, (max(since) at time zone 'Europe/London')::date as ended_on
      from cases_childincase
     group by case_id
    having bool_and(state in ('closed', 'declined', 'stepped_up'))
       and max(since) < %(inactive_before)s),
born as materialized (
    select person_id,
           max((born_on + case born_precision when 'month' then interval '1 month' when 'year' then interval '1 year'
                          when 'estimated' then interval '2 years' else interval '0' end)::date) as born_on
      from sharing_agreements_identity
     where born_on is not null
     group by person_id),
youngest as materialized (
    select e.case_id, e.ended_on, case when bool_and(b.born_on is not null) then max(b.born_on) else
               greatest(max(b.born_on), e.ended_on) end as born_on
      from ended e
      join cases_childincase c on c.case_id = e.case_id
      left join born b on b.person_id = c.person_id
     group by e.case_id, e.ended_on),
due as materialized (
    select case_id, ended_on, due_on
      from (select case_id, ended_on,
                   (date_trunc('month', greatest(born_on + make_interval(years => %(years_from_birth)s),
                                                 ended_on + make_interval(years => %(years_inactive)s)))
                    + interval '1 month' - interval '1 day')::date as due_on
              from youngest) x
     where due_on <= %(listed_until)s),
taken_off as (
    update cases_retentionreview r
       set taken_off_on = %(as_of)s, status = 'waiting', until = null, proposed_by_id = null, agreed_by_id = null,
           version = r.version + 1
     where r.taken_off_on is null and not exists (select from due d where d.case_id = r.case_id)
    returning 1),
moved as (
    update cases_retentionreview r
       set due_on = d.due_on, ended_on = d.ended_on, version = r.version + 1,
           status = case when r.status in ('proposed', 'marked') and d.due_on > %(as_of)s
                           or r.status = 'kept' and r.until <= %(as_of)s then 'waiting' else r.status end,
           until = case when r.until > %(as_of)s then r.until end,
           proposed_by_id = case when d.due_on > %(as_of)s then null else r.proposed_by_id end,
           agreed_by_id = case when d.due_on > %(as_of)s then null else r.agreed_by_id end
      from due d
     where d.case_id = r.case_id and r.taken_off_on is null
       and (r.due_on, r.ended_on) is distinct from (d.due_on, d.ended_on)
    returning r.id),
waits_again as (
    update cases_retentionreview r
       set status = 'waiting', until = null, version = r.version + 1
     where r.taken_off_on is null and r.status = 'kept' and r.until <= %(as_of)s
       and exists (select from due d where d.case_id = r.case_id and (d.due_on, d.ended_on) = (r.due_on, r.ended_on))
    returning 1),
fresh as materialized (
    select d.* from due d
     where not exists (select from cases_retentionreview r where r.case_id = d.case_id and r.taken_off_on is null)),
listed as materialized (
    select gate.list_for_retention(%(as_of)s, %(now)s, array_agg(case_id), array_agg(ended_on), array_agg(due_on)) as number
      from fresh having count(*) > 0)
select coalesce((select number from listed), 0), (select count(*) from taken_off), (select count(*) from moved),
       (select count(*) from waits_again)
