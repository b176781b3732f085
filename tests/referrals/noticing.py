"""A family kept in touch with, and an agreement that lets officers know so: the scene of quick notes."""

import datetime

from cases.models import Watch
from cases.vocabulary import CaseState
from sharing_agreements.actions import facts
from sharing_agreements.models import Agreement, Identity
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role, Stage
from tests import cast
from tests.cases.stalled import Work, work

DAY = datetime.timedelta(days=1)
BORN = datetime.date(2018, 3, 2)


def eyes_and_ears(everybody: cast.Cast, *, purposes: tuple[Purpose, ...]) -> Agreement:
    """Lets officers know who is helped or kept in touch with, and call them by name; nothing of why."""
    opened = {
        "provider_type": AgencyType.EARLY_HELP,
        "recipient_type": AgencyType.POLICE,
        "recipient_roles": [Role.REPORTER],
        "needs_involvement": False,
        "stages": [Stage.PLAN_OPEN, Stage.IN_TOUCH],
    }
    return cast.agreement(
        everybody.early_help,
        everybody.police,
        purposes=list(purposes),
        title="Eyes and ears agreement",
        clauses=[
            {**opened, "kind": Kind.CASE, "level": Level.EXISTENCE},
            {**opened, "kind": Kind.IDENTITY, "level": Level.SUMMARY},
        ],
    )


def kept_in_touch_with(everybody: cast.Cast, *, given: str = "Ada") -> Work:
    """A child Marsh, stepped down a month ago; Eddie, who has a telephone, keeps in touch."""
    one = work(everybody, state=CaseState.STEPPED_DOWN)
    one.in_touch(due=cast.today() + 20 * DAY)
    began = cast.today() - 30 * DAY
    Watch.objects.filter(case=one.case).update(starts_on=began, family_told_on=began, ends_on=cast.today() + 150 * DAY)
    Identity.objects.create(
        owner=everybody.early_help,
        author=everybody.eddie.practitioner,
        person=one.child,
        happened_on=cast.today(),
        given_name=given,
        family_name="Marsh",
        born_on=BORN,
        born_precision="day",
    )
    facts.set_stage(people=[one.child.pk], stage=Stage.IN_TOUCH)
    everybody.eddie.practitioner.phone = "07700 900456"
    everybody.eddie.practitioner.save()
    return one
