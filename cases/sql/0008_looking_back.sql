-- The time machine of a family: what each agency could have seen of its chronology on an earlier day. For a learning
-- review, which is a purpose: whoever asks reads no record here, only how many of which kind.

set local role eh_gate;

-- The chronology that the acting principal may look back at: own agency's entries for a governance lead, and whatever
-- an agreement for learning across the partnership lets them know of. Nothing closed to them, never the hub-only box.
-- by_day: 'recorded', an entry counts from the day it was written down here; 'happened', from the day it is about.
-- headline: the level asked of a headline; 1 where a clause that says no more than that something is held counts too.
create function gate.chronology_to_look_back_at(family uuid, by_day text, headline integer) returns gate.past_row[]
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    known_on constant text := case by_day when 'happened' then 'r.happened_on'
                                   else $sql$(r.recorded_at at time zone 'Europe/London')::date$sql$ end;
    condition constant text := format('r.family_id = $1 and kind <> 4 and %s and (owner_no = (select gate.agency_no()) or %s)',
                                      gate.denial(), gate.predicate(1));
    found gate.past_row[];
begin
    if coalesce(gate.claim(9), '') not in ('governance_lead', 'manager') or gate.claim(10) <> 'evaluation' then
        return '{}';
    end if;
    execute format('select array_agg(x.one) from (%s union all %s) x',
        gate.past_rows('cases_event', headline, 'coalesce(r.event_id, r.id)', known_on, condition),
        gate.past_rows('cases_eventdetail', 3, '(select coalesce(e.event_id, e.id) from cases_event e where e.id = r.event_id)',
                       known_on, condition))
       into found using family;
    return coalesce(found, '{}');
end
$$;
revoke execute on function gate.chronology_to_look_back_at(uuid, text, integer) from public;

-- From which day to which day there is anything to look back at; no line where there is nothing.
create function gate.days_to_look_back_at(family uuid, by_day text) returns table (first_day date, last_day date)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select min(r.known_on), max(r.known_on) from unnest(gate.chronology_to_look_back_at(family, by_day, 2)) r
    having count(*) > 0
$$;

-- By agency, what it held and could have seen on a day: one line per way, clause, kind, owner and level; one per agency
-- without a way, and one without an agency. happenings: how many; held: those of its own; readable: those it held or
-- could have read, at least in summary.
create function gate.looking_back(family uuid, on_day date, by_day text)
returns table (agency_no smallint, way text, clause_id uuid, kind smallint, owner_no smallint, level integer,
               roles text[], happenings bigint, held bigint, readable bigint)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    with line as (
        select s.*, case when s.level = 3 then 3 when s.way = 'clause' then least(s.gave, 2) else 2 end as reach
          from gate.seen_on(gate.chronology_to_look_back_at(family, by_day, 1), on_day) s
    ), furthest as (
        select l.agency_no, l.way, l.clause_id, l.kind, l.owner_no, l.happening, max(l.reach) as reach,
               array_agg(distinct l.role order by l.role) as roles
          from line l group by 1, 2, 3, 4, 5, 6
    )
    select f.agency_no, f.way, f.clause_id, f.kind, f.owner_no, f.reach, array_remove(f.roles, ''),
           count(distinct f.happening), count(distinct f.happening) filter (where f.way = 'own'),
           count(distinct f.happening) filter (where f.reach >= 2)
      from furthest f
     group by grouping sets ((f.agency_no, f.way, f.clause_id, f.kind, f.owner_no, f.reach, f.roles), (f.agency_no), ())
    having count(*) > 0
$$;

-- The first day on which somebody could have seen, at least in summary, everything of it that there was on a day, and who.
create function gate.first_sight_of_whole(family uuid, on_day date, by_day text)
returns table (day date, agency_no smallint, role text, purpose text)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$ select * from gate.first_whole(gate.chronology_to_look_back_at(family, by_day, 2), on_day) $$;

set local role eh_owner;
