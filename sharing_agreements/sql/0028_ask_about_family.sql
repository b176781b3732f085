-- A governance lead asked about somebody ("who has looked at my child's record?") finds the family by what the asker
-- says: the whole name and the date of birth. Nothing that was not said comes back but numbers.

set local role eh_gate;

create function gate.families_to_ask_about(name text, born date)
returns table (family_id uuid, records bigint, first_month date, last_month date)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    people uuid[];
begin
    if gate.claim(9) is distinct from 'governance_lead' or gate.folded(name) = '' or born is null then
        return;
    end if;
    people := array(
        select distinct m
          from sharing_agreements_identity i, unnest(gate.same_person(i.person_id)) m
         where i.owner_no = gate.agency_no() and i.born_on = born
           and (i.given_name <> '' and gate.folded(name) = gate.folded(i.given_name || ' ' || i.family_name)
                or i.known_as <> '' and gate.folded(name) = gate.folded(i.known_as || ' ' || i.family_name)));
    return query execute format($sql$
        select family_id, count(*), date_trunc('month', min(happened_on))::date, date_trunc('month', max(happened_on))::date
          from (%s) held where %s and owner_no = (select gate.agency_no())
         group by 1 order by 4 desc, 1$sql$,
        gate.all_rows('about && $1 and family_id is not null'), gate.denial()) using people;
end
$$;

-- Whether anything is held of a family that the acting principal may ask about.
create function gate.may_ask_about(family uuid) returns boolean
language sql volatile security definer parallel restricted set search_path = public, pg_temp
as $$ select cardinality(gate.rows_to_ask_about(family)) > 0 $$;

set local role eh_owner;
