-- The hub asks the owner of an answer to let another agency read it: the hub's words, sent to the owner.

set local role eh_owner;

call gate.protect('referrals_releaserequest', 'full', 24);
call gate.hang('referrals_releaserequest', 'check_answer_id', 'sent_to');
revoke update on referrals_releaserequest from eh_web, eh_worker;
