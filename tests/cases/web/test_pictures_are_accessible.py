"""A family's pictures and its chronology with axe, at desk and phone width, as each who reads them."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from cases import models
from sharing_agreements.actions import facts
from sharing_agreements.vocabulary import InvolvementReason, Kind
from tests import cast
from tests.cases.web import household, story
from tests.referrals import served
from tests.referrals.test_report_is_accessible import look

SHOTS: Path | None = None
"""Where to keep a picture of each screen; set by hand to look at them."""
PAGES = ("", "picture/", "services/", "chronology/", "chronology/?show=pinned", "needs-over-time/")


def a_long_story(everybody: cast.Cast) -> story.Marshes:
    """Nineteen people, six years of events in bursts and silences, needs that came and went, and a pin."""
    marsh = story.marshes(everybody)
    household.nineteen(marsh, everybody.eddie)
    today = cast.today()
    facts.involve(
        people=[marsh.ada.pk, marsh.joe.pk],
        agency=everybody.quarry_hill.pk,
        practitioner=everybody.amira.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=today - datetime.timedelta(days=400),
    )
    for number, (weeks, by) in enumerate(
        [(300, "cleo"), (299, "cleo"), (298, "cleo"), (298, "amira"), (250, "ben"), (180, "cleo"), (90, "ben"),
         *((60, who) for who in ("cleo", "cleo", "ben", "amira", "cleo", "cleo")), (30, "eddie"), (8, "amira")]
    ):  # fmt: skip
        day = today - datetime.timedelta(weeks=weeks, days=number % 5)
        told = story.event(
            getattr(everybody, by), person=marsh.ada, family=marsh.family, title=f"What happened, number {number}",
            kind=Kind.NOTE, happened_on=day, precision="month" if number == 4 else "day",
        )  # fmt: skip
    models.Pin.objects.create(
        **story.written(everybody.amira, person=marsh.ada, family=marsh.family), kind=Kind.NOTE, event=told,
        reason="The first time that Ada said what happens at home.",
    )  # fmt: skip
    for heading, first, last in (("health", 200, 120), ("housing", 150, None), ("health", 90, None)):
        models.Need.objects.create(
            **story.written(everybody.eddie, person=marsh.ada, family=marsh.family)
            | {"happened_on": today - datetime.timedelta(weeks=first)},
            case=marsh.case, heading=heading, title=f"A need of {heading}",
            ended_on=today - datetime.timedelta(weeks=last) if last else None,
        )  # fmt: skip
    place = models.ChildInCase.objects.get(case=marsh.case, person=marsh.ada)
    models.CaseMove.objects.create(
        **story.written(everybody.eddie, person=marsh.ada, family=marsh.family), case=marsh.case, child=place,
        from_state="assessing", to_state="plan_active", at=timezone.now() - datetime.timedelta(weeks=28),
        reason="Began",
    )  # fmt: skip
    return marsh


@pytest.mark.parametrize("width", [1280, 390])
def test_every_picture_of_a_family_is_accessible(committed: str, width: int) -> None:
    everybody = cast.assemble()
    marsh = a_long_story(everybody)
    told = models.Event.objects.filter(title__startswith="What happened").first()
    emails = {name: served.let_in(getattr(everybody, name)) for name in ("eddie", "hana", "amira", "esi")}
    with served.serving(committed) as address, served.browsing() as browser:
        for name, email in emails.items():
            page = served.signed_in(browser, address, email, viewport={"width": width, "height": 900})
            for path in PAGES if name == "hana" else (*PAGES, f"chronology/{told.pk}/pin/"):
                answer = page.goto(f"{address}{marsh.address}{path}")
                assert answer and answer.status == 200, (name, path)
                look(page, width)
                if SHOTS:
                    page.screenshot(path=SHOTS / f"{name}-{path.replace('/', '-')}{width}.png", full_page=True)
