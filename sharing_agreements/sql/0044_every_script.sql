-- Names in any script are names. Cyrillic and Greek are read in English letters, as matching did already; letters of
-- every other script are kept as they are. Before this they folded to nothing: a name nobody could look for, and in a
-- conflict of interest a first name alike to every other one in such letters.

set local role eh_gate;

-- Letters of other scripts that have one reading in English; hard and soft signs have none and go.
create or replace function gate.latin(words text) returns text
language sql immutable parallel safe
as $$
    select translate(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(coalesce(words, '')),
            'щ', 'shch'), 'ш', 'sh'), 'ч', 'ch'), 'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ю', 'yu'), 'я', 'ya'),
            'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps'),
        'абвгґдезиіїйклмнопрстуфыэєёαβγδεζηικλμνξοπρσςτυφωάέήίόύώьъ',
        'abvggdeziiiyklmnoprstufyeeeavgdeziiklmnxoprsstyfoaeiioyo')
$$;

-- One normal form of words that are compared: small letters and digits, one space between words.
create or replace function gate.folded(words text) returns text
language sql immutable parallel safe
as $$
    select trim(regexp_replace(
        public.unaccent('public.unaccent'::regdictionary, gate.latin(translate(words, '''’`´', ''))),
        '[^[:alnum:]]+', ' ', 'g'))
$$;

create or replace function gate.name_words(words text) returns text[]
language plpgsql immutable parallel safe
as $$
declare
    plain constant text := gate.folded(words);
    found constant text[] := string_to_array(plain, ' ');
begin
    return case when plain = '' then '{}' when cardinality(found) = 1 then found
                else found || replace(plain, ' ', '') end;
end
$$;

-- As before (sql/0008, sql/0031), but trigrams are made of English letters only: a name in others is looked for by
-- its words, which reads every name once.
create or replace function gate.find_people(asked_name text, born_first date, born_last date, asked_place text,
                                            asked_phone text, most integer)
returns table (person_id uuid, identity_id uuid, likeness real)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    name constant text := gate.folded(asked_name);
    line constant text := gate.folded_line(asked_place);
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
                 where %5$s
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
        gate.predicate(1), gate.denial(), gate.predicate(2), gate.predicate(3),
        case when name ~ '[^a-z0-9 ]' then 'string_to_array($1, '' '') <@ (given_words || family_words)'
             else '($1 = '''' or $1 <% search_text)' end)
      using name, born_first, born_last, line, code, phone, most;
end
$$;

-- As before (sql/0021), but a first name of no letter at all is nobody's.
create or replace function gate.detect_conflicts(people uuid[], practitioner uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
as $$
    insert into sharing_agreements_conflict
        (id, practitioner_id, person_id, reason, declared_at, detected, answer, answered_because)
    select gen_random_uuid(), found.who, found.person_id, '', now(), true, '', ''
      from (select distinct o.practitioner_id as who, i.person_id
              from sharing_agreements_identity i
              join sharing_agreements_owndetails o on o.surnames @> array[gate.folded(i.family_name)]
             where i.person_id = any(people) and (practitioner is null or o.practitioner_id = practitioner)
               and (i.born_on = o.born_on and i.born_precision = 'day' and i.author_id is distinct from o.practitioner_id
                    and nullif(gate.folded(o.given_name), '') in (gate.folded(i.given_name), gate.folded(i.known_as))
                    or exists (select from sharing_agreements_address a
                                where a.person_id = any(gate.same_person(i.person_id))
                                  and o.postcode <> '' and gate.folded_postcode(a.postcode) = o.postcode
                                  and (i.author_id is distinct from o.practitioner_id
                                       or a.author_id is distinct from o.practitioner_id)))) found
     where not exists (select from sharing_agreements_conflict c
                        where c.practitioner_id = found.who and c.person_id = any(gate.same_person(found.person_id)))
$$;

set local role eh_owner;

-- What is kept of such names and addresses is made again.
reindex index sharing_agreements_address_street;
set local earlyhelp.maintenance = 'on';
update sharing_agreements_identity set given_name = given_name
 where concat(given_name, known_as, family_name) ~ '[^\x01-\x7f]';
update sharing_agreements_address set line = line where line ~ '[^\x01-\x7f]';
reset earlyhelp.maintenance;
