-- Mail domains of forces without accounts are approved on a screen, by administrators; no login reads the table.

set local role eh_owner;
grant insert, delete on referrals_maildomain to eh_gate;
create policy gate_approves on referrals_maildomain for insert to eh_gate with check (true);
create policy gate_takes_back on referrals_maildomain for delete to eh_gate using (true);

set local role eh_gate;

create function gate.mail_domains() returns table (domain text, force text)
language sql stable security definer set search_path = public, pg_temp
as $$
    select d.domain, a.name from referrals_maildomain d join sharing_agreements_agency a on a.id = d.agency_id
     where gate.claim(9) = 'administrator' order by a.name, d.domain
$$;

-- Approve a domain for a police force. Answers false for one that is approved already, or is no domain.
create function gate.approve_mail_domain(domain text, force uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare plain constant text := lower(trim(domain));
begin
    if gate.claim(9) is distinct from 'administrator' or not exists (
        select from sharing_agreements_agency a where a.id = force and a.type in ('police', 'transport_police')) then
        raise exception 'no such force' using errcode = 'EH403';
    end if;
    if plain !~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$' or length(plain) > 253 then
        return false;
    end if;
    insert into referrals_maildomain (domain, agency_id) values (plain, force) on conflict do nothing;
    return found;
end
$$;

-- Whoever reads mail there asks for no code any more; who is in stays in until their hour is over.
create function gate.take_back_mail_domain(domain text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if gate.claim(9) is distinct from 'administrator' then
        raise exception 'no such domain' using errcode = 'EH403';
    end if;
    delete from referrals_maildomain d where d.domain = take_back_mail_domain.domain;
    return found;
end
$$;

set local role eh_owner;
