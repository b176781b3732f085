-- One sweep: what fires, what no longer does, what is new. The names in braces are the other files of this folder.
with ended as materialized (select person_id from gate.ended_people()),
in_work as materialized ({in_work}),
reviewed as materialized ({reviewed}),
settings as (
    select * from unnest(%(rules)s, %(is_on)s, %(subjects)s) s (rule, is_on, subjects)),
firing as materialized (
    select x.*, s.subjects from ({rules}) x join settings s on s.rule = x.rule where s.is_on),
raised_before as materialized (
    select id, rule, subject_id, episode, evidence from cases_flag where cleared_at is null),
cleared as (
    update cases_flag f set cleared_at = %(now)s
     where f.id in (select b.id from raised_before b left join firing x
                        on x.rule = b.rule and x.subject_id = b.subject_id and x.episode = b.episode
                     where x.rule is null)
    returning f.rule),
refreshed as (
    update cases_flag f set evidence = x.evidence
      from firing x join raised_before b
        on x.rule = b.rule and x.subject_id = b.subject_id and x.episode = b.episode and x.evidence <> b.evidence
     where f.id = b.id),
fresh as materialized (
    select x.* from firing x left join raised_before b
        on x.rule = b.rule and x.subject_id = b.subject_id and x.episode = b.episode
     where b.id is null),
raised as materialized (
    select gate.raise_flags(subjects, %(as_of)s, %(now)s, array_agg(rule), array_agg(subject_id), array_agg(case_id),
                            array_agg(episode), array_agg(evidence::text)) as flags
      from fresh group by subjects)
select rule, coalesce(n.raised, 0), coalesce(c.cleared, 0), (select sum(flags) from raised)
  from (select rule, count(*) as raised from fresh group by rule) n
  full join (select rule, count(*) as cleared from cleared group by rule) c using (rule)
 order by rule
