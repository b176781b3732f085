-- Answers of an assessment (kind 16), its forms, and what stood in the five boxes before there were questions.

set local role eh_owner;
call gate.protect('cases_assessmentanswer', 'full', 16);

-- An answer is written once: a new row takes its place, and the old one stays.
revoke update (assessment_id, question, words, score, revision, said_on, confirms_id, version)
    on cases_assessmentanswer from eh_web, eh_worker;

-- The form is the partnership's. A version is added and never changed: assessments begun with it are read with it.
grant select, insert on cases_assessmentform to eh_web;
alter table cases_assessmentform enable row level security;
alter table cases_assessmentform force row level security;
create policy anyone_acting on cases_assessmentform for select to eh_web using ((select gate.claims()) is not null);
create policy keepers_add on cases_assessmentform for insert to eh_web
    with check ((select gate.claim(9)) = 'administrator'
                or ((select gate.claim(9)) = 'manager' and exists (
                    select from sharing_agreements_agency a
                     where a.id = (select gate.claim(7))::uuid and a.type = 'early_help')));
create policy maintenance on cases_assessmentform to eh_owner
    using ((select gate.in_maintenance())) with check ((select gate.in_maintenance()));

-- Each box of an assessment becomes an answer to the question that takes its place, first said when it was written.
alter table cases_assessmentdetail no force row level security;
alter table cases_assessmentanswer no force row level security;
insert into cases_assessmentanswer
       (id, owner_id, author_id, family_id, person_id, about, happened_on, recorded_at, sent_to_id,
        sent_to_practitioner_id, hidden_from, version, kind, owner_no, bit, stage, involved, workers, restricted,
        assessment_id, question, words, revision, said_on)
select gen_random_uuid(), d.owner_id, d.author_id, d.family_id, d.person_id, d.about, d.happened_on, d.recorded_at,
       d.sent_to_id, d.sent_to_practitioner_id, d.hidden_from, 1, 16, 0, 0, 0, '{}', '{}', 0,
       d.assessment_id, box.question, box.words, 1, d.happened_on
  from cases_assessmentdetail d
 cross join lateral (values ('worries', d.worries), ('strengths', d.strengths), ('needs_to_happen', d.needs_to_happen),
                            ('parent_words', d.family_view), ('child_words', d.child_view)) box (question, words)
 where box.words <> '';
alter table cases_assessmentanswer force row level security;

set local role eh_gate;
delete from gate.governed where table_name = 'cases_assessmentdetail';
set local role eh_owner;
