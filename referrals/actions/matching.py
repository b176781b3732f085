"""Who in a report may already be known: found by a job over everybody, settled by a person, one at a time.

Nothing of the other person opens before somebody confirms. A hit on a restricted person is closed like that
person; the people named for them and the hub's managers are told, and the contact takes a manager's look in the
same words as a quality sample (users 2.2).
"""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from referrals import refusals
from referrals.actions.watching import owe_watch
from referrals.models import Contact, ContactEntry, Match, RestrictedMatch
from referrals.permissions import hub as permissions
from referrals.queries.marks import watched_since
from referrals.rules import clocks, matching
from referrals.rules.matching import Agreement
from referrals.vocabulary import ContactStep, MatchBand, MatchState, Urgency
from sharing_agreements import queries
from sharing_agreements.actions import facts
from sharing_agreements.models import PersonLink, Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import Role
from sharing_agreements.working_time import LONDON

LINKED_BECAUSE = "A match was confirmed."
UNLINKED_BECAUSE = "A match was taken back."


@transaction.atomic
def match_report(*, contact: UUID, now: datetime.datetime) -> None:
    """Offer candidates for everybody in a contact's report. Run by the job; twice changes nothing."""
    one = Contact.objects.select_related("report").get(pk=contact)
    found = candidates_for(one.about)
    refused = _said_not_the_same(one.about)
    weights = queries.match_weights().weights
    for person, candidate, identity, pair in found:
        if (person, candidate) not in refused:
            _offer(one, person, candidate, identity, pair, weights, now)
    restricted = _tell_named_people(one, {candidate for _, candidate, _, _ in found}, now)
    _mark_watched(one, found, now)
    if restricted:
        Contact.objects.filter(pk=one.pk).update(looked_at=True)


def candidates_for(people: Iterable[UUID]) -> list[tuple[UUID, UUID, UUID, Agreement]]:
    """Who may be one of these people: person, candidate, the account that matched, how they agree. Jobs only."""
    likely_from = queries.match_weights().likely_from
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.match_people(%s::uuid[])", [list(people)])
        rows = cursor.fetchall()
    return [(row[0], row[1], row[2], Agreement(tuple(row[3]), row[4], likely_from)) for row in rows]


def _said_not_the_same(people: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs a person has told apart, whichever of the two was reported."""
    rows = Match.objects.filter(state=MatchState.REJECTED).filter(
        Q(person_id__in=list(people)) | Q(candidate_id__in=list(people))
    )
    pairs = list(rows.values_list("person_id", "candidate_id"))
    return {*pairs, *((b, a) for a, b in pairs)}


def _offer(
    contact: Contact,
    person: UUID,
    candidate: UUID,
    identity: UUID,
    pair: Agreement,
    weights: dict[str, float],
    now: datetime.datetime,
) -> None:
    Match.objects.get_or_create(
        contact=contact,
        person_id=person,
        candidate_id=candidate,
        defaults={
            "owner_id": contact.owner_id,
            "about": [person, candidate],
            "hidden_from": contact.hidden_from,
            "happened_on": now.astimezone(LONDON).date(),
            "recorded_at": now,
            "identity_id": identity,
            "band": matching.band_of(pair),
            "reasons": matching.reasons_of(pair, weights),
        },
    )


def _tell_named_people(contact: Contact, candidates: set[UUID], now: datetime.datetime) -> bool:
    """Tell whoever is named for a restricted person, and the hub's managers. False when nobody is restricted."""
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.named_people(%s::uuid[])", [list(candidates)])
        rows = cursor.fetchall()
    if not rows:
        return False
    named = {practitioner for _, practitioner in rows if practitioner}
    held = Post.objects.held_on(now.astimezone(LONDON).date())
    managers = held.filter(agency_id=contact.owner_id, role=Role.MANAGER).values_list("practitioner_id", flat=True)
    for practitioner in {*named, *managers}:
        RestrictedMatch.objects.get_or_create(
            contact=contact,
            recipient_id=practitioner,
            defaults={
                "reference": contact.report.reference,
                "hub_id": contact.owner_id,
                "is_named": practitioner in named,
                "told_at": now,
            },
        )
    return True


def _mark_watched(contact: Contact, found: list[tuple[UUID, UUID, UUID, Agreement]], now: datetime.datetime) -> None:
    """A sure hit on somebody kept in touch with makes the contact provisionally red before anybody confirms."""
    sure = {candidate for _, candidate, _, pair in found if matching.band_of(pair) is MatchBand.SURE}
    since = watched_since(sure)
    if since is not None and contact.watched_since is None:
        make_provisional(contact, since, now)


def make_provisional(contact: Contact, since: datetime.date, now: datetime.datetime) -> None:
    """Put a contact about a watched family first, provisionally red, until a screener confirms or lowers it."""
    calendar = queries.calendar()
    red = clocks.decision_clock(Urgency.RED, now, calendar)
    is_sooner = clocks.sooner(clocks.Clock(now, contact.due_at), red) is red and contact.grade != Urgency.RED
    Contact.objects.filter(pk=contact.pk).update(
        watched_since=since,
        provisional=contact.grade != Urgency.RED,
        version=F("version") + 1,
        **(red.columns(calendar) if is_sooner else {}),
    )
    ContactEntry.objects.create(
        owner_id=contact.owner_id,
        about=contact.about,
        hidden_from=contact.hidden_from,
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        contact=contact,
        what=ContactStep.WATCHED,
        at=now,
    )


@transaction.atomic
def confirm_match(*, match: Match, by: Post, now: datetime.datetime) -> None:
    """Say that the reported person is the one already known: their history opens from here on."""
    require(permissions.why_not_settle_match(match=match, by=by))
    _settle(match, MatchState.CONFIRMED, by, now)
    facts.link_person(duplicate=match.main_person, kept=match.candidate_id, why=LINKED_BECAUSE)
    if match.contact_id is None:
        return
    contact = Contact.objects.get(pk=match.contact_id)
    since = watched_since([match.main_person])
    if since is not None and contact.watched_since is None:
        make_provisional(contact, since, now)
    owe_watch(contact=contact.pk, because="matched", at=now)


@transaction.atomic
def reject_match(*, match: Match, by: Post, now: datetime.datetime) -> None:
    """Say that they are not the same person. It is remembered and not offered again."""
    require(permissions.why_not_settle_match(match=match, by=by))
    _settle(match, MatchState.REJECTED, by, now)


def _settle(match: Match, state: MatchState, by: Post, now: datetime.datetime) -> None:
    changed = Match.objects.filter(pk=match.pk, state=MatchState.OPEN).update(
        state=state, settled_at=now, settled_by=by.practitioner, version=F("version") + 1
    )
    require(None if changed else refusals.SETTLED_MEANWHILE)


@transaction.atomic
def undo_match(*, match: Match, by: Post, now: datetime.datetime) -> None:
    """Take back what somebody said of a match: it is open again, and two said to be one are two."""
    require(permissions.why_not_undo_match(match=match, by=by))
    was_confirmed = match.state == MatchState.CONFIRMED
    changed = Match.objects.filter(pk=match.pk, state=match.state).update(
        state=MatchState.OPEN, settled_at=None, settled_by=None, version=F("version") + 1
    )
    require(None if changed else refusals.SETTLED_MEANWHILE)
    if was_confirmed:
        facts.unlink_person(duplicate=match.main_person, why=UNLINKED_BECAUSE)
    if match.contact_id is not None:
        _undone_in_contact(match.contact_id, was_confirmed, by, now)


def _undone_in_contact(pk: UUID, was_confirmed: bool, by: Post, now: datetime.datetime) -> None:
    if was_confirmed:
        owe_watch(contact=pk, because="undone", at=now)
    contact = Contact.objects.get(pk=pk)
    ContactEntry.objects.create(
        owner_id=contact.owner_id,
        author_id=by.practitioner_id,
        about=contact.about,
        hidden_from=contact.hidden_from,
        happened_on=now.astimezone(LONDON).date(),
        recorded_at=now,
        contact=contact,
        what=ContactStep.UNDONE,
        at=now,
    )


@transaction.atomic
def take_link_back(*, link: PersonLink, why: str, by: Post, now: datetime.datetime) -> None:
    """Say that two who were linked are not one person: the link ends and stays on record, and it is remembered."""
    require(permissions.why_not_take_link_back(link=link, by=by))
    facts.unlink_person(duplicate=link.moved_id, why=why)
    confirmed = Match.objects.filter(person_id=link.said_id, candidate_id=link.kept_id, state=MatchState.CONFIRMED)
    confirmed.update(state=MatchState.REJECTED, settled_at=now, settled_by=by.practitioner, version=F("version") + 1)
