"""What the watch has to say in my work: flags for the lead, what climbed, and an agency told that it is missed."""

from collections.abc import Iterator

from django.db.models import Q

from cases.models import Flag
from cases.queries.flags import flag_lines
from cases.queries.pages.caseload import MINE_READ, OVERSEERS
from cases.queries.pages.desk import Desk, WorkLine
from cases.rules.flags import FLAG_CLEARS_WHEN, FLAG_SAYS, OF_EVERYBODY
from cases.vocabulary import FlagRule

OWN_LINE = (
    FlagRule.REVIEW_OVERDUE,
    FlagRule.ASSESSMENT_OVERDUE,
    FlagRule.ACTIONS_OVERDUE,
    FlagRule.NEVER_CONTACTED,
    FlagRule.IN_TOUCH_DUE,
)
"""Rules whose lead finds a line of their own in my work."""
SAYS_WHICH = (FlagRule.AGENCY_AWAY, FlagRule.AGENCY_MISSING, FlagRule.RELEASE_DUE)
"""Rules about one agency of the team, or about one day: a line says which."""


def flags(desk: Desk, page: str) -> Iterator[WorkLine]:
    """What the watch flags for the lead, but for what has a line of its own; what climbed goes to the manager."""
    climbed = desk.post.role in OVERSEERS
    rows = (
        Flag.objects.visible()
        .filter(
            Q(case__in=list(desk.cases) if climbed else desk.mine, climbed_at__isnull=not climbed)
            | Q(case__in=list(desk.cases), rule__in=OF_EVERYBODY),
            cleared_at__isnull=True,
        )
        .filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lt=desk.today))
        .exclude(rule__in=[] if climbed else OWN_LINE)
        .order_by("raised_at")[:MINE_READ]
    )
    of_one = [flag for flag in rows if flag.rule in SAYS_WHICH]
    told = flag_lines(of_one, desk.post, desk.today) if of_one else []
    which = {line.flag.pk: "; ".join(line.facts) for line in told}
    for flag in rows:
        rule = FlagRule(flag.rule)
        named = f"{which[flag.pk]}. " if which.get(flag.pk) else ""
        why = f"{FLAG_SAYS[rule]} {named}It goes when {FLAG_CLEARS_WHEN[rule]}."
        yield desk.line(flag.case_id, why, "Look at the family", "show_family", colour="amber")


def dropped_away(desk: Desk, page: str) -> Iterator[WorkLine]:
    """For a manager or coordinator: teams in which their own agency is missed (domain J8)."""
    told = Flag.objects.visible().filter(rule=FlagRule.AGENCY_AWAY, sent_to_no=desk.post.agency.no, cleared_at=None)
    open_now = told.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lt=desk.today))
    rows = list(open_now.select_related("case").order_by("raised_at")[:MINE_READ])
    for line in flag_lines(rows, desk.post, desk.today) if rows else []:
        flag, rule = line.flag, FlagRule(line.flag.rule)
        why = " ".join([FLAG_SAYS[rule], f"{'; '.join(line.facts)}." if line.facts else ""]).strip()
        yield WorkLine(flag.family_id or flag.pk, ", ".join(line.names), why, "See the flags", "flags", colour="amber")
