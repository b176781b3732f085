-- Examples of what an agreement must and must not show (decision 0059): tried with the clauses of gate.rules_supposing
-- and the sentence the explanation and the simulation ask of a row, put to a recipient and a record that are made up.

set local role eh_owner;

grant select on sharing_agreements_agreementexample to eh_gate, eh_web, eh_worker;
grant insert, delete on sharing_agreements_agreementexample to eh_web;
grant select on sharing_agreements_examplealarm to eh_web;
grant select, insert on sharing_agreements_examplealarm to eh_worker;
grant update (ended_at) on sharing_agreements_examplealarm to eh_worker;
grant insert on sharing_agreements_owedjob to eh_gate;

do $$
declare one text;
begin
    foreach one in array '{agreementexample,examplealarm}'::text[] loop
        one := 'sharing_agreements_' || one;
        execute format('alter table %I enable row level security', one);
        execute format('alter table %I force row level security', one);
        execute format('create policy maintenance on %I to eh_owner using ((select gate.in_maintenance()))
                        with check ((select gate.in_maintenance()))', one);
    end loop;
end
$$;
create policy gate_sees_all on sharing_agreements_agreementexample to eh_gate using (true) with check (true);
create policy jobs_read on sharing_agreements_agreementexample for select to eh_worker using (true);
create policy may_be_read on sharing_agreements_agreementexample for select to eh_web
    using (exists (select from sharing_agreements_agreement a where a.id = agreement_id));
create policy writes_draft on sharing_agreements_agreementexample to eh_web
    using (exists (select from sharing_agreements_agreement a where a.id = agreement_id
                      and a.state = 'draft' and a.drafter_id = (select gate.drafts_for())));
create policy may_be_read on sharing_agreements_examplealarm for select to eh_web
    using (exists (select from sharing_agreements_agreementexample e where e.id = example_id));
create policy job_check_examples on sharing_agreements_examplealarm to eh_worker
    using ((select gate.job()) = 'check_examples') with check ((select gate.job()) = 'check_examples');
create trigger only_drafts_change before insert or update or delete on sharing_agreements_agreementexample
    for each row execute function gate.only_drafts_change('agreement_id');

set local role eh_gate;

-- What a clause `m` of the row's kind and owner asks of a row `fact_row` before it opens it to an agency: the acting one,
-- or the one whose number `reader` gives.
drop function gate.opened_by();
create function gate.opened_by(reader text default '(select gate.agency_no())') returns text
language sql immutable
as $$
    select format($text$m.level >= fact_row.level
           and (m.stages >> stage) & 1 = 1
           and (m.back = 0 or happened_on > (gate.today() - make_interval(months => m.back))::date)
           and (not m.needs_consent or consent_until >= gate.today())
           and (not m.needs_involvement
                or (facts_until >= gate.today() and %s = any(involved)))$text$, reader)
$$;

-- Does each of these examples hold, if these changes were made today? One that must be seen holds when a clause of its
-- own agreement opens it to every recipient it speaks of, from every provider, and there are such. One that must not be
-- seen holds when no clause of any agreement opens it to any of them.
-- Where it does not hold: the first recipient and provider, and the clause that opens what must not be seen.
create function gate.example_results(examples sharing_agreements_agreementexample[], supposing gate.supposed[])
returns table (example_id uuid, holds boolean, recipient_no smallint, provider_no smallint, clause_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    return query execute format($sql$
        with example as materialized (
            select * from unnest($1)
        ), rule as materialized (
            select * from gate.rules_supposing($2, gate.today())
        ), member as materialized (
            select p.agreement_id, p.agency_id from sharing_agreements_party p
             where p.agreement_id in (select e.agreement_id from example e) and (p.left_on is null or gate.today() < p.left_on)
        ), fact_row as materialized (
            select e.id, e.agreement_id, e.must_see, e.role, e.purpose, e.kind, gate.depth(e.level) as level,
                   reader.no as reader_no, owner.no as owner_no, e.stage::integer as stage,
                   (gate.today() - make_interval(months => e.age))::date as happened_on,
                   case when e.agrees then gate.today() end as consent_until, gate.today() as facts_until,
                   case when e.is_involved then array[reader.no] else '{}' end as involved
              from example e
              join sharing_agreements_agency reader
                on reader.id = e.recipient_agency_id
                or (reader.type = e.recipient_type and case e.recipient_group
                        when 'party' then (e.agreement_id, reader.id) in (select * from member)
                        when 'stranger' then (e.agreement_id, reader.id) not in (select * from member)
                        when 'inside' then reader.district = e.recipient_district
                        when 'outside' then reader.district <> e.recipient_district
                        else true end)
              join sharing_agreements_agency owner
                on (owner.id = e.provider_agency_id or owner.type = e.provider_type)
               and (e.agreement_id, owner.id) in (select * from member)
             where owner.no <> reader.no
        ), tried as (
            select fact_row.id, fact_row.must_see, fact_row.reader_no, fact_row.owner_no,
                   (array_agg(m.clause_id order by m.agreement_id <> fact_row.agreement_id, m.clause_id)
                        filter (where m.agreement_id = fact_row.agreement_id or not fact_row.must_see))[1] as clause_id
              from fact_row
              left join rule m on m.recipient_no = fact_row.reader_no and m.role = fact_row.role
               and m.purpose = fact_row.purpose and m.provider_no = fact_row.owner_no and m.kind = fact_row.kind and %s
             group by 1, 2, 3, 4
        ), wrong as (
            select distinct on (t.id) t.* from tried t where (t.clause_id is not null) <> t.must_see
             order by t.id, t.reader_no, t.owner_no
        )
        select e.id, w.id is null and (not e.must_see or e.id in (select t.id from tried t)),
               w.reader_no, w.owner_no, w.clause_id
          from example e
          left join wrong w on w.id = e.id$sql$, gate.opened_by('fact_row.reader_no')) using examples, supposing;
end
$$;

-- The examples of one agreement as it stands, or as if every party had signed today where it does not stand yet; none of
-- one that is over, or of somebody else's draft. `instead`: rows to try in place of those written down.
create function gate.check_examples(wanted uuid, instead jsonb default null)
returns table (example_id uuid, holds boolean, recipient_no smallint, provider_no smallint, clause_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    one sharing_agreements_agreement%rowtype;
    examples sharing_agreements_agreementexample[];
begin
    select * into one from sharing_agreements_agreement a
     where a.id = wanted and a.state not in ('ended', 'replaced')
       and (a.state <> 'draft' or a.drafter_id = gate.drafts_for() or gate.in_maintenance());
    if not found then
        return;
    end if;
    if instead is null then
        examples := array(select e from sharing_agreements_agreementexample e where e.agreement_id = wanted);
    else
        examples := array(select e from jsonb_populate_recordset(null::sharing_agreements_agreementexample, instead) e
                           where e.agreement_id = wanted);
    end if;
    return query select * from gate.example_results(
        examples, case when one.state = 'signed' and one.starts_on <= gate.today() then '{}'::gate.supposed[]
                       else array[(wanted, 'sign', null)::gate.supposed] end);
end
$$;

-- The examples of agreements in force, all at once, as things stand. The job names the agreements.
create function gate.check_standing_examples(agreements uuid[])
returns table (example_id uuid, holds boolean, recipient_no smallint, provider_no smallint, clause_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    if gate.job() is distinct from 'check_examples' and not gate.in_maintenance() then
        raise exception 'a job does this' using errcode = 'EH403';
    end if;
    return query select * from gate.example_results(
        array(select e from sharing_agreements_agreementexample e where e.agreement_id = any(agreements)), '{}');
end
$$;

-- Owe a trial of every example after a change, once for a transaction. Where nobody has written one there is nothing to
-- try.
create function gate.owe_examples() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    insert into sharing_agreements_owedjob (id, key, job, payload, attempts, last_error)
    select gen_random_uuid(), 'check_examples:' || pg_current_xact_id(), 'check_examples', '{}', 0, ''
     where exists (select from sharing_agreements_agreementexample)
    on conflict do nothing;
    return null;
end
$$;
-- Every change of agreements, parties, clauses and agencies bumps the version.
create trigger examples_again after update on gate.rules_version
    for each statement execute function gate.owe_examples();

-- The words of an agreement as they are signed, with its examples. One without any has the words it had before.
create or replace function gate.agreement_words(wanted uuid) returns text
language sql stable set search_path = public, pg_temp
as $$
    select jsonb_pretty(jsonb_build_object(
        'reference', a.reference, 'version', a.version, 'title', a.title, 'overarching', a.overarching,
        'parent', a.parent_id, 'replaces', a.replaces_id,
        'purposes', (select jsonb_agg(p order by p) from unnest(a.purposes) p), 'powers', a.powers,
        'aim', a.aim, 'lawful_basis', a.lawful_basis, 'retention', a.retention,
        'incident_contact', a.incident_contact, 'rights_contact', a.rights_contact, 'dpia_reference', a.dpia_reference,
        'starts_on', a.starts_on, 'ends_on', a.ends_on, 'review_on', a.review_on,
        'parties', (select jsonb_agg(jsonb_build_object('agency', g.name, 'no', g.no, 'capacity', p.capacity) order by g.no)
                      from sharing_agreements_party p join sharing_agreements_agency g on g.id = p.agency_id
                     where p.agreement_id = a.id),
        'clauses', (select jsonb_agg(jsonb_build_object(
                        'number', c.number, 'provider', coalesce(provider.name, c.provider_type),
                        'recipient', coalesce(recipient.name, c.recipient_type), 'roles', to_jsonb(c.recipient_roles),
                        'kind', c.kind, 'level', c.level, 'needs_involvement', c.needs_involvement,
                        'needs_consent', c.needs_consent, 'stages', to_jsonb(c.stages), 'how_far_back', c.how_far_back)
                        order by c.number)
                      from sharing_agreements_clause c
                      left join sharing_agreements_agency provider on provider.id = c.provider_agency_id
                      left join sharing_agreements_agency recipient on recipient.id = c.recipient_agency_id
                     where c.agreement_id = a.id),
        'documents', (select jsonb_agg(jsonb_build_object('title', d.title, 'digest', d.digest) order by d.title)
                        from sharing_agreements_agreementdocument d where d.agreement_id = a.id))
        || coalesce((
            select jsonb_build_object('examples', jsonb_agg(jsonb_build_object(
                        'number', e.number, 'must_see', e.must_see, 'recipient', coalesce(recipient.name, e.recipient_type),
                        'group', e.recipient_group, 'district', e.recipient_district, 'role', e.role,
                        'purpose', e.purpose, 'provider', coalesce(provider.name, e.provider_type), 'kind', e.kind,
                        'level', e.level, 'is_involved', e.is_involved, 'agrees', e.agrees, 'stage', e.stage, 'age', e.age)
                        order by e.number))
              from sharing_agreements_agreementexample e
              left join sharing_agreements_agency provider on provider.id = e.provider_agency_id
              left join sharing_agreements_agency recipient on recipient.id = e.recipient_agency_id
             where e.agreement_id = a.id having count(*) > 0), '{}'))
      from sharing_agreements_agreement a where a.id = wanted
$$;

-- Sign for the acting agency what `seen_digest` stands for. The last signature brings the agreement into force when
-- its first day has come. EH424: an example does not hold.
create or replace function gate.sign_agreement(wanted uuid, seen_digest text, name text, post text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{proposed}');
    failing integer;
    all_signed boolean;
begin
    if not gate.is_bound(one.id, signed => false) then
        raise exception 'only a party signs' using errcode = 'EH403';
    end if;
    if gate.is_bound(one.id, signed => true) then
        raise exception 'already signed for this agency' using errcode = 'EH409';
    end if;
    if gate.agreement_digest(one.id) is distinct from seen_digest then
        raise exception 'these are not the words that were shown' using errcode = 'EH409';
    end if;
    perform gate.require_words(name, 'a signature names its signatory');
    perform gate.require_words(post, 'a signature names the signatory''s post');
    if one.ends_on < gate.today() then
        raise exception 'the last day has passed' using errcode = '23514';
    end if;
    select min(e.number) into failing
      from gate.check_examples(one.id) tried
      join sharing_agreements_agreementexample e on e.id = tried.example_id
     where not tried.holds;
    if failing is not null then
        raise exception 'example % does not hold', failing using errcode = 'EH424';
    end if;
    update sharing_agreements_party
       set signatory_name = btrim(name), signatory_post = btrim(post), signed_at = clock_timestamp(),
           signed_by_id = gate.practitioner_id(), digest = seen_digest
     where agreement_id = one.id and agency_id = gate.drafts_for();
    all_signed := not exists (select from sharing_agreements_party p
                               where p.agreement_id = one.id and p.left_on is null and p.signed_at is null);
    perform gate.move_agreement(one.id, 'sign', case when all_signed then 'signed' else 'proposed' end, '', seen_digest);
    perform gate.settle_replaced(one.id);
end
$$;

revoke execute on function gate.example_results(sharing_agreements_agreementexample[], gate.supposed[]) from public;

set local role eh_owner;
-- Who holds which post says nothing about an example, whose role is made up; a change of people tries them all the same.
create trigger examples_again after insert or update or delete on sharing_agreements_post
    for each statement execute function gate.owe_examples();
