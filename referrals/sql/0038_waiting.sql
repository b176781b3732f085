-- For whom something waits at the front door, and since when: practitioners and moments, never a record.

set local role eh_gate;

create function gate.waiting_at_front_door(day date)
returns table (practitioner uuid, newest timestamptz, newest_urgent timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    answering as materialized (select * from gate.holders(day, array['supervisor', 'coordinator', 'manager'])),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    deciders as materialized (select * from gate.holders(day, array['decision_maker', 'emergency_duty'])),
    open_checks as materialized (
        select k.* from referrals_agencycheck k
         where k.withdrawn_at is null
           and not exists (select from referrals_checkanswer a where a.check_asked_id = k.id)),
    waits (who, no, about, restricted, allowed, since, urgent) as (
        -- danger or red that nobody has acknowledged
        select d.practitioner_id, d.practitioner_no, c.about, c.restricted, c.allowed,
               greatest(c.received_at, c.graded_at), true
          from referrals_contact c join deciders d on d.agency_id = c.owner_id
         where c.acknowledged_at is null and c.status <> 'decided'
           and (c.danger or 'red' in (c.grade, c.reported))
         union all
        -- the hub asks whoever reported
        select r.author_id, p.no, r.about, r.restricted, r.allowed, c.waiting_since, true
          from referrals_contact c
          join referrals_report r on r.id = c.report_id
          join sharing_agreements_practitioner p on p.id = r.author_id
         where c.waiting_since is not null and c.status <> 'decided'
         union all
        -- what became of a report, unread
        select f.sent_to_practitioner_id, f.sent_to_practitioner_no, f.about, f.restricted, f.allowed, f.recorded_at, false
          from referrals_feedback f
         where f.sent_to_practitioner_id is not null and f.recorded_at > day - interval '14 days'
           and not exists (select from referrals_feedbackread x where x.feedback_id = f.id)
         union all
        -- the hub asks an agency, and later its manager
        select a.practitioner_id, a.practitioner_no, k.about, k.restricted, k.allowed, greatest(k.asked_at, k.chased_at), true
          from open_checks k join answering a on a.agency_id = k.sent_to_id
         union all
        select m.practitioner_id, m.practitioner_no, k.about, k.restricted, k.allowed, k.climbed_at, true
          from open_checks k join managers m on m.agency_id = k.sent_to_id
         where k.climbed_at is not null
         union all
        -- a notice of domestic abuse, for the key adult it was written for
        select n.sent_to_practitioner_id, n.sent_to_practitioner_no, n.about, n.restricted, n.allowed, n.sent_at, true
          from referrals_noticecopy n
         where n.acknowledged_at is null and n.withdrawn_at is null and n.sent_to_practitioner_id is not null)
    select w.who, max(w.since), max(w.since) filter (where w.urgent)
      from waits w
     where (w.restricted = 0 or w.no = any(w.allowed))
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(w.about))
     group by w.who;
end
$$;
revoke execute on function gate.waiting_at_front_door(date) from public;
grant execute on function gate.waiting_at_front_door(date) to eh_worker, eh_owner;

set local role eh_owner;
