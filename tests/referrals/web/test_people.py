"""One child, one record: the night's list, linking and taking it back with its history, and what is missing."""

import pytest
from django.db import connection
from django.utils import timezone

from referrals.actions import listing_likenesses
from referrals.models import Match
from referrals.vocabulary import MatchBand, MatchState
from sharing_agreements.actions import facts
from sharing_agreements.models import Identity, Person, PersonLink
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db


def night():
    """One run of the night's job, as the worker."""
    with as_worker(listing_likenesses.JOB):
        return listing_likenesses.list_likenesses(as_of=cast.today(), now=timezone.now())


@pytest.fixture
def two_reports(everybody):
    """Jo Smith, reported by police and by a school; the match of the second report is forgotten."""
    one = arrive(everybody.cleo, everybody.hub)
    two = arrive(everybody.amira, everybody.hub)
    with connection.cursor() as cursor:
        cursor.execute("delete from referrals_match")
    return [contact.report.children.get().person_id for contact in (one, two)]


@pytest.fixture
def likeness(two_reports):
    night()
    return Match.objects.get(contact=None)


def opened(site, post, address, **typed):
    client = site()
    client.force_login(post.practitioner)
    return client.post(address, typed) if typed else client.get(address)


def test_the_night_lists_a_pair_once_for_the_hub_and_links_nothing(everybody, two_reports):
    assert night() == 1
    found = Match.objects.get(contact=None)
    assert {found.person_id, found.candidate_id} == set(two_reports)
    assert (found.owner_id, found.state, found.band) == (everybody.hub.pk, MatchState.OPEN, MatchBand.SURE)
    assert ["family_same", pytest.approx(2.6, abs=0.5)] in found.reasons
    assert night() == 0
    assert not Person.objects.exclude(merged_into=None).exists()


def test_not_the_same_is_never_listed_again(everybody, likeness, site):
    address = f"/people/alike/{likeness.pk}/"
    assert opened(site, everybody.hana, address, answer="different").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")
    assert Match.objects.get(pk=likeness.pk).state == MatchState.REJECTED
    assert night() == 0


def test_the_hub_reads_why_and_links_and_takes_back_with_the_whole_history(everybody, likeness, site):
    page = opened(site, everybody.hana, "/people/alike/").content.decode()
    assert "Jo Smith" in page and "Surname the same +" in page and "Likely the same person" in page
    assert opened(site, everybody.hana, f"/people/alike/{likeness.pk}/", answer="same").status_code == 302
    page = opened(site, everybody.hana, "/people/links/").content.decode()
    assert "by Hana" in page and "A match was confirmed." in page
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")
    link = PersonLink.objects.get()
    before = list(Identity.objects.order_by("pk").values("pk", "owner_id", "person_id"))
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")
    why = "A cousin with the same name."
    assert opened(site, everybody.hugo, f"/people/links/{link.pk}/take-back/", why=why).status_code == 302
    page = opened(site, everybody.hana, "/people/links/").content.decode()
    assert "by Hana" in page and "by Hugo" in page and why in page
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")
    assert not Person.objects.exclude(merged_into=None).exists()
    assert list(Identity.objects.order_by("pk").values("pk", "owner_id", "person_id")) == before
    assert Match.objects.get(pk=likeness.pk).state == MatchState.REJECTED
    assert night() == 0


@pytest.fixture
def restricted(likeness):
    """The same pair, and one of the two is closed to the hub."""
    facts.restrict(person=likeness.candidate_id, why="A test.")
    return likeness


def test_what_the_reader_may_not_see_is_not_on_the_list(everybody, restricted, site):
    likeness = restricted
    page = opened(site, everybody.hana, "/people/alike/").content.decode()
    assert "Jo Smith" not in page and "Nobody is waiting" in page
    assert opened(site, everybody.hana, f"/people/alike/{likeness.pk}/").status_code == 404


def test_others_find_no_such_page(everybody, likeness, site):
    for address in ("/people/alike/", f"/people/alike/{likeness.pk}/", "/people/links/", "/people/missing/"):
        assert opened(site, everybody.ben, address).status_code == 404


def test_a_stricter_fact_of_one_holds_for_both_while_they_are_linked(everybody, two_reports):
    one, two = two_reports
    facts.link_person(duplicate=one, kept=two, why="A test.")
    facts.hide_address(person=one)
    assert set(_hidden()) == {one, two}
    facts.unlink_person(duplicate=one)
    assert set(_hidden()) == {one}


def _hidden():
    from sharing_agreements.models import PersonFacts

    return PersonFacts.objects.filter(address_hidden=True).values_list("person_id", flat=True)


def test_taking_a_link_back_moves_that_anchor_alone(everybody):
    first, second, third = (cast.person().pk for _ in range(3))
    facts.link_person(duplicate=first, kept=second)
    facts.link_person(duplicate=first, kept=third, why="The second said first.")
    roots = dict(Person.objects.values_list("pk", "merged_into"))
    assert (roots[first], roots[second], roots[third]) == (second, third, None)
    facts.unlink_person(duplicate=first, why="Wrong.")
    roots = dict(Person.objects.values_list("pk", "merged_into"))
    assert (roots[first], roots[second], roots[third]) == (second, None, None)
    facts.unlink_person(duplicate=first)
    assert not Person.objects.exclude(merged_into=None).exists()
    assert [one.unlinked_because for one in PersonLink.objects.order_by("linked_at")] == ["", "Wrong."]
    assert PersonLink.objects.filter(unlinked_at=None).count() == 0


@pytest.fixture
def boss(everybody):
    """A manager of the police, who sent two reports."""
    arrive(everybody.cleo, everybody.hub)
    arrive(everybody.cleo, everybody.hub, child("Ann Lee"), home_line="12 Mill Rd", home_postcode="ML1 2AB")
    return cast.post("Mona", everybody.police, Role.MANAGER)


def test_a_manager_reads_what_is_missing_in_the_own_agencys_records(everybody, boss, site):
    page = opened(site, boss, "/people/missing/").content.decode()
    assert "Our own records" in page and "without sex" in page and "an NHS or pupil number" in page
    sent = opened(site, everybody.hana, "/people/missing/").content.decode()
    assert "Records sent to us, by who wrote them" in sent and everybody.police.name in sent


def test_one_date_rule_and_one_address_form(everybody):
    arrive(everybody.cleo, everybody.hub, home_line="12 Mill Rd", home_postcode="ml1 2ab")
    identity = Identity.objects.first()
    Identity.objects.filter(pk=identity.pk).update(born_precision="year")
    identity.refresh_from_db()
    assert (identity.born_on.month, identity.born_on.day) == (1, 1)
    Identity.objects.filter(pk=identity.pk).update(born_on=None)
    identity.refresh_from_db()
    assert identity.born_precision == "unknown"
    with connection.cursor() as cursor:
        cursor.execute("select folded from sharing_agreements_address where line = '12 Mill Rd'")
        assert {row[0] for row in cursor.fetchall()} == {"12 mill road|ML12AB"}
    with as_web(everybody.hana, Purpose.TRIAGE), connection.cursor() as cursor:
        cursor.execute("select count(*) from gate.find_people('', null, null, '12 Mill Road', '', 9)")
        assert cursor.fetchone()[0] >= 0
