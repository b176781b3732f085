-- Finding people by what is known of them. Two doors: gate.find_people for somebody acting (the existence right
-- is tested on the very row that matched), gate.match_people for the matching job (over everybody, so that a
-- restricted child is never "not known"). What people were told apart from is remembered by the app above.

set local role eh_gate;

-- One normal form of a name or a line of an address: no case, accents, apostrophes or punctuation.
create function gate.folded(words text) returns text
language sql immutable parallel safe
as $$
    select trim(regexp_replace(
        lower(public.unaccent('public.unaccent'::regdictionary, translate(coalesce(words, ''), '''’`´', ''))),
        '[^a-z0-9]+', ' ', 'g'))
$$;

create function gate.folded_postcode(words text) returns text
language sql immutable parallel safe
as $$ select upper(regexp_replace(coalesce(words, ''), '[^A-Za-z0-9]', '', 'g')) $$;

create function gate.fold_identity() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.search_text := gate.folded(concat_ws(' ', new.given_name, new.known_as, new.family_name));
    return new;
end
$$;

create function gate.fold_address() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.folded := case when gate.folded(new.line) = '' then ''
                       else left(gate.folded(new.line) || '|' || gate.folded_postcode(new.postcode), 200) end;
    return new;
end
$$;

-- The last day a part-known date may be: the 31st for a month, 31 December for a year; a guess within a year.
create function gate.born_until(born_on date, how text) returns date
language sql immutable parallel safe
as $$
    select case how when 'day' then born_on
                    when 'month' then (date_trunc('month', born_on) + interval '1 month' - interval '1 day')::date
                    when 'year' then (date_trunc('year', born_on) + interval '1 year' - interval '1 day')::date
                    else (born_on + interval '1 year')::date end
$$;

create function gate.born_from(born_on date, how text) returns date
language sql immutable parallel safe
as $$ select case when how in ('day', 'month', 'year') then born_on else (born_on - interval '1 year')::date end $$;

-- How two accounts agree, field by field. The words are the reasons a screener reads; the band is decided above.
create function gate.name_rule(a_given text, a_family text, a_known text, b_given text, b_family text, b_known text)
returns text
language sql immutable parallel safe set search_path = public, pg_temp
as $$
    with f as (
        select gate.folded(a_given) ag, gate.folded(a_family) af, gate.folded(a_known) ak,
               gate.folded(b_given) bg, gate.folded(b_family) bf, gate.folded(b_known) bk
    )
    select case
        when ag || af = '' or bg || bf = '' then 'unknown'
        when ag = bg and af = bf then 'same'
        when af = bf and (ag = '' or bg = '') then 'part'
        when af = bf and (ag = bk or ak = bg or (ak <> '' and ak = bk)) then 'known_as'
        when ag <> '' and ag = bf and af = bg then 'swapped'
        when af = bf and (similarity(ag, bg) >= 0.4 or levenshtein(left(ag, 60), left(bg, 60)) <= 1
                          or dmetaphone(ag) = dmetaphone(bg)) then 'similar'
        when ag = bg and (similarity(af, bf) >= 0.4 or string_to_array(af, ' ') && string_to_array(bf, ' ')
                          or dmetaphone(af) = dmetaphone(bf)) then 'similar'
        when af = bf then 'family'
        else 'different' end
      from f
$$;

create function gate.born_rule(a date, a_how text, b date, b_how text) returns text
language sql immutable parallel safe
as $$
    select case
        when a is null or b is null or 'unknown' in (a_how, b_how) then 'unknown'
        when a_how = 'due' or b_how = 'due' then
            case when a_how = b_how and abs(a - b) <= 21 then 'due' else 'different' end
        when a = b and a_how = 'day' and b_how = 'day' then
            case when extract(month from a) = 1 and extract(day from a) = 1 then 'guess' else 'same' end
        when a_how <> 'day' or b_how <> 'day' then
            case when gate.born_from(a, a_how) <= gate.born_until(b, b_how)
                  and gate.born_from(b, b_how) <= gate.born_until(a, a_how) then 'part' else 'different' end
        when abs(a - b) <= 1
          or (extract(year from a) = extract(year from b) and extract(month from a) = extract(day from b)
              and extract(day from a) = extract(month from b))
          or ((extract(year from a) = extract(year from b))::int + (extract(month from a) = extract(month from b))::int
              + (extract(day from a) = extract(day from b))::int) = 2 then 'close'
        else 'different' end
$$;

create function gate.place_rule(a_lines text[], a_codes text[], b_lines text[], b_codes text[]) returns text
language sql immutable parallel safe
as $$
    select case
        when a_lines && b_lines then 'same_home'
        when a_codes && b_codes then 'same_postcode'
        when cardinality(a_codes) = 0 or cardinality(b_codes) = 0 then 'unknown'
        else 'different' end
$$;

-- How alike two names must be to be looked at (domain D36: about 0.4), for this transaction. Calling similarity first
-- loads the extension, without which its settings may not be set.
create function gate.set_likeness() returns void
language plpgsql volatile set search_path = public, pg_temp
as $$
begin
    perform similarity('a', 'a');
    perform set_config('pg_trgm.similarity_threshold', '0.4', true), set_config('pg_trgm.word_similarity_threshold', '0.4', true);
end
$$;

-- Candidates for some people among everybody else: one row per pair, always the same columns. Jobs only.
create function gate.match_people(people uuid[])
returns table (person_id uuid, candidate_id uuid, identity_id uuid, name_rule text, born_rule text, place_rule text)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if gate.job() is null and not gate.in_maintenance() then
        return;
    end if;
    perform gate.set_likeness();
    return query
    with asked as (
        select p as root, i.*, array(select a.folded from sharing_agreements_address a
                                      where a.person_id = any(gate.same_person(p)) and a.folded <> '') as lines,
               array(select gate.folded_postcode(a.postcode) from sharing_agreements_address a
                      where a.person_id = any(gate.same_person(p)) and a.postcode <> '') as codes
          from unnest(people) p
          join sharing_agreements_identity i on i.person_id = any(gate.same_person(p))
    ), found as (
        select asked.root, c.id
          from asked join sharing_agreements_identity c on c.search_text % asked.search_text and asked.search_text <> ''
        union
        select asked.root, c.id
          from asked
          join sharing_agreements_identity c on c.born_on = asked.born_on and asked.born_precision in ('day', 'due')
           and gate.folded(c.family_name) = gate.folded(asked.family_name)
        union
        select asked.root, c.id
          from asked
          join sharing_agreements_address home on home.folded = any(asked.lines)
          join sharing_agreements_identity c on c.person_id = home.person_id
    ), pair as (
        select asked.root, gate.same_root(c.person_id) as candidate, c.id as identity_id,
               gate.name_rule(asked.given_name, asked.family_name, asked.known_as,
                              c.given_name, c.family_name, c.known_as) as name_is,
               gate.born_rule(asked.born_on, asked.born_precision, c.born_on, c.born_precision) as born_is,
               gate.place_rule(asked.lines, asked.codes,
                   array(select a.folded from sharing_agreements_address a
                          where a.person_id = any(gate.same_person(c.person_id)) and a.folded <> ''),
                   array(select gate.folded_postcode(a.postcode) from sharing_agreements_address a
                          where a.person_id = any(gate.same_person(c.person_id)) and a.postcode <> '')) as place_is,
               asked.is_child <> c.is_child as unlike
          from found
          join asked on asked.root = found.root
          join sharing_agreements_identity c on c.id = found.id
         where not c.person_id = any(gate.same_person(asked.root))
    )
    select distinct on (pair.root, pair.candidate) pair.root, pair.candidate, pair.identity_id,
           pair.name_is, pair.born_is, pair.place_is
      from pair
     where pair.name_is not in ('different', 'unknown') and pair.born_is <> 'different' and not pair.unlike
     order by pair.root, pair.candidate,
              array_position('{same,known_as,swapped,similar,part,family}'::text[], pair.name_is),
              array_position('{same,due,guess,part,close,unknown}'::text[], pair.born_is), pair.identity_id;
end
$$;

-- Find: the identity rows that match every fact given and whose existence this principal may know. Outside the
-- hub two facts at least. Nobody learns anything from a row they have no right to, whatever else is held.
create function gate.find_people(asked_name text, born_first date, born_last date, asked_place text, asked_phone text,
                                 most integer)
returns table (person_id uuid, identity_id uuid, likeness real)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    name constant text := gate.folded(asked_name);
    line constant text := gate.folded(asked_place);
    code constant text := gate.folded_postcode(asked_place);
    phone constant text := right(regexp_replace(coalesce(asked_phone, ''), '\D', '', 'g'), 9);
    facts constant integer := (name <> '')::int + (born_first is not null)::int + (line <> '')::int + (phone <> '')::int;
begin
    if not gate.any_right() or facts = 0
       or (facts < 2 and gate.claim(9) not in ('decision_maker', 'navigator', 'emergency_duty')) then
        return;
    end if;
    perform gate.set_likeness();
    return query execute format($sql$
        select distinct on (found.person_id) found.person_id, found.id, word_similarity($1, found.search_text)
          from (select * from sharing_agreements_identity
                 where ($1 = '' or $1 <%% search_text)
                   and ($2 is null or (born_on is not null and born_precision <> 'unknown'
                        and gate.born_from(born_on, born_precision) <= $3
                        and gate.born_until(born_on, born_precision) >= $2))
                   and %1$s and %2$s) found
         where ($4 = '' or exists (
                    select from (select * from sharing_agreements_address
                                  where (folded like $4 || '%%' or gate.folded_postcode(postcode) = $5)
                                    and %3$s and %2$s) home
                     where home.person_id = any(gate.same_person(found.person_id))))
           and ($6 = '' or exists (
                    select from (select * from sharing_agreements_identitydetail
                                  where right(regexp_replace(phone, '\D', '', 'g'), 9) = $6 and %4$s and %2$s) rung
                     where rung.person_id = any(gate.same_person(found.person_id))))
         order by found.person_id, word_similarity($1, found.search_text) desc, found.id
         limit least($7, 200) $sql$,
        gate.predicate(1), gate.denial(), gate.predicate(2), gate.predicate(3))
      using name, born_first, born_last, line, code, phone, most;
end
$$;

-- What the hub must know of people before it decides: the stage of their case, since when they are kept in touch
-- with, and that an address is hidden. Hub roles and jobs; nothing about people closed to the reader.
create function gate.marks_of(people uuid[])
returns table (person_id uuid, stage smallint, stage_since timestamptz, address_hidden boolean)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare by_job constant boolean := gate.job() is not null or gate.in_maintenance();
begin
    if not by_job and coalesce(gate.claim(9), '') not in ('decision_maker', 'navigator', 'emergency_duty', 'manager', 'coordinator') then
        return;
    end if;
    return query
    select f.person_id, f.stage,
           (select max(s.changed_at) from sharing_agreements_stagechange s where s.person_id = any(gate.same_person(f.person_id))),
           f.address_hidden
      from sharing_agreements_personfacts f
     where f.person_id = any(people)
       and (by_job or not (f.person_id = any(gate.denied_people())
                           or f.person_id = any(gate.closed_people('see_restricted'))));
end
$$;

-- Who may see each restricted person among these; jobs only. A restricted person with an empty list comes back once,
-- with nobody, so that nothing depends on the list being kept.
create function gate.named_people(people uuid[]) returns table (person_id uuid, practitioner_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if gate.job() is null and not gate.in_maintenance() then
        return;
    end if;
    return query
    select f.person_id, o.user_id
      from sharing_agreements_personfacts f
      left join (sharing_agreements_personuserobjectpermission o
                 join auth_permission a on a.id = o.permission_id and a.codename = 'see_restricted')
             on o.content_object_id = any(gate.same_person(f.person_id))
     where f.person_id = any(people) and f.restricted;
end
$$;

set local role eh_owner;

create trigger fold before insert or update of given_name, family_name, known_as on sharing_agreements_identity
    for each row execute function gate.fold_identity();
create trigger fold before insert or update of line, postcode on sharing_agreements_address
    for each row execute function gate.fold_address();
create index sharing_agreements_identity_search on sharing_agreements_identity using gin (search_text gin_trgm_ops);
create index sharing_agreements_identity_born on sharing_agreements_identity (born_on);
create index sharing_agreements_address_folded on sharing_agreements_address (folded) where folded <> '';
create index sharing_agreements_address_postcode on sharing_agreements_address (gate.folded_postcode(postcode)) where postcode <> '';
