-- "Is this child already known?" in half the time: the same question, asked of fewer people. A day of birth, a common
-- name or a postcode brings some hundreds to mind, and nearly all of them agree in that one fact alone. They are told
-- apart by whole words and days first, which costs next to nothing, and only the most promising are compared in full.
-- Both steps see rows the asker has the right to and no others, so what is closed takes nobody's place.

set local role eh_gate;

-- The same answers as before; the dates are written out once instead of twelve times.
create or replace function gate.born_level(a date, a_how text, b date, b_how text) returns text
language plpgsql immutable parallel safe
as $$
declare
    x text;
    y text;
begin
    if a is null or b is null or 'unknown' in (a_how, b_how) then
        return 'born_unknown';
    elsif a_how = 'due' or b_how = 'due' then
        return case when a_how = b_how and abs(a - b) <= 21 then 'born_due' else 'born_other' end;
    elsif a_how <> 'day' or b_how <> 'day' then
        return case when gate.born_from(a, a_how) <= gate.born_until(b, b_how)
                     and gate.born_from(b, b_how) <= gate.born_until(a, a_how) then 'born_part' else 'born_other' end;
    end if;
    x := to_char(a, 'YYYYMMDD');
    y := to_char(b, 'YYYYMMDD');
    return case
        when a = b then case when right(x, 4) = '0101' then 'born_guess' else 'born_same' end
        when left(x, 4) = left(y, 4) and substr(x, 5, 2) = right(y, 2) and right(x, 2) = substr(y, 5, 2) then 'born_flipped'
        when abs(a - b) = 1 or public.levenshtein_less_equal(x, y, 1) = 1 then 'born_mistyped'
        when right(x, 4) = right(y, 4) and abs(a - b) < 4000 or left(x, 6) = left(y, 6)
          or left(x, 4) = left(y, 4) and right(x, 2) = right(y, 2) then 'born_near'
        when left(x, 4) = left(y, 4) and '0101' in (right(x, 4), right(y, 4)) then 'born_part'
        else 'born_other' end;
end
$$;

create or replace function gate.weigh(levels text[], weights jsonb) returns real
language plpgsql immutable parallel safe
as $$
declare
    total double precision := coalesce((weights -> 'start')::double precision, 0);
    code text;
begin
    foreach code in array levels loop
        total := total + coalesce((weights -> code)::double precision, 0);
    end loop;
    return total;
end
$$;

-- How much somebody promises to be whoever is asked for, by whole words and parts of the date alone. Rough: it only
-- orders those who share a key, a home or a telephone, so that the weights need look at the best of them.
create function gate.promise(given text[], others text[], family text[], born_first date, born_last date,
                             b_given text[], b_family text[], b_born date, b_how text) returns integer
language sql immutable parallel safe
as $$
    select case when b_given && given then 3 when b_given && others then 2
                when left(b_given[1], 1) = left(given[1], 1) then 1 when b_given && family then 2 else 0 end
         + case when b_family && family then 3 when left(b_family[1], 1) = left(family[1], 1) then 1
                when b_family && given then 2 else 0 end
         + case when born_first is null or b_born is null then 2
                when b_born between born_first and born_last then case when born_first = born_last then 5 else 4 end
                when b_how <> 'day' and b_born between born_first - 366 and born_last + 366 then 4
                when born_first = born_last
                 and (date_part('year', b_born) = date_part('year', born_first)
                      and (date_part('month', b_born) = date_part('month', born_first)
                           or date_part('day', b_born) = date_part('day', born_first)
                           or date_part('month', b_born) = date_part('day', born_first)
                           or date_part('doy', b_born) = 1)
                      or date_part('month', b_born) = date_part('month', born_first)
                     and date_part('day', b_born) = date_part('day', born_first)) then 3
                else 0 end
$$;

create or replace function gate.find_child(asked_given text, asked_family text, born_first date, born_last date,
                                           asked_place text, asked_phone text, most integer)
returns table (person_id uuid, identity_id uuid, levels text[], score real)
language plpgsql stable security definer parallel restricted
-- Pages come from the memory of the machine: handing each to a helper that reads ahead takes longer than reading it.
set search_path = public, pg_temp set effective_io_concurrency = 0
as $$
declare
    compared constant integer := 60;  -- a family of accounts of one child fits, several times over
    given constant text[] := gate.name_words(asked_given);
    family constant text[] := gate.name_words(asked_family);
    others constant text[] := gate.variants(given);
    how constant text := case when born_first is null then 'unknown' when born_first = born_last then 'day' else 'range' end;
    years constant integer[] := case when born_first is null then '{}' else array(
        select generate_series(extract(year from born_first)::int, extract(year from born_last)::int)) end;
    keys integer[] := gate.match_keys(given || others, family, case how when 'day' then born_first end, how);
    line constant text := gate.folded_line(asked_place);
    code constant text := gate.folded_postcode(asked_place);
    is_code constant boolean := code ~ '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$';
    phone constant text := gate.phone_end(asked_phone);
    facts constant integer := (given || family <> '{}')::int + (born_first is not null)::int + (line <> '')::int
                              + (phone is not null)::int;
    nobody constant text := 'select null::uuid where false';
    weights constant sharing_agreements_matchweights := gate.match_weights();
    y integer;
begin
    if not gate.any_right() or facts < 2 then
        return;
    end if;
    if how = 'range' then
        foreach y in array years loop
            keys := keys || gate.match_keys(given || others, family, make_date(y, 1, 1), 'year');
        end loop;
    end if;
    -- What was not asked for is left out: planning its policy would take longer than all the rest.
    return query execute format($sql$
        with place (person_id) as materialized (%1$s), rung (identity_id) as materialized (%2$s), found as materialized (
            select i.id, i.person_id, i.given_words, i.family_words, i.born_on, i.born_precision,
                   i.person_id = any(array(select p.person_id from place p)) as is_there,
                   i.id = any(array(select r.identity_id from rung r)) as is_rung
              from sharing_agreements_identity i
             where (i.match_keys && $1 %3$s %4$s) and %5$s and %6$s
             order by gate.promise($2, $3, $7, $8, $9, i.given_words, i.family_words, i.born_on, i.born_precision)
                      + case when i.person_id = any(array(select p.person_id from place p)) then 3 else 0 end
                      + case when i.id = any(array(select r.identity_id from rung r)) then 3 else 0 end desc, i.person_id
             limit $13
        ), level as materialized (
            select f.id, f.person_id,
                   gate.name_levels($2, $3, $7, f.given_words, f.family_words)
                   || case when $8::date is null or f.born_on is null or f.born_precision = 'unknown' then 'born_unknown'
                           when $8 = $9 then gate.born_level($8, 'day', f.born_on, f.born_precision)
                           when gate.born_from(f.born_on, f.born_precision) <= $9
                            and gate.born_until(f.born_on, f.born_precision) >= $8 then 'born_part'
                           else 'born_other' end
                   || case when $4 = '' then '{}' when not f.is_there then '{line_unknown}'
                           when $14 then '{postcode_same}' else '{line_same}' end::text[]
                   || case when f.is_rung then 'phone_same' else 'phone_unknown' end as levels
              from found f
        ), weighed as materialized (
            select l.*, gate.weigh(l.levels, $10) as score from level l
        )
        select * from (
            select distinct on (w.person_id) w.person_id, w.id, w.levels, w.score from weighed w where w.score >= $11
             order by w.person_id, w.score desc, w.id) best
         order by best.score desc, best.person_id
         limit least($12, 50) $sql$,
        case when line = '' then nobody else format(
            'select a.person_id from sharing_agreements_address a where %s and %s and %s',
            case when is_code then 'gate.folded_postcode(a.postcode) = $5 and a.postcode <> '''''
                 else 'a.folded like $4 || ''%'' and a.folded <> ''''' end, gate.predicate(2), gate.denial()) end,
        case when phone is null then nobody else format(
            'select d.identity_id from sharing_agreements_identitydetail d where gate.phone_end(d.phone) = $6 and %s and %s',
            gate.predicate(3), gate.denial()) end,
        case when line <> '' then 'or i.person_id = any(array(select p.person_id from place p))' else '' end,
        case when phone is not null then 'or i.id = any(array(select r.identity_id from rung r))' else '' end,
        gate.predicate(1), gate.denial())
      using keys, given, others, line, code, phone, family, born_first, born_last, weights.weights, weights.show_from, most,
            compared, is_code;
end
$$;

set local role eh_owner;
