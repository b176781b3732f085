-- Which law the partnership does not rest agreements on: everybody reads it, governance leads switch.

set local role eh_owner;
alter table sharing_agreements_switchedoffpack enable row level security;
alter table sharing_agreements_switchedoffpack force row level security;
grant select, insert, delete on sharing_agreements_switchedoffpack to eh_web;
create policy may_be_read on sharing_agreements_switchedoffpack for select to eh_web using (true);
create policy leads_switch_off on sharing_agreements_switchedoffpack for insert to eh_web
    with check ((select gate.drafts_for()) is not null and switched_by_id = (select gate.practitioner_id()));
create policy leads_switch_on on sharing_agreements_switchedoffpack for delete to eh_web
    using ((select gate.drafts_for()) is not null);
create policy maintenance on sharing_agreements_switchedoffpack to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
