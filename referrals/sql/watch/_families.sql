-- One sweep over families nobody helps. Counted is only what an agreement opens to the hub of the district whoever is
-- involved, whatever they agreed to and without a case, or what was sent to it; never what is closed or hidden from
-- anybody. So a flag tells the hub nothing that it could not have read; it tells what nobody had put side by side.
with recursive {people},
hub as materialized (
    select distinct on (district) id, no, district from sharing_agreements_agency where type = 'hub'
     order by district, no),
opened as materialized (
    select h.id as hub_id, g.provider_no, g.kind, bool_or(g.back = 0) as any_age, max(g.back) as back
      from hub h cross join lateral gate.rules(%(as_of)s, h.no, null, 'triage') g
     where not g.needs_involvement and not g.needs_consent and g.stages & 1 = 1
     group by h.id, g.provider_no, g.kind),
member as materialized (
    select m.family_id, coalesce(r.root, m.person_id) as person, bool_or(m.part = any(%(children)s)) as is_child
      from cases_familymember m left join root r on r.id = m.person_id
     where m.restricted = 0 and coalesce(m.to_date, 'infinity') >= %(as_of)s
       and not exists (select from ended e where e.person_id = m.person_id)
     group by 1, 2),
child as materialized (select family_id, person from member where is_child),
help as materialized (
    select c.family_id,
           bool_or(k.state not in ('closed', 'declined')) as runs,
           max((k.since at time zone 'Europe/London')::date) filter (where k.state in ('closed', 'declined')) as ended
      from child c
      join (select k.state, k.since, coalesce(r.root, k.person_id) as person
              from cases_childincase k left join root r on r.id = k.person_id) k using (person)
     group by c.family_id),
told as materialized (
    select e.id, e.owner_id, e.owner_no, e.sent_to_id, e.kind, e.happened_on, e.headings, m.family_id
      from cases_event e
     cross join unnest(e.about) w (person)
      left join root r on r.id = w.person
      join member m on m.person = coalesce(r.root, w.person)
     where e.headings <> '{{}}' and e.withdrawn_at is null and e.restricted = 0 and e.hidden_from = '{{}}'
       and e.happened_on > %(many_needs_from)s and e.happened_on <= %(as_of)s),
needs as (
    select o.hub_id, t.family_id, t.id, t.happened_on, t.headings
      from told t join opened o on o.provider_no = t.owner_no and o.kind = t.kind
     where o.any_age or t.happened_on > %(as_of)s - o.back * interval '1 month'
     union
    select h.id, t.family_id, t.id, t.happened_on, t.headings
      from told t join hub h on h.id in (t.owner_id, t.sent_to_id)),
moves as (
    select o.hub_id, c.family_id, c.person, a.id, a.from_date, a.folded
      from sharing_agreements_address a
     cross join unnest(a.about) w (person)
      left join root r on r.id = w.person
      join child c on c.person = coalesce(r.root, w.person)
      join opened o on o.provider_no = a.owner_no and o.kind = a.kind
     where a.folded <> '' and a.restricted = 0 and a.hidden_from = '{{}}'
       and a.from_date > %(moved_often_from)s and a.from_date <= %(as_of)s),
firing as materialized (
    select 'many_needs' as rule, n.hub_id, n.family_id, array_agg(distinct n.id) as evidence
      from needs n cross join unnest(n.headings) g (heading) left join help h using (family_id)
     where n.happened_on > coalesce(h.ended, '-infinity')
     group by n.hub_id, n.family_id
    having count(distinct g.heading) >= %(many_needs_times)s
     union all
    (select distinct on (hub_id, family_id) 'moved_often', hub_id, family_id, evidence
       from (select m.hub_id, m.family_id, m.person, array_agg(m.id order by m.from_date, m.id) as evidence
               from moves m left join help h using (family_id)
              where m.from_date > coalesce(h.ended, '-infinity')
              group by m.hub_id, m.family_id, m.person
             having count(distinct m.folded) >= %(moved_often_times)s) per_child
      order by hub_id, family_id, cardinality(evidence) desc, person)),
due as materialized (
    select f.*, array(select c.person from child c where c.family_id = f.family_id order by c.person) as about
      from firing f
      join referrals_hubthreshold t on t.rule = f.rule and t.is_on
      left join help h using (family_id)
     where not coalesce(h.runs, false) and exists (select from child c where c.family_id = f.family_id)),
open_before as materialized (
    select id, rule, subject_id, owner_id, evidence from referrals_hubflag
     where cleared_at is null and contact_id is null),
cleared as (
    update referrals_hubflag f set cleared_at = %(now)s
     where f.id in (select b.id from open_before b
                      left join due d on d.rule = b.rule and d.family_id = b.subject_id
                     where d.rule is null)
    returning f.rule),
refreshed as (
    update referrals_hubflag f set evidence = d.evidence
      from due d join open_before b on b.rule = d.rule and b.subject_id = d.family_id
     where f.id = b.id and b.evidence <> d.evidence),
raised as (
    insert into referrals_hubflag as f (id, owner_id, family_id, about, happened_on, recorded_at, hidden_from, version,
        kind, owner_no, bit, stage, involved, workers, restricted, rule, subject_id, evidence, raised_at, raised_on)
    select gen_random_uuid(), d.hub_id, d.family_id, d.about, %(as_of)s, %(now)s, '{{}}', 1,
           22, 0, 0, 0, '{{}}', '{{}}', 0, d.rule, d.family_id, d.evidence, %(now)s, %(as_of)s
      from due d left join open_before b on b.rule = d.rule and b.subject_id = d.family_id
     where b.id is null
     order by d.about
    on conflict (rule, subject_id, contact_id) do update
       set cleared_at = null, raised_at = excluded.raised_at, raised_on = excluded.raised_on,
           evidence = excluded.evidence, snoozed_until = null, climbed_at = null
     where f.cleared_at is not null
    returning f.rule)
select rule, coalesce(n.raised, 0), coalesce(c.cleared, 0)
  from (select rule, count(*) as raised from raised group by rule) n
  full join (select rule, count(*) as cleared from cleared group by rule) c using (rule)
 order by rule
