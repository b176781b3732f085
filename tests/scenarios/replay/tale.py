"""What happens in Craig's case from the first move to the night before care, month by month."""

import datetime
from collections.abc import Callable

from cases import queries
from cases.actions import (
    assessing,
    custody,
    in_touch,
    leading,
    meeting,
    opening,
    planning,
    reviewing,
    signing,
    stepping,
    team,
)
from cases.models import Assessment, Case, ChildInCase, Custody, MeetingInvitation, Need, SignOff, Watch
from cases.vocabulary import Attendance, CaseState, CustodyEnd, OutcomeHeading, ReviewResult, WatchAnswer
from referrals.actions import telling
from referrals.models import Contact, Feedback
from referrals.vocabulary import ConcernKind, EarlyHelpWay, Outcome
from sharing_agreements.models import OwedJob, Post
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.working_time import LONDON
from tests.conftest import as_web, as_worker
from tests.referrals.disagreeing import decide
from tests.scenarios import histories
from tests.scenarios.replay.clock import Replay, month_ends
from tests.scenarios.replay.craig import BORN, MOVES, Story, at

HELP = Purpose.EARLY_HELP
ALL = tuple(BORN)
FIRST, LAST = datetime.date(1998, 6, 1), datetime.date(2008, 8, 31)
"""Craig is one; the month before his mother is jailed and the children are taken into care (events 28 and 29)."""


class Tale(Story):
    """The steps, each on its day."""

    def help_begins(self, day: str, contact: Contact, lead: Post) -> None:
        """The hub decides for early help, the family says yes and somebody leads; an assessment with one need."""
        decide(
            contact, self.who.hana, Outcome.EARLY_HELP, at=at(day), way=EarlyHelpWay.OPEN,
            next_by=datetime.date.fromisoformat(day),
        )  # fmt: skip
        self.case = Case.objects.latest("recorded_at")
        esi = self.who.esi
        with as_web(esi, HELP):
            asked = leading.ask_lead(
                case=self.case, practitioner=lead.practitioner, agency=lead.agency, by=esi, now=at(day)
            )
        with as_web(lead, HELP):
            leading.accept_lead(assignment=asked, by=lead, now=at(day))
            planning.add_need(
                case=self.case, people=queries.people_of(self.case), heading=OutcomeHeading.SAFE_FROM_HARM,
                title="Somebody safe is at home", by=lead, now=at(day),
            )  # fmt: skip
            assessing.finish(
                assessment=Assessment.objects.get(case=self.case, finished_at=None),
                children=queries.children_of(self.case), conclusion="Left alone too often.", by=lead, now=at(day),
            )  # fmt: skip
        self.step(day, f"Help begins; {lead.practitioner.name} leads.", "help begins")

    def learns_of_custody(self, day: str, lead: Post, release_on: str) -> None:
        """Event 18: Ron is in prison; probation tells the lead until when. The day of release is that of event 22."""
        ron = self.person("Ron")
        with as_web(lead, HELP):
            custody.record_custody(
                person=ron, case=self.case, told_by="probation", by=lead, now=at(day),
                from_date=datetime.date.fromisoformat(day), release_on=datetime.date.fromisoformat(release_on),
            )  # fmt: skip
        self.step(day, "The lead records that Ron is in prison, and the day on which he is expected out.", "custody")

    def comes_home(self, day: str, lead: Post) -> None:
        """Event 22: Ron is out."""
        with as_web(lead, HELP):
            one = Custody.objects.get(ended_on=None)
            custody.end_custody(
                custody=one, version=one.version, ended_as=CustodyEnd.RELEASED, on=datetime.date.fromisoformat(day),
                by=lead, now=at(day),
            )  # fmt: skip
        self.step(day, "The lead records that Ron is out.", "released")

    def steps_down(self, day: str, lead: Post, sign_off: SignOff | None = None) -> None:
        """The lead steps every child down, if the rules let it happen."""
        try:
            with as_web(lead, HELP):
                for need in Need.objects.filter(case=self.case, ended_on=None):
                    planning.end_need(need=need, end_score=6, because="home again", by=lead, now=at(day))
                for one in queries.children_of(self.case):
                    stepping.step_down(
                        child=one, summary="Home with Kate. Left with a man she knew before.",
                        family_told_on=datetime.date.fromisoformat(day), family_view="Glad", sign_off=sign_off, by=lead,
                        now=at(day),
                    )  # fmt: skip
        except Refused as no:
            self.step(day, f"Stepping down is refused: {no.refusal.sentence}", f"refused {no.refusal.code}")
            return
        ends = Watch.objects.filter(case=self.case).latest("starts_on").ends_on
        self.step(day, f"Stepped down. Everybody keeps in touch until {ends:%-d %B %Y}.", "watch begins")

    def signs(self, day: str, lead: Post) -> None:
        """The lead asks the manager to agree, who does; then the children step down."""
        with as_web(lead, HELP):
            asked = signing.ask_sign_off(
                case=self.case, to_state=CaseState.STEPPED_DOWN, reason="Home again.", by=lead, now=at(day, 8)
            )
        with as_web(self.who.esi, HELP):
            signing.answer_sign_off(sign_off=asked, agreed=True, by=self.who.esi, now=at(day, 9))
        self.step(day, "The manager signs.", "signed")
        asked.refresh_from_db()
        self.steps_down(day, lead, asked)

    def comes_back(self, day: str, contact: Contact, lead: Post) -> None:
        """What the hub sees of a report about children who are kept in touch with, and help goes on."""
        words = "The hub's card says so, the reporter's colour is a proposal, and the last closing summary comes first."
        if contact.watched_since:
            self.step(day, f"A report inside the watch. {words}", "inside the watch")
        with as_web(lead, HELP):
            for watch in Watch.objects.filter(case=self.case, ended_on=None):
                in_touch.end_watch(
                    watch=watch, child=ChildInCase.objects.get(case=self.case, person=watch.person_id),
                    answer=WatchAnswer.BACK_TO_HELP, because="left with a man again", by=lead, now=at(day),
                )  # fmt: skip
        self.step(day, "The lead practitioner opens the plan again.", "help goes on")

    def watch_ends(self, day: str, lead: Post) -> None:
        """The watch ends with a recorded answer."""
        with as_web(lead, HELP):
            for watch in Watch.objects.filter(case=self.case, ended_on=None):
                in_touch.end_watch(
                    watch=watch, child=ChildInCase.objects.get(case=self.case, person=watch.person_id),
                    answer=WatchAnswer.DOING_WELL, because="26 weeks at home", by=lead, now=at(day),
                )  # fmt: skip
        self.step(day, "The watch ends with a recorded answer, and the cases close.", "watch ends")

    def declines(self, day: str, contact: Contact) -> None:
        """Kate will not talk. Whoever leads may not end that alone; the manager signs, and the referrer is told."""
        decide(
            contact, self.who.hana, Outcome.EARLY_HELP, at=at(day), way=EarlyHelpWay.OFFER,
            next_by=datetime.date.fromisoformat(day),
        )  # fmt: skip
        case = Case.objects.latest("recorded_at")
        said = {"case": case, "reason": "She will not talk to anybody."}
        with as_web(self.who.esi, HELP):
            offered = queries.children_of(case)
        try:
            with as_web(self.who.eddie, HELP):
                opening.decline_at_start(**said, children=offered, by=self.who.eddie, now=at(day))
        except Refused as no:
            self.step(day, f"A family worker may not end it: {no.refusal.sentence}", f"refused {no.refusal.code}")
        with as_web(self.who.esi, HELP):
            opening.decline_at_start(**said, children=offered, by=self.who.esi, now=at(day))
        self.step(day, "The manager signs that the family said no.", "declined")
        for owed in OwedJob.objects.filter(job=telling.JOB):
            when = datetime.datetime.fromisoformat(owed.payload["at"])
            with as_worker(telling.JOB):
                told = telling.tell_not_taken_up(child=owed.payload["child"], at=when, now=at(day, 11))
            self.step(day, f"The referrer is told that it was not taken up ({len(told)}).", "referrer told")

    def advised(self, day: str, contact: Contact) -> None:
        """The hub decides the same day; the school hears by three o'clock."""
        Contact.objects.filter(pk=contact.pk).update(looked_at=False)
        next_by = datetime.date.fromisoformat(day) + datetime.timedelta(days=7)
        decide(contact, self.who.hana, Outcome.ADVICE, at=at(day, 13), next_by=next_by)
        told = Feedback.objects.filter(reported_child__report=contact.report).earliest("recorded_at")
        heard, due = (moment.astimezone(LONDON) for moment in (told.recorded_at, contact.feedback_due_at))
        self.step(day, f"The school hears at {heard:%H:%M}; it was due by {due:%H:%M on %-d %B}.", "heard")

    def team_forms(self, day: str) -> None:
        """Social care is invited into the team, and says yes."""
        lead, worker = self.who.amira, self.worker
        with as_web(lead, HELP):
            place = team.invite(
                case=self.case, practitioner=worker.practitioner, agency=worker.agency, part="Social worker", by=lead,
                now=at(day, 9),
            )  # fmt: skip
        with as_web(worker, HELP):
            team.accept_place(place=place, by=worker, now=at(day, 10))
        self.step(day, "Social care is invited into the team and says yes.")

    def team_meets(self, day: str) -> None:
        """The school meets; social care was asked and is not there. The review carries on; no action is finished."""
        lead = self.who.amira
        day_on = datetime.date.fromisoformat(day)
        with as_web(lead, HELP):
            asked = meeting.arrange_meeting(
                case=self.case, starts_at=at(day, 9), practitioners=[(self.worker.practitioner, self.worker.agency)],
                people=[], by=lead, now=at(day, 8),
            )  # fmt: skip
            nobody = {one.pk: Attendance.NOT_THERE for one in MeetingInvitation.objects.filter(meeting=asked)}
            meeting.record_meeting(meeting=asked, held=True, attendance=nobody, by=lead, now=at(day, 11))
            reviewing.record_review(
                case=self.case, children=[c.whom for c in queries.children_of(self.case)], held_on=day_on,
                result=ReviewResult.CONTINUE, summary="Waiting for social care.", scores=[], meeting=asked, by=lead,
                now=at(day, 12),
            )  # fmt: skip
        self.step(day, "The team meets and reviews. Social care was invited and is not there.", "not there")


def tell() -> Replay:
    """The whole replay, in a database of the test's own and in maintenance."""
    tale = Tale()
    who = tale.who
    school, police, health, lead = who.amira, who.cleo, who.ben, who.eddie
    steps: dict[str, Callable[[], object]] = {}
    for number, day in enumerate(MOVES):
        steps[day] = lambda number=number: tale.moves_home(number)
    steps["2005-02-16"] = lambda: tale.nothing_further(
        tale.report("2005-02-16", school, ("Kylie", "Stacey", "Harry"), "Event 13: the school reports three children."),
        "2005-02-17",
    )
    steps["2005-06-14"] = lambda: tale.nothing_further(
        tale.report("2005-06-14", school, ("David",), "Event 14: the school reports David."), "2005-06-15"
    )
    steps["2005-07-12"] = lambda: tale.nothing_further(
        tale.report(
            "2005-07-12", police, ("Craig", "David"), "Event 15: police report Craig and David.",
            concern=ConcernKind.BEHAVIOUR,
        ),
        "2005-07-13",
    )  # fmt: skip
    steps["2005-11-08"] = lambda: tale.help_begins("2005-11-09", tale.fell("2005-11-08", health), lead)
    steps["2005-11-22"] = lambda: tale.learns_of_custody("2005-11-22", lead, "2006-11-20")
    steps["2006-11-20"] = lambda: tale.comes_home("2006-11-20", lead)
    steps["2006-02-15"] = lambda: tale.steps_down("2006-02-15", lead)
    steps["2006-05-16"] = lambda: tale.comes_back(
        "2006-05-17", tale.report("2006-05-16", police, ALL, "Event 20: left with another man."), lead
    )
    steps["2006-07-11"] = lambda: tale.steps_down("2006-07-11", lead)
    steps["2006-07-12"] = lambda: tale.signs("2006-07-12", lead)
    steps["2007-01-15"] = lambda: tale.watch_ends("2007-01-15", lead)
    steps["2007-05-09"] = lambda: tale.declines(
        "2007-05-10", tale.report("2007-05-09", police, ("Craig",), "Event 23: trouble; help is offered.")
    )
    steps["2007-06-12"] = lambda: tale.advised(
        "2007-06-12", tale.report("2007-06-12", school, ("Craig",), "Event 24: the school reports Craig.")
    )
    steps["2008-01-16"] = lambda: tale.advised(
        "2008-01-16", tale.report("2008-01-16", school, ("Craig",), "Event 25: the school reports Craig again.")
    )
    steps["2008-03-04"] = lambda: tale.help_begins(
        "2008-03-05", tale.report("2008-03-04", school, ("Craig",), "Event 26: the school asks for a plan."), who.amira
    )
    steps["2008-03-06"] = lambda: tale.team_forms("2008-03-06")
    steps["2008-04-16"] = lambda: tale.team_meets("2008-04-16")
    steps["2008-05-28"] = lambda: tale.team_meets("2008-05-28")
    return _run(tale, steps)


def _run(tale: Tale, steps: dict[str, Callable[[], object]]) -> Replay:
    events = histories.read(histories.CRAIG, "events.csv")
    for end in month_ends(FIRST, LAST):
        month = f"{end:%Y-%m}"
        for event in events:
            if event["month"] == month:
                tale.replay.say(end.replace(day=1), "event", f"Event {event['seq']}: {event['event']}.")
        for day in sorted(day for day in steps if day.startswith(month)):
            steps[day]()
        tale.replay.night(end)
    return tale.replay
