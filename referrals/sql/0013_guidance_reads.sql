-- Who has read which card of guidance: added to, never changed; each practitioner's own.

set local role eh_owner;

alter table referrals_guidanceread enable row level security;
alter table referrals_guidanceread force row level security;
grant select, insert on referrals_guidanceread to eh_web;
create policy own_reads on referrals_guidanceread to eh_web
    using (practitioner_id = (select gate.practitioner_id()))
    with check (practitioner_id = (select gate.practitioner_id()));
create policy maintenance on referrals_guidanceread to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
