-- How two accounts of a person agree, field by field. Each function answers a code that is a key of the weights and a
-- sentence on the screen; none of them knows a weight.

set local role eh_gate;

-- Two words that somebody may have mistyped for one another: one letter, or two in a long word.
create function gate.mistyped(a text, b text) returns boolean
language sql immutable parallel safe
as $$
    select public.levenshtein_less_equal(left(a, 60), left(b, 60), 2) <= case when least(length(a), length(b)) >= 6 then 2
                                                                       when least(length(a), length(b)) >= 3 then 1
                                                                       else 0 end
$$;

create function gate.given_level(a text[], a_variants text[], b text[]) returns text
language plpgsql immutable parallel safe
as $$
begin
    return case
        when cardinality(a) = 0 or cardinality(b) = 0 then 'given_unknown'
        when a[1] = b[1] then 'given_same'
        when a && b then 'given_part'
        when a_variants && b then 'given_variant'
        when 1 in (length(a[1]), length(b[1])) and left(a[1], 1) = left(b[1], 1) then 'given_initial'
        when gate.mistyped(a[1], b[1]) then 'given_mistyped'
        when gate.sound(a[1]) = gate.sound(b[1]) then 'given_sounds'
        when public.similarity(a[1], b[1]) >= 0.3 then 'given_near'
        else 'given_other' end;
end
$$;

create function gate.family_level(a text[], b text[]) returns text
language plpgsql immutable parallel safe
as $$
declare
    a_whole constant text := a[cardinality(a)];
    b_whole constant text := b[cardinality(b)];
begin
    return case
        when a_whole is null or b_whole is null then 'family_unknown'
        when a_whole = b_whole or a[1:2] @> b[1:2] and b[1:2] @> a[1:2] then 'family_same'
        when a && b then 'family_part'
        when gate.mistyped(a_whole, b_whole) then 'family_mistyped'
        when gate.sound(a_whole) = gate.sound(b_whole) then 'family_sounds'
        when public.similarity(a_whole, b_whole) >= 0.3 then 'family_near'
        else 'family_other' end;
end
$$;

-- Both names together, because somebody may have written each in the other's box.
create function gate.name_levels(a_given text[], a_variants text[], a_family text[], b_given text[], b_family text[])
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
       and gate.mistyped(a_given[1], b_family[cardinality(b_family)])
       and gate.mistyped(a_family[cardinality(a_family)], b_given[1]) then
        return '{given_swapped,family_swapped}';
    end if;
    return found;
end
$$;

create function gate.born_level(a date, a_how text, b date, b_how text) returns text
language plpgsql immutable parallel safe
as $$
begin
    return case
        when a is null or b is null or 'unknown' in (a_how, b_how) then 'born_unknown'
        when a_how = 'due' or b_how = 'due' then
            case when a_how = b_how and abs(a - b) <= 21 then 'born_due' else 'born_other' end
        when a_how <> 'day' or b_how <> 'day' then
            case when gate.born_from(a, a_how) <= gate.born_until(b, b_how)
                  and gate.born_from(b, b_how) <= gate.born_until(a, a_how) then 'born_part' else 'born_other' end
        when a = b then case when to_char(a, 'MMDD') = '0101' then 'born_guess' else 'born_same' end
        when to_char(a, 'YYYYMMDD') = to_char(b, 'YYYYDDMM') then 'born_flipped'
        when public.levenshtein(to_char(a, 'YYYYMMDD'), to_char(b, 'YYYYMMDD')) = 1 or abs(a - b) = 1 then 'born_mistyped'
        when to_char(a, 'MMDD') = to_char(b, 'MMDD') and abs(a - b) < 4000
          or to_char(a, 'YYYYMM') = to_char(b, 'YYYYMM')
          or to_char(a, 'YYYYDD') = to_char(b, 'YYYYDD') then 'born_near'
        when '0101' in (to_char(a, 'MMDD'), to_char(b, 'MMDD')) and extract(year from a) = extract(year from b) then 'born_part'
        else 'born_other' end;
end
$$;

create function gate.line_level(a text[], b text[]) returns text
language plpgsql immutable parallel safe
as $$
declare
    alike real;
begin
    if a is null or b is null then
        return 'line_unknown';
    elsif a && b then
        return 'line_same';
    end if;
    if cardinality(a) = 1 and cardinality(b) = 1 then
        alike := public.similarity(a[1], b[1]);
    else
        select max(public.similarity(x, y)) into alike from unnest(a) x, unnest(b) y;
    end if;
    return case when alike >= 0.6 then 'line_mistyped' when alike >= 0.35 then 'line_near' else 'line_other' end;
end
$$;

-- One sign other, or two neighbours the other way round.
create function gate.slipped(a text, b text) returns boolean
language plpgsql immutable parallel safe
as $$
declare
    far constant integer := public.levenshtein_less_equal(a, b, 2);
    at integer := 1;
begin
    if length(a) <> length(b) or far > 2 then
        return false;
    elsif far = 1 then
        return true;
    end if;
    while substr(a, at, 1) = substr(b, at, 1) and at < length(a) loop
        at := at + 1;
    end loop;
    return substr(a, at, 2) = reverse(substr(b, at, 2));
end
$$;

-- Postcodes in capitals without a space. All but the last three signs are the district of the post.
create function gate.postcode_level(a text[], b text[]) returns text
language plpgsql immutable parallel safe
as $$
begin
    return case
        when a is null or b is null then 'postcode_unknown'
        when a && b then 'postcode_same'
        when cardinality(a) = 1 and cardinality(b) = 1 then
            case when gate.slipped(a[1], b[1]) then 'postcode_mistyped'
                 when left(a[1], -3) = left(b[1], -3) then 'postcode_district' else 'postcode_other' end
        when exists (select from unnest(a) x, unnest(b) y where gate.slipped(x, y)) then 'postcode_mistyped'
        when exists (select from unnest(a) x, unnest(b) y where left(x, -3) = left(y, -3) and length(x) > 3) then 'postcode_district'
        else 'postcode_other' end;
end
$$;

create function gate.town_level(a text[], b text[]) returns text
language plpgsql immutable parallel safe
as $$
begin
    return case
        when a is null or b is null then 'town_unknown'
        when a && b then 'town_same'
        when cardinality(a) = 1 and cardinality(b) = 1 then
            case when public.similarity(a[1], b[1]) >= 0.5 then 'town_mistyped' else 'town_other' end
        when exists (select from unnest(a) x, unnest(b) y where public.similarity(x, y) >= 0.5) then 'town_mistyped'
        else 'town_other' end;
end
$$;

-- Where two people live or lived. NULL where nothing is known. The number of a property, known to both, decides alone.
create function gate.place_levels(a_lines text[], a_codes text[], a_towns text[], a_uprns text[],
                                  b_lines text[], b_codes text[], b_towns text[], b_uprns text[]) returns text[]
language plpgsql immutable parallel safe
as $$
begin
    if a_uprns && b_uprns then
        return '{line_same,postcode_same,town_same}';
    end if;
    return array[gate.line_level(a_lines, b_lines), gate.postcode_level(a_codes, b_codes), gate.town_level(a_towns, b_towns)];
end
$$;

-- A number counts when it passes its own check: what fails is no evidence either way.
create function gate.number_level(field text, a text, b text) returns text
language sql immutable parallel safe
as $$
    select field || case when a is null or b is null then '_unknown' when a = b then '_same' else '_other' end
$$;

-- An NHS number: ten digits, the last one a check (modulus 11), not all alike. NULL when it is none.
create function gate.nhs_number(words text) returns text
language sql immutable parallel safe
as $$
    with d as (select regexp_replace(coalesce(words, ''), '[\s-]', '', 'g') as ten)
    select ten from d
     where ten ~ '^[0-9]{10}$' and ten !~ '^(.)\1*$'
       and (select (11 - sum(substr(ten, i, 1)::int * (11 - i)) % 11) % 11 from generate_series(1, 9) i)
           = substr(ten, 10, 1)::int
$$;

-- A unique pupil number: a check letter (modulus 23) and twelve digits; the last is a letter in a temporary one. NULL
-- when it is none.
create function gate.upn(words text) returns text
language sql immutable parallel safe
as $$
    with d as (select upper(regexp_replace(coalesce(words, ''), '\s', '', 'g')) as upn)
    select upn from d
     where upn ~ '^[A-Z][0-9]{11}[0-9A-Z]$'
       and left(upn, 1) = substr('ABCDEFGHJKLMNPQRTUVWXYZ', 1 + (
               select sum(i * ((position(substr(upn, i, 1) in 'ABCDEFGHJKLMNPQRTUVWXYZ0123456789') - 1) % 23))::int % 23
                 from generate_series(2, 13) i), 1)
$$;

create function gate.phone_end(words text) returns text
language sql immutable parallel safe
as $$ select nullif(right(regexp_replace(coalesce(words, ''), '\D', '', 'g'), 9), '') $$;

-- What follows from several fields together: another first name at the same home is a brother or sister, and born on
-- the same day perhaps a twin.
create function gate.together(levels text[]) returns text[]
language sql immutable parallel safe
as $$
    select case when levels && '{given_other,given_near,given_initial}' and levels && '{line_same,line_mistyped}'
                 and not levels && '{postcode_other,postcode_district}'
                then array['home_other_name'] else '{}' end
        || case when levels && '{given_other,given_near,given_initial}' and levels && '{born_same,born_guess,born_due}'
                 and levels && '{family_same,family_part,family_mistyped}'
                 and not (levels && '{line_other}' and levels && '{postcode_other,postcode_district}')
                then array['may_be_twins'] else '{}' end
$$;

-- The weights in force: of each code, where no code has one it weighs nothing; and from which sum on a pair is shown.
create function gate.match_weights() returns sharing_agreements_matchweights
language sql stable parallel safe security definer set search_path = public, pg_temp
as $$ select w from sharing_agreements_matchweights w order by w.version desc limit 1 $$;

create function gate.weigh(levels text[], weights jsonb) returns real
language plpgsql immutable parallel safe
as $$
declare
    sum real := coalesce((weights ->> 'start')::real, 0);
    code text;
begin
    foreach code in array levels loop
        sum := sum + coalesce((weights ->> code)::real, 0);
    end loop;
    return sum;
end
$$;

set local role eh_owner;
