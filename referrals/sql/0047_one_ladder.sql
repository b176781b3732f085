-- One ladder to a decision. Where two were begun at one moment, the later one stands beside the earlier from now on.

set local role eh_owner;

alter table referrals_disagreementrung no force row level security;
update referrals_disagreementrung r
   set joins_id = first.id
  from referrals_disagreementrung first
 where first.id = (select f.id from referrals_disagreementrung f
                    where f.decision_id = r.decision_id and f.rung = r.rung
                    order by f.began_at, f.id limit 1)
   and first.id <> r.id and first.disagreement_id <> r.disagreement_id;
set constraints all immediate;
alter table referrals_disagreementrung force row level security;
call gate.hang('referrals_disagreementrung', 'joins_id', 'owner');
