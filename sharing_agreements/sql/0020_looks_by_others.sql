-- What other agencies looked at of what one's own holds: the governance lead's question after an agreement came into force.

set local role eh_gate;

-- Looks of other agencies' practitioners at records of the acting governance lead's agency, newest first, after the look
-- one has. Read a thousand looks at a time until there are enough, so that a busy partnership's log is not read whole.
-- Records nobody may open to the lead personally (gate.denial) are not counted.
create function gate.looks_by_others(before timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, practitioner_id uuid, agency_no smallint, role text, purpose text, what text,
               outcome text, family_id uuid, kinds smallint[], records integer)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
#variable_conflict use_column
declare
    chunk constant integer := 1000;
    given integer := 0;
    looks sharing_agreements_disclosure[];
    found_here integer;
    question text;
begin
    if gate.claim(9) is distinct from 'governance_lead' then
        return;
    end if;
    select format($sql$
               with asked as materialized (select l.id as look, r as record from unnest($1) l, unnest(l.record_ids) r),
               ours as (
                   select look, array_agg(distinct kind order by kind) as kinds, count(*)::integer as records from (%s) held
                    group by look)
               select l.id, l.at, l.practitioner_id, a.no, l.role::text, l.purpose::text, l.what::text, l.outcome::text,
                      l.family_id, ours.kinds, ours.records
                 from unnest($1) l join ours on ours.look = l.id join sharing_agreements_agency a on a.id = l.agency_id
                order by l.at desc, l.id desc limit $2$sql$,
               string_agg(format('select asked.look, t.kind from asked join %I t on t.id = asked.record
                                   where owner_no = (select gate.agency_no()) and %s', g.table_name, gate.denial()), ' union all '))
      into question from gate.governed g;
    loop
        looks := array(
            select d from sharing_agreements_disclosure d
             where d.practitioner_id is not null and d.agency_id <> gate.claim(7)::uuid and d.record_ids <> '{}'
               and d.outcome in ('seen', 'done') and (before is null or (d.at, d.id) < (before, before_id))
             order by d.at desc, d.id desc limit chunk);
        exit when cardinality(looks) = 0;
        return query execute question using looks, most - given;
        get diagnostics found_here = row_count;
        given := given + found_here;
        exit when given >= most or cardinality(looks) < chunk;
        before := looks[chunk].at;
        before_id := looks[chunk].id;
    end loop;
end
$$;

set local role eh_owner;
