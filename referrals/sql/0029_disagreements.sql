-- Disagreements with a decision: what somebody says against it, the rungs it stands on, and the answers.

set local role eh_owner;

call gate.protect('referrals_disagreement', 'full', 24);
call gate.protect('referrals_disagreementrung', 'full', 5);
call gate.protect('referrals_runganswer', 'full', 5);
-- Whoever reported the child, or the hub they were reported to, disagrees; a rung belongs to the hub that was told.
call gate.hang('referrals_disagreement', 'reported_child_id', 'either');
call gate.hang('referrals_disagreement', 'first_id', 'owner');
call gate.hang('referrals_disagreementrung', 'disagreement_id', 'sent_to');
call gate.hang('referrals_disagreementrung', 'said_id', 'sent_to');
call gate.hang('referrals_disagreementrung', 'decision_id', 'owner');

-- Nothing of it is changed after it was written, and rungs are made by the jobs alone.
revoke update on referrals_disagreement, referrals_disagreementrung, referrals_runganswer from eh_web, eh_worker;
revoke insert on referrals_disagreementrung from eh_web;

-- The job that puts a disagreement before whoever answers it, and the job that takes it on when nobody does.
call gate.admit_job('referrals_disagreement', 'receive_disagreement');
call gate.admit_job('referrals_disagreementrung', 'receive_disagreement');
call gate.admit_job('referrals_runganswer', 'receive_disagreement');
call gate.admit_job('referrals_decision', 'receive_disagreement');
call gate.admit_job('referrals_disagreementrung', 'climb_disagreements');
call gate.admit_job('referrals_runganswer', 'climb_disagreements');
