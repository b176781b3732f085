"""Families: people added, schools changed, addresses hidden, staff safety."""

import datetime

import pytest

from cases import queries
from cases.actions import keeping_safe, people
from cases.actions.moving import gate
from cases.models import FamilyMember, HouseholdMember, Relationship, SafeContact, SchoolPlace, StaffSafetyNote
from cases.vocabulary import INVERSE, ContactWay, CourtOrder, FamilyPart, RelationshipType
from sharing_agreements.actions import facts
from sharing_agreements.models import Identity, PersonFacts
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import InvolvementReason, Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
EARLY_HELP = Purpose.EARLY_HELP


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


@pytest.fixture
def home(everybody):
    return factory.assessing_with(everybody, everybody.eddie)


def add_mother(home, by, **more):
    with as_web(by, EARLY_HELP):
        return people.add_person(
            family=home.family.pk,
            part=FamilyPart.PARENT,
            identity={"given_name": "Kate"},
            by=by,
            now=factory.now(),
            **more,
        )


def test_every_tie_has_its_other_side():
    assert {INVERSE[INVERSE[tie]] for tie in RelationshipType} == set(RelationshipType)
    assert all(INVERSE[INVERSE[tie]] == tie for tie in RelationshipType)


def test_a_parent_the_lead_adds_gets_the_team_of_the_child(everybody, home):
    mother = add_mother(home, everybody.eddie, same_team_as=home.children[0])
    told = PersonFacts.objects.get(person=mother)
    assert told.lead_no == everybody.eddie.practitioner.no
    with as_web(everybody.eddie, EARLY_HELP):
        assert mother.pk in queries.adults_of(home.family.pk)
        assert Identity.objects.get(person=mother).given_name == "Kate"


def test_a_lead_cannot_bring_in_somebody_others_know_by_themselves(everybody, home):
    known = factory.family(everybody, children=1).children[0]
    with as_web(everybody.eddie, EARLY_HELP), pytest.raises(Refused) as no:
        gate("select gate.share_team(%s, %s)", [known, home.children[0]])
    assert no.value.refusal.code == "may_not_change_facts"


def test_the_school_left_behind_loses_sight_of_the_child_that_day(everybody, home):
    child = home.children[0]
    with as_web(everybody.eddie, EARLY_HELP):
        told = {"person": child, "by": everybody.eddie, "now": factory.now(), "family": home.family.pk}
        long_ago = cast.today() - datetime.timedelta(days=400)
        people.move_school(name="Quarry Hill", school=everybody.quarry_hill, from_date=long_ago, **told)
    assert everybody.quarry_hill.no in PersonFacts.objects.get(person_id=child).involved
    with as_web(everybody.eddie, EARLY_HELP):
        people.move_school(name="Oak Green", school=everybody.oak_green, from_date=cast.today(), **told)
    involved = PersonFacts.objects.get(person_id=child).involved
    assert everybody.quarry_hill.no not in involved
    assert everybody.oak_green.no in involved
    assert SchoolPlace.objects.get(school=everybody.quarry_hill).to_date == cast.yesterday()


def test_a_school_whose_place_nobody_here_reads_loses_sight_too_and_so_do_its_people_in_the_team(everybody, home):
    child, today = home.children[0], cast.today()
    told = {"people": [child], "agency": everybody.quarry_hill.pk, "starts_on": today - datetime.timedelta(days=90)}
    with as_web(everybody.esi, EARLY_HELP):
        facts.involve(practitioner=None, reason=InvolvementReason.ON_ROLL, **told)
        facts.involve(practitioner=everybody.amira.practitioner_id, reason=InvolvementReason.TEAM, **told)
        facts.involve(
            practitioner=everybody.ben.practitioner_id,
            reason=InvolvementReason.TEAM,
            **told | {"agency": everybody.health.pk},
        )
    assert everybody.amira.practitioner.no in PersonFacts.objects.get(person_id=child).workers
    with as_web(everybody.eddie, EARLY_HELP):
        assert not SchoolPlace.objects.filter(person_id=child).exists()
        new = {"school": everybody.oak_green, "name": "Oak Green", "from_date": today}
        people.move_school(person=child, by=everybody.eddie, now=factory.now(), family=home.family.pk, **new)
    left = PersonFacts.objects.get(person_id=child)
    assert everybody.quarry_hill.no not in left.involved and everybody.oak_green.no in left.involved
    assert everybody.amira.practitioner.no not in left.workers
    assert {everybody.ben.practitioner.no, everybody.eddie.practitioner.no} <= set(left.workers)


def test_a_school_to_come_takes_no_sight_from_the_school_of_today(everybody, home):
    child, today = home.children[0], cast.today()
    with as_web(everybody.eddie, EARLY_HELP):
        told = {"person": child, "by": everybody.eddie, "now": factory.now(), "family": home.family.pk}
        long_ago, soon = (today + datetime.timedelta(days=days) for days in (-90, 10))
        people.move_school(name="Quarry Hill", school=everybody.quarry_hill, from_date=long_ago, **told)
        people.move_school(name="Oak Green", school=everybody.oak_green, from_date=soon, **told)
    involved = PersonFacts.objects.get(person_id=child).involved
    assert everybody.quarry_hill.no in involved and everybody.oak_green.no not in involved


def test_a_hidden_address_closes_school_home_and_phone_to_all_but_named_people(everybody, home):
    child = home.children[0]
    with as_web(everybody.eddie, EARLY_HELP):
        told = {"by": everybody.eddie, "now": factory.now(), "family": home.family.pk}
        people.move_school(person=child, name="Quarry Hill", from_date=cast.today(), **told)
        people.set_household(name="Gran's", people=[child], **told)
        keeping_safe.set_safe_contact(person=child, way=ContactWay.MOBILE, detail="07700 900123", **told)
    located = (SchoolPlace, HouseholdMember, SafeContact)
    with as_web(everybody.esi, EARLY_HELP):
        assert all(model.objects.filter(person_id=child).exists() for model in located)
        facts.hide_address(person=child)
        assert not any(model.objects.filter(person_id=child).exists() for model in located)
        assert FamilyMember.objects.filter(person_id=child).exists() is False


def test_a_court_order_has_its_date_and_the_row_serves_both_sides(everybody, home):
    mother = add_mother(home, everybody.eddie, same_team_as=home.children[0])
    with as_web(everybody.eddie, EARLY_HELP):
        people.relate(
            person=mother.pk,
            to_person=home.children[0],
            tie=RelationshipType.PARENT,
            family=home.family.pk,
            parental_responsibility=True,
            court_order=CourtOrder.LIVE_WITH,
            order_made_on=cast.today(),
            by=everybody.eddie,
            now=factory.now(),
        )
        row = Relationship.objects.get(person=mother)
        assert set(row.about) == {mother.pk, home.children[0]}


def test_a_staff_safety_note_is_reviewed_within_a_year(everybody, home):
    def note(review_on):
        with as_web(everybody.eddie, EARLY_HELP):
            return keeping_safe.note_staff_safety(
                people=home.children,
                family=home.family.pk,
                what="Loose dog: ring first",
                review_on=review_on,
                by=everybody.eddie,
                now=factory.now(),
            )

    with pytest.raises(Refused):
        note(cast.today() + datetime.timedelta(days=400))
    made = note(cast.today() + datetime.timedelta(days=300))
    with as_web(everybody.amira, EARLY_HELP):
        assert not StaffSafetyNote.objects.filter(pk=made.pk).exists()
