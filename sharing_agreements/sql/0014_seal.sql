-- The disclosure log sealed in a chain of digests: what was written down cannot change afterwards without showing
-- (decision 0058). Rows are taken by the transaction that wrote them, not by time or id: one that commits late is
-- sealed next time.

set local role eh_owner;
grant select, insert on sharing_agreements_seal, sharing_agreements_sealedrow to eh_gate;
create trigger append_only before update or delete on sharing_agreements_seal
    for each row execute function gate.append_only();
create trigger never_emptied before truncate on sharing_agreements_seal
    for each statement execute function gate.append_only();
create trigger append_only before update or delete on sharing_agreements_sealedrow
    for each row execute function gate.append_only();
create trigger never_emptied before truncate on sharing_agreements_sealedrow
    for each statement execute function gate.append_only();

set local role eh_gate;

create function gate.stamp_transaction() returns trigger
language plpgsql
as $$ begin new.tx := pg_current_xact_id()::text::bigint; return new; end $$;

-- Instants as text that no setting of the session changes.
create function gate.instant_text(at timestamptz) returns text
language sql immutable
as $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- What is sealed of a row: all of it, as text that can be read and hashed again outside the database.
create function gate.log_text(d sharing_agreements_disclosure) returns text
language sql stable
as $$
    select jsonb_build_object(
        'id', d.id, 'at', gate.instant_text(d.at), 'practitioner', d.practitioner_id, 'post', d.post_id,
        'agency', d.agency_id, 'role', d.role, 'purpose', d.purpose, 'job', d.job, 'what', d.what,
        'outcome', d.outcome, 'tables', d.tables, 'records', d.record_ids, 'family', d.family_id,
        'request', d.request_id, 'basis', d.basis, 'tx', d.tx)::text
$$;

-- The digest of a seal: over its own facts, the seal before, and the digests of its rows in their order.
create function gate.seal_digest(number integer, count integer, settled bigint, sealed_at timestamptz, previous bytea,
                                 digests bytea) returns bytea
language sql immutable
as $$
    select sha256(convert_to(concat_ws('|', number, count, settled, gate.instant_text(sealed_at)), 'UTF8')
                  || previous || digests)
$$;

-- Seal what is not sealed yet, at most so many rows; gives how many. Nothing to seal: no seal. A number of `settled`
-- above what this server has reached came with a restore from another one: then every row is looked at again.
create function gate.seal_log(most integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO'
as $$
declare
    last sharing_agreements_seal%rowtype;
    next_number integer;
    settled_now bigint;
    taken integer;
    latest bigint;
    digests bytea;
begin
    if not gate.in_maintenance() and coalesce(gate.job(), '') <> 'seal_log' then
        raise exception 'only the job that seals may seal' using errcode = 'EH403';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.seal_log', 0));
    select * into last from sharing_agreements_seal order by number desc limit 1;
    next_number := coalesce(last.number, 0) + 1;
    settled_now := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    with waiting as materialized (
        select * from sharing_agreements_disclosure d
         where d.tx >= case when settled_now < last.settled then 0 else coalesce(last.settled, 0) end
           and not exists (select from sharing_agreements_sealedrow s where s.row_id = d.id)
         order by d.tx, d.id limit most
    ), added as (
        insert into sharing_agreements_sealedrow (row_id, seal, position, digest)
        select w.id, next_number, row_number() over (order by w.tx, w.id),
               sha256(convert_to(gate.log_text(w::sharing_agreements_disclosure), 'UTF8'))
          from waiting w
        returning position, digest
    )
    select count(*), string_agg(a.digest, '' order by a.position), (select max(w.tx) from waiting w)
      into taken, digests, latest from added a;
    if taken = 0 then
        return 0;
    end if;
    if taken = most then
        settled_now := least(settled_now, latest);
    end if;
    insert into sharing_agreements_seal (number, count, settled, sealed_at, previous, digest)
    select next_number, taken, settled_now, t.now, p.digest,
           gate.seal_digest(next_number, taken, settled_now, t.now, p.digest, digests)
      from (select clock_timestamp() as now) t,
           (select coalesce(last.digest, decode(repeat('00', 32), 'hex')) as digest) p;
    return taken;
end
$$;
revoke execute on function gate.seal_log(integer) from public;
grant execute on function gate.seal_log(integer) to eh_owner, eh_worker;

-- Everything that does not agree between the log, the digests of its rows and the chain. Nothing: no line.
create function gate.check_log() returns table (finding text, seal integer, row_id uuid)
language sql stable set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO'
as $$
    with chain as materialized (
        select s.*, row_number() over (order by s.number) as nth,
               lag(s.digest, 1, decode(repeat('00', 32), 'hex')) over (order by s.number) as before
          from sharing_agreements_seal s
    ), held as materialized (
        select r.seal, count(*) as count, string_agg(r.digest, '' order by r.position) as digests
          from sharing_agreements_sealedrow r group by r.seal
    ), last as (
        select c.settled from chain c order by c.number desc limit 1
    )
    select 'row changed', r.seal, r.row_id
      from sharing_agreements_sealedrow r join sharing_agreements_disclosure d on d.id = r.row_id
     where r.digest <> sha256(convert_to(gate.log_text(d), 'UTF8'))
    union all
    select 'row removed', r.seal, r.row_id from sharing_agreements_sealedrow r
     where not exists (select from sharing_agreements_disclosure d where d.id = r.row_id)
    union all
    select 'row added', null, d.id from sharing_agreements_disclosure d, last
     where d.tx < last.settled and pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= last.settled
       and not exists (select from sharing_agreements_sealedrow r where r.row_id = d.id)
    union all
    select 'seal does not follow the one before', c.number, null from chain c
     where c.number <> c.nth or c.previous <> c.before
    union all
    select 'seal does not match its rows', c.number, null from chain c left join held h on h.seal = c.number
     where c.count is distinct from h.count
        or c.digest <> gate.seal_digest(c.number, c.count, c.settled, c.sealed_at, c.previous, coalesce(h.digests, ''))
    union all
    select 'rows under a seal that is gone', h.seal, null from held h where h.seal not in (select c.number from chain c)
    order by 2, 1, 3
$$;
revoke execute on function gate.check_log(), gate.log_text(sharing_agreements_disclosure) from public;
grant execute on function gate.check_log(), gate.log_text(sharing_agreements_disclosure) to eh_owner;

set local role eh_owner;
create trigger stamp_transaction before insert on sharing_agreements_disclosure
    for each row execute function gate.stamp_transaction();
