-- What a reporter hears back: by when, how far the hub is, and that they asked.

set local role eh_owner;

-- Contacts received before the day was kept: one working day is what their grading clock had, and a day at least.
alter table referrals_contact no force row level security;
update referrals_contact set feedback_due_at = coalesce(grade_by, received_at + interval '1 day');
alter table referrals_contact force row level security;
alter table referrals_contact alter column feedback_due_at set not null;

-- When a reporter asks is written by the job that brings it to the hub; whoever tells or decides takes it off.
grant update (chased_at) on referrals_contact to eh_web, eh_worker;

set local role eh_gate;

-- How far the hub is with reports the acting practitioner sent for the acting agency: times only. Of somebody else's
-- report, of one that is closed to them, and of one that does not exist there is no row.
create function gate.progress_of(asked uuid[])
returns table (report uuid, queued_at timestamptz, feedback_due_at timestamptz, graded_at timestamptz,
               read_at timestamptz)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select r.id, c.recorded_at, c.feedback_due_at, c.graded_at,
           (select max(e.at) from referrals_contactentry e where e.contact_id = c.id and e.what = 'read')
      from referrals_report r
      join referrals_contact c on c.report_id = r.id
     where r.id = any(asked) and r.owner_no = gate.agency_no() and r.author_no = gate.practitioner_no()
       and not gate.agency_no() = any(r.hidden_from) and not r.about && gate.denied_people()
$$;

set local role eh_owner;
