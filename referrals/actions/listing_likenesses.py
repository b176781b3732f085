"""The night's list: people who may be one, for a person at the hub to look at. Never a merge.

Everybody written of or changed since the day before is compared with everybody. A pair that was ever offered, whatever
became of it, is not offered again: "not the same" is remembered, and what is open waits already.
"""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from referrals.actions.matching import candidates_for
from referrals.models import Match
from referrals.rules import matching
from referrals.rules.matching import Agreement
from sharing_agreements import queries
from sharing_agreements.models import Agency, Identity
from sharing_agreements.vocabulary import AgencyType
from sharing_agreements.working_time import LONDON

JOB = "list_likenesses"
AT_ONCE = 2000
"""People compared with everybody in one statement."""


@transaction.atomic
def list_likenesses(*, as_of: datetime.date, now: datetime.datetime) -> int:
    """List who was written of since the day before `as_of`. Run by the job; twice changes nothing. Gives how many."""
    since = datetime.datetime.combine(as_of - datetime.timedelta(days=1), datetime.time(), LONDON)
    with connection.cursor() as cursor:
        cursor.execute("select gate.people_written_since(%s)", [since])
        people: list[UUID] = cursor.fetchone()[0]
    return sum(_list(people[start : start + AT_ONCE], now) for start in range(0, len(people), AT_ONCE))


def _list(people: list[UUID], now: datetime.datetime) -> int:
    found = candidates_for(people)
    offered = _ever_offered({person for person, *_ in found} | {candidate for _, candidate, *_ in found})
    weights = queries.match_weights().weights
    hubs = dict(Agency.objects.filter(type=AgencyType.HUB).values_list("district", "pk"))
    accounts = Identity.objects.select_related("owner").in_bulk([identity for _, _, identity, _ in found])
    fresh: list[Match] = []
    for person, candidate, identity, pair in found:
        hub = hubs.get(accounts[identity].owner.district)
        if hub and frozenset({person, candidate}) not in offered:
            offered.add(frozenset({person, candidate}))
            fresh.append(_likeness(hub, person, candidate, accounts[identity], pair, weights, now))
    Match.objects.bulk_create(fresh)
    return len(fresh)


def _ever_offered(people: Iterable[UUID]) -> set[frozenset[UUID]]:
    among = list(people)
    rows = Match.objects.filter(Q(person_id__in=among) | Q(candidate_id__in=among))
    return {frozenset(pair) for pair in rows.values_list("person_id", "candidate_id")}


def _likeness(
    hub: UUID,
    person: UUID,
    candidate: UUID,
    account: Identity,
    pair: Agreement,
    weights: dict[str, float],
    now: datetime.datetime,
) -> Match:
    return Match(
        kind=Match.KIND,
        owner_id=hub,
        person_id=person,
        about=[person, candidate],
        hidden_from=account.hidden_from,
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        candidate_id=candidate,
        identity=account,
        band=matching.band_of(pair),
        reasons=matching.reasons_of(pair, weights),
    )
