-- What a practitioner wants to see of the queue is theirs alone.

set local role eh_owner;

alter table referrals_queuefilter enable row level security;
alter table referrals_queuefilter force row level security;
grant select, insert on referrals_queuefilter to eh_web;
grant update (whose, grade) on referrals_queuefilter to eh_web;
create policy own_filter on referrals_queuefilter to eh_web
    using (practitioner_id = (select gate.practitioner_id()))
    with check (practitioner_id = (select gate.practitioner_id()));
create policy maintenance on referrals_queuefilter to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
