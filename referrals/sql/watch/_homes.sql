-- Who lived where, from which day to which: an address of a house with its postcode, under an id made of both. An
-- address without a first day counts from the day it was recorded. One that is closed, because somebody there has a
-- hidden address or is restricted, is nobody's repeat: a flag would say who lives with them.
homes as materialized (
    select distinct coalesce(r.root, w.person) as person, md5('home ' || a.folded)::uuid as home,
           coalesce(a.from_date, a.happened_on) as starts_on, coalesce(a.to_date, 'infinity') as ends_on
      from sharing_agreements_address a
     cross join unnest(a.about) w (person)
      left join root r on r.id = w.person
     where a.folded <> '' and right(a.folded, 1) <> '|' and a.restricted = 0)
