"""Whom the job that writes e-mails finds something waiting for."""

import datetime

from sharing_agreements.actions import notifying
from sharing_agreements.models import Practitioner
from sharing_agreements.rules.mail import Waiting
from tests import cast
from tests.conftest import as_worker


def waiting(day: datetime.date | None = None) -> dict[str, Waiting]:
    """By practitioner's name: for whom something waits on a day (today), and since when the newest has."""
    with as_worker(notifying.TELL):
        found = notifying.what_waits(day or cast.today())
    names = dict(Practitioner.objects.filter(pk__in=found).values_list("pk", "name"))
    return {names[who]: one for who, one in found.items()}
