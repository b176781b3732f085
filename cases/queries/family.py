"""What the family page shows in ten seconds, in a fixed number of queries keyed by the family or its people."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from cases.models import (
    Action,
    Case,
    ChildInCase,
    ChildLevel,
    ChildSeen,
    ChildWords,
    ConsentToHelp,
    Cover,
    Event,
    FamilyMember,
    KeepApart,
    Note,
    NotSafeToTell,
    Relationship,
    StaffSafetyNote,
    TeamMember,
)
from cases.queries.standing import latest_consents, latest_levels, open_family_case
from cases.vocabulary import ActionStatus, Seen
from sharing_agreements.models import Identity, IdentityDetail, Post, Practitioner
from sharing_agreements.queries import identities_of, same_people
from sharing_agreements.working_time import LONDON

_CHANGED = 20
_WORRIES = 3
_ACTIONS = 10


@dataclass(frozen=True)
class FamilyPage:
    """One family as this viewer may see it. Names are missing from `identities` where nobody may show them."""

    case: Case | None
    children: list[ChildInCase]
    members: list[FamilyMember]
    identities: dict[UUID, Identity]
    levels: dict[UUID, ChildLevel]
    consents: dict[UUID, ConsentToHelp]
    relationships: list[Relationship]
    lead: Practitioner | None
    cover: Cover | None
    team: list[TeamMember]
    actions: list[Action]
    worries: list[Note]
    changed: list[Event]
    seen_alone: dict[UUID, ChildSeen]
    words: dict[UUID, ChildWords]
    not_safe_to_tell: list[NotSafeToTell]
    keep_apart: list[KeepApart]
    staff_safety: list[StaffSafetyNote]
    needs: list[IdentityDetail]

    @property
    def people(self) -> list[UUID]:
        """Everybody on the page: children in the case and family members, each once."""
        return list(
            dict.fromkeys(
                [
                    *(c.whom for c in self.children),
                    *(m.whom for m in self.members),
                ]
            )
        )


def family_page(family: UUID, *, for_post: Post, now: datetime.datetime, since: datetime.datetime) -> FamilyPage:
    """The family page for one viewer. `since`: what was recorded after it counts as changed."""
    today = now.astimezone(LONDON).date()
    case = open_family_case(family) or Case.objects.filter(family_id=family).order_by("-recorded_at").first()
    children = list(ChildInCase.objects.filter(case=case).order_by("recorded_at", "id")) if case else []
    members = list(FamilyMember.objects.filter(family_id=family, to_date__isnull=True).order_by("part", "recorded_at"))
    people = list(dict.fromkeys([*(c.whom for c in children), *(m.whom for m in members)]))
    anchors = list(same_people(people))
    lead_no = next((c.lead_no for c in children if c.lead_no), None)
    return FamilyPage(
        case=case,
        children=children,
        members=members,
        identities=identities_of(people, for_post=for_post),
        levels=latest_levels(people),
        consents=latest_consents(people),
        relationships=list(Relationship.objects.filter(person_id__in=anchors, ended_on__isnull=True)),
        lead=Practitioner.objects.filter(no=lead_no).first() if lead_no else None,
        cover=_cover(case, today),
        team=_team(case),
        actions=_open_actions(case),
        worries=_worries(family),
        changed=_changed(family, since),
        seen_alone=_seen_alone(anchors),
        words=_words(anchors),
        not_safe_to_tell=list(NotSafeToTell.objects.filter(person_id__in=anchors, lifted__isnull=True)),
        keep_apart=list(KeepApart.objects.filter(person_id__in=anchors, ended_on__isnull=True)),
        staff_safety=list(StaffSafetyNote.objects.filter(family_id=family, ended_on__isnull=True)),
        needs=_communication_needs(anchors),
    )


def _cover(case: Case | None, today: datetime.date) -> Cover | None:
    if case is None:
        return None
    now_covering = Cover.objects.filter(case=case, starts_on__lte=today, ends_on__gte=today)
    return now_covering.select_related("practitioner", "agency").order_by("-recorded_at").first()


def _team(case: Case | None) -> list[TeamMember]:
    """Members who said yes and have not left; a sensitive agency's row is not among what others may read."""
    if case is None:
        return []
    places = TeamMember.objects.filter(case=case, ended_on__isnull=True, answer__accepted=True)
    return list(places.select_related("practitioner", "agency").order_by("recorded_at"))


def _open_actions(case: Case | None) -> list[Action]:
    if case is None:
        return []
    actions = Action.objects.filter(case=case, status=ActionStatus.OPEN).select_related("doer", "doer_agency")
    return list(actions.order_by("due_on", "id")[:_ACTIONS])


def _worries(family: UUID) -> list[Note]:
    return list(Note.objects.filter(family_id=family, worry=True).order_by("-happened_on", "-recorded_at")[:_WORRIES])


def _changed(family: UUID, since: datetime.datetime) -> list[Event]:
    events = Event.objects.filter(family_id=family, recorded_at__gt=since, withdrawn_at__isnull=True)
    return list(events.select_related("owner").order_by("-recorded_at")[:_CHANGED])


def _seen_alone(anchors: list[UUID]) -> dict[UUID, ChildSeen]:
    seen = ChildSeen.objects.filter(person_id__in=anchors, how=Seen.ALONE)
    latest = seen.order_by("person_id", "-happened_on", "-recorded_at").distinct("person_id")
    return {row.person_id: row for row in latest}


def _words(anchors: list[UUID]) -> dict[UUID, ChildWords]:
    said = ChildWords.objects.filter(person_id__in=anchors)
    latest = said.order_by("person_id", "-happened_on", "-recorded_at").distinct("person_id")
    return {row.person_id: row for row in latest}


def _communication_needs(anchors: list[UUID]) -> list[IdentityDetail]:
    details = IdentityDetail.objects.filter(person_id__in=anchors)
    return [d for d in details if d.interpreter or d.access_needs]
