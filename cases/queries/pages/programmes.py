"""How the open needs of a family count under national programmes, as far as the reader may see them."""

import datetime

from django.db.models import Q

from cases.models import Need
from cases.queries.pages.family_top import FamilyTop
from cases.rules.programmes import PROGRAMMES, Counted, Evidence, count
from cases.vocabulary import OutcomeHeading

READ = 200


def programmes_of(top: FamilyTop, *, today: datetime.date) -> list[Counted]:
    """Each programme with its criteria and the days of their evidence. One query."""
    rows = Need.objects.visible().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), case=top.case)
    needs = [
        Evidence(OutcomeHeading(one.heading), one.happened_on, one.title, one.owner.name)
        for one in rows.select_related("owner").order_by("happened_on")[:READ]
    ]
    return [count(programme, needs) for programme in PROGRAMMES]
