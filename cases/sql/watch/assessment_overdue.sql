-- The latest assessment is not finished `days` working days after its date; or none was begun by then.
select c.case_id as subject_id, c.case_id, coalesce(s.id, c.case_id) as episode,
       case when s.id is null then '{}'::uuid[] else array[s.id] end as evidence
  from in_work c
  left join (select distinct on (case_id) case_id, id, due_on, finished_at
               from cases_assessment order by case_id, recorded_at desc) s on s.case_id = c.case_id
 where c.assessing_since is not null and s.finished_at is null
   and case when s.id is null then c.assessing_since < %(never_begun_at)s else s.due_on < %(cutoff)s end
