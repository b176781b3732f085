-- Why two accounts of one person were not offered: the number of a house was compared only as letters of the line, a line
-- that holds the other counted as another, names in each other's box were not seen when one had a slip, nor two letters
-- the other way round in a short name; and a line whose number is wrong or missing had no key.

set local role eh_gate;

-- Two words that somebody may have mistyped for one another: one letter, or two in a long word; or two neighbours the
-- other way round.
create or replace function gate.mistyped(a text, b text) returns boolean
language sql immutable parallel safe
as $$
    select case public.levenshtein_less_equal(left(a, 60), left(b, 60), 2)
               when 0 then true
               when 1 then least(length(a), length(b)) >= 3
               when 2 then least(length(a), length(b)) >= 6
                        or least(length(a), length(b)) >= 3 and gate.slipped(left(a, 60), left(b, 60))
               else false end
$$;

-- Names in each other's box, with a slip in either.
create function gate.are_swapped(a_given text[], a_family text[], b_given text[], b_family text[]) returns boolean
language plpgsql immutable parallel safe
as $$
begin
    return (a_given && b_family or gate.mistyped(a_given[1], b_family[cardinality(b_family)]))
       and (a_family && b_given or gate.mistyped(a_family[cardinality(a_family)], b_given[1]));
end
$$;

create or replace function gate.name_levels(a_given text[], a_variants text[], a_family text[], b_given text[], b_family text[])
returns text[]
language plpgsql immutable parallel safe
as $$
declare
    found text[];
begin
    if a_given && b_family and a_family && b_given and not (a_given && b_given and a_family && b_family) then
        return '{given_swapped,family_swapped}';
    end if;
    found := array[gate.given_level(a_given, a_variants, b_given), gate.family_level(a_family, b_family)];
    if found && '{given_other,given_near}' and found && '{family_other,family_near}'
       and gate.are_swapped(a_given, a_family, b_given, b_family) then
        return '{given_swapped,family_swapped}';
    end if;
    return found;
end
$$;

-- The number of a house in a first line: the first word with a figure in it. NULL where there is none.
create function gate.house_number(line text) returns text
language sql immutable parallel safe
as $$ select substring(line from '(?:^| )([0-9]+[a-z]?)(?: |$)') $$;

create function gate.house_level(a text[], b text[]) returns text
language plpgsql immutable parallel safe
as $$
declare
    x text[];
    y text[];
begin
    if cardinality(a) = 1 and cardinality(b) = 1 then
        return case gate.house_number(a[1]) = gate.house_number(b[1])
               when true then 'house_same' when false then 'house_other' else 'house_unknown' end;
    end if;
    x := array(select gate.house_number(line) from unnest(a) line where gate.house_number(line) is not null);
    y := array(select gate.house_number(line) from unnest(b) line where gate.house_number(line) is not null);
    return case when x = '{}' or y = '{}' then 'house_unknown' when x && y then 'house_same' else 'house_other' end;
end
$$;

create or replace function gate.line_level(a text[], b text[]) returns text
language plpgsql immutable parallel safe
as $$
declare
    alike real;
    part real;
begin
    if a is null or b is null then
        return 'line_unknown';
    elsif a && b then
        return 'line_same';
    end if;
    if cardinality(a) = 1 and cardinality(b) = 1 then
        alike := public.similarity(a[1], b[1]);
        part := greatest(public.word_similarity(a[1], b[1]), public.word_similarity(b[1], a[1]));
    else
        select max(public.similarity(x, y)), max(greatest(public.word_similarity(x, y), public.word_similarity(y, x)))
          into alike, part from unnest(a) x, unnest(b) y;
    end if;
    return case when alike >= 0.6 then 'line_mistyped' when part >= 0.7 then 'line_part'
                when alike >= 0.35 then 'line_near' else 'line_other' end;
end
$$;

create or replace function gate.place_levels(a_lines text[], a_codes text[], a_towns text[], a_uprns text[],
                                             b_lines text[], b_codes text[], b_towns text[], b_uprns text[]) returns text[]
language plpgsql immutable parallel safe
as $$
begin
    if a_uprns && b_uprns then
        return '{line_same,house_same,postcode_same,town_same}';
    end if;
    return array[gate.line_level(a_lines, b_lines), gate.house_level(a_lines, b_lines),
                 gate.postcode_level(a_codes, b_codes), gate.town_level(a_towns, b_towns)];
end
$$;

-- As before, and that neither name can be compared: much else must agree then.
create or replace function gate.together(levels text[]) returns text[]
language sql immutable parallel safe
as $$
    select case when levels && '{given_other,given_near,given_initial}' and levels && '{line_same,line_mistyped}'
                 and not levels && '{postcode_other,postcode_district}'
                then array['home_other_name'] else '{}' end
        || case when levels && '{given_other,given_near,given_initial}' and levels && '{born_same,born_guess,born_due}'
                 and levels && '{family_same,family_part,family_mistyped}'
                 and not (levels && '{line_other}' and levels && '{postcode_other,postcode_district}')
                then array['may_be_twins'] else '{}' end
        || case when levels @> '{given_unknown,family_unknown}' then array['no_name'] else '{}' end
$$;

-- A street by the sound of the first word of the line that is no number, and of the first word of the town: 12 Mill Lane
-- and 21 Mill Lane are worth comparing when something else is alike. NULL where either is missing.
create function gate.street_key(folded text, town text) returns text
language sql immutable parallel safe
as $$
    select gate.sound(substring(folded from '(?:^| )([a-z]{3,})')) || ' '
        || gate.sound(nullif(split_part(gate.folded(town), ' ', 1), ''))
$$;

-- As before, with the street as one more key.
create or replace function gate.match_people(people uuid[])
returns table (person_id uuid, candidate_id uuid, identity_id uuid, levels text[], score real)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    weights constant jsonb := (gate.match_weights()).weights;
    ask_from constant real := (gate.match_weights()).ask_from;
begin
    if gate.job() is null and not gate.in_maintenance() then
        return;
    end if;
    return query
    with one as materialized (
        select distinct gate.same_root(p) as root, m as person_id from unnest(people) p, unnest(gate.same_person(p)) m
    ), asked as materialized (
        select one.root, i.id, i.person_id, i.given_words, gate.variants(i.given_words) as variants, i.family_words,
               i.born_on, i.born_precision, i.sex, i.is_child, i.match_keys
          from one join sharing_agreements_identity i on i.person_id = one.person_id
    ), asked_home as materialized (
        select one.root, split_part(a.folded, '|', 1) as line, gate.folded_postcode(a.postcode) as code,
               gate.postcode_key(a.postcode) as code_key, gate.folded(a.town) as town, a.uprn
          from one join sharing_agreements_address a on a.person_id = one.person_id
    ), asked_number as materialized (
        select asked.id, gate.nhs_number(d.nhs_number) as nhs, gate.upn(d.upn) as upn, gate.phone_end(d.phone) as phone
          from asked join sharing_agreements_identitydetail d on d.identity_id = asked.id
    ), met as (
        select asked.id as asked_id, c.id, c.person_id, false as at_home
          from asked
          join sharing_agreements_identity c
            on c.match_keys && (asked.match_keys || case when asked.variants = '{}' then '{}'::integer[] else
                   gate.match_keys(asked.variants, asked.family_words, asked.born_on, asked.born_precision) end)
        union
        select asked.id, c.id, c.person_id, false
          from asked
          join asked_home h on h.root = asked.root and h.code <> ''
          join sharing_agreements_address a on gate.postcode_key(a.postcode) = h.code_key and a.postcode <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, true
          from asked
          join asked_home h on h.root = asked.root and h.line <> ''
          join sharing_agreements_address a on gate.line_key(a.folded) = gate.line_key(h.line) and a.folded <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, false
          from asked
          join asked_home h on h.root = asked.root and h.line <> ''
          join sharing_agreements_address a on gate.street_key(a.folded, a.town) = gate.street_key(h.line, h.town) and a.folded <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, true
          from asked
          join asked_home h on h.root = asked.root and h.uprn <> ''
          join sharing_agreements_address a on a.uprn = h.uprn and a.uprn <> ''
          join sharing_agreements_identity c on c.person_id = a.person_id
        union
        select asked.id, c.id, c.person_id, false
          from asked
          join asked_number n on n.id = asked.id
          join sharing_agreements_identitydetail d
            on gate.nhs_number(d.nhs_number) = n.nhs or gate.upn(d.upn) = n.upn or gate.phone_end(d.phone) = n.phone
          join sharing_agreements_identity c on c.id = d.identity_id
    ), found as (
        select m.asked_id, m.id, m.person_id, bool_or(m.at_home) as at_home from met m group by 1, 2, 3
    ), compared as materialized (
        select f.asked_id, asked.root, c.id, c.person_id, f.at_home,
               gate.name_levels(asked.given_words, asked.variants, asked.family_words, c.given_words, c.family_words)
                   || gate.born_level(asked.born_on, asked.born_precision, c.born_on, c.born_precision)
                   || case when 'U' in (asked.sex, c.sex) then 'sex_unknown'
                           when asked.sex = c.sex then 'sex_same' else 'sex_other' end as levels
          from found f
          join asked on asked.id = f.asked_id
          join sharing_agreements_identity c on c.id = f.id
         where asked.is_child = c.is_child and asked.person_id <> c.person_id
    ), other as materialized (
        -- Neighbours with nothing else alike are no candidates.
        select * from compared c
         where c.at_home or not (c.levels && '{given_other,given_near}' and c.levels @> '{family_other,born_other}')
    ), home as materialized (
        select a.person_id, array_agg(split_part(a.folded, '|', 1)) filter (where a.folded <> '') as lines,
               array_agg(gate.folded_postcode(a.postcode)) filter (where a.postcode <> '') as codes,
               array_agg(gate.folded(a.town)) filter (where a.town <> '') as towns,
               array_agg(a.uprn) filter (where a.uprn <> '') as uprns
          from sharing_agreements_address a
         where a.person_id in (select o.person_id from other o)
         group by 1
    ), number as materialized (
        select d.identity_id as id, gate.nhs_number(d.nhs_number) as nhs, gate.upn(d.upn) as upn, gate.phone_end(d.phone) as phone
          from sharing_agreements_identitydetail d
         where d.identity_id in (select o.id from other o)
    ), own_home as materialized (
        select h.root, array_agg(h.line) filter (where h.line <> '') as lines,
               array_agg(h.code) filter (where h.code <> '') as codes,
               array_agg(h.town) filter (where h.town <> '') as towns,
               array_agg(h.uprn) filter (where h.uprn <> '') as uprns
          from asked_home h group by 1
    ), placed as materialized (
        select o.asked_id, o.root, o.id, o.person_id, o.levels
                   || gate.place_levels(own.lines, own.codes, own.towns, own.uprns,
                                        home.lines, home.codes, home.towns, home.uprns)
                   || gate.number_level('nhs', n.nhs, d.nhs) || gate.number_level('upn', n.upn, d.upn)
                   || gate.number_level('phone', n.phone, d.phone) as levels
          from other o
          left join own_home own on own.root = o.root
          left join home on home.person_id = o.person_id
          left join asked_number n on n.id = o.asked_id
          left join number d on d.id = o.id
    ), weighed as (
        select p.root, p.person_id, p.id, x.levels, gate.weigh(x.levels, weights) as score
          from placed p, lateral (select p.levels || gate.together(p.levels) as levels) x
    )
    select distinct on (w.root, r.candidate) w.root, r.candidate, w.id, w.levels, w.score
      from weighed w, lateral (select gate.same_root(w.person_id) as candidate) r
     where w.score >= ask_from and r.candidate <> w.root
     order by w.root, r.candidate, w.score desc, w.id;
end
$$;

set local role eh_owner;

create index sharing_agreements_address_street on sharing_agreements_address (gate.street_key(folded, town)) where folded <> '';
