-- Cover for a post: read at the post's own agency; arranged by its holder or whoever oversees there, with somebody who
-- holds a post there too.

set local role eh_owner;

alter table sharing_agreements_postcover enable row level security;
alter table sharing_agreements_postcover force row level security;
grant select, insert on sharing_agreements_postcover to eh_web;
grant update (ended_at) on sharing_agreements_postcover to eh_web;
grant select on sharing_agreements_postcover to eh_worker;
create policy own_agency_reads on sharing_agreements_postcover for select to eh_web
    using (exists (select from sharing_agreements_post p join sharing_agreements_agency a on a.id = p.agency_id
                    where p.id = post_id and a.no = (select gate.agency_no())));
create policy own_agency_arranges on sharing_agreements_postcover for insert to eh_web
    with check (made_by_id = (select gate.practitioner_id()) and ended_at is null
                and exists (select from sharing_agreements_post p
                              join sharing_agreements_agency a on a.id = p.agency_id
                              join sharing_agreements_post c on c.agency_id = p.agency_id
                             where p.id = post_id and a.no = (select gate.agency_no())
                               and c.practitioner_id = sharing_agreements_postcover.practitioner_id
                               and c.practitioner_id <> p.practitioner_id
                               and (p.practitioner_id = (select gate.practitioner_id())
                                    or (select gate.claim(9)) in ('coordinator', 'manager', 'administrator'))));
create policy own_agency_ends on sharing_agreements_postcover for update to eh_web
    using (exists (select from sharing_agreements_post p join sharing_agreements_agency a on a.id = p.agency_id
                    where p.id = post_id and a.no = (select gate.agency_no())
                      and (p.practitioner_id = (select gate.practitioner_id())
                           or (select gate.claim(9)) in ('coordinator', 'manager', 'administrator'))));
create policy job_tell_practitioners on sharing_agreements_postcover to eh_worker
    using ((select gate.job()) = 'tell_practitioners') with check ((select gate.job()) = 'tell_practitioners');
create policy maintenance on sharing_agreements_postcover to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
