-- E-mails that say that something waits. They hold a practitioner and an address, and nothing of any record.

set local role eh_owner;

alter table sharing_agreements_notificationchoice enable row level security;
alter table sharing_agreements_notificationchoice force row level security;
grant select, insert on sharing_agreements_notificationchoice to eh_web;
grant update (how_often) on sharing_agreements_notificationchoice to eh_web;
grant select on sharing_agreements_notificationchoice to eh_worker;
create policy own_choice on sharing_agreements_notificationchoice to eh_web
    using (practitioner_id = (select gate.practitioner_id()))
    with check (practitioner_id = (select gate.practitioner_id()));
create policy job_tell_practitioners on sharing_agreements_notificationchoice to eh_worker
    using ((select gate.job()) = 'tell_practitioners') with check ((select gate.job()) = 'tell_practitioners');
create policy maintenance on sharing_agreements_notificationchoice to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

alter table sharing_agreements_notification enable row level security;
alter table sharing_agreements_notification force row level security;
grant select on sharing_agreements_notification to eh_web, eh_gate;
grant select, insert on sharing_agreements_notification to eh_worker;
grant update (sent_at, theirs, delivered_at, returned_at) on sharing_agreements_notification to eh_worker;
grant insert, update on sharing_agreements_notification to eh_gate;
create policy own_notifications on sharing_agreements_notification for select to eh_web
    using (practitioner_id = (select gate.practitioner_id()));
create policy job_tell_practitioners on sharing_agreements_notification to eh_worker
    using ((select gate.job()) = 'tell_practitioners') with check ((select gate.job()) = 'tell_practitioners');
create policy job_send_notification on sharing_agreements_notification to eh_worker
    using ((select gate.job()) = 'send_notification') with check ((select gate.job()) = 'send_notification');
create policy job_follow_notifications on sharing_agreements_notification to eh_worker
    using ((select gate.job()) = 'follow_notifications') with check ((select gate.job()) = 'follow_notifications');
create policy gate_sees_all on sharing_agreements_notification to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_notification to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

grant select on sharing_agreements_emergencynotice, sharing_agreements_agreementwarning to eh_gate;
create policy gate_sees_all on sharing_agreements_emergencynotice for select to eh_gate using (true);
create policy gate_sees_all on sharing_agreements_agreementwarning for select to eh_gate using (true);

set local role eh_gate;

-- Only the job that tells asks what waits for whom: the answer names practitioners and moments, never a record.
create function gate.require_teller() returns void
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if gate.job() is distinct from 'tell_practitioners' and not gate.in_maintenance() then
        raise exception 'only the job that tells practitioners asks what waits for them' using errcode = 'EH403';
    end if;
end
$$;
revoke execute on function gate.require_teller() from public;

-- Who holds a post of one of these roles on a day: the agency's and the practitioner's id.
create function gate.holders(day date, roles text[]) returns table (agency_id uuid, practitioner_id uuid, practitioner_no integer)
language sql stable security definer set search_path = public, pg_temp
as $$
    select distinct o.agency_id, p.id, p.no
      from sharing_agreements_post o join sharing_agreements_practitioner p on p.id = o.practitioner_id
     where o.role = any(roles) and p.is_active and o.starts_on <= day and coalesce(o.ends_on, 'infinity') >= day
$$;
revoke execute on function gate.holders(date, text[]) from public;

-- People a practitioner is denied, by conflict of interest or as one of them, with every anchor of theirs: nobody is
-- told that something waits which they may not open.
create function gate.denied_to_each() returns table (practitioner_id uuid, person_id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
    select distinct d.who, m
      from (select c.practitioner_id, c.person_id from sharing_agreements_conflict c where c.ended_at is null
             union all
            select p.id, p.person_id from sharing_agreements_practitioner p where p.person_id is not null) d (who, person),
           unnest(gate.same_person(d.person)) m
$$;
revoke execute on function gate.denied_to_each() from public;

-- What waits for governance leads: emergency accesses to review, and dates of agreements they were warned of.
create function gate.waiting_at_agencies(day date)
returns table (practitioner uuid, newest timestamptz, newest_urgent timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform gate.require_teller();
    return query
    select who, max(since), max(since) filter (where urgent)
      from (select n.practitioner_id, n.told_at, true
              from sharing_agreements_emergencynotice n
              join sharing_agreements_emergencyaccess a on a.id = n.access_id
             where a.reviewed_at is null
             union all
            select h.practitioner_id, w.made_at, false
              from sharing_agreements_agreementwarning w
              join sharing_agreements_agreement a on a.id = w.agreement_id
              join sharing_agreements_party y on y.agreement_id = a.id and y.left_on is null
              join gate.holders(day, array['governance_lead']) h on h.agency_id = y.agency_id
             where a.state in ('signed', 'proposed')) waits (who, since, urgent)
     group by who;
end
$$;
revoke execute on function gate.waiting_at_agencies(date) from public;
grant execute on function gate.waiting_at_agencies(date) to eh_worker, eh_owner;

-- For whoever runs the service: e-mails that came back, or that no carrier has taken since a moment.
create function gate.undelivered(taken_since timestamptz)
returns table (id uuid, name text, address text, made_at timestamptz, returned_at timestamptz, attempts smallint,
               error text, is_stopped boolean)
language sql stable security definer set search_path = public, pg_temp
as $$
    select n.id, p.name, n.address, n.made_at, n.returned_at, coalesce(o.attempts, 0::smallint),
           coalesce(o.last_error, ''), o.stopped_at is not null
      from sharing_agreements_notification n
      join sharing_agreements_practitioner p on p.id = n.practitioner_id
      left join sharing_agreements_owedjob o on o.key = 'send_notification:' || n.id
     where n.settled_at is null and p.is_active and gate.claim(9) = 'administrator'
       and (n.returned_at is not null or n.sent_at is null and n.made_at < taken_since)
     order by n.made_at desc
     limit 200
$$;

-- Another in the place of one that did not arrive, to the address its practitioner has today. Owing it is the caller's.
create function gate.send_again(old uuid, another uuid, its_reference text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if gate.claim(9) is distinct from 'administrator' then
        return false;
    end if;
    update sharing_agreements_notification set settled_at = now()
     where id = old and settled_at is null and (returned_at is not null or sent_at is null);
    if not found then
        return false;
    end if;
    insert into sharing_agreements_notification (id, practitioner_id, address, urgent, reference, made_at, theirs)
    select another, p.id, p.email, n.urgent, its_reference, now(), ''
      from sharing_agreements_notification n join sharing_agreements_practitioner p on p.id = n.practitioner_id
     where n.id = old;
    -- the job of the old one has nothing left to do: it is not left on the list of jobs that stopped
    update sharing_agreements_owedjob set stopped_at = null, sent_at = null, attempts = 0
     where key = 'send_notification:' || old and done_at is null;
    return true;
end
$$;

set local role eh_owner;
