-- A concern about somebody who works with children is hidden from that person's agency from the draft's first save on
-- (users 1.7): whoever looks after the author's unsent reports may be that person, so they are not told that it lies
-- there. The author is still reminded.

set local role eh_gate;

create or replace function gate.unsent_drafts() returns table (author_name text, started_at timestamptz)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select w.name::text, d.started_at
      from referrals_draft d
      join sharing_agreements_practitioner w on w.id = d.author_id
      join sharing_agreements_post p on p.id = d.post_id
      join sharing_agreements_agency a on a.id = p.agency_id
      left join sharing_agreements_team t on t.id = p.team_id
     where d.sent_at is null and d.abandoned_at is null and d.started_at < now() - interval '8 hours'
       and a.no = gate.agency_no() and w.no <> gate.practitioner_no()
       and (gate.claim(9) = 'manager' or (gate.claim(9) = 'supervisor' and t.no = gate.team_no()))
       and coalesce(d.data #>> '{concern,typed,concern,0}', '') <> 'works_with_children'
       and coalesce(d.data #>> '{works-with-children,typed,works_at,0}', '') <> a.id::text
     order by d.started_at
$$;

set local role eh_owner;
