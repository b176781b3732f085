-- Two facts that pages about a family need and that no governed row carries to the reader.

set local role eh_owner;
grant select (at, practitioner_id, family_id, what, outcome) on sharing_agreements_disclosure to eh_gate;
create index sharing_agreements_disclosure_my_looks on sharing_agreements_disclosure (practitioner_id, family_id, at desc)
    where family_id is not null;

set local role eh_gate;

-- When the acting practitioner last opened this page of these families. Their own looks only.
create function gate.last_looks(families uuid[], page text) returns table (family_id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
as $$
    select f, last.at
      from unnest(families) f,
           lateral (select d.at from sharing_agreements_disclosure d
                     where d.practitioner_id = gate.practitioner_id() and d.family_id = f
                       and d.what = 'GET ' || page and d.outcome = 'seen'
                     order by d.at desc limit 1) last
$$;

-- Those of these people whose address is hidden. Says that it is hidden and never where it is, so that whoever
-- reads about them keeps it so; closed to a practitioner with a conflict of interest.
create function gate.hidden_addresses(people uuid[]) returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
    select f.person_id from sharing_agreements_personfacts f
     where f.person_id = any(people) and f.address_hidden
       and gate.claims() is not null and f.person_id <> all(gate.denied_people())
$$;

set local role eh_owner;
