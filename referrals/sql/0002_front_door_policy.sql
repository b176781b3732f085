-- Who sees a report, a contact, a decision: every governed table of the front door gets the one policy.
-- What is sent is never changed afterwards, so the logins lose UPDATE on those tables.

set local role eh_owner;

call gate.protect('referrals_report', 'summary', 3);
call gate.protect('referrals_reportdetail', 'full', 3);
call gate.protect('referrals_reporthubonly', 'full', 4);
call gate.protect('referrals_reportplace', 'summary', 2);
call gate.protect('referrals_reportedchild', 'summary', 3);
call gate.protect('referrals_reportedchilddetail', 'full', 3);
call gate.protect('referrals_reportedadult', 'full', 3);
call gate.protect('referrals_reportaddition', 'full', 3);
call gate.protect('referrals_wrongchildmark', 'summary', 3);
call gate.hang('referrals_wrongchildmark', 'reported_child_id', 'owner');
call gate.protect('referrals_question', 'full', 24);
call gate.protect('referrals_feedback', 'summary', 24);
call gate.protect('referrals_feedbackread', 'summary', 24);
call gate.hang('referrals_feedbackread', 'feedback_id', 'sent_to');
call gate.protect('referrals_contact', 'summary', 5);
call gate.hang('referrals_contact', 'report_id', 'sent_to');
call gate.protect('referrals_gradechange', 'full', 5);
call gate.protect('referrals_match', 'full', 5);
call gate.protect('referrals_decision', 'summary', 5);
-- One decision stands for a reported child, so that place is the hub's as well.
call gate.hang('referrals_decision', 'reported_child_id', 'sent_to');
call gate.protect('referrals_decisiondetail', 'full', 5);

revoke update on referrals_report, referrals_reportdetail, referrals_reporthubonly, referrals_reportplace,
    referrals_reportedchild, referrals_reportedchilddetail, referrals_reportedadult, referrals_reportaddition,
    referrals_wrongchildmark, referrals_question, referrals_feedback, referrals_feedbackread,
    referrals_gradechange, referrals_decisiondetail from eh_web, eh_worker;

-- The hub's job that puts a sent report in the queue, and looks for people already known.
call gate.admit_job('referrals_report', 'receive_report');
call gate.admit_job('referrals_reportedchild', 'receive_report');
call gate.admit_job('referrals_reportedadult', 'receive_report');
call gate.admit_job('referrals_contact', 'receive_report');
call gate.admit_job('referrals_match', 'receive_report');

-- The job that tells the decider of something said after sending.
call gate.admit_job('referrals_reportaddition', 'receive_addition');
call gate.admit_job('referrals_contact', 'receive_addition');

-- The job that tells whoever reported a child that the family did not take up early help.
call gate.admit_job('cases_childincase', 'tell_not_taken_up');
call gate.admit_job('cases_casemove', 'tell_not_taken_up');
call gate.admit_job('referrals_decision', 'tell_not_taken_up');
call gate.admit_job('referrals_contact', 'tell_not_taken_up');
call gate.admit_job('referrals_report', 'tell_not_taken_up');
call gate.admit_job('referrals_reportedchild', 'tell_not_taken_up');
call gate.admit_job('referrals_wrongchildmark', 'tell_not_taken_up');
call gate.admit_job('referrals_feedback', 'tell_not_taken_up');

-- The number in a report's reference. A gap is no secret and no loss.
create sequence referrals_report_number;
grant usage on sequence referrals_report_number to eh_web, eh_worker;

-- A draft is its author's alone: no role, agency or job reads it.
alter table referrals_draft enable row level security;
alter table referrals_draft force row level security;
grant select, insert, update on referrals_draft to eh_web;
create policy own_drafts on referrals_draft to eh_web
    using (author_id = (select gate.practitioner_id())) with check (author_id = (select gate.practitioner_id()));
create policy maintenance on referrals_draft to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy gate_counts on referrals_draft for select to eh_gate using (true);
grant select on referrals_draft to eh_gate;

set local role eh_gate;

-- That drafts lie unsent: whose and since when, never a word of them. For the supervisor of the author's team
-- and the manager of their agency, once a draft is 8 hours old (users 2.14).
create function gate.unsent_drafts() returns table (author_name text, started_at timestamptz)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select w.name::text, d.started_at
      from referrals_draft d
      join sharing_agreements_practitioner w on w.id = d.author_id
      join sharing_agreements_post p on p.id = d.post_id
      join sharing_agreements_agency a on a.id = p.agency_id
      left join sharing_agreements_team t on t.id = p.team_id
     where d.sent_at is null and d.abandoned_at is null and d.started_at < now() - interval '8 hours'
       and a.no = gate.agency_no() and w.no <> gate.practitioner_no()
       and (gate.claim(9) = 'manager' or (gate.claim(9) = 'supervisor' and t.no = gate.team_no()))
     order by d.started_at
$$;

set local role eh_owner;
