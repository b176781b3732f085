"""The nightly watch over families nobody helps: many homes, needs of many kinds, and only what agreements open."""

import datetime

import pytest
from django.utils import timezone

from cases.models import Case, ChildInCase, Event, FamilyMember
from cases.vocabulary import CaseState, EventSource, FamilyPart, OutcomeHeading
from referrals.actions import watching_families
from referrals.models import HubFlag, HubThreshold
from sharing_agreements.models import Address, Agency, Clause, Family, Identity, Person
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.conftest import as_worker

pytestmark = pytest.mark.django_db
KINDS = list(OutcomeHeading)


def days(number: int) -> datetime.date:
    return cast.today() - datetime.timedelta(days=number)


def family_of(everybody):
    """A family nobody helps: a child and its mother, as housing knows them."""
    child, mother, family = Person.objects.create(), Person.objects.create(), Family.objects.create()
    for person, part in ((child, FamilyPart.CHILD), (mother, FamilyPart.PARENT)):
        FamilyMember.objects.create(**row(everybody.housing, family, person, 900, Kind.HOUSEHOLD), part=part)
    return child, mother, family


@pytest.fixture
def known(everybody):
    """Housing and health show the hub what they hold of it, without conditions."""
    opens(everybody.hub, everybody.housing, everybody.health)
    return family_of(everybody)


def opens(hub: Agency, *agencies: Agency, **more: object):
    """These agencies show the hub everything they hold, whoever is involved."""
    kinds = (Kind.ADDRESS, Kind.HOUSING, Kind.HEALTH, Kind.HOUSEHOLD, Kind.IDENTITY)
    return cast.agreement(
        hub,
        *agencies,
        purposes=[Purpose.TRIAGE],
        clauses=[
            {
                "provider_agency": agency,
                "recipient_type": AgencyType.HUB,
                "recipient_roles": [Role.DECISION_MAKER],
                "kind": kind,
                "level": Level.FULL,
                "needs_involvement": False,
                **more,
            }
            for agency in agencies
            for kind in kinds
        ],
    )


def row(owner: Agency, family: Family, person: Person, ago: int, kind: Kind) -> dict[str, object]:
    """The columns of a record of this agency about this person, so many days old."""
    return {
        "owner": owner,
        "family": family,
        "person": person,
        "about": [person.pk],
        "happened_on": days(ago),
        "recorded_at": timezone.now(),
        "kind": kind,
    }


def happened(
    owner: Agency, known, *headings: OutcomeHeading, ago: int = 100, kind: Kind = Kind.HOUSING, **more: object
):
    """Something happened to the mother under these headings."""
    _child, mother, family = known
    columns = row(owner, family, mother, ago, kind) | more
    return Event.objects.create(**columns, title="Something", headings=list(headings), source_kind=EventSource.IMPORTED)


def lived(owner: Agency, known, line: str, ago: int, **more: object):
    """The child moved here so many days ago."""
    child, _mother, family = known
    columns = row(owner, family, child, ago, Kind.ADDRESS) | more
    return Address.objects.create(**columns, line=line, postcode="MB1 4XX", from_date=days(ago))


def sweep(as_of: datetime.date | None = None):
    with as_worker(watching_families.JOB):
        return watching_families.sweep(as_of=as_of or cast.today(), now=timezone.now())


def flagged() -> list[str]:
    return sorted(HubFlag.objects.filter(cleared_at=None).values_list("rule", flat=True))


def dies(everybody, person):
    """Health says so, as a record system of theirs may, and nobody else is asked."""
    Identity.objects.create(
        owner=everybody.health,
        author=everybody.ben.practitioner,
        person=person,
        happened_on=cast.today(),
        given_name="Ada",
        has_died=True,
    )


@pytest.mark.parametrize(("sister", "left"), [(False, []), (True, ["moved_often"])])
def test_nothing_is_offered_to_a_child_who_died_and_their_needs_are_nobodys(everybody, known, sister, left):
    child, _mother, family = known
    other = Person.objects.create()
    FamilyMember.objects.create(**row(everybody.housing, family, other, 900, Kind.HOUSEHOLD), part=FamilyPart.CHILD)
    for place, ago in enumerate((300, 200, 100)):
        lived(everybody.housing, known, f"{place} Mill Lane", ago)
        lived(everybody.housing, (other, None, family), f"{place} Mill Lane", ago)
    Event.objects.create(
        **row(everybody.housing, family, child, 100, Kind.HOUSING),
        title="Something",
        headings=KINDS[:3],
        source_kind=EventSource.IMPORTED,
    )
    sweep()
    assert flagged() == ["many_needs", "moved_often"]
    dies(everybody, child)
    if not sister:
        dies(everybody, other)
    sweep()
    sweep()
    assert flagged() == left


def test_needs_of_three_kinds_told_by_several_agencies_are_flagged_once_for_the_hub(everybody, known):
    child, _mother, family = known
    happened(everybody.housing, known, *KINDS[:2])
    happened(everybody.health, known, KINDS[1], kind=Kind.HEALTH)
    sweep()
    assert flagged() == []
    last = happened(everybody.health, known, KINDS[2], kind=Kind.HEALTH)
    sweep()
    sweep()
    flag = HubFlag.objects.get()
    assert (flag.rule, flag.owner_id, flag.subject_id, flag.about) == (
        "many_needs", everybody.hub.pk, family.pk, [child.pk],
    )  # fmt: skip
    assert last.pk in flag.evidence


@pytest.mark.parametrize(
    "change",
    [
        {"ago": 1900},
        {"withdrawn_at": cast.SIGNED_AT},
        {"hidden_from": [1]},
        {"kind": Kind.SUBSTANCE_USE},
        {"ago": -1},
    ],
    ids=["five years ago", "taken back", "hidden from somebody", "no clause opens its kind", "not yet"],
)
def test_what_is_old_taken_back_hidden_or_not_open_to_the_hub_does_not_count(everybody, known, change):
    happened(everybody.housing, known, *KINDS[:2])
    happened(everybody.housing, known, KINDS[2], **change)
    sweep()
    assert flagged() == []


@pytest.mark.parametrize(
    "condition",
    [{"needs_involvement": True}, {"needs_consent": True}, {"stages": [3]}],
    ids=["involvement", "agreement to sharing", "an open plan"],
)
def test_a_clause_with_a_condition_opens_nothing_to_the_count(everybody, condition):
    opens(everybody.hub, everybody.housing, **condition)
    happened(everybody.housing, family_of(everybody), *KINDS[:5])
    sweep()
    assert flagged() == []


def test_a_clause_that_reaches_back_a_year_opens_no_older_record_to_the_count(everybody, known):
    Clause.objects.filter(kind=Kind.HOUSING).update(how_far_back=12)
    happened(everybody.housing, known, *KINDS[:4], ago=400)
    sweep()
    assert flagged() == []
    happened(everybody.housing, known, *KINDS[:4], ago=300)
    sweep()
    assert flagged() == ["many_needs"]


def test_three_homes_of_a_child_in_twelve_months_are_flagged_and_pass(everybody, known):
    lived(everybody.housing, known, "1 Mill Lane", 300)
    lived(everybody.housing, known, "2 Mill Lane", 200)
    lived(everybody.health, known, "2 Mill Lane", 190)
    sweep()
    assert flagged() == []
    lived(everybody.health, known, "3 Mill Lane", 20)
    sweep()
    assert flagged() == ["moved_often"]
    sweep(cast.today() + datetime.timedelta(days=70))
    assert flagged() == []


def test_a_hidden_address_is_nobodys_move(everybody, known):
    for number, ago in enumerate((300, 200)):
        lived(everybody.housing, known, f"{number} Mill Lane", ago)
    lived(everybody.housing, known, "9 Mill Lane", 20, hidden_from=[everybody.police.no])
    sweep()
    assert flagged() == []


def test_help_clears_the_flag_and_what_was_known_before_it_ended_does_not_raise_it_again(everybody, known):
    child, _mother, family = known
    happened(everybody.housing, known, *KINDS[:4], ago=100)
    sweep()
    assert flagged() == ["many_needs"]
    columns = row(everybody.early_help, family, child, 1, Kind.CASE)
    del columns["kind"]
    case = Case.objects.create(**(columns | {"person": None}), reference="EH-1", why="Help with mornings.")
    helped = ChildInCase.objects.create(**columns, case=case, state=CaseState.ASSESSING, since=timezone.now())
    sweep()
    assert flagged() == []
    ChildInCase.objects.filter(pk=helped.pk).update(state=CaseState.CLOSED)
    sweep()
    assert flagged() == []


def test_a_rule_that_is_off_flags_nobody(everybody, known):
    HubThreshold.objects.filter(rule="many_needs").update(is_on=False)
    happened(everybody.housing, known, *KINDS[:4])
    sweep()
    assert flagged() == []
