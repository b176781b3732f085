"""The hub's clocks pass half, four fifths and all of their time: the job that says so, whoever looks (J1)."""

import datetime

from django.db import connection

from sharing_agreements.working_time import LONDON

JOB = "mark_clocks"


def mark_clocks(*, now: datetime.datetime) -> int:
    """Mark every undecided contact whose clock has passed a share of its time by `now`; answers how many marks.

    The moments were laid out in working time when the clock was set, so nothing here counts hours. A mark bears the
    moment that passed, however late the job comes, and a clock has each once. Needs the principal `mark_clocks`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MARK, {"now": now, "today": now.astimezone(LONDON).date()})
        made: int = cursor.rowcount
    return made


_MARK = """
insert into referrals_clockmark (id, owner_id, about, happened_on, recorded_at, hidden_from, version, kind, owner_no,
       bit, stage, involved, workers, restricted, contact_id, due_at, share, passed_at)
select gen_random_uuid(), c.owner_id, c.about, %(today)s, %(now)s, c.hidden_from, 1, 5, 0,
       0, 0, '{}', '{}', 0, c.id, c.due_at, m.share, m.at
  from referrals_contact c
 cross join lateral (values (50, c.half_at), (80, c.most_at), (100, c.due_at)) m (share, at)
 where c.status <> 'decided' and m.at <= %(now)s
   and not exists (select from referrals_clockmark x
                    where x.contact_id = c.id and x.due_at = c.due_at and x.share = m.share)
 order by c.about, c.id, m.share
on conflict (contact_id, due_at, share) do nothing
"""
