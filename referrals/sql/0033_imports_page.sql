-- Whoever tends the record systems of an agency reads what was imported through them, and which lines were rejected.

set local role eh_owner;

grant select on referrals_reportimport, referrals_importreject to eh_web;
create policy with_its_system on referrals_reportimport for select to eh_web
    using (exists (select from sharing_agreements_recordsystem s where s.id = system_id));
create policy with_its_import on referrals_importreject for select to eh_web
    using (exists (select from referrals_reportimport r where r.id = run_id));
