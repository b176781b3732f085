-- A disagreement with a decision waits for whoever decided, above them for the hub's managers.

set local role eh_gate;

-- The last rung of each ladder that nobody has answered, for whom referrals/queries/disagreements.py lists it
-- (waiting_for): never for somebody who disagrees themselves. Urgent where a child may come to harm meanwhile.
create function gate.waiting_on_disagreements(day date)
returns table (practitioner uuid, newest timestamptz, newest_urgent timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_teller();
    return query
    with denied as materialized (select * from gate.denied_to_each()),
    managers as materialized (select * from gate.holders(day, array['manager'])),
    open_ones as materialized (
        select r.id, r.owner_id, r.rung, r.decision_id, r.about, r.restricted, r.allowed, r.began_at,
               r.sent_to_practitioner_id as said_by,
               r.may_harm or exists (select from referrals_disagreementrung b
                                      where b.joins_id = r.id and b.may_harm) as urgent
          from referrals_disagreementrung r
         where r.joins_id is null
           and not exists (select from referrals_runganswer a where a.rung_id = r.id)
           and not exists (select from referrals_disagreementrung l
                            where l.decision_id = r.decision_id and l.rung > r.rung)),
    waits (who, no, rung) as (
        select p.id, p.no, o.id
          from open_ones o
          join referrals_decision d on d.id = o.decision_id
          join sharing_agreements_practitioner p on p.id = d.author_id
         where o.rung = 1
         union all
        select m.practitioner_id, m.practitioner_no, o.id
          from open_ones o join managers m on m.agency_id = o.owner_id
         where o.rung > 1)
    select w.who, max(o.began_at), max(o.began_at) filter (where o.urgent)
      from waits w join open_ones o on o.id = w.rung
     where (o.restricted = 0 or w.no = any(o.allowed))
       and o.said_by is distinct from w.who
       and not exists (select from referrals_disagreementrung b
                        where b.joins_id = o.id and b.sent_to_practitioner_id = w.who)
       and not exists (select from denied d where d.practitioner_id = w.who and d.person_id = any(o.about))
     group by w.who;
end
$$;
revoke execute on function gate.waiting_on_disagreements(date) from public;
grant execute on function gate.waiting_on_disagreements(date) to eh_worker, eh_owner;

set local role eh_owner;
