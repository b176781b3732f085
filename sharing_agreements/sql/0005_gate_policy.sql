-- The policy every governed table gets, from one text. gate.protect is called by the migration of each table;
-- docs/generated/row_security.sql shows the policies as they stand.

set local role eh_owner;

-- People closed to the acting practitioner, each as an array for one test per row.
set local role eh_gate;

-- Conflict of interest: a declared connection, or being a person in the record. Lifted by nothing.
create function gate.denied_people() returns uuid[]
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare me constant uuid := gate.practitioner_id();
begin
    return array(
        select distinct m
          from (select c.person_id as p from sharing_agreements_conflict c
                 where c.practitioner_id = me and c.ended_at is null
                union
                select x.person_id from sharing_agreements_practitioner x
                 where x.id = me and x.person_id is not null) closed,
               unnest(gate.same_person(closed.p)) m);
end
$$;

-- Restricted people for whom the acting practitioner is not on the allow-list. For the gate's own verbs only: the
-- list of closed people is nobody's to read.
create function gate.closed_people(permission text) returns uuid[]
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    me constant uuid := gate.practitioner_id();
    closed uuid[];
begin
    if permission = 'see_restricted' then
        closed := array(select f.person_id from sharing_agreements_personfacts f where f.restricted);
    else
        closed := array(select f.person_id from sharing_agreements_personfacts f where f.address_hidden);
    end if;
    return array(
        select p from unnest(closed) p
         where not exists (
               select from sharing_agreements_personuserobjectpermission o
                 join auth_permission a on a.id = o.permission_id and a.codename = permission
                where o.user_id = me and o.content_object_id = any(gate.same_person(p))));
end
$$;

revoke execute on function gate.closed_people(text) from public;

-- The ways a row may be open, for a level (1 existence, 2 summary, 3 full), in the order they are tried. The policy
-- and gate.explain are both made of these rows, so a new way in is one more row here and nothing else.
-- way: the word an explanation has for it. within: 'own' are ways into the own agency's rows only.
-- by_clause: the ways that gate.rules decides; an explanation names their clauses.
-- A bit is read as ::boolean, not as "= 1": PostgreSQL then guesses that a third of the rows pass instead of one
-- in two hundred, and walks a list's index in order instead of sorting everything that might be in it.
create function gate.ways(level integer)
returns table (place integer, way text, within text, by_clause boolean, expression text)
language sql immutable
as $$
    values
        (1, 'own_agency', 'own', false, '((select gate.own_agency_kinds()) >> kind) & 1 = 1'),
        (2, 'own_team', 'own', false,
         '(team_no = (select gate.team_no()) and ((select gate.own_team_kinds()) >> kind) & 1 = 1)'),
        (3, 'own_author', 'own', false,
         '((select gate.own_self()) and author_no = (select gate.practitioner_no()))'),
        (4, 'own_worker', 'own', false,
         '((select gate.own_self()) and (select gate.practitioner_no()) = any(workers)
           and facts_until >= (select gate.today()) and kind <> 4)'),
        (5, 'sent', '', false,
         '(sent_to_no = (select gate.agency_no())
           and ((select gate.receives()) or sent_to_practitioner_no = (select gate.practitioner_no())))'),
        (6, 'clause', '', true, format($text$
           get_bit(case when happened_on > (select (gate.today() - interval '12 months')::date) then (select gate.mask(%1$s, 12, false))
                        when happened_on > (select (gate.today() - interval '36 months')::date) then (select gate.mask(%1$s, 36, false))
                        else (select gate.mask(%1$s, 0, false)) end,
                   bit + (coalesce(consent_until, '-infinity') >= (select gate.today()))::integer)::boolean$text$, level)),
        (7, 'clause', '', true, format($text$
           ((select gate.agency_no()) = any(involved) and facts_until >= (select gate.today())
            and get_bit(case when happened_on > (select (gate.today() - interval '12 months')::date) then (select gate.mask(%1$s, 12, true))
                             when happened_on > (select (gate.today() - interval '36 months')::date) then (select gate.mask(%1$s, 36, true))
                             else (select gate.mask(%1$s, 0, true)) end,
                        bit + (coalesce(consent_until, '-infinity') >= (select gate.today()))::integer)::boolean)$text$, level)),
        (8, 'emergency', '', false, '(kind <> 4 and about && (select gate.emergency_people()))'),
        (9, 'shared', '', false, format('(kind <> 4 and id = any((select gate.shared_records(%s))::uuid[]))', level))
$$;

-- People open to the acting practitioner by emergency access that has not ended (decision 0054). NULL: nobody.
create function gate.emergency_people() returns uuid[]
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    return (select array_agg(distinct m)
              from sharing_agreements_emergencyaccess e, unnest(e.people) p, unnest(gate.same_person(p)) m
             where e.practitioner_id = gate.practitioner_id() and e.post_id = gate.claim(5)::uuid
               and e.ended_at is null and now() < e.ends_at);
end
$$;

-- Records their owner shares with the acting agency at this level or a higher one: with who receives for it, or with the
-- practitioner named. NULL: none.
create function gate.shared_records(level integer) returns uuid[]
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    return (select array_agg(x.record_id)
              from sharing_agreements_recordexception x
              join sharing_agreements_agency a on a.id = x.agency_id and a.no = gate.agency_no()
             where x.verb = 'share' and x.ended_at is null and (x.until is null or x.until >= gate.today())
               and array_position('{existence,summary,full}', x.level) >= shared_records.level
               and (x.practitioner_id = gate.practitioner_id() or x.practitioner_id is null and gate.receives()));
end
$$;

-- The sentence of the policy, for a level: any of the ways.
create function gate.predicate(level integer) returns text
language sql immutable
as $$
    select format('((owner_no = (select gate.agency_no()) and (%s)) or %s)',
                  string_agg(expression, ' or ' order by place) filter (where within = 'own'),
                  string_agg(expression, ' or ' order by place) filter (where within = ''))
      from gate.ways(level)
$$;

-- The sentence of the restrictive policy: what no right above can open. Whoever wrote a row goes on reading it when a
-- person becomes restricted, but not where somebody with a hidden address is: that is for the people named alone.
create function gate.denial() returns text
language sql immutable
as $$
    select $text$(
        not (about && (select gate.denied_people()))
        and not ((select gate.agency_no()) = any(hidden_from))
        and (restricted = 0 or (restricted = 1 and author_no = (select gate.practitioner_no()))
             or (select gate.practitioner_no()) = any(allowed)))$text$
$$;

-- Refuse a row under a headline that is not its own. TG_ARGV: the headline's table, the column that names it, whose
-- words may stand there ('owner': the headline's own agency, 'sent_to': the agency it was sent to, 'either': one of
-- the two, 'lead': its own agency or the current lead, 'hub': a hub's).
-- A headline of others and one that does not exist are one answer, so nobody learns which.
create function gate.under_headline() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    link constant uuid := to_jsonb(new) ->> tg_argv[1];
    fits boolean;
begin
    if link is null or gate.in_maintenance() then
        return new;
    end if;
    execute format('select exists (select from %I h where h.id = $1 and h.about = $2
                       and h.person_id is not distinct from $3 and case %L
                           when ''owner'' then $4 = h.owner_id
                           when ''sent_to'' then $4 = h.sent_to_id
                           when ''either'' then $4 in (h.owner_id, h.sent_to_id)
                           when ''lead'' then $4 = h.owner_id
                               or coalesce(h.lead_no = gate.practitioner_no() and h.facts_until >= gate.today(), false)
                           else $4 in (select a.id from sharing_agreements_agency a where a.type = ''hub'')
                           end)', tg_argv[0], tg_argv[2])
       into fits using link, new.about, new.person_id, new.owner_id;
    if not fits then
        raise exception 'a row under a headline belongs to its headline''s agency and people' using errcode = '23503';
    end if;
    return new;
end
$$;

set local role eh_owner;

-- Who may write the one row that hangs on a headline by `link`: see gate.under_headline. gate.protect sees to it for
-- tables of full level (the narrative of a headline); others say it themselves.
create procedure gate.hang(target text, link text, whose text)
language plpgsql
as $$
declare
    headline constant text := (
        select c.confrelid::regclass::text from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         where c.contype = 'f' and c.conrelid = target::regclass and a.attname = link);
begin
    if whose not in ('owner', 'sent_to', 'either', 'lead', 'hub') or headline is null then
        raise exception 'no such headline, or nobody whose words may hang on it';
    end if;
    -- The name comes after "stamp": triggers run in the order of their names, and the stamp puts `about` in order.
    execute format('create trigger %I before insert or update of %I on %I
                    for each row execute function gate.under_headline(%L, %L, %L)',
                   'under_headline_' || link, link, target, headline, link, whose);
end
$$;

-- Govern a table. level: what a reader needs. kind: every row's kind, or NULL when rows differ.
-- lead_may_update: the current lead practitioner may change rows of other agencies (decision 0014).
create procedure gate.protect(target text, level text, kind integer default null, lead_may_update boolean default false)
language plpgsql
as $$
declare
    may_update constant text := case when lead_may_update
        then '(owner_no = (select gate.agency_no()) or (lead_no = (select gate.practitioner_no()) and facts_until >= (select gate.today())))'
        else 'owner_no = (select gate.agency_no())' end;
    facts constant text[] := array['id', 'owner_id', 'author_id', 'family_id', 'person_id', 'about', 'happened_on',
        'recorded_at', 'sent_to_id', 'sent_to_practitioner_id', 'hidden_from', 'kind', 'owner_no', 'author_no',
        'team_no', 'sent_to_no', 'sent_to_practitioner_no', 'bit', 'stage', 'involved', 'workers', 'lead_no',
        'consent_until', 'facts_until', 'restricted', 'allowed'];
    open_columns text;
    link text;
begin
    insert into gate.governed values (target, level, kind);
    -- Facts of a family change in all its records at once: with room left on their page no index has to be changed.
    execute format('alter table %I set (fillfactor = 85)', target);
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('grant select, insert on %I to eh_web, eh_worker', target);
    execute format('grant select, insert, update on %I to eh_gate', target);
    select string_agg(quote_ident(column_name), ', ') into open_columns
      from information_schema.columns
     where table_schema = 'public' and table_name = target and column_name <> all(facts);
    execute format('grant update (%s) on %I to eh_web, eh_worker', open_columns, target);
    execute format('create policy gate_sees_all on %I to eh_gate using (true) with check (true)', target);
    execute format('create policy maintenance on %I to eh_owner using ((select gate.in_maintenance()))
                    with check ((select gate.in_maintenance()))', target);
    execute format('create policy may_be_read on %I for select to eh_web using %s', target,
                   gate.predicate(case level when 'existence' then 1 when 'summary' then 2 else 3 end));
    execute format('create policy is_closed on %I as restrictive to eh_web using %s with check
                    (not (about && (select gate.denied_people())))', target, gate.denial());
    execute format('create policy writes_own on %I for insert to eh_web with check
                    (owner_no = (select gate.agency_no()) and author_no = (select gate.practitioner_no())
                     and (select gate.writes()))', target);
    execute format('create policy changes_own on %I for update to eh_web using ((select gate.writes()) and %s)
                    with check (true)', target, may_update);
    execute format('create trigger stamp before insert on %I for each row execute function gate.stamp(%L)',
                   target, coalesce(kind::text, ''));
    execute format('create index %I on %I using gin (about)', target || '_about', target);
    execute format('create index %I on %I (person_id, happened_on desc)', target || '_person_day', target);
    execute format('create index %I on %I (family_id, happened_on desc)', target || '_family_day', target);
    execute format('create index %I on %I (owner_no, recorded_at desc)', target || '_owner_newest', target);
    execute format('create index %I on %I (sent_to_no, recorded_at desc) where sent_to_no is not null',
                   target || '_sent_newest', target);
    for link in
        select a.attname
          from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] and a.attnotnull
          join gate.governed g on g.table_name = c.confrelid::regclass::text
          join pg_index i on i.indrelid = c.conrelid and i.indisunique and i.indkey::text = a.attnum::text
         where c.contype = 'f' and c.conrelid = target::regclass and protect.level = 'full'
    loop
        call gate.hang(target, link, case when lead_may_update then 'lead' else 'owner' end);
    end loop;
end
$$;

-- Let a named job of the worker read, insert or change rows of a governed table.
create procedure gate.admit_job(target text, job text)
language plpgsql
as $$
begin
    execute format('create policy %I on %I to eh_worker using ((select gate.job()) = %L) with check ((select gate.job()) = %L)',
                   'job_' || job, target, job, job);
end
$$;
revoke execute on procedure gate.protect(text, text, integer, boolean) from public;
revoke execute on procedure gate.hang(text, text, text) from public;
revoke execute on procedure gate.admit_job(text, text) from public;
