-- Photographs and papers of a report. As sent they are for the hub only (kind 4: no clause opens it); a released one is
-- a copy the hub owns, which the one policy shows to whoever may read the hub's concern reports in full.

set local role eh_owner;

call gate.protect('referrals_attachment', 'full', 4);
call gate.hang('referrals_attachment', 'report_id', 'owner');
call gate.protect('referrals_releasedattachment', 'full', 3);
-- Only the hub it was sent to releases it.
call gate.hang('referrals_releasedattachment', 'attachment_id', 'sent_to');
revoke update on referrals_attachment, referrals_releasedattachment from eh_web, eh_worker;

-- With a draft a file is its author's alone, as the draft is; emptied when the report is sent.
alter table referrals_draftattachment enable row level security;
alter table referrals_draftattachment force row level security;
grant select, insert on referrals_draftattachment to eh_web;
grant update (shows, content, emptied_at) on referrals_draftattachment to eh_web;
create policy own_draft on referrals_draftattachment to eh_web
    using (exists (select from referrals_draft d where d.id = draft_id and d.author_id = (select gate.practitioner_id())))
    with check (exists (select from referrals_draft d
                         where d.id = draft_id and d.author_id = (select gate.practitioner_id())));
create policy maintenance on referrals_draftattachment to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
