"""Cover for a post: who reads it, arranges it and ends it, one door at a time."""

import pytest
from django.utils import timezone

from sharing_agreements.models import PostCover
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.sharing_agreements.asking import REFUSED, adds, changes, reads

pytestmark = pytest.mark.django_db
OVERSEES = {"coordinator", "manager", "administrator"}


@pytest.fixture
def police():
    return cast.agency("Marlbeck Constabulary", AgencyType.POLICE)


@pytest.fixture
def health():
    return cast.agency("Marlbeck Community Health", AgencyType.COMMUNITY_HEALTH)


@pytest.fixture
def cleo(police):
    """Away."""
    return cast.post("Cleo", police, Role.REPORTER)


@pytest.fixture
def cyrus(police):
    """Covers."""
    return cast.post("Cyrus", police, Role.REPORTER)


@pytest.fixture
def ben(health):
    return cast.post("Ben", health, Role.TEAM_MEMBER)


def cover(post, by, covering, **more) -> PostCover:
    said = {"starts_on": cast.today(), "ends_on": cast.today(), "reason": "Leave", "made_at": timezone.now()}
    return PostCover(post=post, practitioner=covering.practitioner, made_by=by.practitioner, **said | more)


def test_it_is_read_at_the_posts_own_agency_and_by_the_job_that_tells(cleo, cyrus, ben):
    cover(cleo, cleo, cyrus).save()
    assert [reads(who, PostCover) for who in (cleo, cyrus, ben, "eh_web")] == [1, 1, 0, 0]
    assert [reads(who, PostCover) for who in ("tell_practitioners", "find_repeats", "eh_worker")] == [1, 0, 0]


def test_its_holder_arranges_it_with_somebody_else_of_the_agency(cleo, cyrus, ben, health):
    assert adds(cleo, cover(cleo, cleo, cyrus)) == 1
    assert adds(cyrus, cover(cyrus, cyrus, cleo)) == 1
    refused = {
        "in another's name": cover(cleo, cyrus, cyrus),
        "ended already": cover(cleo, cleo, cyrus, ended_at=timezone.now()),
        "by somebody elsewhere": cover(cleo, cleo, ben),
        "by oneself": cover(cleo, cleo, cleo),
        "of a colleague's post": cover(cyrus, cleo, cleo),
        "of a post elsewhere": cover(ben, cleo, cyrus),
    }
    for why, row in refused.items():
        assert adds(cleo, row) == REFUSED, why
    assert adds("eh_web", cover(cleo, cleo, cyrus)) == REFUSED


@pytest.mark.parametrize("role", Role)
def test_who_oversees_the_agency_arranges_and_ends_it_too(police, health, cleo, cyrus, ben, role):
    post, elsewhere = cast.post("Pam", police, role), cast.post("Hal", health, role)
    bea = cast.post("Bea", health, Role.TEAM_MEMBER)
    oversees = role in OVERSEES
    assert adds(post, cover(cleo, post, cyrus)) == (1 if oversees else REFUSED)
    assert adds(post, cover(cleo, post, ben)) == REFUSED
    assert adds(post, cover(ben, post, bea)) == REFUSED
    assert adds(post, cover(ben, post, cyrus)) == REFUSED
    assert adds(elsewhere, cover(cleo, elsewhere, cyrus)) == REFUSED
    cover(cleo, cleo, cyrus).save()
    assert changes(post, PostCover, ended_at=timezone.now()) == oversees
    assert changes(elsewhere, PostCover, ended_at=timezone.now()) == 0


def test_its_holder_ends_it_and_who_covers_does_not(cleo, cyrus, ben):
    cover(cleo, cleo, cyrus).save()
    assert [changes(who, PostCover, ended_at=timezone.now()) for who in (cleo, cyrus, ben, "eh_web")] == [1, 0, 0, 0]
    assert changes(cleo, PostCover, ends_on=cast.FAR_OFF) == REFUSED
