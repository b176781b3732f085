-- "Is this child already known?", asked while somebody types: the best few of everybody whom the asker may know of.
-- Whom to compare is chosen only from rows the asker has the right to: by name and birth from an identity at existence
-- level, by place from an address they may read, by telephone from details they may read. So a row that is closed adds
-- no candidate, and its other facts move nobody up.

set local role eh_gate;

create function gate.find_child(asked_given text, asked_family text, born_first date, born_last date, asked_place text,
                                asked_phone text, most integer)
returns table (person_id uuid, identity_id uuid, levels text[], score real)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    given constant text[] := gate.name_words(asked_given);
    family constant text[] := gate.name_words(asked_family);
    others constant text[] := gate.variants(given);
    how constant text := case when born_first is null then 'unknown' when born_first = born_last then 'day' else 'range' end;
    years constant integer[] := case when born_first is null then '{}' else array(
        select generate_series(extract(year from born_first)::int, extract(year from born_last)::int)) end;
    keys integer[] := gate.match_keys(given || others, family, case how when 'day' then born_first end, how);
    line constant text := gate.folded(asked_place);
    code constant text := gate.folded_postcode(asked_place);
    is_code constant boolean := code ~ '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$';
    phone constant text := gate.phone_end(asked_phone);
    facts constant integer := (given || family <> '{}')::int + (born_first is not null)::int + (line <> '')::int
                              + (phone is not null)::int;
    weights constant jsonb := (gate.match_weights()).weights;
    show_from constant real := (gate.match_weights()).show_from;
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
    return query execute format($sql$
        with place as materialized (
            select a.person_id, a.folded, gate.folded_postcode(a.postcode) as code
              from sharing_agreements_address a
             where ((%5$L and gate.folded_postcode(a.postcode) = $5 and a.postcode <> '')
                    or (not %5$L and $4 <> '' and a.folded like $4 || '%%' and a.folded <> ''))
               and %2$s and %4$s
        ), rung as materialized (
            select d.identity_id from sharing_agreements_identitydetail d
             where $6 is not null and gate.phone_end(d.phone) = $6 and %3$s and %4$s
        ), found as materialized (
            select i.id, i.person_id, i.given_words, i.family_words, i.born_on, i.born_precision, i.is_child
              from sharing_agreements_identity i
             where (i.match_keys && $1
                    or i.person_id = any(array(select p.person_id from place p))
                    or i.id = any(array(select r.identity_id from rung r)))
               and %1$s and %4$s
        ), level as (
            select f.id, f.person_id,
                   gate.name_levels($2, $3, $7, f.given_words, f.family_words)
                   || case when $8::date is null or f.born_on is null or f.born_precision = 'unknown' then 'born_unknown'
                           when $8 = $9 then gate.born_level($8, 'day', f.born_on, f.born_precision)
                           when gate.born_from(f.born_on, f.born_precision) <= $9
                            and gate.born_until(f.born_on, f.born_precision) >= $8 then 'born_part'
                           else 'born_other' end
                   || case when $4 = '' then '{}'
                           when not exists (select from place p where p.person_id = f.person_id) then '{line_unknown}'
                           when %5$L then '{postcode_same}' else '{line_same}' end::text[]
                   || case when exists (select from rung r where r.identity_id = f.id) then 'phone_same' else 'phone_unknown' end
                   as levels
              from found f
        ), weighed as (
            select l.*, gate.weigh(l.levels, $10) as score from level l
        )
        select * from (
            select distinct on (w.person_id) w.person_id, w.id, w.levels, w.score from weighed w where w.score >= $11
             order by w.person_id, w.score desc, w.id) best
         order by best.score desc, best.person_id
         limit least($12, 50) $sql$,
        gate.predicate(1), gate.predicate(2), gate.predicate(3), gate.denial(), is_code)
      using keys, given, others, line, code, phone, family, born_first, born_last, weights, show_from, most;
end
$$;

set local role eh_owner;
