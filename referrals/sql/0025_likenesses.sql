-- The job that lists people who may be one reads whose account it found and writes matches; it opens nothing.

set local role eh_owner;
call gate.admit_job('referrals_match', 'list_likenesses');
call gate.admit_job('sharing_agreements_identity', 'list_likenesses');
