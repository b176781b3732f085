-- Warnings of dates: the daily job writes them, whoever reads the agreement may read them.

set local role eh_owner;
alter table sharing_agreements_agreementwarning enable row level security;
alter table sharing_agreements_agreementwarning force row level security;
grant select on sharing_agreements_agreementwarning to eh_web;
grant select, insert on sharing_agreements_agreementwarning to eh_worker;
create policy may_be_read on sharing_agreements_agreementwarning for select to eh_web
    using (exists (select from sharing_agreements_agreement a where a.id = agreement_id));
create policy job_warn_of_agreements on sharing_agreements_agreementwarning to eh_worker
    using ((select gate.job()) = 'warn_of_agreements') with check ((select gate.job()) = 'warn_of_agreements');
create policy maintenance on sharing_agreements_agreementwarning to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
