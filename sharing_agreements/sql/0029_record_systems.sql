-- Programs of agencies that come in by the API. The gate alone adds them, makes their keys and ends them, for the
-- acting agency's administrator or information-governance lead. It keeps a digest of each key where no login reads.

set local role eh_owner;

grant insert on sharing_agreements_practitioner to eh_gate;
grant insert, update (ends_on) on sharing_agreements_post to eh_gate;
grant select, insert, update on sharing_agreements_recordsystem, sharing_agreements_systemkey to eh_gate;
grant select on sharing_agreements_recordsystem, sharing_agreements_systemkey to eh_web;

alter table sharing_agreements_recordsystem enable row level security;
alter table sharing_agreements_recordsystem force row level security;
alter table sharing_agreements_systemkey enable row level security;
alter table sharing_agreements_systemkey force row level security;
create policy own_agency on sharing_agreements_recordsystem for select to eh_web
    using (agency_id = (select gate.claim(7)::uuid) and (select gate.claim(9)) in ('administrator', 'governance_lead'));
create policy with_its_system on sharing_agreements_systemkey for select to eh_web
    using (exists (select from sharing_agreements_recordsystem s where s.id = system_id));
create policy gate_sees_all on sharing_agreements_recordsystem to eh_gate using (true) with check (true);
create policy gate_sees_all on sharing_agreements_systemkey to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_recordsystem to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy maintenance on sharing_agreements_systemkey to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

set local role eh_gate;

-- A key is 256 random bits, so one round of SHA-256 is as good as a slow hash: there is nothing to guess.
create table gate.system_secret (
    key_id uuid primary key,
    digest bytea not null check (length(digest) = 32)
);

-- The acting agency's running system of this id, locked; NULL for everybody else's and for other roles.
create function gate.own_system(system uuid) returns sharing_agreements_recordsystem
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    found_system sharing_agreements_recordsystem%rowtype;
begin
    if c[1] = 'p' and c[9] in ('administrator', 'governance_lead') then
        select * into found_system from sharing_agreements_recordsystem s
         where s.id = system and s.agency_id = c[7]::uuid and s.ended_at is null for update;
    end if;
    return found_system;
end
$$;
revoke execute on function gate.own_system(uuid) from public;

-- Add a system with a post of its own: a reporter, who writes and reads what it wrote and nothing else. It cannot sign in.
create function gate.add_record_system(system uuid, named text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    itself constant uuid := gen_random_uuid();
    its_post constant uuid := gen_random_uuid();
begin
    if c[1] is distinct from 'p' or c[9] not in ('administrator', 'governance_lead') then
        return false;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.add_record_system', 0));
    if exists (select from sharing_agreements_recordsystem s
                where s.agency_id = c[7]::uuid and s.name = named and s.ended_at is null) then
        return false;
    end if;
    insert into sharing_agreements_practitioner
           (id, no, provider, subject, email, name, phone, password, is_active, is_demonstration)
    select itself, (select coalesce(max(w.no), 0) + 1 from sharing_agreements_practitioner w),
           'system', system::text, '', named, '', '!', false, me.is_demonstration
      from sharing_agreements_practitioner me where me.id = c[4]::uuid;
    insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on)
    values (its_post, itself, c[7]::uuid, 'reporter', 'Record system', gate.today());
    insert into sharing_agreements_recordsystem (id, agency_id, post_id, name, added_by_id, added_at)
    values (system, c[7]::uuid, its_post, named, c[4]::uuid, now());
    return true;
end
$$;

-- Give a system another key. At most two are live, so that one can be changed for the other without a gap, and none
-- lives for more than a year.
create function gate.issue_system_key(system uuid, key uuid, secret_digest bytea, until date) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare own constant sharing_agreements_recordsystem := gate.own_system(system);
begin
    if own.id is null or until not between gate.today() and gate.today() + 366
       or 2 <= (select count(*) from sharing_agreements_systemkey k
                 where k.system_id = own.id and k.revoked_at is null and k.expires_on >= gate.today()) then
        return false;
    end if;
    insert into sharing_agreements_systemkey (id, system_id, made_by_id, made_at, expires_on)
    values (key, own.id, gate.practitioner_id(), now(), until);
    insert into gate.system_secret values (key, secret_digest);
    return true;
end
$$;

create function gate.revoke_system_key(key uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare whose constant uuid := (select k.system_id from sharing_agreements_systemkey k where k.id = key);
begin
    if (gate.own_system(whose)).id is null then
        return false;
    end if;
    update sharing_agreements_systemkey set revoked_at = now(), revoked_by_id = gate.practitioner_id()
     where id = key and revoked_at is null;
    return true;
end
$$;

-- End a system, its keys and its post. What it wrote stays its agency's.
create function gate.end_record_system(system uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare own constant sharing_agreements_recordsystem := gate.own_system(system);
begin
    if own.id is null then
        return false;
    end if;
    update sharing_agreements_systemkey set revoked_at = now(), revoked_by_id = gate.practitioner_id()
     where system_id = own.id and revoked_at is null;
    update sharing_agreements_post set ends_on = greatest(starts_on, gate.today()) where id = own.post_id;
    update sharing_agreements_recordsystem set ended_at = now(), ended_by_id = gate.practitioner_id() where id = own.id;
    return true;
end
$$;

-- The post a key acts under, or NULL: unknown, wrong, revoked, run out and ended are one answer. Noting the use never
-- makes two requests of one system wait for each other.
create function gate.post_of_key(key uuid, secret_digest bytea) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    found_post constant uuid := (
        select s.post_id
          from gate.system_secret x
          join sharing_agreements_systemkey k on k.id = x.key_id
          join sharing_agreements_recordsystem s on s.id = k.system_id
         where x.key_id = key and x.digest = secret_digest
           and k.revoked_at is null and k.expires_on >= gate.today() and s.ended_at is null);
begin
    if found_post is not null then
        update sharing_agreements_systemkey set last_used_at = date_trunc('minute', now())
         where id = (select k.id from sharing_agreements_systemkey k
                      where k.id = key and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
                        for update skip locked);
    end if;
    return found_post;
end
$$;

set local role eh_owner;
