-- Governance leads are told of all that waits on their desk (cases/queries/pages/governing.py): beside emergency access
-- and dates now requests for sharing, agreements their agency has not signed, and connections that were found. Leads are
-- chased and managers told on the days of the ladder of requests (rules/asking.py, sql/0017_request_ladder.sql).

set local role eh_owner;

grant select on sharing_agreements_agreementrequest to eh_gate;
create policy gate_sees_all on sharing_agreements_agreementrequest for select to eh_gate using (true);

set local role eh_gate;

-- As before (sql/0011); somebody who can no longer sign in keeps no request from the other governance leads.
create or replace function gate.looks_after(asking uuid, asked uuid) returns boolean
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select coalesce(gate.claim(9) = 'governance_lead', false)
       and (gate.claim(7)::uuid in (asking, asked)
            or not exists (select from gate.holders(gate.today(), array['governance_lead']) h
                            where h.agency_id in (asking, asked)))
$$;

-- Who reads a request for sharing that waits and since when it is theirs to see to, as row security lets them: the
-- leads of both agencies (of all, where neither has one), then the managers that it climbed to. Whoever asked knows.
create function gate.requests_waiting(day date) returns table (practitioner_id uuid, since timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
    with asked as (
        select r.agency_id, r.asked_id, r.asked_by_id, r.asked_at, r.due_on
          from sharing_agreements_agreementrequest r where r.state = 'waiting'
    ), lead as (
        select h.agency_id, h.practitioner_id from gate.holders(day, array['governance_lead']) h
    ), manager as (
        select h.agency_id, h.practitioner_id, a.type = 'hub' as at_hub
          from gate.holders(day, array['manager']) h join sharing_agreements_agency a on a.id = h.agency_id
    ), reads (who, asker, since) as (
        select l.practitioner_id, r.asked_by_id,
               case when day > r.due_on then (r.due_on + 1)::timestamp at time zone 'Europe/London' else r.asked_at end
          from asked r
          join lead l on l.agency_id in (r.agency_id, r.asked_id)
                      or not exists (select from lead o where o.agency_id in (r.agency_id, r.asked_id))
         union all
        select m.practitioner_id, r.asked_by_id, (r.due_on + 8)::timestamp at time zone 'Europe/London'
          from asked r join manager m on m.agency_id = r.asked_id
         where day > r.due_on + 7
         union all
        select m.practitioner_id, r.asked_by_id, (r.due_on + 15)::timestamp at time zone 'Europe/London'
          from asked r join manager m on m.at_hub
         where day > r.due_on + 14
    )
    select who, since from reads where who <> asker
$$;
revoke execute on function gate.requests_waiting(date) from public;

-- Who answers for practitioners with a connection that was found (gate.answers_for), and since when one waits: the other
-- leads of their agency, else its other managers. Never they themselves, whom it would tell that a record exists.
create function gate.connections_waiting(day date) returns table (practitioner_id uuid, since timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
    with found as (
        select o.agency_id, c.practitioner_id as about, max(c.declared_at) as since
          from sharing_agreements_conflict c
          join sharing_agreements_post o on o.practitioner_id = c.practitioner_id
                                        and o.starts_on <= day and coalesce(o.ends_on, 'infinity') >= day
         where c.detected and c.ended_at is null and c.answer = ''
         group by 1, 2
    ), lead as (
        select f.agency_id, f.about, f.since, h.practitioner_id
          from found f join gate.holders(day, array['governance_lead']) h
            on h.agency_id = f.agency_id and h.practitioner_id <> f.about
    )
    select l.practitioner_id, l.since from lead l
     union all
    select h.practitioner_id, f.since
      from found f join gate.holders(day, array['manager']) h
        on h.agency_id = f.agency_id and h.practitioner_id <> f.about
     where not exists (select from lead l where l.agency_id = f.agency_id and l.about = f.about)
$$;
revoke execute on function gate.connections_waiting(date) from public;

-- As before (sql/0021); asked once for each practitioner and not for each connection, for it stands on My work now.
create or replace function gate.detected_conflicts()
returns table (practitioner_id uuid, since timestamptz, waiting bigint, confirmed bigint)
language sql stable security definer set search_path = public, pg_temp
as $$
    with found as materialized (
        select c.practitioner_id, min(c.declared_at) as since, count(*) filter (where c.answer = '') as waiting,
               count(*) filter (where c.answer = 'confirmed') as confirmed
          from sharing_agreements_conflict c
         where c.detected and c.ended_at is null
         group by 1
    )
    select f.practitioner_id, f.since, f.waiting, f.confirmed from found f where gate.answers_for(f.practitioner_id)
$$;

-- As before (sql/0037), with requests for sharing, agreements to sign and connections to answer.
create or replace function gate.waiting_at_agencies(day date)
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
             where a.state in ('signed', 'proposed')
             union all
            select h.practitioner_id, m.moved_at, false
              from sharing_agreements_agreement a
              join sharing_agreements_party y on y.agreement_id = a.id and y.left_on is null and y.signed_at is null
              join sharing_agreements_agreementmove m on m.agreement_id = a.id and m.verb = 'propose'
              join gate.holders(day, array['governance_lead']) h on h.agency_id = y.agency_id
             where a.state = 'proposed'
             union all
            select w.practitioner_id, w.since, false from gate.connections_waiting(day) w
             union all
            select r.practitioner_id, r.since, false from gate.requests_waiting(day) r) waits (who, since, urgent)
     group by who;
end
$$;

set local role eh_owner;
