"""What the agencies of a history signed, and since when; written as maintenance would."""

import datetime

from earlyhelp.importing.words import KINDS
from sharing_agreements.models import Agency, Agreement, AgreementMove, Party
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.journeys.maintenance import Maintenance


def signed_with_hub(
    hub: Agency,
    others: list[Agency],
    *,
    levels: dict[Kind, Level | None] | None = None,
    purpose: Purpose = Purpose.TRIAGE,
    role: Role = Role.DECISION_MAKER,
    otherwise: Level = Level.FULL,
    **more: object,
) -> Agreement:
    """Each agency shows the hub what it holds, in full unless `levels` says another level for a kind, or None.

    It has ended already: see `switch`.
    """
    kinds = {other: [Kind.IDENTITY, Kind.HOUSEHOLD, KINDS[AgencyType(other.type)]] for other in others}
    given = levels or {}
    return cast.agreement(
        hub,
        *others,
        purposes=[purpose],
        clauses=[
            {
                "provider_agency": other,
                "recipient_type": AgencyType.HUB,
                "recipient_roles": [role],
                "kind": kind,
                "level": given.get(kind, otherwise),
                "needs_involvement": False,
            }
            for other in others
            for kind in sorted(kinds[other])
            if given.get(kind, otherwise) is not None
        ],
        **{"ends_on": cast.LONG_AGO, **more},
    )


def in_force_since(agreement: Agreement, day: datetime.date) -> None:
    """It was signed by everybody on that day, and not before."""
    at = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    Agreement.objects.filter(pk=agreement.pk).update(starts_on=day)
    Party.objects.filter(agreement=agreement).update(signed_at=at)
    AgreementMove.objects.filter(agreement=agreement).update(moved_at=at)


def switch(database: Maintenance, *, on: Agreement | None = None, off: Agreement | None = None) -> None:
    """The one is in force from now on, the other has ended. Straight in the database: a browser is running."""
    for agreement, last_day in ((on, cast.FAR_OFF), (off, cast.LONG_AGO)):
        if agreement:
            database.run("update sharing_agreements_agreement set ends_on = %s where id = %s", last_day, agreement.pk)
