-- Requests for a kind of record. Read by whoever asked and by the governance leads of both agencies; where neither has
-- one, by every governance lead, so that no request goes unread. Answered by those leads. Nothing in one is about anybody.

set local role eh_gate;

create function gate.looks_after(asking uuid, asked uuid) returns boolean
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select coalesce(gate.claim(9) = 'governance_lead', false)
       and (gate.claim(7)::uuid in (asking, asked)
            or not exists (select from sharing_agreements_post p
                            where p.role = 'governance_lead' and p.agency_id in (asking, asked)
                              and p.starts_on <= gate.today() and (p.ends_on is null or p.ends_on >= gate.today())))
$$;

set local role eh_owner;

alter table sharing_agreements_agreementrequest enable row level security;
alter table sharing_agreements_agreementrequest force row level security;
create policy asked_or_answers on sharing_agreements_agreementrequest for select to eh_web
    using (asked_by_id = (select gate.practitioner_id()) or gate.looks_after(agency_id, asked_id));
create policy asks_for_own_agency on sharing_agreements_agreementrequest for insert to eh_web
    with check (asked_by_id = (select gate.practitioner_id()) and agency_id = (select gate.claim(7))::uuid
                and state = 'waiting');
create policy answers on sharing_agreements_agreementrequest for update to eh_web
    using (gate.looks_after(agency_id, asked_id))
    with check (answered_by_id = (select gate.practitioner_id()));
create policy maintenance on sharing_agreements_agreementrequest to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
grant select, insert on sharing_agreements_agreementrequest to eh_web;
grant update (state, answer, answered_by_id, answered_at, version) on sharing_agreements_agreementrequest to eh_web;
