-- Flags on an agency's place in the team: they reach whoever reads that place, the lead and that agency's manager.
-- Whoever invited a sensitive agency reads its place because they wrote it, and so reads its flag.
-- J8: two meetings or six weeks (domain J8); on at once for both, and to the lead's manager after two weeks (ours).

set local role eh_owner;
alter table cases_threshold no force row level security;
insert into cases_threshold (rule, is_on, days, climbs_after) values ('agency_away', true, 30, 10);
alter table cases_threshold force row level security;

set local role eh_gate;

create or replace function gate.raise_flags(subjects text, day date, at_time timestamptz, rules text[],
    subject_ids uuid[], cases uuid[], episodes uuid[], evidence text[]) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare raised bigint;
begin
    if gate.job() is distinct from 'watch_cases' and not gate.in_maintenance() then
        raise exception 'only the watch raises flags' using errcode = 'EH403';
    end if;
    if subjects not in ('cases_case', 'cases_watch', 'cases_stepup', 'cases_teammember') then
        raise exception 'flags are about cases, keeping in touch, step ups and places in a team' using errcode = '22023';
    end if;
    execute format(
        'select from sharing_agreements_personfacts f
          where f.person_id in (select unnest(s.about) from %I s where s.id = any($1))
          order by f.person_id for share', subjects) using subject_ids;
    execute format($insert$
        insert into cases_flag as f (id, owner_id, family_id, person_id, about, happened_on, recorded_at, sent_to_id,
            sent_to_practitioner_id, hidden_from, version, kind, owner_no, sent_to_no, sent_to_practitioner_no, bit,
            stage, involved, workers, lead_no, consent_until, facts_until, restricted, allowed,
            case_id, rule, subject_id, episode, evidence, raised_at, raised_on, author_id, author_no)
        select gen_random_uuid(), s.owner_id, s.family_id, s.person_id, s.about, $1, $2, s.sent_to_id,
               s.sent_to_practitioner_id, s.hidden_from, 1, s.kind, s.owner_no, s.sent_to_no,
               s.sent_to_practitioner_no, s.bit, s.stage, s.involved, s.workers, s.lead_no, s.consent_until,
               s.facts_until, s.restricted, s.allowed, x.case_id, x.rule, x.subject_id, x.episode, x.evidence::uuid[], $2, $1,
               case when $8 then s.author_id end, case when $8 then s.author_no end
          from unnest($3, $4, $5, $6, $7) x (rule, subject_id, case_id, episode, evidence)
          join %I s on s.id = x.subject_id
        on conflict (rule, subject_id, episode) do update
           set cleared_at = null, raised_at = excluded.raised_at, raised_on = excluded.raised_on,
               evidence = excluded.evidence, snoozed_until = null, climbed_at = null
         where f.cleared_at is not null $insert$, subjects)
      using day, at_time, rules, subject_ids, cases, episodes, evidence, subjects = 'cases_teammember';
    get diagnostics raised = row_count;
    return raised;
end
$$;

set local role eh_owner;
