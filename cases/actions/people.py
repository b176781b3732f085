"""Who belongs to a family, where somebody can be found, and what keeps people safe."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from cases import refusals
from cases.actions.moving import gate
from cases.actions.recording import day_of, owned
from cases.models import (
    FamilyMember,
    HealthContact,
    Household,
    HouseholdMember,
    Relationship,
    SchoolPlace,
)
from cases.vocabulary import CHILD_PARTS, CourtOrder, FamilyPart, RelationshipType
from sharing_agreements.actions import facts
from sharing_agreements.models import Agency, Identity, IdentityDetail, Person, Post
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import InvolvementReason

_DAY = datetime.timedelta(days=1)


@transaction.atomic
def add_person(
    *,
    family: UUID,
    part: FamilyPart,
    identity: Mapping[str, Any],
    by: Post,
    now: datetime.datetime,
    detail: Mapping[str, Any] | None = None,
    same_team_as: UUID | None = None,
) -> Person:
    """Add somebody to a family with this agency's account of who they are (fields of Identity, IdentityDetail).

    An adult gets the team of `same_team_as`, a child somebody works with. A further child gets no team here: the
    hub or a coordinator joins children to a case.
    """
    person = Person.objects.create()
    columns = owned(by, now, person_id=person.pk, family_id=family)
    is_child = part in CHILD_PARTS
    account = Identity(**columns, **{"is_child": is_child, "is_unborn": part == FamilyPart.UNBORN, **identity})
    account.save()
    if detail:
        IdentityDetail(**columns, identity=account, **detail).save()
    FamilyMember(**columns, part=part).save()
    if same_team_as and not is_child:
        gate("select gate.share_team(%s, %s)", [person.pk, same_team_as])
    return person


@transaction.atomic
def add_member(
    *, family: UUID, person: UUID, part: FamilyPart, by: Post, now: datetime.datetime, must_not_collect: bool = False
) -> FamilyMember:
    """Say that somebody already known belongs to a family."""
    member = FamilyMember(
        **owned(by, now, person_id=person, family_id=family), part=part, must_not_collect=must_not_collect
    )
    member.save()
    return member


@transaction.atomic
def relate(
    *,
    person: UUID,
    to_person: UUID,
    tie: RelationshipType,
    family: UUID | None,
    by: Post,
    now: datetime.datetime,
    parental_responsibility: bool | None = None,
    main_carer: bool = False,
    court_order: CourtOrder = CourtOrder.NONE,
    order_made_on: datetime.date | None = None,
    order_ends_on: datetime.date | None = None,
) -> Relationship:
    """Say what `person` is to `to_person`. One row serves both sides (vocabulary.INVERSE)."""
    row = Relationship(
        **owned(by, now, person_id=person, about=[person, to_person], family_id=family),
        to_person_id=to_person,
        type=tie,
        parental_responsibility=parental_responsibility,
        main_carer=main_carer,
        court_order=court_order,
        order_made_on=order_made_on,
        order_ends_on=order_ends_on,
    )
    row.save()
    return row


@transaction.atomic
def set_household(
    *,
    family: UUID,
    name: str,
    people: list[UUID],
    by: Post,
    now: datetime.datetime,
    from_date: datetime.date | None = None,
) -> Household:
    """Say who lives together, from a day. Closed like an address to all but named people when one is hidden."""
    require(None if people else refusals.NO_CHILDREN)
    household = Household(**owned(by, now, about=sorted(people), family_id=family), name=name[:80])
    household.save()
    for person in people:
        HouseholdMember(
            **owned(by, now, person_id=person, family_id=family), household=household, from_date=from_date
        ).save()
    return household


@transaction.atomic
def move_school(
    *,
    person: UUID,
    name: str,
    from_date: datetime.date,
    by: Post,
    now: datetime.datetime,
    school: Agency | None = None,
    family: UUID | None = None,
) -> SchoolPlace:
    """A child is on the roll of a school from a day; every school before loses sight of the child that day.

    That holds for schools whose place nobody here may read, and for their people in the team of this child. Who
    leads keeps the lead until they hand over.

    Refuses a day that is not after the first day at the present school: the place before would end before it began.
    """
    last_day = from_date - _DAY
    before = list(SchoolPlace.objects.filter(person_id=person, to_date__isnull=True))
    require(refusals.BEGAN_LATER if any(one.from_date and one.from_date >= from_date for one in before) else None)
    for place in before:
        SchoolPlace.objects.filter(pk=place.pk).update(to_date=last_day, version=place.version + 1)
    facts.leave_rolls(person=person, staying=school.pk if school else None, last_day=last_day)
    row = SchoolPlace(
        **owned(by, now, person_id=person, family_id=family), school=school, name=name[:120], from_date=from_date
    )
    row.save()
    if school:
        facts.involve(
            people=[person],
            agency=school.pk,
            practitioner=None,
            reason=InvolvementReason.ON_ROLL,
            starts_on=from_date,
        )
    return row


@transaction.atomic
def register_health(
    *,
    person: UUID,
    name: str,
    what: str,
    by: Post,
    now: datetime.datetime,
    service: Agency | None = None,
    from_date: datetime.date | None = None,
    family: UUID | None = None,
    replaces: HealthContact | None = None,
) -> HealthContact:
    """Somebody is looked after by a health service: a practice, a health visitor, a midwife.

    `replaces` ends the day before: that service loses sight of them, unless it still has another part.
    """
    first_day = from_date or day_of(now)
    if replaces:
        _end_health(replaces, first_day - _DAY)
    row = HealthContact(
        **owned(by, now, person_id=person, family_id=family),
        service=service,
        name=name[:120],
        what=what[:60],
        from_date=from_date,
    )
    row.save()
    if service:
        facts.involve(
            people=[person],
            agency=service.pk,
            practitioner=None,
            reason=InvolvementReason.REGISTERED,
            starts_on=first_day,
        )
    return row


def _end_health(contact: HealthContact, last_day: datetime.date) -> None:
    require(refusals.BEGAN_LATER if contact.from_date and contact.from_date > last_day else None)
    HealthContact.objects.filter(pk=contact.pk).update(to_date=last_day, version=contact.version + 1)
    if contact.service_id is None or contact.person_id is None:
        return
    same = {"person_id": contact.person_id, "service_id": contact.service_id, "to_date__isnull": True}
    if not HealthContact.objects.filter(**same).exclude(pk=contact.pk).exists():
        facts.end_involvement(
            people=[contact.person_id],
            agency=contact.service_id,
            practitioner=None,
            reason=InvolvementReason.REGISTERED,
            last_day=last_day,
        )
