-- What members of the team find wrong with a plan (kind 16), and the watch over two missed reviews (B5).

set local role eh_owner;
call gate.protect('cases_planconcern', 'summary', 16, true);
revoke update (case_id, words) on cases_planconcern from eh_web, eh_worker;

-- The wait is in the rule: the day due and six weeks more. The manager has it the same night (ours, J).
alter table cases_threshold no force row level security;
insert into cases_threshold (rule, is_on, days, climbs_after) values ('reviews_missed', true, 0, 0);
alter table cases_threshold force row level security;

set local role eh_gate;

-- The team is told by e-mail as well, and the lead of a concern about the plan that nobody has answered.
do $$
declare
    was constant text := '-- a manager''s yes is asked for';
    body constant text := pg_get_functiondef('gate.waiting_with_families'::regproc);
begin
    if position(was in body) = 0 then
        raise exception 'gate.waiting_with_families no longer says for whom sign-offs wait';
    end if;
    execute replace(body, was, $more$-- two reviews were missed: the team's as well
        select t.practitioner_id, p.no, f.about, f.restricted, f.allowed, f.raised_at, false
          from raised f
          join cases_teammember t on t.case_id = f.case_id and t.ended_on is null
          join cases_answer x on x.team_member_id = t.id and x.accepted
          join sharing_agreements_practitioner p on p.id = t.practitioner_id
         where f.rule = 'reviews_missed'
         union all
        -- somebody of the team is worried about the plan
        select p.id, p.no, w.about, w.restricted, w.allowed, w.recorded_at, false
          from cases_planconcern w join sharing_agreements_practitioner p on p.no = w.lead_no
         where w.answered_on is null
         union all
        $more$ || was);
end
$$;

set local role eh_owner;
