-- Every link between two anchors is a row: who said that they are one person, when and why, and who took it back.
-- Rows are never removed. Whoever at the hub may read an account of each of the two reads the link. A link moves one
-- anchor; taking it back moves that anchor alone, whatever was linked since.

set local role eh_owner;
alter table sharing_agreements_personlink enable row level security;
alter table sharing_agreements_personlink force row level security;
create policy hub_reads on sharing_agreements_personlink for select to eh_web
    using ((select gate.claim(9)) in ('decision_maker', 'navigator', 'emergency_duty', 'manager')
           and exists (select from sharing_agreements_identity i where i.person_id = said_id)
           and exists (select from sharing_agreements_identity i where i.person_id = kept_id));
create policy gate_sees_all on sharing_agreements_personlink to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_personlink to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
grant select on sharing_agreements_personlink to eh_web;
grant select, insert, update on sharing_agreements_personlink to eh_gate;

-- Links that were there before they were written down.
set local earlyhelp.maintenance = 'on';
insert into sharing_agreements_personlink (id, said_id, kept_id, moved_id, into_id, linked_at, reason, unlinked_because)
select gen_random_uuid(), id, merged_into_id, id, merged_into_id, now(), 'Linked before links were written down.', ''
  from sharing_agreements_person where merged_into_id is not null;
reset earlyhelp.maintenance;

set local role eh_gate;

drop function gate.link_person(uuid, uuid);
create function gate.link_person(duplicate uuid, kept uuid, why text default '') returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    the_two constant uuid[] := array[duplicate, kept];
    moved uuid;
    into_root uuid;
begin
    perform gate.require_fact_changer(the_two);
    perform gate.one_link_at_a_time();
    perform gate.lock_people(the_two);
    if duplicate = any(gate.same_person(kept)) then
        return;
    end if;
    moved := gate.same_root(duplicate);
    into_root := gate.same_root(kept);
    update sharing_agreements_person set merged_into_id = into_root where id = moved;
    insert into sharing_agreements_personlink
        (id, said_id, kept_id, moved_id, into_id, linked_at, linked_by_id, reason, unlinked_because)
    values (gen_random_uuid(), duplicate, kept, moved, into_root, clock_timestamp(), gate.practitioner_id(), why, '');
    perform gate.refresh_people(the_two);
end
$$;

-- Take back the newest link that was said of this anchor, or that moved it.
drop function gate.unlink_person(uuid);
create function gate.unlink_person(duplicate uuid, why text default '') returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    others uuid[];
    link sharing_agreements_personlink;
begin
    perform gate.one_link_at_a_time();
    others := gate.lock_people(array[duplicate]);
    perform gate.require_fact_changer(others);
    select * into link from sharing_agreements_personlink l
     where duplicate in (l.said_id, l.moved_id) and l.unlinked_at is null
     order by l.linked_at desc limit 1 for update;
    if link.id is null then
        return;
    end if;
    update sharing_agreements_person set merged_into_id = null where id = link.moved_id;
    update sharing_agreements_personlink
       set unlinked_at = clock_timestamp(), unlinked_by_id = gate.practitioner_id(), unlinked_because = why
     where id = link.id;
    perform gate.refresh_people(others);
end
$$;

-- Whom agencies have written of, or changed the names or birth of, since: for the night's list. Jobs only.
create function gate.people_written_since(since timestamptz) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if gate.job() is null and not gate.in_maintenance() then
        return '{}';
    end if;
    return array(select distinct i.person_id from sharing_agreements_identity i
                  where i.recorded_at >= since or i.matched_at >= since);
end
$$;

-- One date rule: what is said of a month is its first day, of a year its first of January, and no date is not known.
create or replace function gate.fold_identity() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.born_on := case new.born_precision when 'month' then date_trunc('month', new.born_on)::date
                                           when 'year' then date_trunc('year', new.born_on)::date
                                           else new.born_on end;
    if new.born_on is null then
        new.born_precision := 'unknown';
    end if;
    new.search_text := gate.folded(concat_ws(' ', new.given_name, new.known_as, new.family_name));
    new.given_words := gate.name_words(new.given_name) || gate.name_words(new.known_as);
    new.family_words := gate.name_words(new.family_name);
    new.match_keys := gate.match_keys(new.given_words, new.family_words, new.born_on, new.born_precision);
    new.matched_at := now();
    return new;
end
$$;

set local role eh_owner;
alter table sharing_agreements_identity add column matched_at timestamptz not null default now();
create index sharing_agreements_identity_matched on sharing_agreements_identity (matched_at);
create index sharing_agreements_identity_recorded on sharing_agreements_identity (recorded_at);

-- One normal form of a first line: short words of an address written out, so that 12 Mill Rd is 12 Mill Road.
set local role eh_gate;
create function gate.folded_line(words text) returns text
language sql immutable parallel safe
as $$
    with word as (
        select w, n, count(*) over () as last
          from unnest(string_to_array(gate.folded(words), ' ')) with ordinality x (w, n) where w <> ''
    )
    select coalesce(string_agg(coalesce(long.word, word.w), ' ' order by word.n), '')
      from word
      left join (values ('rd', 'road'), ('ave', 'avenue'), ('av', 'avenue'), ('ln', 'lane'), ('cl', 'close'), ('dr', 'drive'),
                        ('ct', 'court'), ('cres', 'crescent'), ('gdns', 'gardens'), ('gr', 'grove'), ('pl', 'place'),
                        ('sq', 'square'), ('tce', 'terrace'), ('terr', 'terrace'), ('apt', 'flat'), ('apartment', 'flat'),
                        ('hse', 'house'), ('st', 'street')) long (short, word)
        on long.short = word.w and (word.w <> 'st' or word.n = word.last)
$$;

create or replace function gate.fold_address() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.folded := case when gate.folded(new.line) = '' then ''
                       else left(gate.folded_line(new.line) || '|' || gate.folded_postcode(new.postcode), 200) end;
    return new;
end
$$;

-- What is asked for is read in the same form. Only this word of the two functions changes (sql/0008, sql/0030).
do $$
declare door text;
begin
    foreach door in array array['gate.find_people', 'gate.find_child'] loop
        execute replace(pg_get_functiondef(door::regproc), 'gate.folded(asked_place)', 'gate.folded_line(asked_place)');
    end loop;
end
$$;

set local role eh_owner;
set local earlyhelp.maintenance = 'on';
update sharing_agreements_address set line = line where line <> '';
reset earlyhelp.maintenance;
