"""The lists by which agencies work, in worlds with many rows of what they list: listed if and only if allowed.

`test_every_door.py` opens every address, but few worlds, in which little waits at anybody's desk.
"""

import datetime
import random
from collections import Counter
from dataclasses import replace

import pytest
from django.db import transaction

from referrals.models import (
    AgencyCheck,
    Contact,
    Decision,
    DisagreementRung,
    FollowUp,
    Match,
    Report,
    ReportedChild,
    SchoolNotice,
)
from referrals.permissions.notices import WRITERS
from sharing_agreements.vocabulary import HUB_ROLES, AgencyType
from tests.every_door.knocking import Knock, Round, knock_at, knocks
from tests.every_door.planting import Garden, Maker, plant
from tests.oracle import Record, Viewer
from tests.sharing_agreements.test_canaries import forget_checks

pytestmark = pytest.mark.django_db
WORLDS = 30
LISTED = (Report, ReportedChild, Contact, Decision, DisagreementRung, FollowUp, Match, AgencyCheck, SchoolNotice)
LISTS = frozenset(
    f"referrals:{name}"
    for name in (
        "queue held_decisions list_disagreements list_follow_ups list_checks list_likenesses list_notices"
        " my_reports shared_with_us"
    ).split()
)


class AtWork(Maker):
    """Worlds of a hub and a police force: most records are theirs, and most who look work there."""

    def __init__(self, source: random.Random, today: datetime.date) -> None:
        super().__init__(source, today)
        self.agencies[1] = replace(self.agencies[1], type=AgencyType.POLICE)

    def viewer(self) -> Viewer:
        """With a role that these lists are for."""
        agency = self.pick([1, 1, 2])
        return replace(super().viewer(), agency=agency, role=self.pick(sorted(HUB_ROLES if agency == 1 else WRITERS)))

    def record(self, no: int) -> Record:
        """Four of five are the hub's or the force's."""
        made = super().record(no)
        return replace(made, owner=self.pick([1, 1, 2])) if self.chance(8) else made


def test_what_waits_at_a_desk_is_listed_if_and_only_if_it_may_be_read():
    forget_checks()
    found, listed = Round(), Counter[str]()
    for number in range(WORLDS):
        with transaction.atomic():
            garden = plant(random.Random(number), much_of=LISTED, makes=AtWork)
            for knock, address in knocks(garden, found):
                if knock.route in LISTS:
                    listed[knock.route] += _due(garden, knock)
                    knock_at(knock, address)
            transaction.set_rollback(True)
    assert not found.wrong, "\n".join(found.wrong)
    assert {route for route in LISTS if listed[route] < 5} == set(), "too few were due to prove anything"


def _due(garden: Garden, knock: Knock) -> int:
    """How many rows the list must show."""
    return sum(
        knock.may(row.pk) and holds(row, knock)
        for model, _, holds in knock.door.lists
        for row in garden.rows.get(model, [])
    )
