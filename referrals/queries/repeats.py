"""Earlier contacts about the same child, adult, family or address as those of a page, in one statement.

Source and outcome make no difference. What may not be read is neither counted nor hinted at.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from referrals.models import Contact
from referrals.rules.repeats import Tie
from sharing_agreements.models import Post

MOST = 50
"""Earlier contacts listed for one contact, the newest first; all of them are counted."""
OTHER_HOUSEHOLD = 4
"""In the place of a tie: others were reported at the address when these people did not live there (users 2.17)."""


@dataclass(frozen=True)
class Hit:
    """That one contact came before another, and by what."""

    contact: UUID
    earlier: UUID
    tie: int
    people: tuple[UUID, ...]
    homes: tuple[UUID, ...]
    in_all: tuple[int, ...]
    """Contacts before this one by each nearest tie, listed or not."""


@dataclass
class Repeats:
    """What came before one contact: how many by each tie, and the ids of those listed, the newest first."""

    counts: Counter[Tie] = field(default_factory=Counter)
    listed: list[Hit] = field(default_factory=list)
    others: set[UUID] = field(default_factory=set)
    """Addresses of these people at which others were reported at another time: said, and not shown."""

    @property
    def total(self) -> int:
        """How many contacts came before."""
        return self.counts.total()


def hits_of(page: Iterable[Contact], *, post: Post, back: datetime.timedelta, today: datetime.date) -> list[Hit]:
    """What came before each of these contacts of the reader's hub within `back`, the newest first of each.

    A family is whoever belongs to it today. Somebody was at an address on the day their contact came in, by the dates
    of the address; without a first day it counts from its record. An address needs a postcode to be the same.
    """
    rows = [(one.pk, one.report_id, one.received_at, person) for one in page for person in one.about]
    if not rows:
        return []
    contacts, reports, times, people = zip(*rows, strict=True)
    given: dict[str, Any] = {
        "contacts": list(contacts),
        "reports": list(reports),
        "times": list(times),
        "people": list(people),
        "hub": post.agency.no,
        "back": back,
        "since": min(times) - back,
        "until": max(times),
        "today": today,
        "most": MOST,
        "other": OTHER_HOUSEHOLD,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, given)
        return [
            Hit(contact, earlier, tie, tuple(whom or ()), tuple(homes or ()), tuple(in_all))
            for contact, earlier, tie, whom, homes, in_all in cursor.fetchall()
        ]


def by_contact(hits: Iterable[Hit]) -> dict[UUID, Repeats]:
    """What came before, by the contact it came before."""
    found: dict[UUID, Repeats] = defaultdict(Repeats)
    for hit in hits:
        one = found[hit.contact]
        if hit.tie == OTHER_HOUSEHOLD:
            one.others |= set(hit.homes)
        else:
            one.counts = Counter({tie: hit.in_all[tie] for tie in Tie if hit.in_all[tie]})
            one.listed.append(hit)
    return found


_BEFORE = """
with page as materialized (
    select p.contact, p.report, p.at, p.person
      from unnest(%(contacts)s::uuid[], %(reports)s::uuid[], %(times)s::timestamptz[], %(people)s::uuid[])
           p (contact, report, at, person)),
wrong as materialized (
    select k.report_id, k.person_id
      from referrals_wrongchildmark w join referrals_reportedchild k on k.id = w.reported_child_id),
ours as materialized (
    select p.contact, p.at, m.person, min(case when k.id is null then 1 else 0 end) as tie
      from page p
      left join referrals_reportedchild k on k.report_id = p.report and k.person_id = p.person
     cross join unnest(gate.same_person(p.person)) m (person)
     where not exists (select from wrong w where w.report_id = p.report and w.person_id = p.person)
     group by p.contact, p.at, m.person),
kin as materialized (
    select distinct o.contact, o.at, mate.person_id as person
      from ours o
      join cases_familymember m on m.person_id = o.person and coalesce(m.to_date, 'infinity') >= %(today)s
      join cases_familymember mate on mate.family_id = m.family_id and coalesce(mate.to_date, 'infinity') >= %(today)s),
homes as materialized (
    select distinct on (o.contact, a.folded, coalesce(a.from_date, a.happened_on), coalesce(a.to_date, 'infinity'))
           o.contact, o.at, a.folded, a.id as home, coalesce(a.from_date, a.happened_on) as starts_on,
           coalesce(a.to_date, 'infinity') as ends_on
      from ours o
      join sharing_agreements_address a on a.person_id = o.person
     where a.folded <> '' and right(a.folded, 1) <> '|'
     order by 1, 3, 5, 6, a.recorded_at, a.id),
neighbours as materialized (
    select distinct h.contact, h.at, h.home, h.starts_on as ours_from, h.ends_on as ours_to, w.person,
           coalesce(a.from_date, a.happened_on) as starts_on, coalesce(a.to_date, 'infinity') as ends_on
      from homes h
      join sharing_agreements_address a on a.folded = h.folded and a.folded <> ''
     cross join unnest(a.about) w (person)
     where not exists (select from ours o where o.contact = h.contact and o.person = w.person)),
known as materialized (
    select n.person, m.person as anchor
      from (select person from neighbours union select person from kin) n
     cross join unnest(gate.same_person(n.person)) m (person)),
tied as materialized (
    select contact, at, person, tie, null::uuid as home, '-infinity'::date as starts_on, 'infinity'::date as ends_on,
           '-infinity'::date as ours_from, 'infinity'::date as ours_to
      from ours
     union all
    select k.contact, k.at, m.anchor, 2, null, '-infinity', 'infinity', '-infinity', 'infinity'
      from kin k join known m on m.person = k.person
     union all
    select n.contact, n.at, m.anchor, 3, n.home, n.starts_on, n.ends_on, n.ours_from, n.ours_to
      from neighbours n join known m on m.person = n.person),
reported as materialized (
    select c.id, c.received_at, (c.received_at at time zone 'Europe/London')::date as day, w.person
      from referrals_contact c cross join unnest(c.about) w (person)
     where (select gate.any_right()) and c.owner_no = %(hub)s
       and c.received_at >= %(since)s and c.received_at <= %(until)s
       and not exists (select from wrong x where x.report_id = c.report_id and x.person_id = w.person)),
hits as (
    select t.contact, r.id as earlier, r.received_at, t.person, t.home,
           case when t.tie = 3 and r.day not between t.ours_from and t.ours_to then %(other)s else t.tie end as tie
      from tied t
      join reported r on r.person = t.person and r.day between t.starts_on and t.ends_on
     where r.id <> t.contact and r.received_at between t.at - %(back)s and t.at),
nearest as (
    select contact, earlier, received_at, min(tie) as tie,
           array_agg(distinct person) filter (where tie < 2) as people,
           array_agg(distinct home) filter (where tie = 3) as homes,
           array_agg(distinct home) filter (where tie = %(other)s) as other_homes
      from hits group by contact, earlier, received_at),
ranked as (
    select contact, earlier, received_at, tie, people, case tie when 3 then homes else other_homes end as homes,
           array[count(*) filter (where tie = 0) over of_one, count(*) filter (where tie = 1) over of_one,
                 count(*) filter (where tie = 2) over of_one, count(*) filter (where tie = 3) over of_one] as in_all,
           row_number() over (partition by contact, tie = %(other)s order by received_at desc, earlier) as place
      from nearest window of_one as (partition by contact))
select contact, earlier, tie, people, case when tie >= 3 then homes end, in_all
  from ranked where place <= %(most)s order by contact, received_at desc, earlier
"""
