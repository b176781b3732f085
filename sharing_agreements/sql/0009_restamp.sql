-- Facts of a whole import at once (decision 0027): the loader copies rows in without stamps, then calls this.
-- Maintenance only. The same two definitions as everywhere: gate.facts_of for people, gate.facts_for for rows.

set local role eh_gate;

create function gate.restamp() returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare governed record;
begin
    if not gate.in_maintenance() then
        raise exception 'facts are computed for everybody in maintenance only' using errcode = 'EH403';
    end if;
    insert into sharing_agreements_personfacts
        (person_id, stage, involved, workers, facts_until, restricted, address_hidden)
    select p.id, 0, '{}', '{}', '9999-12-31', false, false from sharing_agreements_person p
    on conflict do nothing;
    update sharing_agreements_personfacts f
       set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, address_hidden) =
           (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                   x.address_hidden
              from gate.facts_of(gate.same_person(f.person_id), gate.today()) x);
    for governed in select g.table_name, g.kind from gate.governed g order by 1 loop
        execute format($sql$
            update %I r
               set kind = coalesce(%L::smallint, r.kind),
                   owner_no = owner.no,
                   author_no = (select no from sharing_agreements_practitioner p where p.id = r.author_id),
                   sent_to_no = (select no from sharing_agreements_agency a where a.id = r.sent_to_id),
                   sent_to_practitioner_no =
                       (select no from sharing_agreements_practitioner p where p.id = r.sent_to_practitioner_id),
                   about = case when r.person_id is null or r.person_id = any(r.about) then r.about
                                else r.about || r.person_id end
              from sharing_agreements_agency owner
             where owner.id = r.owner_id $sql$, governed.table_name, governed.kind);
        execute format($sql$
            update %I r
               set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, bit) =
                   (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                           (r.owner_no * 32 + r.kind) * 16 + x.stage * 2
                      from gate.facts_for(r.about, r.person_id, r.kind) x) $sql$, governed.table_name);
        execute format('insert into gate.holder
                        select owner_no from %1$I union select sent_to_no from %1$I where sent_to_no is not null
                        on conflict do nothing', governed.table_name);
    end loop;
end
$$;
revoke execute on function gate.restamp() from public;
grant execute on function gate.restamp() to eh_owner;

set local role eh_owner;
