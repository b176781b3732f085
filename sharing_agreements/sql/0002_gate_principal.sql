-- Who is acting. Functions in schema gate belong to eh_gate, so they may read what the web role may not.
-- Decisions 0005 and 0006: the web process signs agency, post, purpose and this transaction's nonce with a
-- key only it and the gate hold; every reader checks signature and nonce.

create schema if not exists gate authorization eh_gate;

set local role eh_gate;
grant usage, create on schema gate to eh_owner;
grant usage on schema gate to eh_web, eh_worker;

-- The padded halves of the identity key (RFC 2104). One row, written by gate.set_key.
create table gate.secret (
    only_one boolean primary key default true check (only_one),
    inner_key bytea not null check (length(inner_key) = 64),
    outer_key bytea not null check (length(outer_key) = 64)
);

create function gate.today() returns date
language sql stable parallel safe
as $$ select (now() at time zone 'Europe/London')::date $$;

-- Facts of the transaction, not a setting: nobody can set them, so a copied signature opens nothing else.
create function gate.nonce() returns text
language sql stable parallel restricted
as $$ select pg_backend_pid() || '.' || (extract(epoch from now()) * 1000000)::bigint $$;

-- The verified parts of the principal, or NULL. A practitioner: {p, nonce, practitioner no, practitioner id,
-- post id, agency no, agency id, team no, role, purpose}. A job: {j, nonce, name}.
create function gate.claims() returns text[]
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare
    raw constant text := current_setting('earlyhelp.principal', true);
    payload text;
    parts text[];
    key gate.secret%rowtype;
begin
    if raw is null or length(raw) < 66 then
        return null;
    end if;
    payload := left(raw, -65);
    select * into key from gate.secret;
    if encode(sha256(key.outer_key || sha256(key.inner_key || convert_to(payload, 'UTF8'))), 'hex')
       is distinct from right(raw, 64) then
        return null;
    end if;
    parts := string_to_array(payload, '|');
    if parts[2] is distinct from gate.nonce() then
        return null;
    end if;
    return parts;
end
$$;

-- One part of a practitioner's claim. Every accessor below is this with a type.
create function gate.claim(part integer) returns text
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'p' then c[part] end;
end
$$;

create function gate.practitioner_no() returns integer language sql stable parallel restricted
as $$ select gate.claim(3)::integer $$;
create function gate.practitioner_id() returns uuid language sql stable parallel restricted
as $$ select gate.claim(4)::uuid $$;
create function gate.agency_no() returns smallint language sql stable parallel restricted
as $$ select gate.claim(6)::smallint $$;
create function gate.team_no() returns integer language sql stable parallel restricted
as $$ select nullif(gate.claim(8)::integer, 0) $$;

create function gate.job() returns text
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    return case when c[1] = 'j' then c[3] end;
end
$$;

-- What a role may do with its own agency's rows (own agency is not a master key), whether it reads what is sent
-- to its agency, and whether it may write records or change facts. Kinds are bits: 1 << kind.
create table gate.role (
    role text primary key,
    own_agency_kinds bigint not null,
    own_team_kinds bigint not null,
    own_self boolean not null,
    receives boolean not null,
    writes boolean not null,
    may_change_facts boolean not null
);

-- all_but_hub_only: every kind except 4, the hub-only box, which stays with its author and the hub.
do $$
declare
    everything constant bigint := (1::bigint << 32) - 2;
    all_but_hub_only constant bigint := everything - (1::bigint << 4);
    identity_and_case constant bigint := (1::bigint << 1) | (1::bigint << 15);
begin
    insert into gate.role values
        ('reporter',          0,                0,                 true,  false, true,  false),
        ('supervisor',        0,                all_but_hub_only,  true,  false, true,  false),
        ('decision_maker',    everything,       0,                 true,  true,  true,  true),
        ('navigator',         everything,       0,                 true,  true,  true,  true),
        ('emergency_duty',    everything,       0,                 true,  true,  true,  true),
        ('coordinator',       all_but_hub_only, 0,                 true,  true,  true,  true),
        ('lead_practitioner', 0,                identity_and_case, true,  false, true,  false),
        ('team_member',       0,                0,                 true,  false, true,  false),
        ('manager',           all_but_hub_only, 0,                 true,  true,  true,  true),
        ('governance_lead',   0,                0,                 false, false, false, false),
        ('analyst',           0,                0,                 false, false, false, false),
        ('administrator',     0,                0,                 false, false, false, false);
end
$$;

create function gate.own_role() returns gate.role
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare one gate.role%rowtype;
begin
    select * into one from gate.role r where r.role = gate.claim(9);
    return one;
end
$$;

-- The hub-only box opens to a role only in a hub: elsewhere the same role stops at its author.
create function gate.own_agency_kinds() returns bigint
language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
declare kinds constant bigint := coalesce((gate.own_role()).own_agency_kinds, 0);
begin
    if exists (select from public.sharing_agreements_agency a where a.no = gate.agency_no() and a.type = 'hub') then
        return kinds;
    end if;
    return kinds & ~(1::bigint << 4);
end
$$;
create function gate.own_team_kinds() returns bigint language sql stable parallel restricted
as $$ select coalesce((gate.own_role()).own_team_kinds, 0) $$;
create function gate.own_self() returns boolean language sql stable parallel restricted
as $$ select coalesce((gate.own_role()).own_self, false) $$;
create function gate.receives() returns boolean language sql stable parallel restricted
as $$ select coalesce((gate.own_role()).receives, false) $$;
create function gate.writes() returns boolean language sql stable parallel restricted
as $$ select coalesce((gate.own_role()).writes, false) $$;

-- Maintenance: migrations, the demonstration loader, tests. Only a login that may become eh_owner can say so.
create function gate.in_maintenance() returns boolean
language sql stable
as $$ select coalesce(current_setting('earlyhelp.maintenance', true), '') = 'on'
             and current_setting('role') = 'eh_owner' $$;

create function gate.set_key(inner_half bytea, outer_half bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    insert into gate.secret (inner_key, outer_key) values (inner_half, outer_half)
    on conflict (only_one) do update set inner_key = excluded.inner_key, outer_key = excluded.outer_key
$$;
revoke execute on function gate.set_key(bytea, bytea) from public;
grant execute on function gate.set_key(bytea, bytea) to eh_owner;

set local role eh_owner;
