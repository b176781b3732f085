"""One family for the tests of screens: the Marshes, whom Eddie leads and Ben helps. Written as maintenance would."""

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from cases import models
from sharing_agreements.actions import facts
from sharing_agreements.models import Family, Identity, IdentityDetail, Person, Post
from sharing_agreements.vocabulary import InvolvementReason, Kind, Precision, Stage
from tests import cast

DAY = datetime.timedelta(days=1)


@dataclass
class Marshes:
    """The family, by first name, and the rows tests ask about."""

    family: Family
    ada: Person
    joe: Person
    kate: Person
    lee: Person
    case: models.Case
    rows: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The family's page."""
        return f"/families/{self.family.pk}/"


def written(by: Post, **more: Any) -> dict[str, Any]:
    """The columns every row has."""
    return {"owner": by.agency, "author": by.practitioner, "happened_on": cast.today(), **more}


def person(by: Post, given: str, family_name: str, born: datetime.date | None, **more: Any) -> Person:
    """Somebody with one agency's account of who they are."""
    anchor = cast.person()
    Identity.objects.create(
        **written(by, person=anchor),
        given_name=given,
        family_name=family_name,
        born_on=born,
        **{"born_precision": Precision.DAY if born else Precision.UNKNOWN, **more},
    )
    return anchor


def marshes(cast_: cast.Cast, *, lead: Post | None = None) -> Marshes:
    """Ada (7), Joe (3), their mother Kate and her former partner Lee: a plan led by Eddie, Ben in the team."""
    by = cast_.eddie
    lead = lead or by
    today = cast.today()
    family = Family.objects.create()
    ada = person(by, "Ada", "Marsh", today.replace(year=today.year - 7, day=1))
    joe = person(by, "Joe", "Marsh", today.replace(year=today.year - 3, day=1))
    kate = person(by, "Kate", "Marsh", None, is_child=False)
    lee = person(by, "Lee", "Doyle", None, is_child=False)
    kids, everybody = [ada.pk, joe.pk], [ada.pk, joe.pk, kate.pk, lee.pk]
    work(kids, everybody, lead, InvolvementReason.LEAD)
    work(kids, everybody, cast_.ben, InvolvementReason.TEAM)
    facts.set_stage(people=kids, stage=Stage.PLAN_OPEN)
    case = models.Case.objects.create(
        **written(by, family=family, about=kids),
        reference=f"EH-{uuid4().hex[:6]}",
        why="Kate asked for help with routines.",
    )
    story = Marshes(family, ada, joe, kate, lee, case)
    for kid in (ada, joe):
        models.ChildInCase.objects.create(
            **written(by, family=family, person=kid), case=case, state="plan_active", since=timezone.now() - 30 * DAY
        )
        models.ChildLevel.objects.create(
            **written(by, family=family, person=kid), case=case, level=2, reason="Assessed."
        )
    parts = {ada: "child", joe: "child", kate: "parent", lee: "other_adult"}
    for who, part in parts.items():
        models.FamilyMember.objects.create(
            **written(by, family=family, person=who), part=part, must_not_collect=who == lee
        )
    _people(story, by)
    _team(story, lead, cast_.ben, by)
    _plan(story, by, cast_.ben)
    return story


def work(kids: list[UUID], everybody: list[UUID], who: Post, reason: InvolvementReason) -> None:
    """Make somebody involved with these people since a month ago."""
    facts.involve(
        people=everybody,
        agency=who.agency_id,
        practitioner=who.practitioner_id,
        reason=reason,
        starts_on=cast.today() - 30 * DAY,
    )


def _people(story: Marshes, by: Post) -> None:
    own = {"family": story.family}
    relate = models.Relationship.objects.create
    for kid in (story.ada, story.joe):
        relate(
            **written(by, person=story.kate, **own),
            to_person=kid,
            type="parent",
            parental_responsibility=True,
            main_carer=True,
        )
    relate(**written(by, person=story.lee, **own), to_person=story.kate, type="former_partner")
    home = models.Household.objects.create(
        **written(by, about=[story.ada.pk, story.joe.pk, story.kate.pk], **own), name="Kate's home"
    )
    for who in (story.ada, story.joe, story.kate):
        models.HouseholdMember.objects.create(**written(by, person=who, **own), household=home)
    story.rows["way"] = models.SafeContact.objects.create(
        **written(by, person=story.kate, **own),
        way="mobile",
        detail="07700 900123",
        safe_times="after 4 in the afternoon",
    )
    models.SchoolPlace.objects.create(**written(by, person=story.ada, **own), name="Quarry Hill Primary")
    soon = cast.today() + 90 * DAY
    models.NotSafeToTell.objects.create(
        **written(by, person=story.lee, **own), reason="He follows Kate's messages.", review_on=soon
    )
    models.KeepApart.objects.create(
        **written(by, person=story.lee, about=[story.lee.pk, story.kate.pk], **own),
        from_person=story.kate,
        reason="Non-molestation order.",
        review_on=soon,
    )
    models.StaffSafetyNote.objects.create(
        **written(by, person=story.lee, **own), what="Two large dogs. Visit in pairs when Lee is there.", review_on=soon
    )
    account = Identity.objects.get(person=story.kate)
    IdentityDetail.objects.create(
        **written(by, person=story.kate), identity=account, language="Romanian", interpreter=True
    )


def _team(story: Marshes, lead: Post, ben: Post, by: Post) -> None:
    own = {"family": story.family, "about": [story.ada.pk, story.joe.pk]}
    assigned = models.LeadAssignment.objects.create(
        **written(by, **own), case=story.case, practitioner=lead.practitioner, agency=lead.agency, why="first"
    )
    models.Answer.objects.create(**written(lead, **own), kind=Kind.CASE, assignment=assigned, accepted=True)
    place = models.TeamMember.objects.create(
        **written(by, **own), case=story.case, practitioner=ben.practitioner, agency=ben.agency, part="sleep and weight"
    )
    models.Answer.objects.create(**written(ben, **own), kind=Kind.CASE, team_member=place, accepted=True)
    story.rows["place"] = place


def _plan(story: Marshes, by: Post, ben: Post) -> None:
    own = {"family": story.family}
    today = cast.today()
    need = models.Need.objects.create(
        **written(by, person=story.ada, **own),
        case=story.case,
        heading="education",
        title="Ada misses a day of school a week",
        baseline=3,
    )
    models.NeedDetail.objects.create(
        **written(by, person=story.ada, **own), need=need, description="Mostly on Mondays."
    )
    models.Outcome.objects.create(**written(by, person=story.ada, **own), need=need, title="Ada is in school every day")
    late = {"case": story.case, "need": need, "doer": by.practitioner, "doer_agency": by.agency}
    story.rows["action"] = models.Action.objects.create(
        **written(by, person=story.ada, **own),
        **late,
        title="Walk to school together on Mondays",
        due_on=today - 3 * DAY,
    )
    models.Action.objects.create(
        **written(by, person=story.joe, **own),
        **{**late, "doer": ben.practitioner, "doer_agency": ben.agency, "need": None},
        title="Weigh Joe",
        due_on=today + 2 * DAY,
    )
    models.Review.objects.create(
        **written(by, about=[story.ada.pk, story.joe.pk], **own),
        case=story.case,
        result="continue",
        summary="Mornings are calmer.",
        next_review_on=today - DAY,
    )
    note = models.Note.objects.create(
        **written(ben, person=story.ada, **own), case=story.case, note_kind="home_visit", headline="Visited at home"
    )
    models.ChildSeen.objects.create(**written(ben, person=story.ada, **own), note=note, how="alone")
    models.ChildWords.objects.create(
        **written(by, person=story.ada, **own), note=note, words="I like it when Mum sings."
    )
    story.rows["need"] = need
    _history(story, by, ben)


def _history(story: Marshes, by: Post, ben: Post) -> None:
    own = {"family": story.family}
    shared = uuid4()
    told = event(by, person=story.ada, title="Ada changed school", event_id=shared, kind=Kind.EDUCATION, **own)
    models.EventDetail.objects.create(
        **written(by, person=story.ada, **own), kind=Kind.EDUCATION, event=told, text="From Oak Green."
    )
    event(ben, person=story.ada, title="School nurse: new school", event_id=shared, stated=False, kind=Kind.NOTE, **own)
    event(
        by,
        person=story.joe,
        title="Joe was born",
        happened_on=datetime.date(2023, 2, 1),
        precision="month",
        kind=Kind.NOTE,
        **own,
    )
    event(by, person=story.ada, title="Wrong child", withdrawn_at=timezone.now(), kind=Kind.NOTE, **own)
    event(ben, person=story.ada, title="Home visit: Ada was cheerful", kind=Kind.NOTE, **own)


def event(by: Post, **columns: Any) -> models.Event:
    """One line of the chronology."""
    row = {"source_kind": "written", **written(by), **columns}
    return models.Event.objects.create(**row)
