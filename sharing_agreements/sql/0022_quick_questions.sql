-- Questions on much data (decision 0066): who holds what, what a practitioner can see, looks to ask about.

set local role eh_gate;

-- The text that reads the rows of one governed table which may be open to the acting principal: the newest $2 of each
-- owner in $1, and what no owner leads to: sent to the agency, an emergency, the owner's word.
create function gate.rows_to_count(target text, depth integer) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select format($sql$
        select n.* from unnest($1) o, lateral (%1$s) n
        union (%2$s) union (%3$s) union (%4$s) $sql$,
        gate.fact_rows(target, 'owner_no = o order by recorded_at desc limit $2'),
        gate.fact_rows(target, 'sent_to_no = (select gate.agency_no()) order by recorded_at desc limit $2'),
        gate.fact_rows(target, 'about && (select gate.emergency_people()) limit $2'),
        gate.fact_rows(target, format('id = any((select gate.shared_records(%s))::uuid[]) limit $2', depth)))
$$;
revoke execute on function gate.rows_to_count(text, integer) from public;

-- What a practitioner can see through their posts in the acting governance lead's agency: by post, purpose, what opens
-- it, kind, level and owner, how many of the newest so many records of each owner in each table. No content.
drop function gate.can_see(uuid);
create function gate.can_see(practitioner uuid, newest integer)
returns table (post_id uuid, purpose text, way text, clause_id uuid, kind smallint, level integer, owner_no smallint,
               records bigint)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    one record;
    owners smallint[];
    governed record;
    more gate.fact_row[];
    rows gate.fact_row[];
begin
    if coalesce(gate.claim(9), '') <> 'governance_lead' then
        return;
    end if;
    for one in
        select p.id, w.no, w.id as practitioner, p.role::text, t.no as team_no, r.purpose
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id and w.is_active
          left join sharing_agreements_team t on t.id = p.team_id
         cross join lateral (select x.purpose from gate.rules(gate.today(), c[6]::smallint, p.role::text) x
                              union select 'own_account' order by 1) r
         where p.practitioner_id = can_see.practitioner and p.agency_id = c[7]::uuid
           and p.starts_on <= gate.today() and (p.ends_on is null or p.ends_on >= gate.today())
           and (w.trained_until is null or w.trained_until >= gate.today())
    loop
        perform gate.act_as(one.no, one.practitioner, one.id, c[6]::smallint, c[7]::uuid, one.team_no, one.role, one.purpose);
        perform gate.keep_clauses(c[6]::smallint, one.role, one.purpose);
        owners := array(select a.provider_no from gate.own_clauses() a union select c[6]::smallint);
        rows := '{}';
        for governed in select g.table_name, gate.depth(g.level) as depth from gate.governed g order by 1 loop
            execute format('select array_agg(held::gate.fact_row) from (%s) held',
                           gate.rows_to_count(governed.table_name, governed.depth))
               into more using owners, newest;
            rows := rows || more;
        end loop;
        return query
        select one.id, one.purpose, s.way, s.clause_id, s.kind, s.level, s.owner_no, count(distinct s.record_id)
          from gate.explain_rows(rows) s
         where s.way = 'clause' or one.purpose = 'own_account'
         group by s.way, s.clause_id, s.kind, s.level, s.owner_no;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$$;

-- What to ask about of one day (London) of the acting governance lead's agency: see gate.unusual_looks.
create function gate.unusual_looks_of(on_day date, since timestamptz, many integer)
returns table (id uuid, at timestamptz, practitioner_id uuid, role text, family_id uuid, holds boolean,
               families integer, reasons text[])
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
    c constant text[] := gate.claims();
    begins constant timestamptz := on_day::timestamp at time zone 'Europe/London';
    ends constant timestamptz := (on_day + 1)::timestamp at time zone 'Europe/London';
    own constant smallint := c[6]::smallint;
    is_hub constant boolean := exists (select from sharing_agreements_agency a where a.id = c[7]::uuid and a.type = 'hub');
begin
    return query
    with recent as materialized (
        select d.id, d.at, d.practitioner_id, d.role::text, d.family_id, d.record_ids
          from sharing_agreements_disclosure d
         where d.at >= greatest(since, begins - interval '1 hour') and d.at < ends
           and d.agency_id = c[7]::uuid
           and d.practitioner_id is not null and d.family_id is not null and d.outcome in ('seen', 'done')
           and d.role <> 'governance_lead'
    ), looks as materialized (
        select * from recent where at >= begins
    ), visits as materialized (
        select (array_agg(l.id order by l.at desc, l.id))[1] as id, max(l.at) as at, l.practitioner_id, l.family_id,
               (array_agg(l.role order by l.at desc, l.id))[1] as role
          from looks l group by l.practitioner_id, l.family_id
    ), people as materialized (
        select p.* from gate.people_of_families(array(select distinct l.family_id from looks l), own) p
    ), involved as materialized (
        select p.family_id, i.practitioner_id
          from people p
          join sharing_agreements_involvement i on i.person_id = p.person_id
         where i.agency_id = c[7]::uuid and i.starts_on <= on_day and (i.ends_on is null or i.ends_on >= on_day)
    ), hits as (
        select distinct l.practitioner_id, l.family_id, 'surname' as reason
          from (select distinct x.practitioner_id, x.family_id, r from looks x, unnest(x.record_ids) r) l
          join sharing_agreements_identity i on i.id = l.r
          join sharing_agreements_practitioner w on w.id = l.practitioner_id
         where i.family_name <> '' and gate.folded(i.family_name) = gate.folded(regexp_replace(trim(w.name), '^.*\s', ''))
        union all
        select v.practitioner_id, v.family_id, 'not_involved'
          from visits v
         where not is_hub
           and not exists (
               select from involved i
                where i.family_id = v.family_id
                  and (i.practitioner_id = v.practitioner_id or v.role in ('manager', 'coordinator')))
    ), within_an_hour as (
        select a.practitioner_id, a.at, a.role, count(distinct b.family_id)::integer as families
          from looks a
          join recent b on b.practitioner_id = a.practitioner_id and b.at > a.at - interval '1 hour' and b.at <= a.at
         group by a.id, a.practitioner_id, a.at, a.role
        having count(distinct b.family_id) > many
    )
    select v.id, v.at, v.practitioner_id, v.role, v.family_id,
           exists (select from people p where p.family_id = v.family_id and p.holds),
           null::integer, array_agg(h.reason order by h.reason desc)
      from hits h join visits v using (practitioner_id, family_id)
     group by v.id, v.at, v.practitioner_id, v.role, v.family_id
    union all
    select md5(concat(m.practitioner_id, on_day))::uuid, max(m.at), m.practitioner_id, min(m.role), null, false,
           max(m.families), array['many']
      from within_an_hour m group by m.practitioner_id;
end
$$;
revoke execute on function gate.unusual_looks_of(date, timestamptz, integer) from public;

-- Looks of the acting governance lead's agency, at families, that somebody should ask about, in the last so many days,
-- newest first. One line per practitioner, family and day: `surname` somebody of the family is called like them,
-- `not_involved` no involvement that day (their own; for a manager or coordinator their agency's; the hub looks at every
-- family). And one per practitioner and day for more than so many families within an hour. Governance leads read no
-- record, so their questions are not on it. A lead to ask, never a finding of guilt.
-- Days are looked at from the newest back, until the page is full.
create or replace function gate.unusual_looks(days integer, many integer, before timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, practitioner_id uuid, role text, family_id uuid, holds boolean,
               families integer, reasons text[])
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
    since constant timestamptz := now() - make_interval(days => days);
    on_day date := (coalesce(before, now()) at time zone 'Europe/London')::date;
    wanted integer := most;
    given integer;
begin
    if gate.claim(9) is distinct from 'governance_lead' then
        return;
    end if;
    while wanted > 0 and on_day >= (since at time zone 'Europe/London')::date loop
        return query
        select f.* from gate.unusual_looks_of(on_day, since, many) f
         where before is null or (f.at, f.id) < (before, before_id)
         order by f.at desc, f.id desc limit wanted;
        get diagnostics given = row_count;
        wanted := wanted - given;
        on_day := on_day - 1;
    end loop;
end
$$;


-- As before (sql/0011), and nothing is asked of every table for somebody who may see nothing.
create or replace function gate.who_holds(people uuid[])
returns table (agency_no smallint, kind smallint, first_month date, last_month date, withheld boolean)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare ids uuid[];
begin
    if gate.agency_no() is null or not gate.any_right() then
        return;
    end if;
    select array_agg(distinct m) into ids from unnest(people) p, unnest(gate.same_person(p)) m;
    return query execute format($sql$
        with held as materialized (%s)
        select owner_no, kind, date_trunc('month', min(happened_on))::date, date_trunc('month', max(happened_on))::date,
               not bool_and(%s)
          from held where %s and %s group by 1, 2 order by 1, 2$sql$,
        gate.all_rows('about && $1 and kind <> 4'), gate.readable(), gate.predicate(1), gate.denial()) using ids;
end
$$;

set local role eh_owner;
