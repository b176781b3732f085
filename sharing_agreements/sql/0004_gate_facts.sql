-- Facts that rules need, per person, and how they reach every governed row (decision 0013).
-- Lock first, read after; change and fan-out are separate statements; READ COMMITTED only.

set local role eh_owner;
grant select, insert, update, delete on sharing_agreements_personfacts, sharing_agreements_involvement,
    sharing_agreements_sharingconsent, sharing_agreements_stagechange, sharing_agreements_restrictedperson,
    sharing_agreements_hiddenaddress, sharing_agreements_conflict, sharing_agreements_person,
    sharing_agreements_family, sharing_agreements_personuserobjectpermission to eh_gate;
grant select on auth_permission to eh_gate;

set local role eh_gate;

-- The governed tables, as gate.protect registers them; nothing here names a table above the ground.
create table gate.governed (
    table_name text primary key,
    level text not null check (level in ('existence', 'summary', 'full')),
    kind smallint
);
grant select on gate.governed to eh_web, eh_worker;
grant select, insert on gate.governed to eh_owner;

create type gate.facts as (
    stage smallint, involved smallint[], workers integer[], lead_no integer,
    consent_until date, facts_until date, restricted smallint, allowed integer[]
);

-- Everybody who is the same person: the anchor at the root of the merge links and all merged into it.
create function gate.same_person(p uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp
as $$
    with recursive up as (
        select id, merged_into_id from sharing_agreements_person where id = p
        union
        select x.id, x.merged_into_id from sharing_agreements_person x join up on x.id = up.merged_into_id
    ), root as (
        select id from up where merged_into_id is null
    ), down as (
        select id from root
        union
        select x.id from sharing_agreements_person x join down on x.merged_into_id = down.id
    )
    select coalesce(array_agg(id order by id), '{}') from down
$$;

-- The facts of one person as the base rows say on a day. Merged anchors share their facts.
create function gate.facts_of(ids uuid[], on_day date) returns sharing_agreements_personfacts
language sql stable security definer set search_path = public, pg_temp
as $$
    with active as (
        select i.*, g.no as agency_no, p.no as practitioner_no
          from sharing_agreements_involvement i
          join sharing_agreements_agency g on g.id = i.agency_id
          left join sharing_agreements_practitioner p on p.id = i.practitioner_id
         where i.person_id = any(ids) and i.starts_on <= on_day and (i.ends_on is null or i.ends_on >= on_day)
    )
    select ids[1],
           coalesce((select s.stage from sharing_agreements_stagechange s where s.person_id = any(ids)
                      order by s.changed_at desc, s.id desc limit 1), 0)::smallint,
           coalesce((select array_agg(distinct a.agency_no order by a.agency_no) from active a), '{}')::smallint[],
           coalesce((select array_agg(distinct a.practitioner_no order by a.practitioner_no) from active a
                      where a.practitioner_no is not null), '{}')::integer[],
           (select a.practitioner_no from active a where a.reason = 'lead' order by a.added_at desc, a.id desc limit 1),
           (select c.until from sharing_agreements_sharingconsent c where c.person_id = any(ids)
             order by c.recorded_at desc, c.id desc limit 1),
           coalesce(least((select min(a.ends_on) from active a),
                          (select min(i.starts_on) - 1 from sharing_agreements_involvement i
                            where i.person_id = any(ids) and i.starts_on > on_day
                              and (i.ends_on is null or i.ends_on >= i.starts_on))), '9999-12-31'),
           exists (select from sharing_agreements_restrictedperson r
                    where r.person_id = any(ids) and r.lifted_at is null),
           exists (select from sharing_agreements_hiddenaddress h
                    where h.person_id = any(ids) and h.lifted_at is null)
$$;

-- What a governed row about these people carries. A row with a main person takes that person's involvement,
-- stage and consent (so a sibling's row is not carried along); a row about several takes the union of
-- involvement, the first stage in order of precedence, and agreement only where all agree.
-- restricted: 1 somebody it is about is restricted, 2 it locates somebody whose address is hidden.
-- allowed: who may read the row nevertheless, being on the allow-list of everybody who closes it (django-guardian,
-- direct key); NULL where nobody does. A policy that looks here needs no list of closed people.
create function gate.facts_for(about uuid[], main uuid, kind smallint) returns gate.facts
language sql stable security definer set search_path = public, pg_temp
as $$
    with f as (
        select * from sharing_agreements_personfacts
         where person_id = any(case when main is null then about else array[main] end)
    ), everybody as (
        select * from sharing_agreements_personfacts where person_id = any(about)
    ), closings as (
        select gate.same_person(person_id) as people, 'see_restricted' as needs from everybody where everybody.restricted
        union all
        select gate.same_person(person_id), 'see_hidden_address' from everybody where kind = 2 and address_hidden
    )
    select coalesce((select stage from f order by array_position('{3,4,5,2,1,6,0}'::smallint[], stage) limit 1), 0)::smallint,
           coalesce((select array_agg(distinct n order by n) from f, unnest(f.involved) n), '{}'),
           coalesce((select array_agg(distinct n order by n) from f, unnest(f.workers) n), '{}'),
           (select lead_no from f where lead_no is not null order by person_id limit 1),
           case when exists (select from f) and not exists (select from f where consent_until is null)
                then (select min(consent_until) from f) end,
           coalesce((select min(facts_until) from f), '9999-12-31'),
           (case when exists (select from everybody where everybody.restricted) then 1 else 0 end
            + case when kind = 2 and exists (select from everybody where address_hidden) then 2 else 0 end)::smallint,
           case when exists (select from closings) then array(
               select w.no from sharing_agreements_practitioner w
                where w.id in (select o.user_id from sharing_agreements_personuserobjectpermission o
                                where o.content_object_id in (select unnest(c.people) from closings c))
                  and not exists (
                      select from closings c
                       where not exists (
                           select from sharing_agreements_personuserobjectpermission o
                             join auth_permission a on a.id = o.permission_id and a.codename = c.needs
                            where o.user_id = w.id and o.content_object_id = any(c.people)))
                order by w.no) end
$$;

revoke execute on function gate.facts_of(uuid[], date) from public;
revoke execute on function gate.facts_for(uuid[], uuid, smallint) from public;

-- Lock the facts of these people and of everybody they are merged with, in one order; returns them all. A merge
-- that commits while we wait makes the group larger, so look again until it stays the same.
create function gate.lock_people(people uuid[]) returns uuid[]
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    ids uuid[];
    before uuid[];
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'facts are changed under READ COMMITTED only' using errcode = '25000';
    end if;
    loop
        select coalesce(array_agg(distinct m order by m), '{}') into ids
          from unnest(people) p, unnest(gate.same_person(p)) m;
        if ids = before then
            return ids;
        end if;
        perform from sharing_agreements_personfacts where person_id = any(ids) order by person_id for update;
        before := ids;
    end loop;
end
$$;
revoke execute on function gate.lock_people(uuid[]) from public;

-- A person's facts row is born with the anchor.
create function gate.person_born() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    insert into sharing_agreements_personfacts
        (person_id, stage, involved, workers, facts_until, restricted, address_hidden)
    values (new.id, 0, '{}', '{}', '9999-12-31', false, false);
    return null;
end
$$;

-- Stamp a governed row on insert: overwrite whatever the app sent for the facts. TG_ARGV: kind or ''.
create function gate.stamp() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    facts gate.facts;
    known integer;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'governed rows are written under READ COMMITTED only' using errcode = '25000';
    end if;
    if tg_argv[0] <> '' then
        new.kind := tg_argv[0]::smallint;
    end if;
    if new.kind not between 1 and 31 then
        raise exception 'a governed row needs a kind from 1 to 31' using errcode = '23514';
    end if;
    new.about := array(select distinct p from unnest(new.about || new.person_id) p where p is not null order by p);
    if c[1] = 'p' then
        new.author_id := c[4]::uuid;
        new.team_no := nullif(c[8]::integer, 0);
    end if;
    new.owner_no := (select no from sharing_agreements_agency where id = new.owner_id);
    new.author_no := (select no from sharing_agreements_practitioner where id = new.author_id);
    new.sent_to_no := (select no from sharing_agreements_agency where id = new.sent_to_id);
    new.sent_to_practitioner_no := (select no from sharing_agreements_practitioner where id = new.sent_to_practitioner_id);
    if new.kind = 4 and new.sent_to_id is not null
       and not exists (select from sharing_agreements_agency where id = new.sent_to_id and type = 'hub') then
        raise exception 'the hub-only box is sent to a hub only' using errcode = '23514';
    end if;
    perform from sharing_agreements_personfacts where person_id = any(new.about) order by person_id for share;
    get diagnostics known = row_count;
    if known <> cardinality(new.about) then
        raise exception 'a governed row is about people with an anchor only' using errcode = '23503';
    end if;
    facts := gate.facts_for(new.about, new.person_id, new.kind);
    new.stage := facts.stage;
    new.involved := facts.involved;
    new.workers := facts.workers;
    new.lead_no := facts.lead_no;
    new.consent_until := facts.consent_until;
    new.facts_until := facts.facts_until;
    new.restricted := facts.restricted;
    new.allowed := facts.allowed;
    new.bit := (new.owner_no * 32 + new.kind) * 16 + facts.stage * 2;
    if not exists (select from gate.holder where agency_no = new.owner_no) then
        insert into gate.holder values (new.owner_no) on conflict do nothing;
    end if;
    if new.sent_to_no is not null and not exists (select from gate.holder where agency_no = new.sent_to_no) then
        insert into gate.holder values (new.sent_to_no) on conflict do nothing;
    end if;
    return new;
end
$$;

-- Recompute these people's facts and fan them out to every governed row about them. Volatile, and each
-- statement reads afresh: the lock alone would leave stale rows.
create function gate.refresh_people(people uuid[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    ids constant uuid[] := gate.lock_people(people);
    one uuid;
    governed record;
begin
    foreach one in array ids loop
        update sharing_agreements_personfacts f
           set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, address_hidden) =
               (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                       x.address_hidden
                  from gate.facts_of(gate.same_person(one), gate.today()) x)
         where f.person_id = one;
    end loop;
    for governed in select table_name from gate.governed order by table_name loop
        -- A row about several people is reached from each of them, by changes that hold different locks. Take it
        -- first, in one order, and compute in a later statement: an update that waited for another change goes on
        -- with its own old snapshot and would put the other person's old facts back.
        execute format('select from %I r where r.about && $1 and cardinality(r.about) > 1 order by r.id for update',
                       governed.table_name) using ids;
        execute format($sql$
            update %I r
               set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, allowed) =
                   (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                           x.allowed
                      from gate.facts_for(r.about, r.person_id, r.kind) x)
             where r.about && $1 $sql$, governed.table_name) using ids;
        execute format('update %I r set bit = (owner_no * 32 + kind) * 16 + stage * 2
                         where r.about && $1 and bit <> (owner_no * 32 + kind) * 16 + stage * 2',
                       governed.table_name) using ids;
    end loop;
end
$$;
revoke execute on function gate.refresh_people(uuid[]) from public;

-- People whose facts ran out (an involvement began or ended by date). Called by the worker every few minutes;
-- until then an expired row counts as nobody involved, so lateness closes access and never opens it.
create function gate.refresh_expired(most integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare ids uuid[];
begin
    select array_agg(person_id) into ids
      from (select person_id from sharing_agreements_personfacts where facts_until < gate.today()
             order by person_id limit most) x;
    if ids is null then
        return 0;
    end if;
    perform gate.refresh_people(ids);
    return cardinality(ids);
end
$$;
revoke execute on function gate.refresh_expired(integer) from public;
grant execute on function gate.refresh_expired(integer) to eh_worker, eh_owner;

-- Governed rows whose facts differ from what the base rows say today. `manage.py verify_facts` wants none.
-- One statement over every table, so that each distinct set of people is computed once, however many rows and
-- tables are about it (and in FROM: `(f(x)).*` would compute it again for every column).
create function gate.wrong_facts() returns table (table_name text, id uuid)
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    every_set text;
    every_check text;
begin
    return query
    select 'sharing_agreements_personfacts', f.person_id
      from sharing_agreements_personfacts f,
           lateral gate.facts_of(gate.same_person(f.person_id), gate.today()) x
     where (f.stage, f.involved, f.workers, f.lead_no, f.consent_until, f.restricted, f.address_hidden)
           is distinct from (x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.restricted, x.address_hidden)
        or f.facts_until is distinct from x.facts_until;
    select string_agg(format('select about, person_id, kind = 2 as locates from %I', g.table_name), ' union '),
           string_agg(format($sql$
            select %1$L::text, r.id
              from %1$I r
              join sharing_agreements_agency a on a.id = r.owner_id
              join sets x on x.about = r.about and x.person_id is not distinct from r.person_id
               and x.locates = (r.kind = 2)
             where (r.stage, r.involved, r.workers, r.lead_no, r.consent_until, r.facts_until, r.restricted, r.allowed)
                   is distinct from (x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                                     x.allowed)
                or r.owner_no <> a.no
                or r.author_no is distinct from
                   (select w.no from sharing_agreements_practitioner w where w.id = r.author_id)
                or r.sent_to_no is distinct from
                   (select s.no from sharing_agreements_agency s where s.id = r.sent_to_id)
                or r.sent_to_practitioner_no is distinct from
                   (select w.no from sharing_agreements_practitioner w where w.id = r.sent_to_practitioner_id)
                or r.bit <> (r.owner_no * 32 + r.kind) * 16 + r.stage * 2
                or (r.person_id is not null and not r.person_id = any(r.about)) $sql$, g.table_name),
            ' union all ')
      into every_set, every_check
      from gate.governed g;
    return query execute format($sql$
        with sets as materialized (
            select d.about, d.person_id, d.locates, f.*
              from (%s) d, lateral gate.facts_for(d.about, d.person_id, case when d.locates then 2 else 1 end::smallint) f
        )
        %s $sql$, every_set, every_check);
end
$$;
revoke execute on function gate.wrong_facts() from public;
grant execute on function gate.wrong_facts() to eh_worker, eh_owner;

-- Somebody comes onto an allow-list or leaves it: every row about that person follows at once.
create function gate.allow_list_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    if tg_op <> 'INSERT' then
        perform gate.refresh_people(array[old.content_object_id]);
    end if;
    if tg_op <> 'DELETE' then
        perform gate.refresh_people(array[new.content_object_id]);
    end if;
    return null;
end
$$;

set local role eh_owner;
create trigger allow_list_changed after insert or update or delete on sharing_agreements_personuserobjectpermission
    for each row execute function gate.allow_list_changed();
create trigger person_born after insert on sharing_agreements_person
    for each row execute function gate.person_born();
