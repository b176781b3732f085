-- Reports from files. The import runs in maintenance and brings each row whole, with its facts: everybody in it is new,
-- so the facts are those of somebody new, and asking for them row by row would take most of the time (decision 0075).

set local role eh_gate;

create function gate.brings_facts() returns boolean
language sql stable
as $$ select coalesce(current_setting('earlyhelp.brings_facts', true), '') = 'on' and gate.in_maintenance() $$;

set local role eh_owner;

do $$
declare target record;
begin
    for target in
        select g.table_name, coalesce(g.kind::text, '') as kind from gate.governed g
         where g.table_name in ('sharing_agreements_identity', 'sharing_agreements_address', 'referrals_report',
             'referrals_reportdetail', 'referrals_reportedchild', 'referrals_reportplace', 'cases_event',
             'cases_eventdetail')
    loop
        execute format('create or replace trigger stamp before insert on %I for each row
                        when (not gate.brings_facts()) execute function gate.stamp(%L)', target.table_name, target.kind);
    end loop;
end
$$;

-- IM-0000002a: imported reports have references of their own, so that nobody waits for the hub's decision on one.
create sequence referrals_imported_number;

alter table referrals_importmapping enable row level security;
alter table referrals_importmapping force row level security;
alter table referrals_reportimport enable row level security;
alter table referrals_reportimport force row level security;
alter table referrals_importreject enable row level security;
alter table referrals_importreject force row level security;
create policy maintenance on referrals_importmapping to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy maintenance on referrals_reportimport to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy maintenance on referrals_importreject to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
