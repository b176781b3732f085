-- A clause may speak of the parties of a type in one district: the district each agency says it works in.

set local role eh_owner;
grant update (provider_district, recipient_district) on sharing_agreements_clause to eh_web;

set local role eh_gate;

-- One row per clause in force on a day x recipient agency x role x purpose x provider agency. An agreement is in
-- force when its state that day is signed, its dates hold, every party that has not left had signed by that day, and
-- no newer version of it had come into force.
-- level: 1 existence, 2 summary, 3 full. stages: a bit per stage. back: months, 0 for any age.
-- A recipient, role or purpose given as NULL means all of them. supposing: as if these changes were made that day.
create or replace function gate.rules_supposing(supposing gate.supposed[], on_day date, for_recipient smallint default null,
                                     for_role text default null, for_purpose text default null)
returns table (clause_id uuid, agreement_id uuid, recipient_no smallint, role text, purpose text,
               provider_no smallint, kind smallint, level smallint, back smallint,
               needs_involvement boolean, needs_consent boolean, stages integer)
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    with change as materialized (
        select * from unnest(supposing)
    ), standing as materialized (
        select s.agreement_id, false as signed_now from gate.states_on(on_day) s where s.state = 'signed'
           and s.agreement_id not in (select x.agreement_id from change x where x.verb in ('sign', 'end'))
        union all
        select x.agreement_id, true from change x where x.verb = 'sign'
    ), member as materialized (
        select p.agreement_id, p.agency_id,
               coalesce((p.signed_at at time zone 'Europe/London')::date <= on_day, false) as has_signed
          from sharing_agreements_party p
         where (p.left_on is null or on_day < p.left_on)
           and (p.agreement_id, p.agency_id) not in (select x.agreement_id, x.agency_id from change x where x.verb in ('join', 'leave'))
        union all
        select x.agreement_id, x.agency_id, true from change x where x.verb = 'join'
    ), bound as (
        select m.agreement_id, g.id, g.no, g.type, g.district
          from member m
          join standing s on s.agreement_id = m.agreement_id
          join sharing_agreements_agency g on g.id = m.agency_id
         where m.has_signed or s.signed_now
    ), superseded as materialized (
        select newer.replaces_id
          from sharing_agreements_agreement newer
          join gate.first_days_in_force() began on began.agreement_id = newer.id
         where newer.replaces_id is not null and began.first_day <= on_day
           and not (began.first_day = on_day and newer.id in (select x.agreement_id from change x where x.verb = 'end'))
        union all
        select newer.replaces_id
          from sharing_agreements_agreement newer
          join change x on x.agreement_id = newer.id and x.verb = 'sign'
         where newer.replaces_id is not null and on_day <= newer.ends_on
    )
    select c.id, a.id, recipient.no, r.role, u.purpose, provider.no, c.kind,
           (case c.level when 'existence' then 1 when 'summary' then 2 else 3 end)::smallint,
           c.how_far_back, c.needs_involvement, c.needs_consent,
           case when c.stages = '{}' then 255
                else (select bit_or(1 << s) from unnest(c.stages) s) end
      from sharing_agreements_agreement a
      join standing stood on stood.agreement_id = a.id
      join sharing_agreements_clause c on c.agreement_id = a.id
      join bound recipient on recipient.agreement_id = a.id
       and (recipient.id = c.recipient_agency_id
            or recipient.type = c.recipient_type and c.recipient_district in ('', recipient.district))
      join bound provider on provider.agreement_id = a.id
       and (provider.id = c.provider_agency_id
            or provider.type = c.provider_type and c.provider_district in ('', provider.district))
     cross join unnest(c.recipient_roles) r (role)
     cross join unnest(a.purposes) u (purpose)
     where a.id not in (select replaces_id from superseded)
       and (for_recipient is null or recipient.no = for_recipient)
       and (for_role is null or r.role = for_role)
       and (for_purpose is null or u.purpose = for_purpose)
       and (on_day >= a.starts_on or stood.signed_now) and on_day <= a.ends_on
       and recipient.no <> provider.no
       and (stood.signed_now or not exists (
           select from member x where x.agreement_id = a.id and not x.has_signed))
$$;

-- The words of an agreement as they are signed. A clause that names no district has the words it had before.
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
                        'number', c.number, 'provider', coalesce(provider.name, c.provider_type || c.in_provider_district),
                        'recipient', coalesce(recipient.name, c.recipient_type || c.in_recipient_district), 'roles', to_jsonb(c.recipient_roles),
                        'kind', c.kind, 'level', c.level, 'needs_involvement', c.needs_involvement,
                        'needs_consent', c.needs_consent, 'stages', to_jsonb(c.stages), 'how_far_back', c.how_far_back)
                        order by c.number)
                      from (select x.*, coalesce(' in ' || nullif(x.provider_district, ''), '') as in_provider_district,
                                   coalesce(' in ' || nullif(x.recipient_district, ''), '') as in_recipient_district
                              from sharing_agreements_clause x) c
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

-- The examples of one agreement as it stands, or as if every party had signed today where it does not stand yet; none of
-- one that is over, or of somebody else's draft. `instead`: rows to try in place of those written down.
create or replace function gate.check_examples(wanted uuid, instead jsonb default null)
returns table (example_id uuid, holds boolean, recipient_no smallint, provider_no smallint, clause_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
    one sharing_agreements_agreement%rowtype;
    examples sharing_agreements_agreementexample[];
    -- by name, so that a supposed change may come to say more
    signing constant jsonb := jsonb_build_object('agreement_id', wanted, 'verb', 'sign');
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
                       else array[jsonb_populate_record(null::gate.supposed, signing)] end);
end
$$;

set local role eh_owner;
