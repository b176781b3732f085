-- Database roles and what each may touch. Run by an administrator login before the first migration
-- (`manage.py prepare_database`); safe to run again. Passwords are set by the command, not here.
--
--   eh_owner     NOLOGIN  owns every table and the row-security policies on them
--   eh_gate      NOLOGIN  owns the functions in schema gate and may see governed rows inside them
--   eh_migrator  LOGIN    becomes eh_owner on sign-in; used by migrations and maintenance commands only
--   eh_web       LOGIN    the web server; policies decide every governed row
--   eh_worker    LOGIN    the Celery worker; policies name each job
--
-- None is a superuser, none bypasses row security, and web and worker own nothing.

do $$
begin
    if not exists (select from pg_roles where rolname = 'eh_owner') then
        create role eh_owner nologin noinherit nosuperuser nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'eh_gate') then
        create role eh_gate nologin noinherit nosuperuser nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'eh_migrator') then
        create role eh_migrator login noinherit nosuperuser nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'eh_web') then
        create role eh_web login noinherit nosuperuser nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'eh_worker') then
        create role eh_worker login noinherit nosuperuser nobypassrls;
    end if;
end
$$;

grant eh_gate to eh_owner;
grant eh_owner, eh_gate to eh_migrator;
alter role eh_migrator set role = 'eh_owner';

alter role eh_web set jit = off;
alter role eh_worker set jit = off;
alter role eh_migrator set jit = off;

-- A page asks many small questions; starting a parallel worker takes longer than any of them.
alter role eh_web set max_parallel_workers_per_gather = 0;

-- Connections of one login may read each other's running statements in pg_stat_activity, names and notes
-- included. Only a superuser may say this; on a managed server it is a parameter of the server.
do $$
begin
    alter role eh_web set track_activities = off;
    alter role eh_worker set track_activities = off;
exception when insufficient_privilege then
    raise warning 'set track_activities = off for eh_web and eh_worker on this server';
end
$$;

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to eh_migrator, eh_web, eh_worker', current_database());
    execute format('grant create, temporary on database %I to eh_owner, eh_gate', current_database());
end
$$;

revoke all on schema public from public;
grant usage, create on schema public to eh_owner;
grant usage on schema public to eh_gate, eh_web, eh_worker;

create extension if not exists pg_trgm with schema public;
create extension if not exists fuzzystrmatch with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gin with schema public;
