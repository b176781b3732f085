"""What opened a family ends, and its pages close in that transaction: on every path, and none was kept by a cache."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from sharing_agreements.actions import facts
from sharing_agreements.models import Post, Practitioner
from sharing_agreements.vocabulary import InvolvementReason, Purpose
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.referrals import arriving

pytestmark = pytest.mark.django_db
NAMES = ("Ada", "Joe", "Kate")


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def marsh(everybody):
    return story.marshes(everybody)


def names_in(page):
    """Whose names a page says, as words: a random token may hold the letters of a short name."""
    return [name for name in NAMES if re.search(rf"\b{name}\b", page.content.decode())]


def training_expires(who, _marsh, _everybody):
    Practitioner.objects.filter(pk=who.practitioner_id).update(trained_until=cast.yesterday())


def post_ends(who, _marsh, _everybody):
    Post.objects.filter(pk=who.pk).update(ends_on=cast.yesterday())


def involvement_ends(who, marsh, _everybody):
    facts.end_involvement(
        people=[marsh.ada.pk, marsh.joe.pk, marsh.kate.pk, marsh.lee.pk],
        agency=who.agency_id,
        practitioner=who.practitioner_id,
        reason=InvolvementReason.TEAM,
        last_day=cast.yesterday(),
    )


def agreement_is_suspended(_who, _marsh, everybody):
    with as_web(everybody.gita, Purpose.GOVERNANCE), connection.cursor() as cursor:
        cursor.execute("select gate.suspend_agreement(%s, 'A leak was found.')", [str(everybody.team_agreement.pk)])


def paths_of(marsh):
    """Every page Ben reads the family on, and those that list it."""
    family = {"family": marsh.family.pk}
    pages = (
        *("show_family", "list_people", "show_plan", "show_chronology", "show_team", "who_can_see", "add_note"),
        *("show_genogram", "show_ecomap", "show_needs", "export_chronology"),
    )
    lists = ("caseload", "my_work", "flags", "my_looks")
    return [reverse(f"cases:{page}", kwargs=family) for page in pages] + [reverse(f"cases:{one}") for one in lists]


@pytest.mark.parametrize("ends", [training_expires, post_ends, involvement_ends, agreement_is_suspended])
def test_every_path_to_a_family_closes_at_once(everybody, marsh, ends):
    ben, elsewhere = Visitor(everybody.ben), Visitor(everybody.ben)
    open_before = [path for path in paths_of(marsh) if names_in(ben.get(path))]
    assert set(paths_of(marsh)[:5]) <= set(open_before)
    for path in open_before:
        assert ben.get(path).headers["Cache-Control"] == "no-store", path
        assert "ETag" not in ben.get(path).headers, path
    ends(everybody.ben, marsh, everybody)
    for visitor in (ben, elsewhere):
        for path in open_before:
            answer = visitor.get(path)
            assert names_in(answer) == [], f"{path} {answer.status_code} after {ends.__name__}"


@pytest.mark.parametrize("ends", [training_expires, post_ends])
def test_a_count_that_was_kept_is_not_confirmed_to_who_may_no_longer_ask(everybody, ends):
    arriving.send(everybody.cleo, everybody.hub, arriving.child("Ada Marsh"))
    hana = Visitor(everybody.hana)
    kept = hana.get(reverse("referrals:count_waiting"))
    asking = {"If-None-Match": kept.headers["ETag"]}
    assert hana._as_web(lambda: hana.client.get(reverse("referrals:count_waiting"), headers=asking)).status_code == 304
    ends(everybody.hana, None, everybody)
    answer = hana._as_web(lambda: hana.client.get(reverse("referrals:count_waiting"), headers=asking))
    assert answer.status_code == 403
    assert "ETag" not in answer.headers
