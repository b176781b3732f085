-- For whom something waits in the work with families, and since when: practitioners and moments, never a record.
-- A line that is closed to somebody (restricted, or a conflict of interest) does not wait for them.

set local role eh_gate;

create function gate.waiting_with_families(day date)
returns table (practitioner uuid, newest timestamptz, newest_urgent timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    covering as materialized (
        select v.case_id, p.id, p.no from cases_cover v join sharing_agreements_practitioner p on p.id = v.practitioner_id
         where v.ended_at is null and day between v.starts_on and v.ends_on),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    raised as materialized (
        select * from cases_flag f
         where f.cleared_at is null and coalesce(f.snoozed_until, '-infinity') < day),
    waits (who, no, about, restricted, allowed, since, urgent) as (
        -- somebody is asked to lead, or into a team
        select a.practitioner_id, p.no, a.about, a.restricted, a.allowed, a.recorded_at, false
          from cases_leadassignment a join sharing_agreements_practitioner p on p.id = a.practitioner_id
         where a.ended_at is null and not exists (select from cases_answer x where x.assignment_id = a.id)
         union all
        select t.practitioner_id, p.no, t.about, t.restricted, t.allowed, t.recorded_at, false
          from cases_teammember t join sharing_agreements_practitioner p on p.id = t.practitioner_id
         where t.ended_on is null and not exists (select from cases_answer x where x.team_member_id = t.id)
         union all
        -- ring the hub before you contact the family
        select n.sent_to_practitioner_id, n.sent_to_practitioner_no, n.about, n.restricted, n.allowed, n.recorded_at, true
          from cases_leadnotice n
         where n.rung_at is null and n.withdrawn_at is null and n.sent_to_practitioner_id is not null
         union all
        -- a flag: the lead's and the cover's, then their manager's as well
        select p.id, p.no, f.about, f.restricted, f.allowed, f.raised_at, false
          from raised f join sharing_agreements_practitioner p on p.no = f.lead_no
         union all
        select c.id, c.no, f.about, f.restricted, f.allowed, f.raised_at, false
          from raised f join covering c on c.case_id = f.case_id
         union all
        select m.practitioner_id, m.practitioner_no, f.about, f.restricted, f.allowed, f.climbed_at, false
          from raised f join managers m on m.agency_id = f.owner_id
         where f.climbed_at is not null
         union all
        -- a manager's yes is asked for
        select m.practitioner_id, m.practitioner_no, s.about, s.restricted, s.allowed, s.recorded_at, false
          from cases_signoff s join managers m on m.agency_id = s.owner_id
         where m.practitioner_id <> s.author_id and s.recorded_at > day - interval '30 days'
           and not exists (select from cases_answer x where x.sign_off_id = s.id)
         union all
        -- social care did not accept what somebody stepped up
        select u.author_id, p.no, u.about, u.restricted, u.allowed, a.answered_at, true
          from cases_stepupanswer a
          join cases_stepup u on u.id = a.step_up_id
          join sharing_agreements_practitioner p on p.id = u.author_id
         where a.result = 'not_accepted'
           and not exists (select from cases_stepupanswer b where b.step_up_id = u.id and b.answered_at > a.answered_at)
         union all
        -- two lines from somebody who met the family
        select n.sent_to_practitioner_id, n.sent_to_practitioner_no, n.about, n.restricted, n.allowed, n.recorded_at, false
          from cases_note n
         where n.note_kind = 'quick' and n.sent_to_practitioner_id is not null
           and n.recorded_at > day - interval '14 days')
    select w.who, max(w.since), max(w.since) filter (where w.urgent)
      from waits w
     where (w.restricted = 0 or w.no = any(w.allowed))
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(w.about))
     group by w.who;
end
$$;
revoke execute on function gate.waiting_with_families(date) from public;
grant execute on function gate.waiting_with_families(date) to eh_worker, eh_owner;

set local role eh_owner;
