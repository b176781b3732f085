-- Quick notes on a known family: who hears of one, and the families in touch as a partner's list shows them. Both
-- answer for somebody who may not read the case: the policy's sentence at existence level says whether they may know.

set local role eh_gate;

-- Who hears of a note about these cases: whoever covers today, else who leads, else the case's own agency. Only of a
-- case one of whose children the principal may know to be helped. hidden_from goes on the note as it is on the case.
create function gate.whom_to_tell(cases uuid[])
returns table (case_id uuid, family_id uuid, hidden_from smallint[], lead_id uuid, tell_id uuid, agency_id uuid)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    if gate.agency_no() is null then
        return;
    end if;
    return query execute format($sql$
        with known as materialized (
            select distinct on (k.case_id) k.case_id, k.lead_no
              from (select * from cases_childincase where case_id = any($1) and %s and %s) k
             where k.state not in ('stepped_up', 'declined', 'closed')
             order by k.case_id, k.lead_no is null, k.id)
        select c.id, c.family_id, c.hidden_from, u.id,
               case when v.agency_id is null then u.id else v.practitioner_id end,
               coalesce(v.agency_id, a.agency_id, o.agency_id, c.owner_id)
          from known k
          join cases_case c on c.id = k.case_id
          left join sharing_agreements_practitioner u on u.no = k.lead_no and u.is_active
          left join lateral (
               select v.practitioner_id, v.agency_id from cases_cover v
                where v.case_id = k.case_id and v.ended_at is null and gate.today() between v.starts_on and v.ends_on
                order by v.recorded_at limit 1) v on true
          left join lateral (
               select a.agency_id from cases_leadassignment a
                 join cases_answer w on w.assignment_id = a.id and w.accepted
                where a.case_id = k.case_id and a.practitioner_id = u.id
                order by w.recorded_at desc limit 1) a on true
          left join lateral (
               select o.agency_id from sharing_agreements_post o
                where o.practitioner_id = u.id and gate.today() between o.starts_on and coalesce(o.ends_on, 'infinity')
                order by o.role = 'lead_practitioner' desc, o.id limit 1) o on true
         order by c.id$sql$, gate.predicate(1), gate.denial()) using cases;
end
$$;

-- In which case each of these people is helped now, as far as the principal may know it: whom to ring about them is
-- part of knowing that they are helped (decision 0068). Nothing of why.
create function gate.helped_in(people uuid[])
returns table (person_id uuid, case_id uuid, state text)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    if gate.agency_no() is null then
        return;
    end if;
    return query execute format($sql$
        select p, k.case_id, k.state::text
          from unnest($1) p
         cross join lateral (
               select x.case_id, x.state
                 from (select * from cases_childincase where about && gate.same_person(p) and %s and %s) x
                where x.state not in ('stepped_up', 'declined', 'closed')
                order by x.recorded_at desc, x.id limit 1) k
         order by p$sql$, gate.predicate(1), gate.denial()) using people;
end
$$;

-- Children being kept in touch with, the soonest end first: of families who were told and agreed to be on lists, as
-- far as the principal may know that they are helped. Ids and the last day; never why, nor what anybody found.
-- in_case: one case only. after_day and after_id: the last row of the page before.
create function gate.families_in_touch(in_case uuid, after_day date, after_id uuid, most integer)
returns table (watch_id uuid, case_id uuid, person_id uuid, ends_on date)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    if gate.agency_no() is null then
        return;
    end if;
    return query execute format($sql$
        select id, case_id, person_id, ends_on
          from cases_watch
         where ended_on is null and on_lists and family_told_on <= gate.today()
           and gate.today() between starts_on and ends_on
           and ($1 is null or case_id = $1)
           and ($2 is null or (ends_on, id) > ($2, $3))
           and %s and %s
         order by ends_on, id limit least($4, 200)$sql$, gate.predicate(1), gate.denial())
      using in_case, after_day, after_id, most;
end
$$;

set local role eh_owner;
