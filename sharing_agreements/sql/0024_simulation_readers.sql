-- Who reads a simulation for one practitioner, and whose records its lines give examples of (decision 0069).

set local role eh_gate;

-- Families of which a line of a finished run counts a record that the acting agency owns, with the month of the newest: for
-- its governance lead, who answers for what is given and taken. Nothing of other agencies' records, nothing that is closed
-- to the lead, nothing when the line is for one practitioner or the rules have changed since.
create function gate.examples_of(line uuid, at_most integer) returns table (family_id uuid, month date)
language plpgsql volatile security definer set search_path = public, pg_temp set jit = off
as $$
declare
    counted sharing_agreements_simulationline%rowtype;
    one sharing_agreements_simulationrun%rowtype;
    recipient smallint;
    scratch constant uuid := gen_random_uuid();
begin
    select * into counted from sharing_agreements_simulationline x where x.id = line;
    select * into one from sharing_agreements_simulationrun r where r.id = counted.run_id;
    select a.no into recipient from sharing_agreements_agency a where a.id = counted.agency_id;
    if gate.drafts_for() is null or one.practitioner_id is not null or gate.rules_are_as_in(one.id) is not true then
        return;
    end if;
    perform gate.prepare_simulation(
        scratch, array[gate.suppose(one.agreement_id, one.supposed, one.agency_id, one.starts_on, one.ends_on)], one.from_day,
        null, recipient, counted.role::text, counted.purpose::text);
    return query execute format($sql$
        select d.family_id, date_trunc('month', max(d.happened_on))::date from (%s) d
         where d.kind = $2 and d.level = gate.depth($3) and d.gained = $4
         group by d.family_id order by max(d.happened_on) desc, d.family_id limit $5$sql$,
        gate.differing(array(select g.table_name from gate.governed g where g.level = counted.level),
                       'family_id is not null and owner_no = (select gate.agency_no()) and ' || gate.denial()))
        using scratch, counted.kind, counted.level, counted.gained, at_most;
    perform gate.forget_simulation(scratch);
end
$$;

set local role eh_owner;

-- What would change for one practitioner is for the governance leads of that practitioner's agency alone.
drop policy of_the_parties on sharing_agreements_simulationrun;
create policy of_the_parties on sharing_agreements_simulationrun for select to eh_web
    using (gate.may_simulate(agreement_id) and (for_agency_id is null or for_agency_id = gate.drafts_for()));
