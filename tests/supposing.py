"""Makes in a random world the change a simulation only supposed, and asks the gate what it predicted for a viewer."""

import dataclasses
import datetime
import random
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import cursor as Cursor

from sharing_agreements.vocabulary import AgencyType, AgreementState, AgreementVerb, SupposedChange
from tests import proving
from tests.oracle import LONDON, Agreement, Viewer, World

_LAST_TODAY = """
insert into sharing_agreements_agreementmove
    (agreement_id, verb, from_state, to_state, moved_at, reason, digest, words)
select %s, %s, 'signed', %s, greatest(now(), max(moved_at)), '', '', ''
  from sharing_agreements_agreementmove
 where agreement_id = %s and (moved_at at time zone 'Europe/London')::date <= gate.today()
"""
_EARLIER = """
set local time zone 'Europe/London';
update sharing_agreements_agreement set starts_on = starts_on - %(days)s, ends_on = ends_on - %(days)s;
update sharing_agreements_party
   set left_on = left_on - %(days)s, signed_at = signed_at - make_interval(days => %(days)s);
update sharing_agreements_agreementmove set moved_at = moved_at - make_interval(days => %(days)s)
"""
_SIGN_TODAY = """
update sharing_agreements_party set signed_at = now()
 where agreement_id = %s and (left_on is null or left_on > gate.today())
   and ((signed_at at time zone 'Europe/London')::date <= gate.today()) is not true
"""

_MOVES = {
    SupposedChange.SUSPEND: (AgreementVerb.SUSPEND, AgreementState.SUSPENDED),
    SupposedChange.RESUME: (AgreementVerb.RESUME, AgreementState.SIGNED),
    SupposedChange.END: (AgreementVerb.END, AgreementState.ENDED),
}


@dataclass(frozen=True)
class Change:
    """One change of one agreement of a world: the agency where it joins or leaves, or the first and last day."""

    agreement: int
    verb: SupposedChange
    agency: int | None = None
    dates: tuple[datetime.date, datetime.date] | tuple[None, None] = (None, None)

    @property
    def agreement_id(self) -> str:
        """Id of the agreement."""
        return proving._uuid(5, self.agreement)

    def days_earlier(self, days: int) -> "Change":
        """The same change where everything about agreements lies so many days earlier."""
        if self.dates == (None, None):
            return self
        first, last = (one - datetime.timedelta(days=days) for one in self.dates)
        return dataclasses.replace(self, dates=(first, last))

    @property
    def agency_id(self) -> str | None:
        """Id of the agency."""
        return self.agency and proving.agency_id(self.agency)


def _as_it_is(agreement: Agreement, today: datetime.date) -> Agreement:
    return agreement


_OPEN: dict[str, Any] = {
    "needs_involvement": False,
    "needs_consent": False,
    "stages": frozenset(),
    "provider_district": "",
    "recipient_district": "",
}


def _in_force(agreement: Agreement, today: datetime.date) -> Agreement:
    """Signed long ago by everybody, ending soon, and half of its clauses without a condition."""
    signed_at = datetime.datetime.combine(today - datetime.timedelta(days=500), datetime.time(12), LONDON)
    return dataclasses.replace(
        agreement,
        moves=((signed_at, AgreementState.SIGNED),),
        parties=tuple(dataclasses.replace(one, signed_at=signed_at, left_on=None) for one in agreement.parties),
        starts_on=signed_at.date(),
        ends_on=today + datetime.timedelta(days=20),
        clauses=tuple(dataclasses.replace(one, **_OPEN) if at % 2 else one for at, one in enumerate(agreement.clauses)),
    )


def _suspended(agreement: Agreement, today: datetime.date) -> Agreement:
    """The same, and suspended since."""
    signed = _in_force(agreement, today)
    (signed_at, _), *_rest = signed.moves
    suspended = (signed_at + datetime.timedelta(days=400), AgreementState.SUSPENDED)
    return dataclasses.replace(signed, moves=(*signed.moves, suspended))


_SHAPES = (_as_it_is, _in_force, _suspended)


def bring_closer(world: World, source: random.Random, shape: int) -> int:
    """Turn most records and viewers towards two clauses of one agreement, so that changing it changes something.

    Shape 0 leaves the agreement as it is, 1 brings it into force, 2 suspends it. Gives its number.
    """
    number = source.randrange(len(world.agreements))
    agreement = world.agreements[number] = _SHAPES[shape](world.agreements[number], world.today)
    agencies = {a.no: a.type for a in world.agencies}
    parties = {party.agency for party in agreement.parties}
    two = agreement.clauses[1:4:2]

    def one_of(side: int | AgencyType, otherwise: int) -> int:
        meant = [no for no, type_ in agencies.items() if side in (no, type_)]
        return source.choice([no for no in meant if no in parties] or meant or [otherwise])

    for at, record in enumerate(world.records):
        clause = source.choice(two)
        if at % 4:
            owner = one_of(clause.provider, record.owner)
            world.records[at] = dataclasses.replace(record, kind=clause.kind, owner=owner)
    for at, viewer in enumerate(world.viewers):
        clause = source.choice(two)
        if at % 4:
            world.viewers[at] = dataclasses.replace(
                viewer,
                agency=one_of(clause.recipient, viewer.agency),
                role=source.choice(sorted(clause.roles)),
                purpose=source.choice(sorted(agreement.purposes)),
            )
    return number


def changes(world: World, number: int, source: random.Random) -> list[Change]:
    """Every change that can be supposed of this agreement of the world."""
    agreement = world.agreements[number]
    parties = {p.agency for p in agreement.parties}
    bound = [
        p.agency
        for p in agreement.parties
        if p.signed_at and p.signed_at.astimezone(LONDON).date() <= world.today and not p.left_on
    ]
    simple = (SupposedChange.SIGN, SupposedChange.SUSPEND, SupposedChange.RESUME, SupposedChange.END)
    found = [Change(number, verb) for verb in simple]
    first, last = sorted(world.today + datetime.timedelta(days=source.choice([-30, -1, 0, 30])) for _ in range(2))
    found += [Change(number, SupposedChange.DATES, dates=dates) for dates in _other_dates(agreement, first, last)]
    found += [Change(number, SupposedChange.LEAVE, agency) for agency in source.sample(bound, min(2, len(bound)))]
    others = [a.no for a in world.agencies if a.no not in parties]
    return found + [
        Change(number, SupposedChange.JOIN, agency) for agency in source.sample(others, min(2, len(others)))
    ]


def _other_dates(agreement: Agreement, first: datetime.date, last: datetime.date) -> list:
    """Another first day, another last day where that is not before the first, and both."""
    return [
        (starts_on, ends_on)
        for starts_on, ends_on in [(first, agreement.ends_on), (agreement.starts_on, last), (first, last)]
        if starts_on <= ends_on
    ]


def predicted(
    cursor: Cursor, viewers: list[Viewer], change: Change, *, on_day: datetime.date
) -> dict[Viewer, dict[bool, set[int]]]:
    """Numbers of the records the gate says each viewer would gain (True) and lose (False) on a day."""
    askers = [dataclasses.astuple(proving._principal(viewer)) for viewer in viewers]
    one = "(%s, %s, %s, %s, %s, %s, %s, %s)::gate.asker"
    cursor.execute(
        "select person, record_id::text, gained from gate.would_change("
        f"%s, array[gate.suppose(%s, %s, %s, %s, %s)], %s, array[{', '.join([one] * len(askers))}])",
        [
            *(list(proving.TABLES.values()), change.agreement_id, change.verb, change.agency_id, *change.dates, on_day),
            *(value for asker in askers for value in asker),
        ],
    )
    found: dict[int, dict[bool, list[str]]] = {at: {True: [], False: []} for at in range(1, len(viewers) + 1)}
    for person, record, gained in cursor.fetchall():
        found[person][gained].append(record)
    return {
        viewer: {gained: proving._numbers(ids) for gained, ids in found[at].items()}
        for at, viewer in enumerate(viewers, start=1)
    }


def listed(cursor: Cursor, viewer: Viewer) -> set[int]:
    """Numbers of the records the viewer lists."""
    proving.become(cursor, viewer)
    cursor.execute(
        f"select {' || '.join(f'coalesce({t}_list()::text[], array[]::text[])' for t in proving.TABLES.values())}"
    )
    found = proving._numbers(cursor.fetchone()[0])
    proving.become_owner(cursor)
    return found


def bring_day_here(cursor: Cursor, days: int) -> None:
    """Make today what lies so many days ahead for the agreements, by moving everything about them to earlier days."""
    cursor.execute(_EARLIER, {"days": days})


def really(cursor: Cursor, change: Change) -> None:
    """Make the change, as eh_owner in maintenance."""
    own = change.agreement_id
    if change.verb == SupposedChange.SIGN:
        cursor.execute(_LAST_TODAY, [own, AgreementVerb.SIGN, AgreementState.SIGNED, own])
        cursor.execute(_SIGN_TODAY, [own])
        cursor.execute(
            "update sharing_agreements_agreement set starts_on = least(starts_on, gate.today()) where id = %s", [own]
        )
    elif change.verb in _MOVES:
        cursor.execute(_LAST_TODAY, [own, *_MOVES[change.verb], own])
    elif change.verb == SupposedChange.DATES:
        cursor.execute(
            "update sharing_agreements_agreement set starts_on = %s, ends_on = %s where id = %s", [*change.dates, own]
        )
    elif change.verb == SupposedChange.LEAVE:
        cursor.execute(
            "update sharing_agreements_party set left_on = gate.today() where agreement_id = %s and agency_id = %s",
            [own, change.agency_id],
        )
    else:
        cursor.execute(
            "insert into sharing_agreements_party (id, agreement_id, agency_id, signatory_name, signatory_post, "
            "signed_at) values (gen_random_uuid(), %s, %s, 'A', '', now() - interval '500 days')",
            [own, change.agency_id],
        )
