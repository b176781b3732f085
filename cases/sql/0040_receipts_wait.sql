-- A child who was stepped up waits for those who receive at the agency it was sent to, until they say that they have it.

set local role eh_gate;

-- Whoever oversees work at the agency a child was stepped up to, while nobody there has answered, and again when the
-- sender disputes their no. What they did not accept is the sender's (gate.waiting_with_families).
create function gate.waiting_on_receipts(day date)
returns table (practitioner uuid, newest timestamptz, newest_urgent timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    receiving as materialized (select * from gate.holders(day, array['coordinator', 'manager'])),
    open_ones as (
        select s.sent_to_id, s.about, s.restricted, s.allowed, greatest(s.recorded_at, last.answered_at) as since
          from cases_stepup s
          left join lateral (select a.result, a.answered_at from cases_stepupanswer a where a.step_up_id = s.id
                              order by a.answered_at desc limit 1) last on true
         where coalesce(last.result, 'disputed') = 'disputed')
    select r.practitioner_id, max(o.since), max(o.since)
      from open_ones o join receiving r on r.agency_id = o.sent_to_id
     where (o.restricted = 0 or r.practitioner_no = any(o.allowed))
       and not exists (select from denied d where d.practitioner_id = r.practitioner_id and d.person_id = any(o.about))
     group by 1;
end
$$;
revoke execute on function gate.waiting_on_receipts(date) from public;
grant execute on function gate.waiting_on_receipts(date) to eh_worker, eh_owner;

set local role eh_owner;
