-- What anybody could have seen on an earlier day (decision 0060): the clauses of gate.rules_supposing on that day, asked
-- of the rows there were, as they stood. Whatever has a date is taken as of that day.

set local role eh_gate;

-- Did something set at one moment and lifted at another hold at the end of a day in London?
create function gate.held_on(since timestamptz, until timestamptz, on_day date) returns boolean
language sql stable parallel safe
as $$
    select (since at time zone 'Europe/London')::date <= on_day
           and (until is null or (until at time zone 'Europe/London')::date > on_day)
$$;

-- Facts of a person on a day: nothing that was recorded after it.
create or replace function gate.facts_of(ids uuid[], on_day date) returns sharing_agreements_personfacts
language sql stable security definer set search_path = public, pg_temp
as $$
    with active as (
        select i.*, g.no as agency_no, p.no as practitioner_no
          from sharing_agreements_involvement i
          join sharing_agreements_agency g on g.id = i.agency_id
          left join sharing_agreements_practitioner p on p.id = i.practitioner_id
         where i.person_id = any(ids) and i.starts_on <= on_day and (i.ends_on is null or i.ends_on >= on_day)
    )
    select ids[1],
           coalesce((select s.stage from sharing_agreements_stagechange s
                      where s.person_id = any(ids) and (s.changed_at at time zone 'Europe/London')::date <= on_day
                      order by s.changed_at desc, s.id desc limit 1), 0)::smallint,
           coalesce((select array_agg(distinct a.agency_no order by a.agency_no) from active a), '{}')::smallint[],
           coalesce((select array_agg(distinct a.practitioner_no order by a.practitioner_no) from active a
                      where a.practitioner_no is not null), '{}')::integer[],
           (select a.practitioner_no from active a where a.reason = 'lead' order by a.added_at desc, a.id desc limit 1),
           (select c.until from sharing_agreements_sharingconsent c
             where c.person_id = any(ids) and (c.recorded_at at time zone 'Europe/London')::date <= on_day
             order by c.recorded_at desc, c.id desc limit 1),
           coalesce(least((select min(a.ends_on) from active a),
                          (select min(i.starts_on) - 1 from sharing_agreements_involvement i
                            where i.person_id = any(ids) and i.starts_on > on_day
                              and (i.ends_on is null or i.ends_on >= i.starts_on))), '9999-12-31'),
           exists (select from sharing_agreements_restrictedperson r
                    where r.person_id = any(ids) and gate.held_on(r.set_at, r.lifted_at, on_day)),
           exists (select from sharing_agreements_hiddenaddress h
                    where h.person_id = any(ids) and gate.held_on(h.set_at, h.lifted_at, on_day))
$$;

-- What a governed row about these people carries, given the facts of each of them: see gate.facts_for.
create function gate.facts_from(known sharing_agreements_personfacts[], about uuid[], main uuid, kind smallint)
returns gate.facts
language sql stable security definer set search_path = public, pg_temp
as $$
    with f as (
        select * from unnest(known) where person_id = any(case when main is null then about else array[main] end)
    ), everybody as (
        select * from unnest(known) where person_id = any(about)
    ), closings as (
        select gate.same_person(person_id) as people, 'see_restricted' as needs from everybody where everybody.restricted
        union all
        select gate.same_person(person_id), 'see_hidden_address' from everybody where kind = 2 and address_hidden
    )
    select coalesce((select stage from f order by array_position('{3,4,5,2,1,6,0}'::smallint[], stage) limit 1), 0)::smallint,
           coalesce((select array_agg(distinct n order by n) from f, unnest(f.involved) n), '{}'),
           coalesce((select array_agg(distinct n order by n) from f, unnest(f.workers) n), '{}'),
           (select lead_no from f where lead_no is not null order by person_id limit 1),
           case when exists (select from f) and not exists (select from f where consent_until is null)
                then (select min(consent_until) from f) end,
           coalesce((select min(facts_until) from f), '9999-12-31'),
           (case when exists (select from everybody where everybody.restricted) then 1 else 0 end
            + case when kind = 2 and exists (select from everybody where address_hidden) then 2 else 0 end)::smallint,
           case when exists (select from closings) then array(
               select w.no from sharing_agreements_practitioner w
                where w.id in (select o.user_id from sharing_agreements_personuserobjectpermission o
                                where o.content_object_id in (select unnest(c.people) from closings c))
                  and not exists (
                      select from closings c
                       where not exists (
                           select from sharing_agreements_personuserobjectpermission o
                             join auth_permission a on a.id = o.permission_id and a.codename = c.needs
                            where o.user_id = w.id and o.content_object_id = any(c.people)))
                order by w.no) end
$$;

create or replace function gate.facts_for(about uuid[], main uuid, kind smallint) returns gate.facts
language sql stable security definer set search_path = public, pg_temp
as $$
    select gate.facts_from(array(select f from sharing_agreements_personfacts f where f.person_id = any(facts_for.about)),
                           facts_for.about, main, kind)
$$;

-- The sentences of the policy and the explanation, which may be asked of another agency, on another day and for nobody
-- in particular.
drop function gate.denial();
create function gate.denial(reader text default '(select gate.agency_no())',
                            closed_people text default '(select gate.denied_people())',
                            for_whom text default '(select gate.practitioner_no())') returns text
language sql immutable
as $$
    select format($text$(
        not (about && %2$s)
        and not (%1$s = any(hidden_from))
        and (restricted = 0 or (restricted = 1 and author_no = %3$s)
             or %3$s = any(allowed)))$text$, reader, closed_people, for_whom)
$$;

drop function gate.opened_by(text);
create function gate.opened_by(reader text default '(select gate.agency_no())', on_day text default 'gate.today()')
returns text
language sql immutable
as $$
    select format($text$m.level >= fact_row.level
           and (m.stages >> stage) & 1 = 1
           and (m.back = 0 or happened_on > (%2$s - make_interval(months => m.back))::date)
           and (not m.needs_consent or consent_until >= %2$s)
           and (not m.needs_involvement
                or (facts_until >= %2$s and %1$s = any(involved)))$text$, reader, on_day)
$$;

-- A row to look back at. happening: rows that tell of one thing count once. level: see gate.ways. known_on: the day from
-- which its owner had it.
create type gate.past_row as (
    happening uuid, level integer, known_on date, id uuid, person_id uuid, about uuid[], happened_on date,
    hidden_from smallint[], kind smallint, owner_no smallint, author_no integer, sent_to_no smallint,
    stage smallint, involved smallint[], consent_until date, facts_until date, restricted smallint, allowed integer[]
);

-- The text that reads rows of one governed table so; every argument but the table and the level is text of SQL.
create function gate.past_rows(target text, level integer, happening text, known_on text, condition text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select format('select row(%s, %s, %s, %s)::gate.past_row as one from public.%I r where %s',
                  happening, past_rows.level, known_on,
                  (select string_agg('r.' || a.attname, ', ' order by a.attnum) from pg_attribute a
                    where a.attrelid = (select t.typrelid from pg_type t where t.oid = 'gate.past_row'::regtype)
                      and a.attnum > 3), g.table_name, condition)
      from gate.governed g where g.table_name = target
$$;

-- The rows there were at the end of a day, with the facts of that day. Nobody in particular is on a list of named people.
create function gate.as_of(rows gate.past_row[], on_day date) returns setof gate.past_row
language sql stable security definer set search_path = public, pg_temp
as $$
    with known as materialized (
        select * from unnest(rows) r where r.known_on <= on_day
    ), people as materialized (
        select array_agg(row(p.id, x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until,
                             x.restricted, x.address_hidden)::sharing_agreements_personfacts) as facts
          from (select distinct unnest(about) as id from known) p,
               lateral gate.facts_of(gate.same_person(p.id), on_day) x
    ), sets as materialized (
        select s.*, f.stage, f.involved, f.consent_until, f.facts_until, f.restricted
          from (select distinct about, person_id, kind = 2 as locates from known) s
         cross join people
         cross join lateral gate.facts_from(people.facts, s.about, s.person_id, case when s.locates then 2 else 1 end::smallint) f
    ), withheld as materialized (
        select x.record_id, coalesce(array_agg(a.no) filter (where x.ended_at is null), '{}') as now,
               coalesce(array_agg(a.no) filter (where gate.held_on(x.made_at, x.ended_at, on_day)), '{}') as that_day
          from sharing_agreements_recordexception x
          join sharing_agreements_agency a on a.id = x.agency_id
         where x.verb = 'withhold' and x.record_id in (select k.id from known k)
         group by 1
    )
    select k.happening, k.level, k.known_on, k.id, k.person_id, k.about, k.happened_on,
           array(select h from unnest(k.hidden_from) h where h <> all (coalesce(w.now, '{}'))) || w.that_day,
           k.kind, k.owner_no, null::integer, k.sent_to_no, s.stage, s.involved, s.consent_until, s.facts_until,
           s.restricted, null::integer[]
      from known k
      join sets s on s.about = k.about and s.person_id is not distinct from k.person_id and s.locates = (k.kind = 2)
      left join withheld w on w.record_id = k.id
$$;

-- Everything anybody could have seen of these rows on a day: what an agency held, what was sent to it or shared with it
-- by the owner's word (then no role is named), and what a clause opened to a role for a purpose. gave: the clause's level.
create function gate.seen_on(rows gate.past_row[], on_day date)
returns table (agency_no smallint, role text, purpose text, happening uuid, kind smallint, owner_no smallint,
               level integer, way text, clause_id uuid, gave smallint)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    return query execute format($sql$
        with fact_row as materialized (select * from gate.as_of($1, $2)),
        mine as materialized (
            select * from gate.rules_supposing('{}', $2) r
             where (r.provider_no, r.kind) in (select f.owner_no, f.kind from fact_row f)
        )
        select owner_no, '', '', happening, kind, owner_no, level, 'own', null::uuid, null::smallint from fact_row
        union all
        select sent_to_no, '', '', happening, kind, owner_no, level, 'sent', null, null
          from fact_row where sent_to_no <> owner_no and %1$s
        union all
        select shared.agency_no, '', '', happening, kind, owner_no, level, 'shared', null, null
          from fact_row
          join (select x.record_id, a.no as agency_no, gate.depth(x.level) as depth
                  from sharing_agreements_recordexception x
                  join sharing_agreements_agency a on a.id = x.agency_id
                 where x.verb = 'share' and x.practitioner_id is null and gate.held_on(x.made_at, x.ended_at, $2)
                   and (x.until is null or x.until >= $2)) shared on shared.record_id = fact_row.id and depth >= level
         where kind <> 4 and shared.agency_no <> owner_no and %2$s
        union all
        select m.recipient_no, m.role, m.purpose, happening, fact_row.kind, owner_no, fact_row.level, 'clause', m.clause_id, m.level
          from fact_row
          join mine m on m.provider_no = owner_no and m.kind = fact_row.kind
         where %3$s and %4$s$sql$,
        gate.denial('sent_to_no', '''{}''::uuid[]', 'null::integer'), gate.denial('shared.agency_no', '''{}''::uuid[]', 'null::integer'),
        gate.opened_by('m.recipient_no', '$2'), gate.denial('m.recipient_no', '''{}''::uuid[]', 'null::integer'))
        using rows, on_day;
end
$$;

-- The days on which something may have come to be seen: between two days, those on which an agreement, an involvement,
-- a consent, a stage or a restriction of these rows changed, the owner opened a record, or one was recorded.
create function gate.days_of_change(rows gate.past_row[], first_day date, last_day date) returns setof date
language sql stable security definer set search_path = public, pg_temp
as $$
    with same as materialized (
        select distinct m from (select distinct unnest(about) as id from unnest(rows)) p, unnest(gate.same_person(p.id)) m
    ), moment as (
        select m.moved_at as at from sharing_agreements_agreementmove m
        union all select p.signed_at from sharing_agreements_party p
        union all select c.recorded_at from sharing_agreements_sharingconsent c where c.person_id in (select m from same)
        union all select s.changed_at from sharing_agreements_stagechange s where s.person_id in (select m from same)
        union all select r.lifted_at from sharing_agreements_restrictedperson r where r.person_id in (select m from same)
        union all select h.lifted_at from sharing_agreements_hiddenaddress h where h.person_id in (select m from same)
        union all select case x.verb when 'share' then x.made_at else x.ended_at end
                    from sharing_agreements_recordexception x where x.record_id in (select r.id from unnest(rows) r)
    ), day as (
        select (at at time zone 'Europe/London')::date as one from moment
        union select a.starts_on from sharing_agreements_agreement a
        union select p.left_on from sharing_agreements_party p
        union select i.starts_on from sharing_agreements_involvement i where i.person_id in (select m from same)
        union select i.ends_on + 1 from sharing_agreements_involvement i where i.person_id in (select m from same)
        union select r.known_on from unnest(rows) r
        union select first_day
    )
    select one from day where one between first_day and last_day order by one
$$;

-- The first day on which somebody could have seen everything there was on a day: one line per agency, role and purpose;
-- no role where the agency needed no clause for it. Nothing until today: no line.
create function gate.first_whole(rows gate.past_row[], on_day date)
returns table (day date, agency_no smallint, role text, purpose text)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    whole constant uuid[] := array(select distinct r.happening from unnest(rows) r where r.known_on <= on_day);
    among constant gate.past_row[] := array(select r from unnest(rows) r where r.happening = any(whole));
    one date;
begin
    for one in
        select d from gate.days_of_change(among, (
            select max(known) from (select min(r.known_on) as known from unnest(among) r group by r.happening) x), gate.today()) d
         order by d
    loop
        return query
        with seen as materialized (select * from gate.seen_on(among, one))
        select one, who.agency_no, who.role, who.purpose
          from (select distinct s.agency_no, s.role, s.purpose from seen s) who
          left join gate.role r on r.role = who.role
          join seen s on s.agency_no = who.agency_no
           and case s.way when 'own' then true when 'clause' then (s.role, s.purpose) = (who.role, who.purpose)
                    else coalesce(r.receives, true) end
         group by 2, 3, 4
        having count(distinct s.happening) = cardinality(whole)
         order by 2, 3, 4;
        if found then
            return;
        end if;
    end loop;
end
$$;

revoke execute on function gate.facts_from(sharing_agreements_personfacts[], uuid[], uuid, smallint),
    gate.past_rows(text, integer, text, text, text), gate.as_of(gate.past_row[], date),
    gate.seen_on(gate.past_row[], date), gate.days_of_change(gate.past_row[], date, date),
    gate.first_whole(gate.past_row[], date) from public;

set local role eh_owner;
