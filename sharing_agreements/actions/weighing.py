"""Putting a version of the weights of matching into use. A version is never changed; the newest is in force."""

import datetime

from django.db import transaction

from sharing_agreements import refusals
from sharing_agreements.models import MatchWeights
from sharing_agreements.queries import match_weights
from sharing_agreements.refusals import require
from sharing_agreements.rules.weights_file import WeightsFile
from sharing_agreements.working_time import LONDON


@transaction.atomic
def use_weights(*, said: WeightsFile, by: str, now: datetime.datetime) -> MatchWeights:
    """Put these weights into use from now on, in the name of whoever decided it. Needs maintenance.

    Refused `weights_not_next` unless they are the version after the one in use: what was learned beside other weights
    was compared with those. Matches already offered keep the weights they were offered with.
    """
    require(None if said.version == match_weights().version + 1 else refusals.WEIGHTS_NOT_NEXT)
    day = now.astimezone(LONDON).date()
    return MatchWeights.objects.create(
        version=said.version,
        weights=dict(said.weights),
        likely_from=said.likely_from,
        ask_from=said.ask_from,
        show_from=said.show_from,
        how_learned=f"{said.how_learned} Put into use by {by} on {day}.",
    )
