"""Through the search, which is asked by a form: whom a random viewer finds by name is whom the oracle lets them."""

import random
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from referrals.vocabulary import FindPurpose
from sharing_agreements.models import Identity, Person
from sharing_agreements.vocabulary import HUB_ROLES
from tests.every_door.knocking import Knock, Round, compare, knocks
from tests.every_door.planting import Garden, plant
from tests.sharing_agreements.test_canaries import forget_checks

pytestmark = pytest.mark.django_db
WORLDS = 30
FIND = "referrals:find"


def test_whoever_looks_by_name_finds_whom_they_may_know_of_and_nobody_else():
    forget_checks()
    found, listed = Round(), Counter[bool]()
    for number in range(WORLDS):
        with transaction.atomic():
            garden = plant(random.Random(number))
            for knock, account in _searches(garden, found):
                listed[_look_for(knock, account)] += 1
            transaction.set_rollback(True)
    assert not found.wrong, "\n".join(found.wrong)
    assert min(listed[True], listed[False]) > 5, "too few were found, or too few kept back, to prove anything"


def _searches(garden: Garden, found: Round) -> Iterator[tuple[Knock, Identity]]:
    """Every account as every viewer whom one fact is enough. Of somebody with two accounts a page shows one."""
    merged = dict(Person.objects.values_list("pk", "merged_into_id"))
    anchors = {row.pk: _anchor(UUID(str(row.main_person)), merged) for row in garden.rows[Identity]}
    alone = [row for row in garden.rows[Identity] if list(anchors.values()).count(anchors[row.pk]) == 1]
    for knock, _ in knocks(garden, found):
        if knock.route == FIND and knock.viewer.role in HUB_ROLES:
            yield from ((knock, row) for row in alone)


def _anchor(person: UUID, merged: dict[UUID, UUID | None]) -> UUID:
    while into := merged[person]:
        person = into
    return person


def _look_for(knock: Knock, account: Identity) -> bool:
    """Type the first name: the last name beside it shows who was found. What was typed stands in the box anyway."""
    where = reverse(FIND)
    answer = knock.visitor.send(where, name=account.given_name, purpose=FindPurpose.values[0])
    answer.content = answer.content.replace(account.given_name.encode(), b"")
    compare(knock, answer, {}, where)
    is_listed = account.family_name in answer.content.decode()
    if is_listed != knock.may(account.pk):
        knock.found.wrong.append(f"{account.given_name} {'shown' if is_listed else 'left out'}: {knock.viewer}")
    return is_listed
