-- The owner of an answer says no to letting it out: its words, sent to the hub that asked.

set local role eh_owner;

call gate.protect('referrals_releaserefusal', 'full', 24);
call gate.hang('referrals_releaserefusal', 'request_id', 'sent_to');
revoke update on referrals_releaserefusal from eh_web, eh_worker;
