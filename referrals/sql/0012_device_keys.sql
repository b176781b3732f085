-- The keys that seal unsent reports on devices: each its practitioner's alone, for no role, agency or job.

set local role eh_owner;

alter table referrals_devicekey enable row level security;
alter table referrals_devicekey force row level security;
grant select, insert, update on referrals_devicekey to eh_web;
create policy own_keys on referrals_devicekey to eh_web
    using (practitioner_id = (select gate.practitioner_id()))
    with check (practitioner_id = (select gate.practitioner_id()));
create policy maintenance on referrals_devicekey to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
