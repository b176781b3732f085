-- The watch raises flags by the hundred thousand, so their facts are copied from the row each is about, in one
-- statement, instead of being computed row by row. Same kind, same people: the facts are the same by definition
-- (gate.wrong_facts() checks). Lock first, insert in a statement of its own (decision 13).

set local role eh_owner;
drop trigger stamp on cases_flag;
create trigger stamp before insert on cases_flag for each row when (current_user <> 'eh_gate')
    execute function gate.stamp('15');

-- What no query uses and a quarter of a million flags a night would pay for: the ways in by person and by family, the
-- single columns (a flag is found by its case while it is open, or by its agency), and keys whose values are copied
-- from the subject, which has those keys itself.
do $$
declare unused text;
begin
    for unused in
        select i.indexrelid::regclass::text from pg_index i
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
         where i.indrelid = 'cases_flag'::regclass and not i.indisunique and i.indpred is null
           and (a.attname in ('person_id', 'family_id')
                or i.indnkeyatts = 1 and a.attname in ('owner_id', 'author_id', 'sent_to_id', 'sent_to_practitioner_id',
                                                       'case_id'))
    loop
        execute format('drop index %s', unused);
    end loop;
    for unused in
        select c.conname from pg_constraint c
          join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         where c.conrelid = 'cases_flag'::regclass and c.contype = 'f'
           and a.attname in ('owner_id', 'family_id', 'person_id', 'sent_to_id', 'sent_to_practitioner_id')
    loop
        execute format('alter table cases_flag drop constraint %I', unused);
    end loop;
end
$$;

set local role eh_gate;

-- Raise flags: parallel arrays of rule, subject, case, episode and evidence (as text, for arrays of any length).
-- Subjects are rows of `subjects`. Answers how many are new or raised again.
create function gate.raise_flags(subjects text, day date, at_time timestamptz, rules text[], subject_ids uuid[],
                                 cases uuid[], episodes uuid[], evidence text[]) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare raised bigint;
begin
    if gate.job() is distinct from 'watch_cases' and not gate.in_maintenance() then
        raise exception 'only the watch raises flags' using errcode = 'EH403';
    end if;
    if subjects not in ('cases_case', 'cases_watch', 'cases_stepup') then
        raise exception 'flags are about cases, keeping in touch and step ups' using errcode = '22023';
    end if;
    execute format(
        'select from sharing_agreements_personfacts f
          where f.person_id in (select unnest(s.about) from %I s where s.id = any($1))
          order by f.person_id for share', subjects) using subject_ids;
    execute format($insert$
        insert into cases_flag as f (id, owner_id, family_id, person_id, about, happened_on, recorded_at, sent_to_id,
            sent_to_practitioner_id, hidden_from, version, kind, owner_no, sent_to_no, sent_to_practitioner_no, bit,
            stage, involved, workers, lead_no, consent_until, facts_until, restricted, allowed,
            case_id, rule, subject_id, episode, evidence, raised_at, raised_on)
        select gen_random_uuid(), s.owner_id, s.family_id, s.person_id, s.about, $1, $2, s.sent_to_id,
               s.sent_to_practitioner_id, s.hidden_from, 1, s.kind, s.owner_no, s.sent_to_no,
               s.sent_to_practitioner_no, s.bit, s.stage, s.involved, s.workers, s.lead_no, s.consent_until,
               s.facts_until, s.restricted, s.allowed, x.case_id, x.rule, x.subject_id, x.episode, x.evidence::uuid[], $2, $1
          from unnest($3, $4, $5, $6, $7) x (rule, subject_id, case_id, episode, evidence)
          join %I s on s.id = x.subject_id
        on conflict (rule, subject_id, episode) do update
           set cleared_at = null, raised_at = excluded.raised_at, raised_on = excluded.raised_on,
               evidence = excluded.evidence, snoozed_until = null, climbed_at = null
         where f.cleared_at is not null $insert$, subjects)
      using day, at_time, rules, subject_ids, cases, episodes, evidence;
    get diagnostics raised = row_count;
    return raised;
end
$$;
revoke execute on function gate.raise_flags(text, date, timestamptz, text[], uuid[], uuid[], uuid[], text[]) from public;
grant execute on function gate.raise_flags(text, date, timestamptz, text[], uuid[], uuid[], uuid[], text[])
    to eh_worker, eh_owner;

set local role eh_owner;
