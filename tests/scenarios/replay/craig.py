"""Craig's case as it would have gone with this software: the events of the file, and what agencies would do with them.

What is done between the events (who reports, what the hub decides, who leads) is ours, and as little as the events say.
The database's clock stands at today, so times are handed in; what the gate opens is as it is today.
"""

import datetime
from uuid import UUID

from cases.models import Case, LeadNotice
from earlyhelp.importing.words import KINDS
from referrals.actions import watching
from referrals.models import Contact, Feedback
from referrals.rules.report import Adult
from referrals.vocabulary import Answer, ConcernKind, Outcome, Urgency
from sharing_agreements.models import Address, Agency, Agreement, Identity, Post, WorkingDay
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.referrals.actions.test_watching import confirm_all
from tests.referrals.arriving import arrive, child
from tests.referrals.disagreeing import decide
from tests.scenarios import histories
from tests.scenarios.agreeing import in_force_since
from tests.scenarios.replay.clock import Replay

BEGAN = datetime.date(1990, 1, 1)
KATE = Adult("Kate Jones", "mother", with_child=True)
HOME = {"home_line": "4 Canal Row", "home_postcode": "MB1 4XX"}
BORN = {
    "David": datetime.date(1995, 12, 4),
    "Craig": datetime.date(1997, 5, 14),
    "Adam": datetime.date(1998, 5, 20),
    "Kylie": datetime.date(1999, 8, 2),
    "Stacey": datetime.date(2000, 11, 9),
    "Harry": datetime.date(2002, 8, 15),
}
MOVES = ("1999-05-10", "1999-11-08", "2000-04-14", "2000-10-05", "2001-04-20")
"""Five homes in two years (event 7); the days are ours."""


def at(day: str, hour: int = 10) -> datetime.datetime:
    """A moment of that day."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour), datetime.UTC)


def _fill_calendar() -> None:
    """Working days of the years of the story. Bank holidays of then are not known here: they count as working days."""
    number, rows = 0, []
    for ahead in range((datetime.date(2010, 1, 1) - BEGAN).days):
        day = BEGAN + datetime.timedelta(days=ahead)
        number += day.weekday() < 5
        rows.append(WorkingDay(date=day, is_working=day.weekday() < 5, number=number))
    WorkingDay.objects.bulk_create(rows)


class Story:
    """Who acts, and what they do on which day. Every verb is the product's own, as the person who would use it."""

    def __init__(self) -> None:
        self.replay = Replay()
        _fill_calendar()
        self.who = cast.assemble()
        histories.load(histories.CRAIG, district="Marlbeck")
        rows = histories.read(histories.CRAIG, "agencies.csv")
        self.agencies = {row["code"]: Agency.objects.get(name=row["agency"]) for row in rows}
        others = list(self.agencies.values())
        cast.agreement(
            self.who.hub,
            *others,
            purposes=[Purpose.TRIAGE],
            clauses=[
                {
                    "provider_agency": other,
                    "recipient_type": AgencyType.HUB,
                    "recipient_roles": [Role.DECISION_MAKER, Role.MANAGER],
                    "kind": kind,
                    "level": Level.FULL,
                    "needs_involvement": False,
                }
                for other in others
                for kind in (Kind.IDENTITY, Kind.HOUSEHOLD, Kind.ADDRESS, KINDS[AgencyType(other.type)])
            ],
        )
        for agreement in Agreement.objects.all():
            in_force_since(agreement, BEGAN)
        Post.objects.filter(ends_on=None).update(starts_on=BEGAN)
        self.case: Case | None = None
        self.worker = cast.post("Sara", self.agencies["CSC"], Role.TEAM_MEMBER, starts_on=BEGAN)

    def person(self, name: str) -> UUID:
        """The anchor of one of the family."""
        return Identity.objects.filter(given_name=name).values_list("person_id", flat=True)[0]

    def step(self, day: str, words: str, code: str = "") -> None:
        """Say what somebody did."""
        self.replay.say(datetime.date.fromisoformat(day), "step", words, code)

    def moves_home(self, number: int) -> None:
        """Housing learns of another home of the children's."""
        housing = self.agencies["HOU"]
        day = MOVES[number]
        for name in ("David", "Craig"):
            Address.objects.create(
                owner=housing,
                person_id=self.person(name),
                about=[self.person(name)],
                happened_on=day,
                recorded_at=at(day),
                line=f"{number + 1} Mill Lane",
                postcode="MB2 7QQ",
                from_date=day,
            )
        self.step(day, f"Housing records the family's home number {number + 1}.")

    def report(self, day: str, by: Post, names: tuple[str, ...], words: str, **more: object) -> Contact:
        """Somebody reports children; the hub confirms who they are."""
        children = [child(f"{name} Jones", BORN[name]) for name in names]
        contact = arrive(by, self.who.hub, *children, at=at(day), **{"adults": (KATE,), **HOME, **more})
        confirm_all(contact, self.who.hana)
        contact.refresh_from_db()
        self.step(day, words, "report")
        self.replay.run(contact.received_at.date(), 11, [watching.JOB])
        if notice := LeadNotice.objects.filter(recorded_at=at(day, 11)).select_related("sent_to_practitioner").first():
            self.step(day, f"{notice.sent_to_practitioner.name} is told to ring the hub.", "lead told")
        return contact

    def nothing_further(self, contact: Contact, day: str) -> None:
        """The hub decides for each child that nothing further happens."""
        Contact.objects.filter(pk=contact.pk).update(looked_at=False)
        nobody = {"nobody_next": True, "next_who": "", "next_what": "", "next_by": None}
        decide(contact, self.who.hana, Outcome.NO_FURTHER_ACTION, at=at(day), **nobody)
        self.step(day, "The hub decides: no further action.")
        told = Feedback.objects.filter(reported_child__report=contact.report).count()
        self.step(
            day, f"The reporter reads that outcome for {told} of {contact.report.children.count()} children.", "told"
        )

    def fell(self, day: str, by: Post) -> Contact:
        """Event 18: a hospital reports one incident with six children, one of them hurt."""
        contact = self.report(
            day, by, tuple(BORN), "Event 18: the hospital reports six children; one fell from a window.",
            urgency=Urgency.RED, danger=Answer.YES, danger_told="999, ward sister", concern=ConcernKind.NEGLECT,
        )  # fmt: skip
        hours = (contact.due_at - contact.received_at).total_seconds() / 3600
        self.step(day, f"Red: {contact.report.children.count()} children, {hours:.0f} hours.", "red")
        return contact
