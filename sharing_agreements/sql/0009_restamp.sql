-- Facts of a whole import at once (decision 0027). The loader copies rows into a staging table without indexes,
-- stamps them there by the same two definitions as everywhere (gate.facts_of for people, gate.facts_for for rows,
-- the latter once for each distinct set of people), and inserts them once.

set local role eh_gate;

-- Bring every person's facts row up to date. Maintenance only.
create function gate.restamp_people() returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if not gate.in_maintenance() then
        raise exception 'facts are computed for everybody in maintenance only' using errcode = 'EH403';
    end if;
    update sharing_agreements_personfacts f
       set (stage, involved, workers, lead_no, consent_until, facts_until, restricted, address_hidden) =
           (select x.stage, x.involved, x.workers, x.lead_no, x.consent_until, x.facts_until, x.restricted,
                   x.address_hidden
              from gate.facts_of(gate.same_person(f.person_id), gate.today()) x);
end
$$;

-- Remember which agencies own or were sent rows. Maintenance only.
create function gate.holds(agencies smallint[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if not gate.in_maintenance() then
        raise exception 'maintenance only' using errcode = 'EH403';
    end if;
    insert into gate.holder select distinct unnest(agencies) on conflict do nothing;
end
$$;
revoke execute on function gate.restamp_people(), gate.holds(smallint[]) from public;
grant execute on function gate.restamp_people(), gate.holds(smallint[]), gate.facts_for(uuid[], uuid, smallint) to eh_owner;

set local role eh_owner;

-- Fill the facts of rows staged in a temporary table for `target`, and insert them into it. Run by the owner.
-- The sets of people met so far in this transaction, with their facts, are kept for the next table: most tables
-- are about the same people.
create procedure gate.insert_staged(staged text, target text)
language plpgsql
as $$
declare
    fixed_kind constant smallint := (select kind from gate.governed where table_name = target);
begin
    if to_regclass('pg_temp.staged_sets') is null then
        create temporary table staged_sets (about uuid[], person_id uuid, locates boolean, f gate.facts) on commit drop;
    end if;
    execute format($sql$
        update %I r
           set kind = coalesce(%L::smallint, r.kind), owner_no = owner.no,
               author_no = (select no from sharing_agreements_practitioner p where p.id = r.author_id),
               sent_to_no = (select no from sharing_agreements_agency a where a.id = r.sent_to_id),
               sent_to_practitioner_no =
                   (select no from sharing_agreements_practitioner p where p.id = r.sent_to_practitioner_id),
               about = array(select distinct p from unnest(r.about || r.person_id) p where p is not null order by p)
          from sharing_agreements_agency owner where owner.id = r.owner_id $sql$, staged, fixed_kind);
    execute format($sql$
        insert into staged_sets
        select d.about, d.person_id, d.locates,
               gate.facts_for(d.about, d.person_id, case when d.locates then 2 else 1 end::smallint)
          from (select about, person_id, kind = 2 as locates from %I
                except select about, person_id, locates from staged_sets) d $sql$, staged);
    execute format($sql$
        update %I r
           set stage = (s.f).stage, involved = (s.f).involved, workers = (s.f).workers, lead_no = (s.f).lead_no,
               consent_until = (s.f).consent_until, facts_until = (s.f).facts_until, restricted = (s.f).restricted,
               allowed = (s.f).allowed,
               bit = (r.owner_no * 32 + r.kind) * 16 + (s.f).stage * 2
          from staged_sets s
         where s.about = r.about and s.person_id is not distinct from r.person_id
           and s.locates = (r.kind = 2) $sql$, staged);
    execute format('insert into %I select * from %I', target, staged);
    execute format('select gate.holds(coalesce(array_agg(distinct n), ''{}'')) from
                    (select owner_no as n from %1$I union select sent_to_no from %1$I where sent_to_no is not null) x', staged);
end
$$;
revoke execute on procedure gate.insert_staged(text, text) from public;
