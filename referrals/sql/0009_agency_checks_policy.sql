-- Checks: what the hub asks other agencies about named people of a contact, and their answers.

set local role eh_owner;

call gate.protect('referrals_checksopening', 'full', 5);
call gate.protect('referrals_agencycheck', 'full', 5);
call gate.protect('referrals_checkanswer', 'summary');
call gate.protect('referrals_checkanswerdetail', 'full');
call gate.protect('referrals_checkanswerhubonly', 'full', 4);
-- Only the agency that was asked answers, about the people it was asked about.
call gate.hang('referrals_checkanswer', 'check_asked_id', 'sent_to');

-- What was said is never changed; of a question the hub changes what it did since, and when an answer is due.
revoke update on referrals_checksopening, referrals_checkanswer, referrals_checkanswerdetail,
    referrals_checkanswerhubonly from eh_web, eh_worker;
revoke update (contact_id, reference, named, question, adult_reason, looks_back, asked_at)
    on referrals_agencycheck from eh_web, eh_worker;

-- Originator control (domain 3.1): an answer stays in the room. A clause or an emergency that opens its kind does not
-- open the answer; only its owner's own word on this one record does (decision 0055).
create policy stays_in_the_room on referrals_checkanswer as restrictive for select to eh_web
    using (owner_no = (select gate.agency_no()) or sent_to_no = (select gate.agency_no())
           or id = any((select gate.shared_records(2))::uuid[]));
create policy stays_in_the_room on referrals_checkanswerdetail as restrictive for select to eh_web
    using (owner_no = (select gate.agency_no()) or sent_to_no = (select gate.agency_no())
           or id = any((select gate.shared_records(3))::uuid[]));

-- The job that puts an answer in front of the decider, and the job that notices answers that do not come (J2).
call gate.admit_job('referrals_checkanswer', 'receive_check_answer');
call gate.admit_job('referrals_agencycheck', 'receive_check_answer');
call gate.admit_job('referrals_contact', 'receive_check_answer');
call gate.admit_job('referrals_agencycheck', 'notice_late_checks');
call gate.admit_job('referrals_checkanswer', 'notice_late_checks');
call gate.admit_job('referrals_contact', 'notice_late_checks');
