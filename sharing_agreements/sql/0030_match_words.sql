-- What a name is looked up by. Each identity keeps the words of its names and a handful of keys; two accounts that
-- share a key are worth comparing. Keys are coarse on purpose: they only choose whom to compare, the weights decide.

set local role eh_owner;
alter table sharing_agreements_identity
    add column given_words text[] not null default '{}',
    add column family_words text[] not null default '{}',
    add column match_keys integer[] not null default '{}';

-- Names that stand for one another. Rows are edited by administrators: nothing is kept that was made from them.
alter table sharing_agreements_namevariant enable row level security;
alter table sharing_agreements_namevariant force row level security;
create policy anyone_acting on sharing_agreements_namevariant for select to eh_web, eh_worker
    using ((select gate.claims()) is not null);
create policy administrators_add on sharing_agreements_namevariant for insert to eh_web
    with check ((select gate.claim(9)) = 'administrator');
create policy administrators_remove on sharing_agreements_namevariant for delete to eh_web
    using ((select gate.claim(9)) = 'administrator');
create policy gate_sees_all on sharing_agreements_namevariant to eh_gate using (true) with check (true);
create policy maintenance on sharing_agreements_namevariant to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));
grant select, insert, delete on sharing_agreements_namevariant to eh_web;
grant select on sharing_agreements_namevariant to eh_worker, eh_gate;
grant select on sharing_agreements_matchweights to eh_web, eh_worker, eh_gate;

set local role eh_gate;

-- Letters of other scripts that have one reading in English. What unaccent knows is left to it.
create function gate.latin(words text) returns text
language sql immutable parallel safe
as $$
    select translate(
        replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(words, '')),
            'щ', 'shch'), 'ш', 'sh'), 'ч', 'ch'), 'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ю', 'yu'), 'я', 'ya'),
        'абвгґдезиіїйклмнопрстуфыэєёαβγδεζηικλμνοπρσςτυω', 'abvggdeziiiyklmnoprstufyeeeavgdeziiklmnoprsstyo')
$$;

-- The words of a name in its order, then the whole in one word when there are several: Smith-Jones is smith, jones,
-- smithjones, and meets Smith, Jones Smith and Smithjones.
create function gate.name_words(words text) returns text[]
language plpgsql immutable parallel safe
as $$
declare
    plain constant text := gate.folded(gate.latin(words));
    found constant text[] := string_to_array(plain, ' ');
begin
    return case when plain = '' then '{}' when cardinality(found) = 1 then found
                else found || replace(plain, ' ', '') end;
end
$$;

-- How a word sounds; the word itself where the rules of sound say nothing.
create function gate.sound(word text) returns text
language sql immutable parallel safe
as $$ select coalesce(nullif(public.dmetaphone(word), ''), word) $$;

-- The calendar years that a part-known date may lie in.
create function gate.born_years(born_on date, how text) returns integer[]
language sql immutable parallel safe
as $$
    select case when born_on is null or how in ('unknown', 'due') then '{}'
                when how in ('day', 'month', 'year') then array[extract(year from born_on)::int]
                else array(select generate_series(extract(year from gate.born_from(born_on, how))::int,
                                                  extract(year from gate.born_until(born_on, how))::int)) end
$$;

-- Keys: both names by sound, in either order; the exact day, day and month in either order; a year with one name by
-- sound and the first letter of the other. 1 January is a guess until somebody says otherwise, and is no key.
create function gate.match_keys(given text[], family text[], born_on date, how text) returns integer[]
language plpgsql immutable parallel safe
as $$
declare
    keys integer[] := '{}';
    years constant integer[] := gate.born_years(born_on, how);
    a text;
    b text;
    y integer;
    a_sound text;
    b_sound text;
begin
    if how in ('day', 'due') and to_char(born_on, 'MMDD') <> '0101' then
        keys := array[hashtext('b ' || to_char(born_on, 'YYYY ') || least(to_char(born_on, 'MM'), to_char(born_on, 'DD'))
                               || greatest(to_char(born_on, 'MM'), to_char(born_on, 'DD')))];
    end if;
    foreach a in array given loop
        a_sound := gate.sound(a);
        foreach b in array family loop
            b_sound := gate.sound(b);
            keys := keys || hashtext('n ' || least(a_sound, b_sound) || ' ' || greatest(a_sound, b_sound));
            foreach y in array years loop
                keys := keys || hashtext('f ' || y || ' ' || b_sound || ' ' || left(a, 1))
                             || hashtext('g ' || y || ' ' || a_sound || ' ' || left(b, 1));
            end loop;
        end loop;
    end loop;
    return keys;
end
$$;

-- Every name that one of these may stand for or be called, themselves not counted.
create function gate.variants(names text[]) returns text[]
language sql stable parallel safe security definer set search_path = public, pg_temp
as $$
    with root as (
        select unnest(names) as name
        union select v.stands_for from sharing_agreements_namevariant v where v.name = any(names)
    )
    select coalesce(array_agg(distinct x.name), '{}')
      from (select name from root union select v.name from sharing_agreements_namevariant v join root on v.stands_for = root.name) x
     where x.name <> all(names)
$$;

create or replace function gate.fold_identity() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.search_text := gate.folded(concat_ws(' ', new.given_name, new.known_as, new.family_name));
    new.given_words := gate.name_words(new.given_name) || gate.name_words(new.known_as);
    new.family_words := gate.name_words(new.family_name);
    new.match_keys := gate.match_keys(new.given_words, new.family_words, new.born_on, new.born_precision);
    return new;
end
$$;

set local role eh_owner;

drop trigger fold on sharing_agreements_identity;
create trigger fold
    before insert or update of given_name, family_name, known_as, born_on, born_precision on sharing_agreements_identity
    for each row execute function gate.fold_identity();

set local earlyhelp.maintenance = 'on';
update sharing_agreements_identity set given_name = given_name;
reset earlyhelp.maintenance;

create index sharing_agreements_identity_keys on sharing_agreements_identity using gin (match_keys);
