-- Schools come in from a file. The gate alone makes an agency, for an administrator, in the administrator's own district.

set local role eh_owner;
grant insert on sharing_agreements_agency to eh_gate;

set local role eh_gate;

-- Make these schools agencies, each with the next number nobody ever had. One whose URN or name is here is left alone,
-- so the same list twice makes nothing. Answers how many were made.
create function gate.add_schools(schools jsonb) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare
    c constant text[] := gate.claims();
    made integer;
begin
    if c[1] is distinct from 'p' or c[9] is distinct from 'administrator' then
        return 0;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('gate.add_schools', 0));
    insert into sharing_agreements_agency
           (id, no, name, short_name, type, district, phone, out_of_hours_phone, email, controller, sensitive, urn, uprn)
    select gen_random_uuid(), (select coalesce(max(a.no), 0) from sharing_agreements_agency a) + s.place,
           s.name, s.short_name, 'school', own.district, s.phone, '', s.email, '', false, s.urn, s.uprn
      from (select x.*, row_number() over (order by x.place_in_file) as place
              from (select e ->> 'name' as name, e ->> 'short_name' as short_name, e ->> 'urn' as urn,
                           e ->> 'uprn' as uprn, e ->> 'email' as email, e ->> 'phone' as phone, n as place_in_file
                      from jsonb_array_elements(schools) with ordinality l (e, n)) x
             where not exists (select from sharing_agreements_agency a where a.urn = x.urn or a.name = x.name)) s,
           sharing_agreements_agency own
     where own.id = c[7]::uuid;
    get diagnostics made = row_count;
    return made;
end
$$;

set local role eh_owner;
