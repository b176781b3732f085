-- A request for sharing that nobody answers climbs by its date: seven days after its last day the managers of the
-- agency that was asked read it, seven days later the managers of the hub (rules/asking.py draws the same ladder).

set local role eh_gate;

create function gate.climbed_to_me(state text, due_on date, asked uuid) returns boolean
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select coalesce(gate.claim(9) = 'manager' and climbed_to_me.state = 'waiting'
                    and (gate.claim(7)::uuid = asked and gate.today() > due_on + 7
                         or gate.today() > due_on + 14
                            and exists (select from sharing_agreements_agency a
                                         where a.id = gate.claim(7)::uuid and a.type = 'hub')), false)
$$;

set local role eh_owner;

create policy climbed on sharing_agreements_agreementrequest for select to eh_web
    using (gate.climbed_to_me(state, due_on, asked_id));
