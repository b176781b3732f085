"""Craig's case at the hub's desk, through the browser: events 15, 18, 24 and 25 of the history, reported as they would
be today (domain A6, A7 and the first half of A10). Reports are filed and settled by the verbs of whoever would; what
the checks are about is done and read on the screens, at desk and at phone width.
"""

import datetime

import pytest
from django.utils import timezone

from referrals.actions import watching
from referrals.models import Contact
from referrals.rules.report import Adult
from referrals.vocabulary import Answer, ConcernKind, Outcome, Urgency
from sharing_agreements.queries import calendar
from sharing_agreements.vocabulary import Role
from sharing_agreements.working_time import LONDON, add_working_days
from tests import cast
from tests.conftest import as_worker
from tests.journeys.somebody import sits_down
from tests.referrals import served
from tests.referrals.actions.test_watching import confirm_all
from tests.referrals.arriving import arrive, child
from tests.referrals.disagreeing import decide

DESK, PHONE = 1280, 390
HOME = {"home_line": "4 Canal Row", "home_postcode": "MB1 4XX"}
KATE = Adult("Kate Jones", "mother", with_child=True)


def born(years: int, days: int = 0) -> datetime.date:
    """A birthday so many years ago, made different by some days."""
    return cast.today() - datetime.timedelta(days=365 * years + days)


BORN = {
    "David Jones": born(9, 40),
    "Craig Jones": born(8, 50),
    "Adam Jones": born(7, 60),
    "Kylie Jones": born(6, 70),
    "Stacey Jones": born(5, 80),
    "Harry Jones": born(3, 90),
}


def named(*names: str):
    """These children of the family."""
    return [child(f"{name} Jones", BORN[f"{name} Jones"]) for name in names]


def ago(days: int) -> datetime.datetime:
    """A moment so many days ago."""
    return timezone.now() - datetime.timedelta(days=days)


def nothing_further(contact: Contact, by, days: int) -> None:
    """The hub decides for every child that nothing further happens, without a manager's look."""
    Contact.objects.filter(pk=contact.pk).update(looked_at=False)
    nobody = {"nobody_next": True, "next_who": "", "next_what": "", "next_by": None}
    decide(contact, by, Outcome.NO_FURTHER_ACTION, at=ago(days), **nobody)


def three_reports_in_a_year(who: cast.Cast) -> list[Contact]:
    """Events 13, 14 and 15: by a school about the three younger, by it about David, by police about Craig and David."""
    told = {"adults": (KATE,), **HOME}
    school, police = who.amira, who.cleo
    younger = arrive(school, who.hub, *named("Kylie", "Stacey", "Harry"), at=ago(150), **told)
    nothing_further(younger, who.hana, 149)
    brother = arrive(school, who.hub, *named("David"), at=ago(30), **told)
    nothing_further(brother, who.hana, 29)
    both = arrive(police, who.hub, *named("Craig", "David"), at=ago(2), concern=ConcernKind.BEHAVIOUR, **told)
    confirm_all(both, who.hana)
    nothing_further(both, who.hana, 1)
    with as_worker(watching.JOB):
        watching.sweep(as_of=cast.today(), now=timezone.now())
    return [younger, brother, both]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_third_contact_on_the_family_goes_to_a_manager_though_each_ended_in_nothing(committed: str, width: int):
    who = cast.assemble()
    mona = cast.post("Mona", who.hub, Role.MANAGER)
    references = [contact.report.reference for contact in three_reports_in_a_year(who)]
    manager, officer = served.let_in(mona), served.let_in(who.cleo)
    with served.serving(committed) as address, served.browsing() as browser:
        reader = sits_down(browser, address, manager, width)
        reader.opens("/queue/flags/")
        reader.reads("Reported again and again", *references, "A manager looks at them together")
        reader.follows(references[-1])
        reader.reads("No further action", "Craig Jones", "David Jones")
        reporter = sits_down(browser, address, officer, width)
        reporter.turns_to("My reports")
        reporter.reads("Craig Jones", "No further action")
        reporter.follows(references[-1])
        reporter.reads("is taking no further action now", "Your report is kept and counts")


def six_children_on_one_incident(who: cast.Cast) -> Contact:
    """Event 18: a hospital reports one incident with six children; Harry fell from a window."""
    fell = child("Harry Jones", BORN["Harry Jones"], words="I wanted to see out.")
    others = named("David", "Craig", "Adam", "Kylie", "Stacey")
    return arrive(
        who.ben,
        who.hub,
        *others,
        fell,
        urgency=Urgency.RED,
        danger=Answer.YES,
        danger_told="999, ward sister",
        concern=ConcernKind.NEGLECT,
        adults=(KATE,),
        **HOME,
    )


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_six_children_on_one_red_incident_each_have_a_decision_and_the_injured_one_is_not_lost(
    committed: str, width: int
):
    who = cast.assemble()
    contact = six_children_on_one_incident(who)
    assert contact.due_at == contact.received_at + datetime.timedelta(hours=4)
    email = served.let_in(who.hana)
    with served.serving(committed) as address, served.browsing() as browser:
        hana = sits_down(browser, address, email, width)
        hana.turns_to("Queue")
        hana.reads("Danger, not acknowledged yet", "David Jones", "+3")
        hana.follows("David Jones")
        hana.presses("Acknowledge the danger")
        hana.types(doing="Ward and officers are with all six.")
        hana.presses("")
        hana.reads("The alarm has stopped.", "I wanted to see out.")
        for name in BORN:
            hana.reads(name)
        hana.follows("Grade it")
        hana.chooses("Red", of="How soon must the hub decide?")
        hana.presses("")
        hana.reads("Red", "h left")
        assert hana.text.count("Decide for") == len(BORN)
        hana.presses("Decide for Harry")
        hana.reads("Decide for Harry Jones", "Each of the 6 children has their own")
        hana.chooses("Information and advice", of="What happens for this child?")
        hana.chooses("Level 3", of="Level of need")
        hana.types(reason="In hospital.", next_who="Ward social worker", next_what="Sees Harry each day")
        hana.types_day("next_by", cast.today())
        hana.chooses("Agreed", of="What did the family say about help?")
        hana.chooses("Public task", of="Lawful basis")
        hana.presses("Decide")
        assert hana.text.count("Decide for") == len(BORN) - 1
        hana.turns_to("Queue")
        hana.reads("David Jones", "+3")


def school_reports_twice(who: cast.Cast) -> tuple[Contact, Contact]:
    """Events 24 and 25: the school reports, and again within nine months."""
    at = datetime.datetime.combine(add_working_days(cast.today(), -150, calendar()), datetime.time(10), LONDON)
    first = arrive(who.amira, who.hub, *named("Craig"), at=at.astimezone(datetime.UTC), **HOME)
    Contact.objects.filter(pk=first.pk).update(looked_at=False)
    same_day = datetime.datetime.combine(at.date(), datetime.time(15), LONDON)
    assert first.feedback_due_at == same_day
    decide(first, who.hana, Outcome.ADVICE, at=at + datetime.timedelta(hours=3))
    second = arrive(who.amira, who.hub, *named("Craig"), **HOME)
    confirm_all(second, who.hana)
    return first, second


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_school_hears_the_same_day_and_the_hub_sees_that_it_is_the_second_time(committed: str, width: int):
    who = cast.assemble()
    first, _second = school_reports_twice(who)
    emails = [served.let_in(post) for post in (who.hana, who.amira)]
    when = first.received_at.astimezone(LONDON).date()
    with served.serving(committed) as address, served.browsing() as browser:
        hana = sits_down(browser, address, emails[0], width)
        hana.turns_to("Queue")
        hana.reads(f"2nd in 12 months: 1 on a child; {when.day} {when:%B %Y}, information and advice")
        hana.follows("Craig Jones")
        hana.follows("Tell the reporter it is not decided yet")
        hana.presses("")
        hana.reads("The reporter has been told.")
        school = sits_down(browser, address, emails[1], width)
        school.turns_to("My reports")
        school.reads("Not decided yet", "Information and advice")
