"""Craig's brothers and sisters, and the men: need to know is per child, and a man who is a risk is one man everywhere
(domain A14 and A15)."""

import datetime

import pytest
from django.urls import reverse

from cases.models import EventDetail
from referrals.models import HubFlag
from referrals.rules.report import Adult
from sharing_agreements.actions import facts
from sharing_agreements.models import Agency, Identity, Post
from sharing_agreements.vocabulary import AgencyType, InvolvementReason, Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.referrals.actions.test_adult_of_concern import raised, record, ron_of, same_ron
from tests.referrals.arriving import arrive, child
from tests.scenarios import histories
from tests.scenarios.test_craig import NAMES, happenings

pytestmark = pytest.mark.django_db
SISTERS_AND_BROTHER = {36: "Kylie", 37: "Stacey", 38: "David"}
"""Events that tell of a brother's or sister's sexual abuse, and of whom."""
SIX = ("David", "Craig", "Adam", "Kylie", "Stacey", "Harry")


@pytest.fixture
def everybody() -> cast.Cast:
    who = cast.assemble()
    histories.load(histories.CRAIG, district="Marlbeck")
    return who


def person(name: str):
    return Identity.objects.filter(given_name=name).values_list("person_id", flat=True)[0]


@pytest.fixture
def provider(everybody: cast.Cast) -> Post:
    """Somebody of the alternative provider, to whom others show in full what is about a child it works with."""
    theirs = Agency.objects.get(name=NAMES["EDU"])
    others = [Agency.objects.get(name=NAMES[code]) for code in ("CSC", "CAR", "POL")]
    cast.agreement(
        theirs,
        *others,
        purposes=[Purpose.EARLY_HELP],
        clauses=[
            {
                "provider_agency": other,
                "recipient_type": AgencyType.ALTERNATIVE_PROVISION,
                "recipient_roles": [Role.TEAM_MEMBER],
                "kind": kind,
                "level": Level.FULL,
                "needs_involvement": True,
            }
            for other in others
            for kind in (Kind.SOCIAL_CARE, Kind.POLICE, Kind.IDENTITY, Kind.HOUSEHOLD)
        ],
    )
    return cast.post("Tom", theirs, Role.TEAM_MEMBER)


def works_with(post: Post, name: str) -> None:
    facts.involve(
        people=[person(name)],
        agency=post.agency_id,
        practitioner=post.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=cast.today(),
    )


def test_who_works_with_craig_reads_of_him_and_nothing_of_what_was_done_to_the_others(provider):
    works_with(provider, "Craig")
    seen = happenings(provider, Purpose.EARLY_HELP)
    assert {29, 35} <= set(seen) and not set(seen) & set(SISTERS_AND_BROTHER)
    of_others = [event for accounts in seen.values() for event in accounts if event.owner_id != provider.agency_id]
    assert {event.person_id for event in of_others} == {person("Craig")}
    page = Visitor(provider).get(reverse("cases:show_chronology", args=[histories.family()])).content.decode()
    for words in ("sold sex", "check internet use", "takes girls from care"):
        assert EventDetail.objects.filter(text__contains=words).exists() and words not in page


def test_each_child_it_comes_to_work_with_opens_that_childs_records_alone(provider):
    works_with(provider, "Craig")
    works_with(provider, "Kylie")
    assert set(happenings(provider, Purpose.EARLY_HELP)) & set(SISTERS_AND_BROTHER) == {36}


@pytest.mark.parametrize("who", ["Ron", "Kate's new partner"])
def test_a_man_recorded_as_a_risk_elsewhere_is_raised_when_he_is_with_the_six(everybody, who):
    man = Adult(f"{who} Jones", "partner", with_child=True)
    flat = {"home_line": "2 Flat Street", "home_postcode": "MB7 7ZZ"}
    girl = child("Leah Firth", datetime.date(cast.today().year - 14, 1, 2))
    elsewhere = arrive(everybody.cleo, everybody.hub, girl, adults=(man,), **flat)
    record(everybody.cleo, ron_of(elsewhere))
    children = [child(f"{name} Jones", datetime.date(cast.today().year - 9 - at, 3, 4)) for at, name in enumerate(SIX)]
    at_home = arrive(everybody.amira, everybody.hub, *children, adults=(man,))
    assert raised() == []
    same_ron(everybody, at_home, elsewhere)
    (flag,) = raised()
    assert flag.contact == at_home and HubFlag.objects.filter(contact=elsewhere).count() == 0
    page = Visitor(everybody.hana).get(reverse("referrals:read_contact", args=[at_home.pk])).content.decode()
    assert "another household" in page
    for name in SIX:
        assert f"{name} Jones" in page
