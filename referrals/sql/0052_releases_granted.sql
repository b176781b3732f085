-- What was let out of the hub: as it asked, for those who receive for it; and for whoever may read it, until they have.

set local role eh_gate;

-- Of the acting agency's own requests about answers that were sent to it: those that the owner granted, the last day on which
-- the agency that was named could read the answer, and whether it still may. A request is granted by a share that is in force
-- now or was since it was asked (referrals.queries.checks.LET_OUT says the same to the owner). No other share, nobody's name
-- and no reason is told, and nothing of what is closed to the reader personally or to their agency (gate.denial).
create function gate.releases_granted(answers uuid[])
returns table (request uuid, last_day date, is_open boolean)
language plpgsql stable security definer parallel restricted set search_path = public, pg_temp
as $$
begin
    if not gate.receives() then
        return;
    end if;
    return query execute format($sql$
        select w.id,
               coalesce(max(x.until) filter (where x.ended_at is null),
                        max(least(x.until, (x.ended_at at time zone 'Europe/London')::date))),
               bool_or(x.ended_at is null and x.until >= (select gate.today()))
          from (select * from referrals_checkanswer
                 where id = any($1) and sent_to_no = (select gate.agency_no()) and %1$s) a
          join (select * from referrals_releaserequest
                 where check_answer_id = any($1) and owner_no = (select gate.agency_no()) and %1$s) w
            on w.check_answer_id = a.id
          join sharing_agreements_recordexception x
            on x.table_name = 'referrals_checkanswer' and x.record_id = a.id and x.agency_id = w.agency_id
           and x.verb = 'share' and x.until >= w.happened_on and (x.ended_at is null or x.ended_at > w.asked_at)
         group by w.id$sql$, gate.denial()) using answers;
end
$$;

-- Of these records those that the principal has not been shown by this page yet.
create function gate.not_looked_at(records uuid[], page text) returns setof uuid
language sql stable security definer parallel restricted set search_path = public, pg_temp
as $$
    select r from unnest(records) r
     where gate.practitioner_id() is not null
       and not exists (select from sharing_agreements_disclosure d
                        where d.practitioner_id = gate.practitioner_id() and d.record_ids @> array[r]
                          and d.what = 'GET ' || page and d.outcome = 'seen')
$$;

set local role eh_owner;
