-- What would stop, and what would carry on, if somebody agreed to sharing up to a day, or did not any more.

set local role eh_gate;

-- The rows of a family that the acting principal may ask about (gate.rows_to_ask_about), as they stand and as they would
-- stand. Nothing is restated: the verb itself runs in a transaction of its own that is taken back, and the policy's own
-- expressions are asked of both. By agency, role, kind, level and owner: how many rows would close, how many stay open.
-- Refuses, as the verb does, whoever may not change facts of this person.
create function gate.suppose_consent(family uuid, person uuid, agreed_until date)
returns table (agency_no smallint, role text, posts uuid[], kind smallint, level integer, owner_no smallint,
               closes bigint, stays bigint, opens bigint)
language plpgsql volatile security definer parallel restricted set search_path = public, pg_temp
as $$
declare
    rows constant gate.fact_row[] := gate.rows_to_ask_about(family);
    tables constant text[] := array(select f.table_name from unnest(rows) f);
    ids constant uuid[] := array(select f.id from unnest(rows) f);
    before constant text := coalesce(current_setting('earlyhelp.principal', true), '');
    supposed gate.fact_row[];
    standing uuid[];
    would_stand uuid[];
    group_ record;
    one record;
    for_purpose text;
begin
    begin
        perform gate.record_sharing_consent(array[person], agreed_until);
        supposed := gate.rows_asked_about(tables, ids);
        raise exception 'supposed' using errcode = 'EHSUP';
    exception when sqlstate 'EHSUP' then
        null;
    end;
    for group_ in select * from gate.posts_that_might(rows) loop
        select w.no, w.id as practitioner, p.id, g.no as agency, g.id as agency_id into one
          from sharing_agreements_post p
          join sharing_agreements_practitioner w on w.id = p.practitioner_id
          join sharing_agreements_agency g on g.id = p.agency_id
         where p.id = group_.posts[1];
        standing := '{}';
        would_stand := '{}';
        foreach for_purpose in array group_.purposes loop
            perform gate.act_as(one.no, one.practitioner, one.id, one.agency, one.agency_id, group_.team_no,
                                group_.role, for_purpose);
            perform gate.keep_clauses(one.agency, group_.role, for_purpose);
            standing := standing || array(select s.record_id from gate.explain_rows(rows) s);
            would_stand := would_stand || array(select s.record_id from gate.explain_rows(supposed) s);
        end loop;
        return query
        with asked as (
            select f.id, f.kind, f.level, f.owner_no, f.id in (select x from unnest(standing) x) as stands,
                   f.id in (select x from unnest(would_stand) x) as would
              from unnest(rows) f
        )
        select group_.agency_no::smallint, group_.role, group_.posts, a.kind, a.level, a.owner_no,
               count(*) filter (where a.stands and not a.would), count(*) filter (where a.stands and a.would),
               count(*) filter (where a.would and not a.stands)
          from asked a
         where a.stands or a.would
         group by a.kind, a.level, a.owner_no;
    end loop;
    perform set_config('earlyhelp.principal', before, true);
end
$$;

set local role eh_owner;
