-- Who of a school hears of domestic abuse at a child's home, and on which days schools are open.

set local role eh_owner;
-- Reference data without anything personal.
grant select on sharing_agreements_schoolterm to eh_web, eh_worker, eh_gate;
grant update (key_adult) on sharing_agreements_post to eh_gate;

set local role eh_gate;

-- Name the holder of a post as key adult, or no longer: governance leads, of their own agency's posts.
create function gate.name_key_adult(post uuid, is_one boolean) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare c constant text[] := gate.claims();
begin
    if c[1] is distinct from 'p' or c[9] <> 'governance_lead' then
        return false;
    end if;
    update sharing_agreements_post p set key_adult = is_one where p.id = post and p.agency_id = c[7]::uuid;
    return found;
end
$$;

set local role eh_owner;
