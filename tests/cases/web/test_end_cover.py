"""The lead is back before cover ends: whoever stood in sees the family no longer."""

import datetime

import pytest
from django.utils import timezone

from cases import models
from cases.actions import leading
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.cases.web.checks import is_not_there_for, takes_no_other_method
from tests.conftest import as_web

DAY = datetime.timedelta(days=1)


@pytest.fixture
def cover(marsh, everybody):
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        return leading.arrange_cover(
            case=marsh.case,
            practitioner=everybody.amira.practitioner,
            agency=everybody.quarry_hill,
            starts_on=cast.today(),
            ends_on=cast.today() + 9 * DAY,
            reason="On leave",
            by=everybody.eddie,
            now=timezone.now(),
        )


def address(marsh, cover):
    return f"{marsh.address}lead/covers/{cover.pk}/end/"


def test_cover_and_its_sight_of_the_family_end_now(marsh, cover, visit, everybody):
    assert visit(everybody.amira).get(marsh.address).status_code == 200
    eddie = visit(everybody.eddie)
    team = f"{marsh.address}team/"
    assert address(marsh, cover) in eddie.get(team).content.decode()
    assert eddie.send(address(marsh, cover)).status_code == 302
    assert visit(everybody.amira).get(marsh.address).status_code == 404
    page = eddie.get(team).content.decode()
    assert "Cover:" not in page and address(marsh, cover) not in page


def test_cover_that_has_not_begun_is_called_off(marsh, cover, visit, everybody):
    models.Cover.objects.update(starts_on=cast.today() + DAY)
    assert visit(everybody.eddie).send(address(marsh, cover)).status_code == 302
    assert models.Cover.objects.get().ended_at is not None


def test_it_is_ended_once(marsh, cover, visit, everybody):
    visit(everybody.eddie).send(address(marsh, cover))
    assert visit(everybody.eddie).send(address(marsh, cover)).status_code == 409


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, cover, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh, cover), {})


def test_it_is_not_for_the_team_to_do(marsh, cover, visit, everybody):
    assert visit(everybody.ben).send(address(marsh, cover)).status_code == 409


def test_it_takes_no_other_method(marsh, cover, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(marsh, cover))
