"""Each nightly or quarter-hourly job of J1 to J15, made ready to be tried on days on which offices are shut or clocks
change: what is spoilt on a day, how one night of the job is run, what then stands, and the day each should first stand.

The days are reckoned here by hand, from bank holidays written here, so that a slip in the calendar is noticed.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from cases.actions import directory, leading, retention, watching
from cases.models import Assessment, Custody, Flag, RetentionReview, Service, StepUp, UncheckedService
from cases.vocabulary import CaseState, FlagRule
from referrals.actions import check_clocks, listing_likenesses, marking_clocks, noticing, watching_families
from referrals.actions import watching as watching_contacts
from referrals.models import AgencyCheck, ClockMark, HubFlag, Match, SchoolNotice
from referrals.vocabulary import Urgency
from sharing_agreements.actions import notifying
from sharing_agreements.actions.warning import warn_of_agreements
from sharing_agreements.models import AgreementWarning, Identity, Notification
from sharing_agreements.tasks import WARN
from sharing_agreements.vocabulary import Purpose
from sharing_agreements.working_time import LONDON
from tests import cast
from tests.cases.stalled import AS_OF, Work, noon, work
from tests.conftest import as_web, as_worker
from tests.factories import cases as made
from tests.referrals.actions import test_watching_families as families
from tests.referrals.actions.test_noticing import owed
from tests.referrals.actions.test_watching import confirm_all
from tests.referrals.arriving import arrive
from tests.referrals.checking import ask, grade, open_checks

DAY = datetime.timedelta(days=1)
ODD_DAYS = {
    "weekend": datetime.date(2026, 6, 11),
    "bank holiday": datetime.date(2026, 4, 30),
    "clocks forward": datetime.date(2026, 3, 26),
    "clocks back": datetime.date(2026, 10, 22),
}
"""A Thursday before each. After 26 March 2026 come the clock change of the 29th and, a week on, Easter."""
HOLIDAYS = {datetime.date(2026, 4, 3), datetime.date(2026, 4, 6), datetime.date(2026, 5, 4), datetime.date(2026, 5, 25)}


def works(day: datetime.date) -> bool:
    """Whether offices work."""
    return day.weekday() < 5 and day not in HOLIDAYS


def working(day: datetime.date, number: int) -> datetime.date:
    """The working day that comes as so many after this one."""
    while number:
        day += DAY
        number -= works(day)
    return day


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    """A moment on London's clocks."""
    return datetime.datetime.combine(day, datetime.time(hour, minute), LONDON)


@dataclass(frozen=True)
class Proof:
    """How a night is run, what stands after it, and on which night each should first stand."""

    night: Callable[[datetime.date], None]
    standing: Callable[[], set[str]]
    expected: dict[str, datetime.date]
    nights: int = 34


def watch_cases(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J4, J5, J6, J9: one case spoilt for each rule that counts days."""

    def case(state: CaseState = CaseState.PLAN_ACTIVE, began: datetime.date = start - 100 * DAY) -> Work:
        return work(everybody, state=state, began=(AS_OF - began).days)

    def well(one: Work) -> Work:
        one.review(start - 10 * DAY, start + 300 * DAY)
        one.entry(start + 60 * DAY)
        one.note(start - DAY)
        return one

    def account(one: Work, born: datetime.date, **more: object) -> Work:
        known = {"born_on": born, "born_precision": "day", "given_name": "Ada"} | more
        Identity.objects.create(**one.common(start - 50 * DAY), **known)
        return one

    spoilt = {
        "actions_overdue": (well(case()), working(start, 5) + DAY),
        "review_overdue": (case(), working(start, 10) + DAY),
        "reviews_missed": (case(), start + DAY),
        "assessment_overdue": (case(CaseState.ASSESSING), working(start, 5) + DAY),
        "silent": (case(), working(start, 20) + DAY),
        "never_contacted": (case(began=start), working(start, 10) + DAY),
        "no_lead": (case(CaseState.WAITING, start), working(start, 10) + DAY),
        "in_touch_due": (case(CaseState.STEPPED_DOWN), start + 2 * DAY),
        "receipt_overdue": (well(case()), start + DAY),
        "own_answer": (account(well(case()), (start + 2 * DAY).replace(year=start.year - 13)), start + 2 * DAY),
        "adult_answer": (account(well(case()), (start + 2 * DAY).replace(year=start.year - 18)), start + 2 * DAY),
        "release_due": (well(case()), start + 2 * DAY),
        "birth_due": (
            account(case(CaseState.STEPPED_DOWN), start, is_unborn=True, born_precision="due"),
            working(start, 5),
        ),
    }
    cases = {rule: one for rule, (one, _) in spoilt.items()}
    cases["actions_overdue"].action(start)
    cases["review_overdue"].review(start - 42 * DAY, start)
    cases["reviews_missed"].review(start - 84 * DAY, start - 42 * DAY)
    late = cases["assessment_overdue"]
    Assessment.objects.create(**late.common(start - 20 * DAY), case=late.case, due_on=start)
    cases["silent"].review(start - 10 * DAY, start + 300 * DAY)
    cases["silent"].entry(start)
    cases["silent"].note(start)
    cases["never_contacted"].entry(start + 60 * DAY)
    cases["in_touch_due"].in_touch(due=start + 2 * DAY)
    home = cases["release_due"]
    adult = {"person": cast.person()}
    Custody.objects.create(**home.common(start) | adult, release_on=start + 30 * DAY, told_by="probation")
    up = cases["receipt_overdue"]
    StepUp.objects.create(**up.common(start), case=up.case, reason="Worse.", due_at=noon(start))

    def night(day: datetime.date) -> None:
        with as_worker(watching.JOB):
            watching.sweep(as_of=day, now=at(day, 0, 5))

    def standing() -> set[str]:
        rows = Flag.objects.filter(cleared_at=None).values_list("rule", "case_id")
        return {rule for rule, owner in rows if rule in cases and owner == cases[rule].case.pk}

    return Proof(night, standing, {rule: day for rule, (_, day) in spoilt.items()})


def watch_contacts(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J3, J7: a reporter who hears nothing, and two reports of one child within a week."""
    for when in (start, start + 3 * DAY):
        confirm_all(arrive(everybody.cleo, everybody.hub, at=at(when, 10)), everybody.hana)

    def night(day: datetime.date) -> None:
        with as_worker(watching_contacts.JOB):
            watching_contacts.sweep(as_of=day, now=at(day, 12))

    def standing() -> set[str]:
        return set(HubFlag.objects.filter(cleared_at=None).values_list("rule", flat=True))

    return Proof(night, standing, {"feedback_late": working(start, 1), "repeat_week": start + 3 * DAY}, nights=6)


def watch_families(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J7: the third home of a child within a year begins on an odd day."""
    known = families.family_of(everybody)
    families.opens(everybody.hub, everybody.housing)
    third = start + 3 * DAY
    for number, day in enumerate((start - 200 * DAY, start - 100 * DAY, third)):
        families.lived(everybody.housing, known, f"{number} Mill Lane", (cast.today() - day).days)

    def night(day: datetime.date) -> None:
        with as_worker(watching_families.JOB):
            watching_families.sweep(as_of=day, now=at(day, 12))

    def standing() -> set[str]:
        return set(HubFlag.objects.filter(cleared_at=None).values_list("rule", flat=True))

    return Proof(night, standing, {"moved_often": third}, nights=6)


def notice_late_checks(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J2: amber, asked at three in the afternoon: six working hours end the next working day at half past twelve."""
    contact = arrive(everybody.cleo, everybody.hub, at=at(start, 14))
    grade(contact, everybody.hana, at=at(start, 14, 30))
    open_checks(contact, everybody.hana)
    ask(contact, everybody.hana, everybody.health, at=at(start, 15))

    def night(day: datetime.date) -> None:
        with as_worker(check_clocks.JOB):
            check_clocks.notice_late_checks(now=at(day, 13))

    def standing() -> set[str]:
        return {"late"} if AgencyCheck.objects.exclude(late_at=None).exists() else set()

    return Proof(night, standing, {"late": working(start, 1)}, nights=8)


def mark_clocks(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J1: green, sent at nine: three working days end at nine, half of them at quarter past one on the second and four
    fifths at a quarter to four on the third. Looked at at four each day."""
    contact = arrive(everybody.cleo, everybody.hub, at=at(start, 9))
    grade(contact, everybody.hana, at=at(start, 9, 30), urgency=Urgency.GREEN)

    def night(day: datetime.date) -> None:
        with as_worker(marking_clocks.JOB):
            marking_clocks.mark_clocks(now=at(day, 16))

    def standing() -> set[str]:
        return {str(share) for share in ClockMark.objects.values_list("share", flat=True)}

    return Proof(
        night, standing, {"50": working(start, 1), "80": working(start, 2), "100": working(start, 3)}, nights=8
    )


def warn(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J11: days before an agreement ends are days, whatever they are."""
    cast.agreement(
        everybody.health,
        everybody.hub,
        purposes=[Purpose.TRIAGE],
        clauses=[],
        ends_on=start + 16 * DAY,
        review_on=start + 400 * DAY,
    )

    def night(day: datetime.date) -> None:
        with as_worker(WARN):
            warn_of_agreements(today=day)

    def standing() -> set[str]:
        return {f"{one.sort} {one.days}" for one in AgreementWarning.objects.filter(days=14)}

    return Proof(night, standing, {"expiry 14": start + 2 * DAY}, nights=8)


def send_school_notices(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J12: police tell of the night before; nobody has written to the school by seven of the next school day."""
    owed(everybody.cleo, everybody.hub, when=at(start, 22, 10))

    def night(day: datetime.date) -> None:
        with as_worker(noticing.JOB):
            noticing.send_and_raise(now=at(day, 7))

    def standing() -> set[str]:
        return {"alarm"} if SchoolNotice.objects.exclude(alarmed_at=None).exists() else set()

    return Proof(night, standing, {"alarm": working(start, 1)}, nights=8)


def list_likenesses(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J14: two accounts of one child are put before the hub the first night after both are there."""
    for by in (everybody.cleo, everybody.amira):
        arrive(by, everybody.hub, at=at(start, 20))
    Match.objects.all().delete()

    def night(day: datetime.date) -> None:
        with as_worker(listing_likenesses.JOB):
            listing_likenesses.list_likenesses(as_of=day, now=at(day, 23))

    def standing() -> set[str]:
        return {"alike"} if Match.objects.filter(contact=None).exists() else set()

    return Proof(night, standing, {"alike": start}, nights=4)


def tell_practitioners(everybody: cast.Cast, start: datetime.date) -> Proof:
    """What the others raise reaches people by e-mail: asked at the weekend, told the next working day."""
    saturday = start + 2 * DAY
    home = made.waiting(everybody)
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        leading.ask_lead(
            case=home.case,
            practitioner=everybody.amira.practitioner,
            agency=everybody.quarry_hill,
            by=everybody.esi,
            now=at(saturday, 12),
        )

    def night(day: datetime.date) -> None:
        if day < saturday:
            return
        with as_worker(notifying.TELL):
            notifying.tell_practitioners(now=at(day, 13))

    def standing() -> set[str]:
        told = Notification.objects.filter(practitioner=everybody.amira.practitioner_id)
        return {"told"} if told.count() == 1 else {f"told {told.count()} times"} if told else set()

    return Proof(night, standing, {"told": working(saturday, 1)}, nights=8)


def check_directory(_everybody: cast.Cast, start: datetime.date) -> Proof:
    """J15: an entry is stale six months after its check, by the calendar and not by working days."""
    stands = [start + 4 * DAY, start + 20 * DAY]
    for day in stands:
        checked = day.replace(year=day.year - (day.month <= 6), month=(day.month + 5) % 12 + 1)
        Service.objects.create(their_id=f"s-{day}", name=str(day), assured_date=checked, imported_at=at(start, 8))
    Service.objects.create(their_id="s-late", name="late", assured_date=start, imported_at=at(start, 8))

    def night(day: datetime.date) -> None:
        with as_worker(directory.JOB):
            directory.look_for_stale(as_of=day, now=at(day, 2))

    def standing() -> set[str]:
        rows = UncheckedService.objects.filter(cleared_at__isnull=True)
        return set(rows.values_list("service__name", flat=True))

    return Proof(night, standing, {str(day): day for day in stands})


def list_retention(everybody: cast.Cast, start: datetime.date) -> Proof:
    """J13: the 90th day before the end of the month in which the youngest turns 25, whatever day of the week it is; and
    at once where that was long ago."""
    month_end = ((start + 92 * DAY).replace(day=1) + 32 * DAY).replace(day=1) - DAY
    first = {"on notice": month_end - 90 * DAY, "long since": start}
    assert start < first["on notice"] < start + 40 * DAY
    cases = {}
    for name, due in (("on notice", month_end), ("long since", start - 1000 * DAY)):
        one = work(everybody, state=CaseState.CLOSED, began=(AS_OF - start).days + 4000)
        born = {"born_on": due.replace(year=due.year - 25, day=1), "born_precision": "day"}
        Identity.objects.create(**one.common(start - 4000 * DAY), given_name="Ada", **born)
        cases[name] = one.case.pk

    def night(day: datetime.date) -> None:
        with as_worker(retention.JOB):
            retention.list_retention(as_of=day, now=at(day, 2))

    def standing() -> set[str]:
        rows = set(RetentionReview.objects.filter(taken_off_on__isnull=True).values_list("case_id", flat=True))
        return {name for name, case in cases.items() if case in rows}

    return Proof(night, standing, first, nights=40)


PROOFS: dict[str, Callable[[cast.Cast, datetime.date], Proof]] = {
    watching.JOB: watch_cases,
    directory.JOB: check_directory,
    retention.JOB: list_retention,
    watching_contacts.JOB: watch_contacts,
    watching_families.JOB: watch_families,
    check_clocks.JOB: notice_late_checks,
    marking_clocks.JOB: mark_clocks,
    WARN: warn,
    noticing.JOB: send_school_notices,
    listing_likenesses.JOB: list_likenesses,
    notifying.TELL: tell_practitioners,
}
"""The proof of each job, by its name."""

ELSEWHERE = {FlagRule.NOTHING_DONE, FlagRule.CONSENT_REVIEW, FlagRule.AGENCY_AWAY, FlagRule.AGENCY_MISSING}
DATED_RULES = frozenset(FlagRule) - ELSEWHERE
"""Rules of the watch whose day is reckoned here. Others count reviews or a year, or are J8: test_watching_agencies.

That nobody of an agency joined is in test_own_plans."""
