-- Several contacts about one person, one family, or people at one address, in the last days; no further action counts like any other.
-- A contact about somebody restricted neither raises nor clears a flag others see: only where it takes that contact
-- to make a repeat is it among the evidence, and then the flag is closed like it. Where a person, the family
-- and the address were in the same contacts, the flag is raised once.
select distinct on (rule, owner_id, evidence)
       rule, subject_id, evidence[cardinality(evidence)] as contact_id, evidence
  from (select w.rule, s.owner_id, s.subject_id, s.rank,
               case when count(*) filter (where not s.closed) >= w.times
                    then array_agg(s.contact_id order by s.received_at, s.contact_id) filter (where not s.closed)
                    else array_agg(s.contact_id order by s.received_at, s.contact_id) end as evidence
          from (values ('repeat_week', %(repeat_week_since)s::timestamptz, %(repeat_week_times)s),
                       ('repeat_year', %(repeat_year_since)s::timestamptz, %(repeat_year_times)s))
               w (rule, since, times)
          join subjects s on s.received_at > w.since
         group by w.rule, w.times, s.owner_id, s.subject_id, s.rank
        having count(*) >= w.times) counted
 order by rule, owner_id, evidence, rank, subject_id
