-- Who may be one person: for the matching jobs, over everybody. One row per pair, best accounts first, with how the
-- two agree and what it weighs. A restricted child is matched like any other and never "not known".

set local role eh_gate;

-- A first line by its number and the sound of the first word after it: 12 Mill Lane and 12, Mil Lane are worth comparing.
create function gate.line_key(folded text) returns text
language sql immutable parallel safe
as $$
    select coalesce(substring(folded from '(?:^| )([0-9]+[a-z]?)(?: |$)'), '') || ' '
        || coalesce(gate.sound(substring(folded from '(?:^| )([a-z]{2,})')), '')
$$;

-- A postcode by its signs in order: one with two of them the other way round is worth comparing.
create function gate.postcode_key(code text) returns text
language sql immutable parallel safe
as $$ select string_agg(x, '' order by x) from unnest(string_to_array(gate.folded_postcode(code), null)) x $$;

drop function gate.match_people(uuid[]);

-- What is known of the accounts of these people beside their names: of each identity its numbers, of each person the
-- homes. Jobs only, like everything that reads it.
create function gate.match_people(people uuid[])
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

create index sharing_agreements_address_code_key on sharing_agreements_address (gate.postcode_key(postcode)) where postcode <> '';
create index sharing_agreements_address_line on sharing_agreements_address (gate.line_key(folded)) where folded <> '';
create index sharing_agreements_address_uprn on sharing_agreements_address (uprn) where uprn <> '';
create index sharing_agreements_identitydetail_nhs on sharing_agreements_identitydetail (gate.nhs_number(nhs_number));
create index sharing_agreements_identitydetail_upn on sharing_agreements_identitydetail (gate.upn(upn));
create index sharing_agreements_identitydetail_phone on sharing_agreements_identitydetail (gate.phone_end(phone));
