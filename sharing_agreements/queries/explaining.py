"""Why a record is open, who can see a family, what a practitioner can see: answers of the gate's own sentences.

One query for a whole page (sql/0011). The gate answers only about what the acting principal may ask.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from sharing_agreements.models import SharedRecord
from sharing_agreements.presenting.seeing import Reaches, Sees
from sharing_agreements.presenting.supposing import WouldSee
from sharing_agreements.refusals import MAY_NOT_CHANGE_FACTS, Refused
from sharing_agreements.rules import NamedClause, Opening
from sharing_agreements.vocabulary import Kind

_CLAUSE = "w.clause_id, w.number, w.agreement_id, w.reference, w.title, w.signed_on, w.until"
_NAMED = "left join gate.clause_words(array(select distinct e.clause_id from e)) w on w.clause_id = e.clause_id"
_OWNER = "join sharing_agreements_agency o on o.no = e.owner_no"


def explain(rows: Iterable[SharedRecord | None]) -> dict[UUID, list[Opening]]:
    """Every way in which each of these rows is open to the principal, by row id. One query, however many tables."""
    asked = [(row._meta.db_table, row.pk) for row in rows if row is not None]
    if not asked:
        return {}
    tables, ids = zip(*asked, strict=True)
    return _by_record("gate.explain(%s, %s::uuid[])", [list(tables), list(ids)])


def explain_look(look: UUID) -> list[Opening]:
    """What opens the records that one of the principal's own pages showed, each record once per way."""
    return [one for openings in _by_record("gate.explain_look(%s)", [look]).values() for one in openings]


def _by_record(call: str, arguments: list[Any]) -> dict[UUID, list[Opening]]:
    """By record, in the order in which a page says them. Records opened alike come as one line of the answer."""
    found: dict[UUID, list[Opening]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE.format(call=call), arguments)
        for records, *rest in cursor.fetchall():
            opening = _opening(*rest)
            for record in records:
                found.setdefault(record, []).append(opening)
    return found


_ALIKE = f"""
with e as materialized (
    select array_agg(a.record_id) as records, a.way, a.owner_no, a.kind, a.clause_id from {{call}} a group by 2, 3, 4, 5
)
select e.records, e.way, o.name, e.kind, {_CLAUSE} from e {_OWNER} {_NAMED} order by o.name, w.title
"""  # noqa: S608


def _read(columns: str, call: str, order: str, arguments: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"with e as materialized (select * from {call}) select {columns} from e {_OWNER} {_NAMED} order by {order}",  # noqa: S608
            arguments,
        )
        yield from cursor.fetchall()


def _opening(way: str, owner: str, kind: int, *clause: Any) -> Opening:
    return Opening(way, owner, Kind(kind), NamedClause(*clause) if clause[0] else None)


def who_can_see(family: UUID) -> list[Sees]:
    """Who can see the records of a family that the principal may ask about; empty when they may ask about none.

    Everybody comes back, sensitive agencies and every post: who reads which part of it is the screen's to say.
    """
    columns = f"e.agency_no, e.role, e.posts::text[], e.level, e.way, o.name, e.kind, {_CLAUSE}"
    lines = _read(columns, "gate.who_can_see(%s)", "e.agency_no, e.role, e.kind", [family])
    return [
        Sees(agency, role, tuple(map(UUID, posts)), level, _opening(*rest))
        for agency, role, posts, level, *rest in lines
    ]


NEWEST_COUNTED = 1000
"""Of each table of each agency the gate looks at so many records, newest first."""


def can_see(practitioner: UUID) -> list[Reaches]:
    """What a practitioner can see through their posts in the acting governance lead's agency; numbers, no content."""
    columns = f"e.post_id, e.purpose, e.level, e.records, e.way, o.name, e.kind, {_CLAUSE}"
    lines = _read(columns, "gate.can_see(%s, %s)", "e.purpose, w.title, o.name, e.kind", [practitioner, NEWEST_COUNTED])
    return [Reaches(post, purpose, level, records, _opening(*rest)) for post, purpose, level, records, *rest in lines]


def suppose_consent(*, family: UUID, person: UUID, until: datetime.date | None) -> list[WouldSee]:
    """What closes, stays and opens, by agency and role, if this person agreed to sharing until that day (None: not any
    more). Nothing is changed: the gate runs the verb and takes it back. Whoever may not change facts is refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_SUPPOSED, [family, person, until])
            return [
                WouldSee(agency, role, tuple(map(UUID, posts)), Kind(kind), level, owner, closes, stays, opens)
                for agency, role, posts, kind, level, owner, closes, stays, opens in cursor.fetchall()
            ]
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") == "EH403":
            raise Refused(MAY_NOT_CHANGE_FACTS) from error
        raise


_SUPPOSED = """
select s.agency_no, s.role, s.posts::text[], s.kind, s.level, o.name, s.closes, s.stays, s.opens
  from gate.suppose_consent(%s, %s, %s) s join sharing_agreements_agency o on o.no = s.owner_no
 order by s.agency_no, s.role, s.kind, s.level, o.name
"""
