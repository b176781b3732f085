-- Reports from a force without accounts. The gate knows which mail domains are whose, sends nobody a second code too soon,
-- keeps a digest of each code where no login reads, and gives whoever shows the code a post that writes reports.

set local role eh_owner;
grant select on referrals_maildomain to eh_gate;
grant select, insert, update, delete on referrals_outsideaccess to eh_gate;
grant insert, update (name, phone) on sharing_agreements_practitioner to eh_gate;
grant insert, update (ends_on) on sharing_agreements_post to eh_gate;

alter table referrals_maildomain enable row level security;
alter table referrals_maildomain force row level security;
alter table referrals_outsideaccess enable row level security;
alter table referrals_outsideaccess force row level security;
create policy gate_reads on referrals_maildomain for select to eh_gate using (true);
create policy maintenance on referrals_maildomain to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
create policy gate_sees_all on referrals_outsideaccess to eh_gate using (true) with check (true);
create policy maintenance on referrals_outsideaccess to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

set local role eh_gate;

-- A code has a million values, so its digest is keyed with a secret of the site; a reader of this table gains nothing.
create table gate.outside_secret (
    access_id uuid primary key,
    digest bytea not null check (length(digest) = 32)
);

-- Ask for a code: 'asked', or 'unknown' for a domain nobody approved, or 'too_many' (3 an hour for one address, 60 for
-- one force). Forgets what was asked and not used by yesterday.
create function gate.ask_outside_code(access uuid, mail text, named text, telephone text) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    address constant text := lower(trim(mail));
    -- A quoted local part may hold an @, and then mail goes elsewhere than the first domain says: plain addresses alone.
    force_id constant uuid := (select d.agency_id from referrals_maildomain d
                                where d.domain = substring(address from '^[a-z0-9._%+''-]+@([a-z0-9.-]+)$'));
begin
    if force_id is null then
        return 'unknown';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.ask_outside_code ' || force_id, 0));
    delete from gate.outside_secret s using referrals_outsideaccess o
     where o.id = s.access_id and o.used_at is null and o.asked_at < now() - interval '1 day';
    delete from referrals_outsideaccess o where o.used_at is null and o.asked_at < now() - interval '1 day';
    if 3 <= (select count(*) from referrals_outsideaccess o
              where o.email = address and o.asked_at > now() - interval '1 hour')
       or 60 <= (select count(*) from referrals_outsideaccess o
                  where o.agency_id = force_id and o.asked_at > now() - interval '1 hour') then
        return 'too_many';
    end if;
    insert into referrals_outsideaccess (id, agency_id, email, name, phone, asked_at, attempts)
    values (access, force_id, address, named, telephone, now(), 0);
    return 'asked';
end
$$;

-- Keep the digest of a code and answer the address it goes to; NULL when it is no longer wanted. A job run again makes a
-- new code: only the last one opens.
create function gate.make_outside_code(access uuid, secret_digest bytea) returns text
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare address text;
begin
    if gate.job() is distinct from 'send_outside_code' then
        return null;
    end if;
    update referrals_outsideaccess o set expires_at = now() + interval '10 minutes'
     where o.id = access and o.used_at is null and o.asked_at > now() - interval '10 minutes'
    returning o.email into address;
    if address is not null then
        insert into gate.outside_secret values (access, secret_digest)
        on conflict (access_id) do update set digest = excluded.digest;
    end if;
    return address;
end
$$;

-- The post that a code opens, or NULL: unknown, wrong, used, run out and tried five times are one answer. Each try counts.
-- The post lasts until tomorrow, so that no session dies at midnight; the session itself ends within the hour.
create function gate.open_outside_access(access uuid, secret_digest bytea) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one referrals_outsideaccess%rowtype;
    itself uuid;
    its_post uuid;
begin
    update referrals_outsideaccess o set attempts = o.attempts + 1
     where o.id = access and o.used_at is null and o.expires_at > now() and o.attempts < 5
    returning * into one;
    if not found
       or not exists (select from gate.outside_secret s where s.access_id = access and s.digest = secret_digest)
       or exists (select from sharing_agreements_practitioner w
                   where w.provider = 'outside' and w.subject = one.email and not w.is_active) then
        return null;
    end if;
    delete from gate.outside_secret s where s.access_id = access;
    perform pg_advisory_xact_lock(hashtextextended('gate.add_record_system', 0));
    select w.id into itself from sharing_agreements_practitioner w
     where w.provider = 'outside' and w.subject = one.email;
    if itself is null then
        itself := gen_random_uuid();
        insert into sharing_agreements_practitioner
               (id, no, provider, subject, email, name, phone, password, is_active, is_demonstration)
        select itself, coalesce(max(w.no), 0) + 1, 'outside', one.email, one.email, one.name, one.phone, '!', true,
               coalesce(bool_and(w.is_demonstration), false)
          from sharing_agreements_practitioner w;
    else
        update sharing_agreements_practitioner w set name = one.name, phone = one.phone where w.id = itself;
    end if;
    select p.id into its_post from sharing_agreements_post p
     where p.practitioner_id = itself and p.agency_id = one.agency_id and p.role = 'outside_reporter';
    if its_post is null then
        its_post := gen_random_uuid();
        insert into sharing_agreements_post (id, practitioner_id, agency_id, role, title, starts_on, ends_on)
        values (its_post, itself, one.agency_id, 'outside_reporter', 'No account, verified by e-mail',
                gate.today(), gate.today() + 1);
    else
        update sharing_agreements_post p set ends_on = gate.today() + 1 where p.id = its_post;
    end if;
    update referrals_outsideaccess o set used_at = now(), post_id = its_post where o.id = access;
    return its_post;
end
$$;

set local role eh_owner;
