-- Notices of domestic abuse to a child's school. Both tables are the police's; a copy is sent to one named key adult.

set local role eh_owner;

call gate.protect('referrals_schoolnotice', 'full', 7);
call gate.protect('referrals_noticecopy', 'full', 7);
call gate.hang('referrals_noticecopy', 'notice_id', 'owner');

-- A copy says for good what was sent; its owner only takes it back. That it was received the gate alone writes.
revoke update on referrals_noticecopy from eh_web, eh_worker;
grant update (withdrawn_at, version) on referrals_noticecopy to eh_web;
revoke update (acknowledged_at, acknowledged_by_id, report_id) on referrals_schoolnotice from eh_web, eh_worker;

grant select on referrals_guidanceread to eh_gate;
create policy gate_sees_all on referrals_guidanceread for select to eh_gate using (true);

set local role eh_gate;

-- Has the acting practitioner read the card on these notices?
create function gate.is_briefed() returns boolean
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    return exists (select from referrals_guidanceread r
                    where r.practitioner_id = gate.practitioner_id() and r.card = 'notice-to-school');
end
$$;

set local role eh_owner;

-- Whatever a clause or an emergency opens of this kind: the force itself, and of a copy its one briefed reader.
create policy police_alone on referrals_schoolnotice as restrictive for select to eh_web
    using (owner_no = (select gate.agency_no()));
create policy for_its_reader on referrals_noticecopy as restrictive for select to eh_web
    using (owner_no = (select gate.agency_no())
           or (sent_to_no = (select gate.agency_no()) and sent_to_practitioner_no = (select gate.practitioner_no())
               and (select gate.is_briefed())));

call gate.admit_job('referrals_schoolnotice', 'send_school_notices');
call gate.admit_job('referrals_noticecopy', 'send_school_notices');

set local role eh_gate;

-- The key adults of a school who may hear of this child, and whether they have read this version of the card or a later
-- one. Not kin, nor anybody with another connection to these people, and for a restricted child only people named.
create function gate.key_adults(school uuid, people uuid[], card_version integer)
returns table (practitioner_id uuid, name text, title text, briefed boolean)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare everybody uuid[];
begin
    if not coalesce(gate.job() = 'send_school_notices'
                    or (gate.writes() and exists (select from sharing_agreements_agency a
                                                   where a.no = gate.agency_no()
                                                     and a.type in ('police', 'transport_police'))), false) then
        return;
    end if;
    everybody := array(select distinct m from unnest(people) p, unnest(gate.same_person(p)) m);
    return query
        select distinct on (w.name, w.id) w.id, w.name::text, p.title::text,
               exists (select from referrals_guidanceread r where r.practitioner_id = w.id
                          and r.card = 'notice-to-school' and r.version >= card_version)
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id
         where p.agency_id = school and p.key_adult and p.starts_on <= gate.today()
           and (p.ends_on is null or p.ends_on >= gate.today())
           and w.is_active and (w.trained_until is null or w.trained_until >= gate.today())
           and (w.person_id is null or w.person_id <> all(everybody))
           and not exists (select from sharing_agreements_conflict c where c.practitioner_id = w.id
                              and c.ended_at is null and c.person_id = any(everybody))
           and not exists (select from sharing_agreements_personfacts f
                            where f.person_id = any(everybody) and f.restricted
                              and not exists (
                                  select from sharing_agreements_personuserobjectpermission o
                                    join auth_permission x on x.id = o.permission_id and x.codename = 'see_restricted'
                                   where o.user_id = w.id and o.content_object_id = any(gate.same_person(f.person_id))))
         order by w.name, w.id, p.title;
end
$$;

-- "I have it": by the reader of the copy alone. The police read when, and who.
create function gate.acknowledge_notice(copy uuid, at_time timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one referrals_noticecopy%rowtype;
begin
    select * into one from referrals_noticecopy n where n.id = copy;
    if not found or not coalesce(
           one.sent_to_no = gate.agency_no() and one.sent_to_practitioner_no = gate.practitioner_no()
           and gate.is_briefed() and one.withdrawn_at is null and not one.about && gate.denied_people()
           and not gate.agency_no() = any(one.hidden_from)
           and (one.restricted = 0 or gate.practitioner_no() = any(one.allowed)), false) then
        raise exception 'no such notice' using errcode = 'EH404';
    end if;
    if one.acknowledged_at is not null then
        return false;
    end if;
    update referrals_noticecopy set acknowledged_at = at_time, version = version + 1 where id = copy;
    update referrals_schoolnotice
       set acknowledged_at = at_time, acknowledged_by_id = gate.practitioner_id(), version = version + 1
     where id = one.notice_id and acknowledged_at is null;
    return true;
end
$$;

set local role eh_owner;
