-- What may be asked of the disclosure log: who looked at a family, what I looked at, looks that are unusual. No login
-- reads the log; each function answers about what whoever asks may know, and gives nothing to anybody else.

set local role eh_owner;
create index sharing_agreements_disclosure_mine on sharing_agreements_disclosure (practitioner_id, at desc, id desc);
create index sharing_agreements_disclosure_family on sharing_agreements_disclosure (family_id, at desc)
    where family_id is not null;

set local role eh_gate;

-- Looks of practitioners at the records of a family that the acting principal may ask about (gate.rows_to_ask_about),
-- and their own agency's looks at its pages, refused ones too.
create function gate.looks_at(family uuid) returns setof sharing_agreements_disclosure
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare asked_about constant uuid[] := array(select f.id from unnest(gate.rows_to_ask_about(family)) f);
begin
    if cardinality(asked_about) = 0 then
        return;
    end if;
    return query
    select d.* from sharing_agreements_disclosure d
     where d.practitioner_id is not null
       and (d.record_ids && asked_about
            or (d.family_id = looks_at.family and d.agency_id = (gate.claim(7))::uuid));
end
$$;
revoke execute on function gate.looks_at(uuid) from public;

-- By agency, for whoever works with the family. Sensitive agencies are for managers and governance leads alone, or
-- when it is one's own.
create function gate.agencies_that_looked(family uuid)
returns table (agency_no smallint, looks bigint, first_at timestamptz, last_at timestamptz)
language sql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
    select a.no, count(*), min(d.at), max(d.at)
      from gate.looks_at(family) d
      join sharing_agreements_agency a on a.id = d.agency_id
     where d.outcome in ('seen', 'done')
       and (not a.sensitive or a.no = gate.agency_no() or gate.claim(9) in ('manager', 'governance_lead'))
     group by a.no order by 4 desc
$$;

-- By practitioner, for managers and governance leads (users 2.21): newest first, after the look one has.
create function gate.who_looked(family uuid, before timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, practitioner_id uuid, agency_no smallint, role text, purpose text, what text,
               outcome text)
language sql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
    select d.id, d.at, d.practitioner_id, a.no, d.role::text, d.purpose::text, d.what::text, d.outcome::text
      from gate.looks_at(case when gate.claim(9) in ('manager', 'governance_lead') then family end) d
      join sharing_agreements_agency a on a.id = d.agency_id
     where before is null or (d.at, d.id) < (before, before_id)
     order by d.at desc, d.id desc limit most
$$;

-- My own looks, under whichever of my posts.
create function gate.my_looks(before timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, post_id uuid, agency_no smallint, role text, purpose text, what text,
               outcome text, family_id uuid, records integer)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select d.id, d.at, d.post_id, a.no, d.role::text, d.purpose::text, d.what::text, d.outcome::text, d.family_id,
           cardinality(d.record_ids)
      from sharing_agreements_disclosure d
      left join sharing_agreements_agency a on a.id = d.agency_id
     where d.practitioner_id = gate.practitioner_id()
       and (before is null or (d.at, d.id) < (before, before_id))
     order by d.at desc, d.id desc limit most
$$;

-- Everybody any record under these families is about, and whether this agency owns one.
create function gate.people_of_families(families uuid[], agency_no smallint)
returns table (family_id uuid, person_id uuid, holds boolean)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare parts text;
begin
    select string_agg(format('select family_id, about, owner_no = $2 as own from %I where family_id = any($1)',
                             g.table_name), ' union all ') into parts from gate.governed g;
    return query execute format('select family_id, p, bool_or(own) from (%s) rows, unnest(about) p group by 1, 2', parts)
        using families, agency_no;
end
$$;
revoke execute on function gate.people_of_families(uuid[], smallint) from public;

-- Looks of the acting governance lead's agency, at families, that somebody should ask about, in the last so many days.
-- One line per practitioner, family and day: `surname` somebody of the family is called like them, `not_involved` no
-- involvement that day (their own; for a manager or coordinator their agency's; the hub looks at every family). And one
-- per practitioner and day for more than so many families within an hour. Governance leads read no record, so their
-- questions are not on it. A lead to ask, never a finding of guilt.
create function gate.unusual_looks(days integer, many integer, before timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, practitioner_id uuid, role text, family_id uuid, holds boolean,
               families integer, reasons text[])
language sql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
    with looks as materialized (
        select d.id, d.at, d.practitioner_id, d.role::text, d.family_id, d.record_ids,
               (d.at at time zone 'Europe/London')::date as day, floor(extract(epoch from d.at) / 3600)::bigint as hour
          from sharing_agreements_disclosure d
         where gate.claim(9) = 'governance_lead' and d.agency_id = (gate.claim(7))::uuid
           and d.practitioner_id is not null and d.family_id is not null and d.outcome in ('seen', 'done')
           and d.role <> 'governance_lead'
           and d.at >= now() - make_interval(days => unusual_looks.days)
    ), visits as materialized (
        select (array_agg(l.id order by l.at desc, l.id))[1] as id, max(l.at) as at, l.practitioner_id, l.family_id, l.day,
               (array_agg(l.role order by l.at desc, l.id))[1] as role
          from looks l group by l.practitioner_id, l.family_id, l.day
    ), people as materialized (
        select p.* from gate.people_of_families(array(select distinct l.family_id from looks l), gate.agency_no()) p
    ), hits as (
        select distinct l.practitioner_id, l.family_id, l.day, 'surname' as reason
          from (select distinct x.practitioner_id, x.family_id, x.day, r from looks x, unnest(x.record_ids) r) l
          join sharing_agreements_identity i on i.id = l.r
          join sharing_agreements_practitioner w on w.id = l.practitioner_id
         where i.family_name <> '' and gate.folded(i.family_name) = gate.folded(regexp_replace(trim(w.name), '^.*\s', ''))
        union all
        select v.practitioner_id, v.family_id, v.day, 'not_involved'
          from visits v
         where not exists (select from sharing_agreements_agency a where a.id = (gate.claim(7))::uuid and a.type = 'hub')
           and not exists (
               select from people p
                 join sharing_agreements_involvement i on i.person_id = p.person_id
                where p.family_id = v.family_id and i.agency_id = (gate.claim(7))::uuid
                  and i.starts_on <= v.day and (i.ends_on is null or i.ends_on >= v.day)
                  and (i.practitioner_id = v.practitioner_id or v.role in ('manager', 'coordinator')))
    ), within_an_hour as (
        select a.practitioner_id, a.day, a.at, a.role, count(distinct b.family_id)::integer as families
          from looks a, lateral (values (a.hour), (a.hour - 1)) h(hour), looks b
         where b.practitioner_id = a.practitioner_id and b.hour = h.hour
           and b.at > a.at - interval '1 hour' and b.at <= a.at
         group by a.id, a.practitioner_id, a.day, a.at, a.role
        having count(distinct b.family_id) > unusual_looks.many
    ), found as (
        select v.id, v.at, v.practitioner_id, v.role, v.family_id,
               exists (select from people p where p.family_id = v.family_id and p.holds) as holds,
               null::integer as families, array_agg(h.reason order by h.reason desc) as reasons
          from hits h join visits v using (practitioner_id, family_id, day)
         group by v.id, v.at, v.practitioner_id, v.role, v.family_id
        union all
        select md5(concat(m.practitioner_id, m.day))::uuid, max(m.at), m.practitioner_id, min(m.role), null, false,
               max(m.families), array['many']
          from within_an_hour m group by m.practitioner_id, m.day
    )
    select f.* from found f
     where before is null or (f.at, f.id) < (before, before_id)
     order by f.at desc, f.id desc limit most
$$;

set local role eh_owner;
