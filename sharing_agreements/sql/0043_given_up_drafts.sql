-- What a simulation found is read by whoever may read the agreement: a draft that was given up stays its drafter's.

set local role eh_gate;

create or replace function gate.may_simulate(agreement uuid) returns boolean
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select exists (select from sharing_agreements_agreement a
                    where a.id = may_simulate.agreement
                      and (a.drafter_id = gate.drafts_for()
                           or (a.state <> 'draft' and (a.state <> 'ended' or gate.was_proposed(a.id)) and exists (
                               select from sharing_agreements_party p
                                where p.agreement_id = a.id and p.agency_id = gate.drafts_for()))))
$$;

set local role eh_owner;
