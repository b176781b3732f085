-- Who reads an agreement and who writes the words of a draft; that nothing but a draft changes; that every agreement
-- has a history from its first row. The verbs that move it are in 0010_agreement_life.sql.

set local role eh_gate;

-- The agency whose drafts the principal may write; nobody but a governance lead has one.
create function gate.drafts_for() returns uuid
language sql stable parallel restricted
as $$ select case when gate.claim(9) = 'governance_lead' then gate.claim(7)::uuid end $$;

-- Was an agreement that has ended ever proposed? A draft that was given up stays its drafter's.
create function gate.was_proposed(agreement uuid) returns boolean
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select exists (select from sharing_agreements_agreementmove m
                    where m.agreement_id = was_proposed.agreement and m.to_state = 'ended' and m.from_state <> 'draft')
$$;

set local role eh_owner;

grant select on sharing_agreements_agreementdocument to eh_gate, eh_web, eh_worker;
grant insert on sharing_agreements_agreement, sharing_agreements_party, sharing_agreements_clause,
    sharing_agreements_agreementdocument to eh_web;
grant update (reference, title, overarching, parent_id, purposes, aim, lawful_basis, powers, retention, incident_contact,
    rights_contact, dpia_reference, starts_on, ends_on, review_on, revision) on sharing_agreements_agreement to eh_web;
grant update (capacity) on sharing_agreements_party to eh_web;
grant update (number, provider_agency_id, provider_type, recipient_agency_id, recipient_type, recipient_roles, kind,
    level, needs_involvement, needs_consent, stages, how_far_back) on sharing_agreements_clause to eh_web;
grant delete on sharing_agreements_party, sharing_agreements_clause, sharing_agreements_agreementdocument to eh_web;
grant update (state) on sharing_agreements_agreement to eh_gate;
grant update (signatory_name, signatory_post, signed_at, signed_by_id, digest, left_on)
    on sharing_agreements_party to eh_gate;
grant insert on sharing_agreements_agreementmove to eh_gate;

do $$
declare one text;
begin
    foreach one in array '{agreement,party,clause,agreementdocument,agreementmove}'::text[] loop
        one := 'sharing_agreements_' || one;
        execute format('alter table %I enable row level security', one);
        execute format('alter table %I force row level security', one);
        execute format('create policy gate_sees_all on %I to eh_gate using (true) with check (true)', one);
        execute format('create policy maintenance on %I to eh_owner using ((select gate.in_maintenance()))
                        with check ((select gate.in_maintenance()))', one);
        execute format('create policy jobs_read on %I for select to eh_worker using (true)', one);
        if one = 'sharing_agreements_agreement' then
            execute format('create policy may_be_read on %I for select to eh_web
                            using (state in (''proposed'', ''signed'', ''suspended'', ''replaced'')
                                   or drafter_id = (select gate.drafts_for())
                                   or (state = ''ended'' and gate.was_proposed(id)))', one);
            execute format('create policy opens_draft on %I for insert to eh_web
                            with check (state = ''draft'' and drafter_id = (select gate.drafts_for()))', one);
            execute format('create policy writes_draft on %I for update to eh_web
                            using (state = ''draft'' and drafter_id = (select gate.drafts_for()))', one);
            continue;
        end if;
        execute format('create policy may_be_read on %I for select to eh_web using (exists (
                        select from sharing_agreements_agreement a where a.id = agreement_id))', one);
        if one <> 'sharing_agreements_agreementmove' then
            execute format('create policy writes_draft on %I to eh_web using (exists (
                            select from sharing_agreements_agreement a where a.id = agreement_id
                               and a.state = ''draft'' and a.drafter_id = (select gate.drafts_for())))', one);
        end if;
    end loop;
end
$$;
-- A party is added unsigned: signatures are the gate's.
create policy comes_unsigned on sharing_agreements_party as restrictive for insert to eh_web
    with check (signed_at is null and signed_by_id is null and left_on is null
                and signatory_name = '' and signatory_post = '' and digest = '');

set local role eh_gate;

-- Refuse any change of what was proposed or signed, whoever makes it; maintenance excepted. Waits for a verb that is
-- moving the agreement at this moment, so that nothing slips in behind a proposal.
create function gate.only_drafts_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    before constant jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    after constant jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    one uuid;
begin
    if gate.in_maintenance() or (tg_op = 'UPDATE' and before - tg_argv[1:] = after - tg_argv[1:]) then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    foreach one in array array[(coalesce(before, after) ->> tg_argv[0])::uuid, (coalesce(after, before) ->> tg_argv[0])::uuid] loop
        perform from sharing_agreements_agreement a where a.id = one and a.state = 'draft' for share;
        if not found then
            raise exception 'only a draft can be changed; copy it as a new version' using errcode = 'EH409';
        end if;
    end loop;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

-- Every agreement has a history from its first row. One that was loaded already signed counts from the day it starts;
-- a state set in maintenance is a move like any other.
create function gate.keep_moves() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and not gate.in_maintenance() then
        return null;
    end if;
    insert into sharing_agreements_agreementmove
        (agreement_id, verb, from_state, to_state, moved_at, moved_by_id, agency_id, reason, digest, words)
    select new.id,
           case when tg_op = 'INSERT' then 'open'
                else coalesce(('{"draft": "return", "proposed": "propose", "signed": "sign", "suspended": "suspend",
                                 "ended": "end", "replaced": "replace"}'::jsonb) ->> new.state, 'open') end,
           case when tg_op = 'UPDATE' then old.state else '' end, new.state,
           case when tg_op = 'INSERT' and new.state not in ('draft', 'proposed')
                then least(now(), new.starts_on::timestamp at time zone 'Europe/London') else now() end,
           gate.practitioner_id(), case when tg_op = 'INSERT' then new.drafter_id end, '', '', '';
    return null;
end
$$;

create function gate.moves_stay() returns trigger
language plpgsql
as $$
begin
    if not gate.in_maintenance() then
        raise exception 'what was done to an agreement is never rewritten' using errcode = 'EH403';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;

set local role eh_owner;
create trigger only_drafts_change before update on sharing_agreements_agreement
    for each row execute function gate.only_drafts_change('id', 'state');
create trigger only_drafts_change before insert or update or delete on sharing_agreements_party
    for each row execute function gate.only_drafts_change('agreement_id', 'signatory_name', 'signatory_post', 'signed_at',
                                                          'signed_by_id', 'digest', 'left_on');
create trigger only_drafts_change before insert or update or delete on sharing_agreements_clause
    for each row execute function gate.only_drafts_change('agreement_id');
create trigger only_drafts_change before insert or update or delete on sharing_agreements_agreementdocument
    for each row execute function gate.only_drafts_change('agreement_id');
create trigger keep_moves after insert or update of state on sharing_agreements_agreement
    for each row execute function gate.keep_moves();
create trigger moves_stay before update or delete on sharing_agreements_agreementmove
    for each row execute function gate.moves_stay();
