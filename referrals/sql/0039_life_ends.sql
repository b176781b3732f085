-- A child has died: no notice of domestic abuse at their home goes to a school any more, and those on their way are
-- taken back, in the transaction that says so.

set local role eh_gate;

create function gate.take_back_notices(person uuid, at_time timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp
as $$
declare ended constant uuid[] := gate.require_ended(person);
begin
    update referrals_noticecopy set withdrawn_at = at_time, version = version + 1
     where person_id = any(ended) and withdrawn_at is null and acknowledged_at is null;
    update referrals_schoolnotice set withdrawn_at = at_time, version = version + 1
     where person_id = any(ended) and withdrawn_at is null and acknowledged_at is null;
end
$$;

set local role eh_owner;
