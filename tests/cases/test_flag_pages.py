"""Flags by pages: each open flag once, those that climbed first, then the oldest, however many there are."""

import datetime
import itertools
import random
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.models import Flag
from cases.queries.flags import PAGE, open_flags
from cases.vocabulary import FlagRule
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.cases.web import story
from tests.conftest import as_web

pytestmark = pytest.mark.django_db


def plant(count: int, seed: int) -> tuple[Post, list[Flag]]:
    """Esi, and so many flags of her agency, some climbed, many raised on one day; and one that is cleared."""
    everybody = cast.assemble()
    marsh = story.marshes(everybody)
    source = random.Random(seed)
    moments = [timezone.now() - datetime.timedelta(days=days) for days in range(3)]
    made = []
    for number in range(count + 1):
        raised = moments[source.randrange(3)]
        made.append(
            Flag.objects.create(
                **story.written(everybody.esi, family=marsh.family, about=[marsh.ada.pk]),
                case=marsh.case,
                rule=source.choice([FlagRule.SILENT, FlagRule.REVIEW_OVERDUE]),
                subject_id=marsh.case.pk,
                episode=uuid4(),
                raised_at=raised,
                raised_on=raised.date(),
                climbed_at=source.choice([None, *moments]),
                cleared_at=timezone.now() if number == count else None,
            )
        )
    return everybody.esi, made[:count]


@pytest.mark.parametrize("count", [0, PAGE, PAGE + 1, 2 * PAGE + 7])
def test_all_pages_together_hold_each_open_flag_once_in_order(count: int):
    esi, made = plant(count, seed=count)
    pages, after = [], ""
    with as_web(esi, Purpose.EARLY_HELP):
        while not pages or after:
            page = open_flags(esi, cast.today(), after=after)
            pages.append([line.flag for group in page.groups for line in group.lines])
            after = page.later
    assert [len(page) for page in pages] == [PAGE] * (count // PAGE) + [count % PAGE] * bool(count % PAGE or not count)
    read = [flag for page in pages for flag in page]
    assert {flag.pk for flag in read} == {flag.pk for flag in made} and len(read) == len(made)
    never = timezone.now() + datetime.timedelta(days=1)
    ends = [[(flag.climbed_at or never, flag.raised_on, flag.pk) for flag in page] for page in pages if page]
    assert all(max(one) < min(other) for one, other in itertools.pairwise(ends))


@pytest.mark.parametrize("after", ["nonsense", "MjAyNg==", "w6n="])
def test_a_place_that_is_none_is_the_first_page(after: str):
    esi, _ = plant(3, seed=1)
    with as_web(esi, Purpose.EARLY_HELP):
        assert open_flags(esi, cast.today(), after=after) == open_flags(esi, cast.today())
