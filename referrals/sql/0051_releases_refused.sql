-- What was refused to be let out of the hub, for those who answer for sharing.

set local role eh_gate;

-- Refusals since a moment to let an answer out, newest first: by the acting governance lead's agency, or to it where it is
-- the hub that asked. Who refused, who asked, for whom, and the reason; nothing of the answer or of whom it is about. What
-- is closed to the lead personally, or to their agency (gate.denial), is not among them.
create function gate.releases_refused(since timestamptz, most integer)
returns table (refused_at timestamptz, refused_by uuid, asked_by uuid, kept_from uuid, reason text)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    if gate.claim(9) is distinct from 'governance_lead' then
        return;
    end if;
    return query execute format($sql$
        select f.refused_at, f.owner_id, f.sent_to_id, w.agency_id, f.reason::text
          from (select * from referrals_releaserefusal
                 where (select gate.agency_no()) in (owner_no, sent_to_no) and refused_at > $1 and %s) f
          join referrals_releaserequest w on w.id = f.request_id
         order by f.refused_at desc, f.id limit least($2, 200)$sql$, gate.denial()) using since, most;
end
$$;

set local role eh_owner;
