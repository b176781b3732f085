-- Which clause of which version of which agreement opened what a page showed, written down before the look is sealed
-- (decision 0070). A page notes the version of the rules it was decided under; the job that seals says the rest.

set local role eh_gate;
grant select on gate.rules_version to eh_owner;

set local role eh_owner;
-- of the database, not of Django, which would ask for it back: no login may read this table
alter table sharing_agreements_disclosure alter column rules_version set default 0;
grant select, insert on sharing_agreements_lookbasis to eh_gate;
create trigger append_only before update or delete on sharing_agreements_lookbasis
    for each row execute function gate.append_only();
create trigger never_emptied before truncate on sharing_agreements_lookbasis
    for each statement execute function gate.append_only();

create or replace function gate.stamp_disclosure() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    if gate.in_maintenance() then
        return new;
    end if;
    new.at := clock_timestamp();
    new.practitioner_id := case when c[1] = 'p' then c[4]::uuid end;
    new.post_id := case when c[1] = 'p' then c[5]::uuid end;
    new.agency_id := case when c[1] = 'p' then c[7]::uuid end;
    new.role := case when c[1] = 'p' then c[9] else '' end;
    new.purpose := case when c[1] = 'p' then c[10] else '' end;
    new.job := case when c[1] = 'j' then c[3] else '' end;
    new.rules_version := coalesce((select v.version from gate.rules_version v), 0);
    return new;
end
$$;

set local role eh_gate;

-- From which transaction on rows may be unsealed. A number above what this server has reached came with a restore from
-- another one: then every row is looked at again.
create function gate.unsealed_from() returns bigint
language sql stable
as $$
    select coalesce((select case when pg_snapshot_xmin(pg_current_snapshot())::text::bigint < s.settled then 0
                                 else s.settled end
                       from sharing_agreements_seal s order by s.number desc limit 1), 0)
$$;

-- Whether a look at records of somebody's waits to be told under which clauses. Older rows noted no version.
create function gate.lacks_basis(d sharing_agreements_disclosure) returns boolean
language sql stable
as $$
    select d.rules_version > 0 and d.post_id is not null and d.record_ids <> '{}' and d.outcome in ('seen', 'done')
       and not exists (select from sharing_agreements_lookbasis b where b.look_id = d.id)
$$;

-- What opens the records of one look to whoever looked: by owner, way and clause, how many of which kinds.
create function gate.openings_of(page sharing_agreements_disclosure) returns table (openings jsonb, opened bigint)
language sql volatile
as $$
    with e as materialized (
        select * from gate.explain(
            array(select t from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i),
            array(select i from jsonb_object_keys(page.tables) t, unnest(page.record_ids) i))
    ), line as (
        select e.owner_no, e.way, e.clause_id, count(distinct e.record_id) as records,
               array_agg(distinct e.kind order by e.kind) as kinds
          from e group by 1, 2, 3
    )
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                        'owner', l.owner_no, 'way', l.way, 'records', l.records, 'kinds', l.kinds, 'clause', l.clause_id,
                        'number', x.number, 'agreement', a.reference, 'version', a.version))
                    order by l.owner_no, l.way, a.reference, x.number, l.clause_id), '[]'),
           (select count(distinct e.record_id) from e)
      from line l
      left join sharing_agreements_clause x on x.id = l.clause_id
      left join sharing_agreements_agreement a on a.id = x.agreement_id
$$;

-- Say it for the oldest looks that wait, at most so many; gives how many. Asked as whoever looked, by the policy's own
-- expressions. A few minutes may have passed: what nothing opens any more is counted, and whether the rules changed.
create function gate.write_bases(most integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    one record;
    told integer := 0;
begin
    if not gate.in_maintenance() and coalesce(gate.job(), '') <> 'seal_log' then
        raise exception 'only the job that seals may say why' using errcode = 'EH403';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.seal_log', 0));
    for one in
        select d::sharing_agreements_disclosure as page, w.no, g.no as agency, t.no as team
          from sharing_agreements_disclosure d
          join sharing_agreements_post p on p.id = d.post_id
          join sharing_agreements_practitioner w on w.id = d.practitioner_id
          join sharing_agreements_agency g on g.id = d.agency_id
          left join sharing_agreements_team t on t.id = p.team_id
         where d.tx >= (select gate.unsealed_from()) and gate.lacks_basis(d)
           and not exists (select from sharing_agreements_sealedrow s where s.row_id = d.id)
         order by d.tx, d.id limit most
    loop
        perform gate.act_as(one.no, (one.page).practitioner_id, (one.page).post_id, one.agency, (one.page).agency_id,
                            one.team, (one.page).role, (one.page).purpose);
        insert into sharing_agreements_lookbasis (look_id, at, same_rules, openings, unopened)
        select (one.page).id, clock_timestamp(),
               (one.page).rules_version = (select v.version from gate.rules_version v),
               o.openings, cardinality((one.page).record_ids) - o.opened
          from gate.openings_of(one.page) o;
        told := told + 1;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
    return told;
end
$$;
revoke execute on function gate.write_bases(integer), gate.openings_of(sharing_agreements_disclosure) from public;
grant execute on function gate.write_bases(integer) to eh_owner, eh_worker;

-- What is sealed of a row (sql/0014), and what it was told of its clauses. Rows sealed before have the text they had.
create or replace function gate.log_text(d sharing_agreements_disclosure) returns text
language sql stable
as $$
    select (jsonb_build_object(
        'id', d.id, 'at', gate.instant_text(d.at), 'practitioner', d.practitioner_id, 'post', d.post_id,
        'agency', d.agency_id, 'role', d.role, 'purpose', d.purpose, 'job', d.job, 'what', d.what,
        'outcome', d.outcome, 'tables', d.tables, 'records', d.record_ids, 'family', d.family_id,
        'request', d.request_id, 'basis', d.basis, 'tx', d.tx)
        || case when d.rules_version > 0 then jsonb_build_object('rules', d.rules_version) else '{}' end
        || coalesce((select jsonb_build_object('told', gate.instant_text(b.at), 'same_rules', b.same_rules,
                                               'openings', b.openings, 'unopened', b.unopened)
                       from sharing_agreements_lookbasis b where b.look_id = d.id), '{}'))::text
$$;

-- Seal what is not sealed yet (sql/0014). A look that waits for its clauses waits with its seal too, and the next seal
-- starts no later than there.
create or replace function gate.seal_log(most integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO'
as $$
declare
    last sharing_agreements_seal%rowtype;
    next_number integer;
    settled_now bigint;
    taken integer;
    latest bigint;
    waits bigint;
    digests bytea;
begin
    if not gate.in_maintenance() and coalesce(gate.job(), '') <> 'seal_log' then
        raise exception 'only the job that seals may seal' using errcode = 'EH403';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.seal_log', 0));
    select * into last from sharing_agreements_seal order by number desc limit 1;
    next_number := coalesce(last.number, 0) + 1;
    settled_now := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    with unsealed as materialized (
        select d.id, d.tx, gate.lacks_basis(d) as waits from sharing_agreements_disclosure d
         where d.tx >= (select gate.unsealed_from())
           and not exists (select from sharing_agreements_sealedrow s where s.row_id = d.id)
    ), waiting as materialized (
        select d.* from unsealed u join sharing_agreements_disclosure d on d.id = u.id
         where not u.waits order by d.tx, d.id limit most
    ), added as (
        insert into sharing_agreements_sealedrow (row_id, seal, position, digest)
        select w.id, next_number, row_number() over (order by w.tx, w.id),
               sha256(convert_to(gate.log_text(w::sharing_agreements_disclosure), 'UTF8'))
          from waiting w
        returning position, digest
    )
    select count(*), string_agg(a.digest, '' order by a.position), (select max(w.tx) from waiting w),
           (select min(u.tx) from unsealed u where u.waits)
      into taken, digests, latest, waits from added a;
    if taken = 0 then
        return 0;
    end if;
    settled_now := least(settled_now, waits, case when taken = most then latest end);
    insert into sharing_agreements_seal (number, count, settled, sealed_at, previous, digest)
    select next_number, taken, settled_now, t.now, p.digest,
           gate.seal_digest(next_number, taken, settled_now, t.now, p.digest, digests)
      from (select clock_timestamp() as now) t,
           (select coalesce(last.digest, decode(repeat('00', 32), 'hex')) as digest) p;
    return taken;
end
$$;

-- Of the openings of a look, those of the acting agency's own records.
create function gate.own_openings(openings jsonb) returns jsonb
language sql stable
as $$
    select coalesce(jsonb_agg(o order by nth), '[]')
      from jsonb_array_elements(openings) with ordinality x (o, nth)
     where (o ->> 'owner')::smallint = (select gate.agency_no())
$$;

-- Who looked at a family (sql/0014), each with what opened the acting agency's own records: what opened others' is for
-- those others to know. `told` is empty until it is written down.
drop function gate.who_looked(uuid, timestamptz, uuid, integer);
create function gate.who_looked(family uuid, before timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, practitioner_id uuid, agency_no smallint, role text, purpose text, what text,
               outcome text, told timestamptz, openings jsonb)
language sql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
    select d.id, d.at, d.practitioner_id, a.no, d.role::text, d.purpose::text, d.what::text, d.outcome::text, b.at,
           gate.own_openings(b.openings)
      from gate.looks_at(case when gate.claim(9) in ('manager', 'governance_lead') then family end) d
      join sharing_agreements_agency a on a.id = d.agency_id
      left join sharing_agreements_lookbasis b on b.look_id = d.id
     where before is null or (d.at, d.id) < (before, before_id)
     order by d.at desc, d.id desc limit most
$$;
revoke execute on function gate.unsealed_from(), gate.lacks_basis(sharing_agreements_disclosure), gate.own_openings(jsonb)
    from public;

set local role eh_owner;
