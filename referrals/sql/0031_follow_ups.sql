-- What the hub follows up itself, below the threshold of early help.

set local role eh_owner;

call gate.protect('referrals_followup', 'summary', 5);
call gate.protect('referrals_followupstep', 'full', 5);
call gate.hang('referrals_followup', 'decision_id', 'owner');
call gate.hang('referrals_followupstep', 'follow_up_id', 'owner');

-- Steps are never changed; of a follow-up the hub changes whose it is, what comes next and how it ended.
revoke update on referrals_followupstep from eh_web, eh_worker;
revoke update (decision_id, began_at) on referrals_followup from eh_web, eh_worker;
