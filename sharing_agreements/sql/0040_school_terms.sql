-- Days of school terms are settings of the partnership: everybody reads them, some roles enter them.

set local role eh_owner;
grant insert, delete on sharing_agreements_schoolterm to eh_gate;
grant select on sharing_agreements_schoolterm to eh_gate;

set local role eh_gate;

-- Add a term. Answers false where it meets another; two terms never share a day.
create function gate.add_school_term(first_day date, last_day date) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if gate.claim(9) is null or gate.claim(9) not in ('coordinator', 'manager', 'administrator') then
        raise exception 'no such setting' using errcode = 'EH403';
    end if;
    if last_day < first_day or exists (
        select from sharing_agreements_schoolterm t
         where t.first_day <= add_school_term.last_day and t.last_day >= add_school_term.first_day) then
        return false;
    end if;
    insert into sharing_agreements_schoolterm values (add_school_term.first_day, add_school_term.last_day);
    return true;
end
$$;

create function gate.remove_school_term(first_day date) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
begin
    if gate.claim(9) is null or gate.claim(9) not in ('coordinator', 'manager', 'administrator') then
        raise exception 'no such setting' using errcode = 'EH403';
    end if;
    delete from sharing_agreements_schoolterm t where t.first_day = remove_school_term.first_day;
    return found;
end
$$;

set local role eh_owner;
