"""The census of jobs J1 to J15: what each looks for, which job does it, and what is not there. `bin/draw` draws it.

tests/house/test_jobs.py holds it to the code: every job exists, is owed by the timetable, and is tried on weekends,
bank holidays and both clock changes, twice in one night and after missed nights (tests/referrals/odd_days.py).
"""

from dataclasses import dataclass

from cases.actions import directory, retention
from cases.actions import watching as cases_watch
from cases.vocabulary import FlagRule
from referrals.actions import check_clocks, listing_likenesses, marking_clocks, noticing, watching_families
from referrals.actions import watching as contacts_watch
from referrals.rules.hub_flags import FAMILY_RULES
from referrals.vocabulary import HubRule
from sharing_agreements.actions import notifying, warning


@dataclass(frozen=True)
class Job:
    """One line of the census. `job` is the job owed, empty where nothing waits for a clock; `because` says why then."""

    code: str
    what: str
    source: str
    job: str = ""
    rules: tuple[str, ...] = ()
    because: str = ""


def _rules(*rules: FlagRule | HubRule) -> tuple[str, ...]:
    return tuple(str(rule.label) for rule in rules)


F, H = FlagRule, HubRule
CENSUS = (
    Job(
        "J1",
        "The hub's clocks at half, four fifths and all of their time",
        "D1 to D5",
        marking_clocks.JOB,
        because="In working time; e-mailed from four fifths on. Danger and red are e-mailed at once.",
    ),
    Job("J2", "Agencies that have not answered", "D6", check_clocks.JOB),
    Job("J3", "Reporters who hear nothing", "D8, D9", contacts_watch.JOB, _rules(H.FEEDBACK_LATE)),
    Job(
        "J4",
        "Assessment and reviews overdue",
        "D13 to D18",
        cases_watch.JOB,
        _rules(F.ASSESSMENT_OVERDUE, F.REVIEW_OVERDUE),
    ),
    Job(
        "J5",
        "Cases that stand still",
        "D21",
        cases_watch.JOB,
        _rules(
            F.SILENT,
            F.NEVER_CONTACTED,
            F.NOTHING_DONE,
            F.REVIEWS_MISSED,
            F.ACTIONS_OVERDUE,
            F.NO_LEAD,
            F.RECEIPT_OVERDUE,
        ),
    ),
    Job("J6", "Prompts of keeping in touch", "D22", cases_watch.JOB, _rules(F.IN_TOUCH_DUE)),
    Job(
        "J7",
        "Repeats, returns, and adults of concern who join a household",
        "D11",
        contacts_watch.JOB,
        _rules(*(rule for rule in H if rule not in {H.FEEDBACK_LATE, *FAMILY_RULES})),
    ),
    Job(
        "J8",
        "An agency that dropped away, or that should be in the team and is not",
        "F45, A10",
        cases_watch.JOB,
        _rules(F.AGENCY_AWAY, F.AGENCY_MISSING),
    ),
    Job(
        "J9",
        "Birthdays at 13 and 18, consent a year old, due dates",
        "D25, D33",
        cases_watch.JOB,
        _rules(F.OWN_ANSWER, F.ADULT_ANSWER, F.CONSENT_REVIEW, F.BIRTH_DUE),
    ),
    Job(
        "J10",
        "A release from custody within 28 days",
        "F85",
        cases_watch.JOB,
        _rules(F.RELEASE_DUE),
    ),
    Job("J11", "Agreements that expire, need review or wait for signatures", "D26", warning.JOB),
    Job("J12", "Notices to schools before the next school day", "D30", noticing.JOB),
    Job(
        "J13",
        "Cases whose records were kept for long enough",
        "D38",
        retention.JOB,
        because="A list for managers; it deletes nothing.",
    ),
    Job("J14", "People who may be one; what is missing", "D34, D36", listing_likenesses.JOB),
    Job(
        "J15",
        "Services nobody has checked for six months",
        "F115",
        directory.JOB,
        because="A task of its keepers.",
    ),
    Job(
        "",
        "Families nobody helps, of whom agencies know enough between them",
        "F91, F106, D28",
        watching_families.JOB,
        _rules(*FAMILY_RULES),
    ),
    Job(
        "",
        "E-mails that something waits",
        "decision 0095",
        notifying.TELL,
        because="What the others raise reaches whoever is not looking.",
    ),
)
