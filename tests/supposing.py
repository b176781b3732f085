"""Makes in a random world the change a simulation only supposed, and asks the gate what it predicted for a viewer."""

import dataclasses
import random
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor

from sharing_agreements.vocabulary import AgencyType, AgreementState, AgreementVerb, SupposedChange
from tests import proving
from tests.oracle import LONDON, Viewer, World

_LAST_TODAY = """
insert into sharing_agreements_agreementmove
    (agreement_id, verb, from_state, to_state, moved_at, reason, digest, words)
select %s, %s, 'signed', %s, greatest(now(), max(moved_at)), '', '', ''
  from sharing_agreements_agreementmove
 where agreement_id = %s and (moved_at at time zone 'Europe/London')::date <= gate.today()
"""
_SIGN_TODAY = """
update sharing_agreements_party set signed_at = now()
 where agreement_id = %s and (left_on is null or left_on > gate.today())
   and ((signed_at at time zone 'Europe/London')::date <= gate.today()) is not true
"""


@dataclass(frozen=True)
class Change:
    """One change of one agreement of a world; the agency where it joins or leaves."""

    agreement: int
    verb: SupposedChange
    agency: int | None = None

    @property
    def agreement_id(self) -> str:
        """Id of the agreement."""
        return proving._uuid(5, self.agreement)

    @property
    def agency_id(self) -> str | None:
        """Id of the agency."""
        return self.agency and proving.agency_id(self.agency)


def bring_closer(world: World, source: random.Random) -> int:
    """Turn most records and viewers towards one agreement, so that changing it changes something. Its number."""
    number = source.randrange(len(world.agreements))
    agreement = world.agreements[number]
    agencies = {a.no: a.type for a in world.agencies}

    def one_of(side: int | AgencyType, otherwise: int) -> int:
        return source.choice([no for no, type_ in agencies.items() if side in (no, type_)] or [otherwise])

    for at, record in enumerate(world.records):
        clause = source.choice(agreement.clauses)
        if at % 4:
            owner = one_of(clause.provider, record.owner)
            world.records[at] = dataclasses.replace(record, kind=clause.kind, owner=owner)
    for at, viewer in enumerate(world.viewers):
        clause = source.choice(agreement.clauses)
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
    found = [Change(number, SupposedChange.SIGN), Change(number, SupposedChange.END)]
    found += [Change(number, SupposedChange.LEAVE, source.choice(bound))] if bound else []
    others = [a.no for a in world.agencies if a.no not in parties]
    return found + ([Change(number, SupposedChange.JOIN, source.choice(others))] if others else [])


def predicted(cursor: Cursor, viewer: Viewer, change: Change) -> dict[bool, set[int]]:
    """Numbers of the records the gate says this viewer would gain (True) and lose (False)."""
    who = proving._principal(viewer)
    cursor.execute(
        "select record_id::text, gained from gate.would_change(array[(%s, %s, %s)::gate.supposed], "
        "%s, %s, %s, %s::smallint, %s, %s, %s, %s)",
        [
            *(change.agreement_id, change.verb, change.agency_id, who.practitioner_no, who.practitioner_id),
            *(who.post_id, who.agency_no, who.agency_id, who.team_no, who.role, who.purpose),
        ],
    )
    found: dict[bool, list[str]] = {True: [], False: []}
    for one, gained in cursor.fetchall():
        found[gained].append(one)
    return {gained: proving._numbers(ids) for gained, ids in found.items()}


def listed(cursor: Cursor, viewer: Viewer) -> set[int]:
    """Numbers of the records the viewer lists."""
    proving.become(cursor, viewer)
    cursor.execute(
        f"select {' || '.join(f'coalesce({t}_list()::text[], array[]::text[])' for t in proving.TABLES.values())}"
    )
    found = proving._numbers(cursor.fetchone()[0])
    proving.become_owner(cursor)
    return found


def really(cursor: Cursor, change: Change) -> None:
    """Make the change, as eh_owner in maintenance."""
    own = change.agreement_id
    if change.verb == SupposedChange.SIGN:
        cursor.execute(_LAST_TODAY, [own, AgreementVerb.SIGN, AgreementState.SIGNED, own])
        cursor.execute(_SIGN_TODAY, [own])
        cursor.execute(
            "update sharing_agreements_agreement set starts_on = least(starts_on, gate.today()) where id = %s", [own]
        )
    elif change.verb == SupposedChange.END:
        cursor.execute(_LAST_TODAY, [own, AgreementVerb.END, AgreementState.ENDED, own])
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
