-- One sweep: what fires, what no longer does, what is new. The names in braces are the other files of this folder.
with recursive {people},
{homes},
subjects as materialized (
    select contact_id, owner_id, received_at, closed, person as subject_id, 0 as rank from reported
     union
    select p.contact_id, p.owner_id, p.received_at, p.closed, m.family_id, 1
      from reported p
      join (select m.family_id, coalesce(r.root, m.person_id) as person
              from cases_familymember m left join root r on r.id = m.person_id
             where coalesce(m.to_date, 'infinity') >= %(as_of)s) m on m.person = p.person
     union
    select p.contact_id, p.owner_id, p.received_at, p.closed, h.home, 2
      from reported p
      join homes h on h.person = p.person
       and (p.received_at at time zone 'Europe/London')::date between h.starts_on and h.ends_on),
placed as materialized (
    select k.id, k.state, k.since, coalesce(r.root, k.person_id) as person
      from cases_childincase k left join root r on r.id = k.person_id),
{lead},
firing as materialized (
    select x.* from ({rules}) x join referrals_hubthreshold t on t.rule = x.rule where t.is_on),
raised_before as materialized (
    select id, rule, subject_id, contact_id, evidence from referrals_hubflag
     where cleared_at is null and contact_id is not null),
cleared as (
    update referrals_hubflag f set cleared_at = %(now)s
     where f.id in (select b.id from raised_before b
                      left join firing x using (rule, subject_id, contact_id) where x.rule is null)
    returning f.rule),
refreshed as (
    update referrals_hubflag f set evidence = x.evidence
      from firing x join raised_before b using (rule, subject_id, contact_id)
     where f.id = b.id and b.evidence <> x.evidence),
fresh as materialized (
    select x.*, c.owner_id,
           array(select distinct a from referrals_contact e, unnest(e.about) a
                  where e.id = c.id or e.id = any(x.evidence) order by a) as about,
           array(select distinct h from referrals_contact e, unnest(e.hidden_from) h
                  where e.id = c.id or e.id = any(x.evidence) order by h) as hidden_from
      from firing x
      join referrals_contact c on c.id = x.contact_id
      left join raised_before b using (rule, subject_id, contact_id)
     where b.id is null),
raised as (
    insert into referrals_hubflag as f (id, owner_id, about, happened_on, recorded_at, hidden_from, version, kind,
        owner_no, bit, stage, involved, workers, restricted,
        contact_id, rule, subject_id, evidence, raised_at, raised_on)
    select gen_random_uuid(), owner_id, about, %(as_of)s, %(now)s, hidden_from, 1, 22, 0, 0, 0, '{{}}', '{{}}', 0,
           contact_id, rule, subject_id, evidence, %(now)s, %(as_of)s
      from fresh order by about
    on conflict (rule, subject_id, contact_id) do update
       set cleared_at = null, raised_at = excluded.raised_at, raised_on = excluded.raised_on,
           evidence = excluded.evidence, snoozed_until = null, climbed_at = null
     where f.cleared_at is not null
    returning f.rule)
select rule, coalesce(n.raised, 0), coalesce(c.cleared, 0)
  from (select rule, count(*) as raised from raised group by rule) n
  full join (select rule, count(*) as cleared from cleared group by rule) c using (rule)
 order by rule
