-- The life of an agreement: draft, proposed, signed, suspended, ended, replaced. Each step is a verb that leaves a move
-- behind; sharing_agreements/lifecycle.py says the same for people, and a test holds the two together.
-- SQLSTATE EH403: not theirs to do. EH404: not there for them. EH409: somebody was quicker, or not in this state.
-- 23514: something is missing, and the message says what.

set local role eh_gate;

-- The words of an agreement as they are signed: everything that binds, in one order, as text. The same words always
-- give the same text, so two parties sign the same digest. Reads with the caller's rights.
create function gate.agreement_words(wanted uuid) returns text
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
                        from sharing_agreements_agreementdocument d where d.agreement_id = a.id)))
      from sharing_agreements_agreement a where a.id = wanted
$$;

create function gate.agreement_digest(wanted uuid) returns text
language sql stable
as $$ select encode(sha256(convert_to(gate.agreement_words(wanted), 'UTF8')), 'hex') $$;

-- Lock an agreement for a verb of a governance lead. Gives the row as it is now.
create function gate.hold_agreement(wanted uuid, states text[]) returns sharing_agreements_agreement
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one sharing_agreements_agreement%rowtype;
begin
    if gate.drafts_for() is null then
        raise exception 'only an information-governance lead does this' using errcode = 'EH403';
    end if;
    select * into one from sharing_agreements_agreement a where a.id = wanted for no key update;
    if not found or (one.state = 'draft' and one.drafter_id is distinct from gate.drafts_for()) then
        raise exception 'no such agreement' using errcode = 'EH404';
    end if;
    if one.state <> all(states) then
        raise exception 'the agreement is % now', one.state using errcode = 'EH409';
    end if;
    return one;
end
$$;

create function gate.move_agreement(wanted uuid, did text, target text, why text, signed_digest text default '',
                                    proposed_words text default '') returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    insert into sharing_agreements_agreementmove
        (agreement_id, verb, from_state, to_state, moved_at, moved_by_id, agency_id, reason, digest, words)
    select a.id, did, a.state, target,
           greatest(clock_timestamp(), (select max(m.moved_at) from sharing_agreements_agreementmove m where m.agreement_id = a.id)),
           gate.practitioner_id(), gate.claim(7)::uuid, why, signed_digest, proposed_words
      from sharing_agreements_agreement a where a.id = wanted;
    update sharing_agreements_agreement set state = target where id = wanted and state <> target;
end
$$;

-- Does the acting agency stand under this agreement and has it not left? `signed` narrows to those who signed.
create function gate.is_bound(wanted uuid, signed boolean) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select exists (select from sharing_agreements_party p
                    where p.agreement_id = wanted and p.agency_id = gate.drafts_for() and p.left_on is null
                      and (not signed or p.signed_at is not null))
$$;

create function gate.require_words(words text, missing text) returns void
language plpgsql immutable
as $$
begin
    if coalesce(btrim(words), '') = '' then
        raise exception '%', missing using errcode = '23514';
    end if;
end
$$;

-- What is missing before a draft can be proposed; empty when nothing is.
create function gate.missing_to_propose(wanted uuid) returns text
language sql stable security definer set search_path = public, pg_temp
as $$
    select case
        when (select count(*) from sharing_agreements_party p where p.agreement_id = a.id) < 2
            then 'an agreement has at least two parties'
        when not exists (select from sharing_agreements_clause c where c.agreement_id = a.id)
            then 'an agreement has at least one clause'
        when a.purposes = '{}' then 'an agreement has at least one purpose'
        when exists (select from unnest(a.purposes) p where coalesce(a.powers -> p, '[]') = '[]')
            then 'every purpose names the power or duty it rests on'
        when a.ends_on < gate.today() then 'the last day has passed'
        when exists (select from sharing_agreements_clause c, unnest(array[c.provider_agency_id, c.recipient_agency_id]) g
                      where c.agreement_id = a.id and g is not null
                        and not exists (select from sharing_agreements_party p where p.agreement_id = a.id and p.agency_id = g))
            then 'a clause names an agency that is not a party'
        when exists (select from sharing_agreements_party old
                      where old.agreement_id = a.replaces_id and old.signed_at is not null
                        and (old.left_on is null or gate.today() < old.left_on)
                        and not exists (select from sharing_agreements_party p
                                         where p.agreement_id = a.id and p.agency_id = old.agency_id))
            then 'a new version keeps every party that is still bound by the one it replaces'
        else '' end
      from sharing_agreements_agreement a where a.id = wanted
$$;

create function gate.propose_agreement(wanted uuid, seen_digest text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{draft}');
    missing constant text := gate.missing_to_propose(one.id);
begin
    if missing <> '' then
        raise exception '%', missing using errcode = '23514';
    end if;
    if gate.agreement_digest(one.id) is distinct from seen_digest then
        raise exception 'the draft has changed since it was shown' using errcode = 'EH409';
    end if;
    perform gate.move_agreement(one.id, 'propose', 'proposed', '', seen_digest, gate.agreement_words(one.id));
end
$$;

-- Back to its drafter, by the drafter or by a party that will not sign it so. Signatures given so far are void; the
-- moves keep that they were given.
create function gate.return_to_draft(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{proposed}');
begin
    if one.drafter_id is distinct from gate.drafts_for() and not gate.is_bound(one.id, signed => false) then
        raise exception 'only the drafter or a party returns it' using errcode = 'EH403';
    end if;
    if one.drafter_id is null then
        raise exception 'nobody here drafted it, so nobody can change it' using errcode = 'EH409';
    end if;
    perform gate.require_words(why, 'say why it goes back');
    update sharing_agreements_party
       set signatory_name = '', signatory_post = '', signed_at = null, signed_by_id = null, digest = ''
     where agreement_id = one.id;
    perform gate.move_agreement(one.id, 'return', 'draft', why);
end
$$;

-- A newer version that has come into force replaces the one before it.
create function gate.settle_replaced(newer uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare older uuid;
begin
    select o.id into older
      from sharing_agreements_agreement n
      join sharing_agreements_agreement o on o.id = n.replaces_id
      join gate.first_days_in_force() began on began.agreement_id = n.id
     where n.id = newer and began.first_day <= gate.today() and o.state in ('signed', 'suspended')
       for no key update of o;
    if found then
        perform gate.move_agreement(older, 'replace', 'replaced', '');
    end if;
end
$$;

-- Sign for the acting agency what `seen_digest` stands for. The last signature brings the agreement into force when
-- its first day has come.
create function gate.sign_agreement(wanted uuid, seen_digest text, name text, post text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{proposed}');
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

-- Any party that signed may stop an agreement for all of them; only that party sets it going again, or, when it has
-- left, any that remains.
create function gate.suspend_agreement(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{signed}');
begin
    if not gate.is_bound(one.id, signed => true) then
        raise exception 'only a party suspends it' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why it is suspended');
    perform gate.move_agreement(one.id, 'suspend', 'suspended', why);
end
$$;

create function gate.may_resume(wanted uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
    select gate.is_bound(wanted, signed => true) and coalesce((
        select m.agency_id is null or m.agency_id = gate.drafts_for() or not exists (
               select from sharing_agreements_party p
                where p.agreement_id = wanted and p.agency_id = m.agency_id and p.left_on is null)
          from sharing_agreements_agreementmove m
         where m.agreement_id = wanted and m.verb = 'suspend'
         order by m.moved_at desc, m.no desc limit 1), true)
$$;

create function gate.resume_agreement(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{suspended}');
begin
    if not gate.may_resume(one.id) then
        raise exception 'whoever suspended it resumes it' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why it is resumed');
    perform gate.move_agreement(one.id, 'resume', 'signed', why);
end
$$;

-- Leave an agreement at once. It goes on between the others while there are two of them.
create function gate.leave_agreement(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{signed,suspended}');
begin
    if not gate.is_bound(one.id, signed => true) then
        raise exception 'only a party leaves' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why your agency leaves');
    update sharing_agreements_party set left_on = gate.today()
     where agreement_id = one.id and agency_id = gate.drafts_for();
    perform gate.move_agreement(one.id, 'leave', one.state, why);
    if (select count(*) from sharing_agreements_party p where p.agreement_id = one.id and p.left_on is null) < 2 then
        perform gate.move_agreement(one.id, 'end', 'ended', 'fewer than two parties are left');
    end if;
end
$$;

-- End it for everybody: its drafter, or any party where nobody here drafted it. A draft is given up in the same way.
create function gate.end_agreement(wanted uuid, why text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare one constant sharing_agreements_agreement := gate.hold_agreement(wanted, '{draft,proposed,signed,suspended}');
begin
    if one.drafter_id is distinct from gate.drafts_for()
       and not (one.drafter_id is null and gate.is_bound(one.id, signed => false)) then
        raise exception 'only the drafter ends it for everybody' using errcode = 'EH403';
    end if;
    perform gate.require_words(why, 'say why it ends');
    perform gate.move_agreement(one.id, 'end', 'ended', why);
end
$$;

-- Say on the register what the dates have done already: the daily job calls it, sharing does not wait for it.
create function gate.settle_all_replaced() returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if gate.job() is distinct from 'warn_of_agreements' and not gate.in_maintenance() then
        raise exception 'the daily job does this' using errcode = 'EH403';
    end if;
    perform gate.settle_replaced(n.id)
       from sharing_agreements_agreement n join sharing_agreements_agreement o on o.id = n.replaces_id
      where o.state in ('signed', 'suspended');
end
$$;

revoke execute on function gate.hold_agreement(uuid, text[]), gate.move_agreement(uuid, text, text, text, text, text),
    gate.missing_to_propose(uuid), gate.settle_replaced(uuid) from public;

set local role eh_owner;
