-- The last two reviews of each case, latest first.
select case_id, array_agg(id order by n) as reviews, min(happened_on) as earlier_on,
       max(coalesce(next_review_on, happened_on + 42)) filter (where n = 1) as due
  from (select case_id, id, happened_on, next_review_on,
               row_number() over (partition by case_id order by happened_on desc, recorded_at desc) as n
          from cases_review) numbered
 where n <= 2
 group by case_id
