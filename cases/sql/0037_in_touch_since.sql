-- Since when people are kept in touch with: the first day of the watch that runs, whenever their stage was recorded; the
-- day of the stage where there is no watch. Says what gate.marks_of says, to whom it says it.

set local role eh_gate;

create function gate.in_touch_since(people uuid[]) returns table (person_id uuid, since date)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    return query
    select m.person_id, coalesce(min(w.starts_on), (min(m.stage_since) at time zone 'Europe/London')::date)
      from gate.marks_of(people) m
      left join cases_watch w on w.person_id = any(gate.same_person(m.person_id)) and w.ended_on is null
     where m.stage = 4
     group by m.person_id;
end
$$;

set local role eh_owner;
