-- Who can see a family, and what a practitioner can see: the policy's own expressions, asked as the post they are about.

set local role eh_gate;

-- The records of a family that the acting principal may ask about, as the policy looks at them: team, hub and manager
-- about what they may read themselves (so the answer tells them of nothing that is hidden from them), the governance
-- lead about what their own agency holds. Others get none, and so does a family one may see nothing of.
create function gate.rows_to_ask_about(family uuid) returns gate.fact_row[]
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    people uuid[] := '{}';
    rows gate.fact_row[] := '{}';
    more gate.fact_row[];
    step text;
begin
    if coalesce(gate.claim(9), 'reporter') in ('reporter', 'supervisor', 'analyst', 'administrator') then
        return rows;
    end if;
    -- The family's own rows; then rows about the same people that name no family, such as a name or the first report.
    foreach step in array array['family_id = $1', 'family_id is null and about && $2'] loop
        execute format('with held as materialized (%s) select array_agg(held::gate.fact_row) from held where %s and (%s)',
            gate.all_rows(step), gate.denial(),
            case when gate.claim(9) = 'governance_lead' then 'owner_no = (select gate.agency_no())'
                 else gate.readable() end)
           into more using family, people;
        rows := rows || coalesce(more, '{}');
        people := array(select distinct p from unnest(rows) f, unnest(f.about) p);
    end loop;
    return rows;
end
$$;
revoke execute on function gate.rows_to_ask_about(uuid) from public;

-- The posts held today that might see any of these rows: their owners' and the receiving agencies', those with a clause
-- for them, and whoever has emergency access or the owner's word. Posts alike in agency, role and team see alike and are
-- one line, unless something names the person. purposes: those their role has a clause for, or any one.
create function gate.posts_that_might(rows gate.fact_row[])
returns table (agency_no smallint, role text, team_no integer, posts uuid[], purposes text[])
language plpgsql stable security definer set search_path = public, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with held as (
        select p.id, g.id as agency_id, g.no as agency_no, p.role::text, t.no as team_no, w.no as practitioner_no,
               w.person_id is not null or exists (select from sharing_agreements_conflict x
                                                   where x.practitioner_id = w.id and x.ended_at is null) as closed_somewhere,
               exists (select from sharing_agreements_emergencyaccess e
                        where e.practitioner_id = w.id and e.ended_at is null and now() < e.ends_at) as in_emergency
          from sharing_agreements_post p
          join sharing_agreements_agency g on g.id = p.agency_id
          join sharing_agreements_practitioner w on w.id = p.practitioner_id and w.is_active
          left join sharing_agreements_team t on t.id = p.team_id
         where p.starts_on <= gate.today() and (p.ends_on is null or p.ends_on >= gate.today())
           and (w.trained_until is null or w.trained_until >= gate.today())
    ), told as materialized (
        select x.agency_id, (select w.no from sharing_agreements_practitioner w where w.id = x.practitioner_id) as practitioner_no
          from sharing_agreements_recordexception x
         where x.verb = 'share' and x.ended_at is null and x.record_id in (select f.id from unnest(rows) f)
    ), named as materialized (
        select distinct n from unnest(rows) f,
               unnest(f.workers || coalesce(f.allowed, '{}') || array[f.author_no, f.sent_to_practitioner_no]) n
        union
        select t.practitioner_no from told t
    ), released as materialized (
        select distinct r.recipient_no, r.role, r.purpose
          from gate.rules(gate.today()) r
         where (r.provider_no, r.kind) in (select f.owner_no, f.kind from unnest(rows) f)
    ), might as (
        select h.*, h.in_emergency or h.closed_somewhere
                    or h.practitioner_no in (select n from named where n is not null) as alone,
               array(select r.purpose from released r where r.recipient_no = h.agency_no and r.role = h.role) as purposes
          from held h
    )
    select m.agency_no, m.role, m.team_no, array_agg(m.id order by m.practitioner_no),
           case when m.purposes = '{}' then '{own_account}' else m.purposes end
      from might m
     where m.purposes <> '{}' or m.in_emergency or m.agency_id in (select t.agency_id from told t)
        or m.agency_no in (select f.owner_no from unnest(rows) f union select f.sent_to_no from unnest(rows) f)
     group by m.agency_no, m.role, m.team_no, m.purposes, case when m.alone then m.id end;
end
$$;

revoke execute on function gate.posts_that_might(gate.fact_row[]) from public;

-- Who can see the records of a family, today: one line per group of posts that see alike, kind, level, owner and what
-- opens it. The sensitive agencies and the practitioners' names are the reader's to leave out (see who_can_see in
-- sharing_agreements.queries). Each line is asked of the policy's own expressions, as the post it is about.
create function gate.who_can_see(family uuid)
returns table (agency_no smallint, role text, posts uuid[], purpose text, kind smallint, level integer,
               owner_no smallint, way text, clause_id uuid)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    rows constant gate.fact_row[] := gate.rows_to_ask_about(family);
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    question constant text := gate.explaining('select * from unnest($1)',
                                              'fact_row.kind, fact_row.level, fact_row.owner_no');
    group_ record;
    one record;
    for_purpose text;
begin
    for group_ in select * from gate.posts_that_might(rows) loop
        select w.no, w.id as practitioner, p.id, g.no as agency, g.id as agency_id into one
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id
          join sharing_agreements_agency g on g.id = p.agency_id
         where p.id = group_.posts[1];
        foreach for_purpose in array group_.purposes loop
            perform gate.act_as(one.no, one.practitioner, one.id, one.agency, one.agency_id, group_.team_no,
                                group_.role, for_purpose);
            perform gate.keep_clauses(one.agency, group_.role, for_purpose);
            return query execute format(
                'select distinct $2::smallint, $3, $4, $5, s.kind, s.level, s.owner_no, s.way, s.clause_id from (%s) s', question)
                using rows, group_.agency_no, group_.role, group_.posts, for_purpose;
        end loop;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$$;

-- What a practitioner can see through their posts in the acting governance lead's agency: by post, purpose, what opens
-- it, kind, level and owner, how many records; at most 1,001 are counted in any one table of an owner. No content.
create function gate.can_see(practitioner uuid)
returns table (post_id uuid, purpose text, way text, clause_id uuid, kind smallint, level integer, owner_no smallint,
               records bigint)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    one record;
    sources text;
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
        select string_agg(format('select t.* from unnest($1) o, lateral (%s) t', gate.fact_rows(g.table_name, format(
                   'owner_no = o and %s and %s limit 1001', gate.denial(), gate.predicate(gate.depth(g.level))))), ' union all ')
          into sources from gate.governed g;
        return query execute format(
            'select $2, $3, s.way, s.clause_id, s.kind, s.level, s.owner_no, count(distinct s.id) from (%s) s
              where s.way = ''clause'' or $3 = ''own_account'' group by s.way, s.clause_id, s.kind, s.level, s.owner_no',
            gate.explaining(sources, 'fact_row.id, fact_row.kind, fact_row.level, fact_row.owner_no'))
            using array(select g.no from sharing_agreements_agency g where g.no = c[6]::smallint
                         union select a.provider_no from gate.own_clauses() a where one.purpose <> 'own_account'
                         union select h.no from sharing_agreements_agency h where one.purpose = 'own_account'), one.id, one.purpose;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$$;

set local role eh_owner;
