-- Who was reported when: one line per contact and person, as whoever a hub worker confirmed them to be; a child the
-- reporter marked as wrong is left out, and so are whoever has died and a contact whose children all have (users 2.24).
ended as materialized (select person_id from gate.ended_people()),
climbing as (
    select id, merged_into_id as root from sharing_agreements_person where merged_into_id is not null
    union all
    select c.id, p.merged_into_id
      from climbing c join sharing_agreements_person p on p.id = c.root
     where p.merged_into_id is not null),
root as materialized (
    select c.id, c.root
      from climbing c join sharing_agreements_person p on p.id = c.root and p.merged_into_id is null),
reported as materialized (
    select distinct c.id as contact_id, c.owner_id, c.received_at, c.restricted & 1 = 1 as closed,
           coalesce(r.root, p.person) as person
      from referrals_contact c
     cross join unnest(c.about) p (person)
      left join root r on r.id = p.person
     where c.received_at > %(oldest)s and c.received_at <= %(now)s
       and not exists (select from ended e where e.person_id = p.person)
       and (exists (select from referrals_reportedchild k
                     where k.report_id = c.report_id and not exists (select from ended e where e.person_id = k.person_id))
            or not exists (select from referrals_reportedchild k where k.report_id = c.report_id))
       and not exists (
           select from referrals_reportedchild k join referrals_wrongchildmark w on w.reported_child_id = k.id
            where k.report_id = c.report_id and k.person_id = p.person))
