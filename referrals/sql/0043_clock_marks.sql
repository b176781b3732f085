-- The hub's clocks: marks at half, four fifths and all of a contact's time, made by one job whoever looks (J1).

set local role eh_owner;

call gate.protect('referrals_clockmark', 'full', 5);
call gate.hang('referrals_clockmark', 'contact_id', 'owner');
revoke insert, update on referrals_clockmark from eh_web;
revoke update on referrals_clockmark from eh_worker;
grant update (half_at, most_at) on referrals_contact to eh_web, eh_worker;
call gate.admit_job('referrals_clockmark', 'mark_clocks');
call gate.admit_job('referrals_contact', 'mark_clocks');

-- Clocks that run already: by plain time, for the moment such a clock began is not kept.
alter table referrals_contact no force row level security;
update referrals_contact
   set half_at = received_at + (due_at - received_at) * 0.5, most_at = received_at + (due_at - received_at) * 0.8
 where due_at is not null and due_at > received_at and status <> 'decided';
alter table referrals_contact force row level security;

set local role eh_gate;

-- Whose clock is running out: with four fifths gone whoever has the contact, or every decider while nobody has it; at
-- the end the hub's managers too. Practitioners and moments, never a record.
create function gate.waiting_on_clocks(day date)
returns table (practitioner uuid, newest timestamptz, newest_urgent timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    hub as materialized (select * from gate.holders(day, array['decision_maker', 'navigator', 'emergency_duty'])),
    deciders as materialized (select * from gate.holders(day, array['decision_maker', 'emergency_duty'])),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    running as materialized (
        select c.owner_id, c.claimed_by_id, c.about, c.restricted, c.allowed, m.share, m.passed_at
          from referrals_contact c
          join referrals_clockmark m on m.contact_id = c.id and m.due_at = c.due_at
         where c.status <> 'decided' and m.share >= 80),
    waits (who, no, about, restricted, allowed, since) as (
        select h.practitioner_id, h.practitioner_no, r.about, r.restricted, r.allowed, r.passed_at
          from running r join hub h on h.agency_id = r.owner_id and h.practitioner_id = r.claimed_by_id
         union all
        select d.practitioner_id, d.practitioner_no, r.about, r.restricted, r.allowed, r.passed_at
          from running r join deciders d on d.agency_id = r.owner_id
         where r.claimed_by_id is null
         union all
        select m.practitioner_id, m.practitioner_no, r.about, r.restricted, r.allowed, r.passed_at
          from running r join managers m on m.agency_id = r.owner_id
         where r.share = 100)
    select w.who, max(w.since), max(w.since)
      from waits w
     where (w.restricted = 0 or w.no = any(w.allowed))
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(w.about))
     group by w.who;
end
$$;
revoke execute on function gate.waiting_on_clocks(date) from public;
grant execute on function gate.waiting_on_clocks(date) to eh_worker, eh_owner;

set local role eh_owner;
