-- Covers of families that a cover for a post arranged before it was written on them: of the family its holder leads, by
-- whom, when and why are the same.

set local role eh_owner;

alter table cases_cover no force row level security;
alter table sharing_agreements_postcover no force row level security;
update cases_cover c
   set post_cover_id = p.id
  from sharing_agreements_postcover p
  join sharing_agreements_post o on o.id = p.post_id
  join sharing_agreements_practitioner w on w.id = o.practitioner_id
 where c.post_cover_id is null and c.lead_no = w.no and c.practitioner_id = p.practitioner_id
   and c.starts_on = p.starts_on and c.ends_on = p.ends_on and c.reason = p.reason;
set constraints all immediate;
alter table cases_cover force row level security;
alter table sharing_agreements_postcover force row level security;
