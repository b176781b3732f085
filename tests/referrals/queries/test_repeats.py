"""Earlier contacts on a card: on child, adult, family and address, each once, whatever was decided of them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import FamilyMember
from referrals.models import Contact, WrongChildMark
from referrals.queries import repeats
from referrals.queries.contacts import around
from referrals.queries.facts import facts_of
from referrals.rules.repeats import Tie, tally
from referrals.rules.report import Adult
from referrals.web import cards
from sharing_agreements.actions import facts
from sharing_agreements.models import Address, Family
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db
HOME = {"home_line": "12 Mill Lane", "home_postcode": "ML1 2AB"}
OTHER = child("Wes Vane", datetime.date(2012, 5, 6))
TOM = Adult(name="Tom Smith", relation="Father")


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def day(days):
    return cast.today() - datetime.timedelta(days=days)


def children(contact):
    return [row.person_id for row in contact.report.children.all()]


def grown_up(contact):
    (person,) = set(contact.about) - set(children(contact))
    return person


def one_person(first, second):
    facts.link_person(duplicate=second, kept=first)


def one_family(hub, *people, **more):
    family = Family.objects.create()
    for person in people:
        FamilyMember.objects.create(
            owner=hub, family=family, person_id=person, part="child", happened_on=cast.today(), **more
        )


def same_child(who, before, now):
    one_person(children(before)[0], children(now)[0])


def same_adult(who, before, now):
    one_person(grown_up(before), grown_up(now))


def siblings(who, before, now):
    one_family(who.hub, children(before)[0], children(now)[0])


def siblings_once(who, before, now):
    one_family(who.hub, children(before)[0], children(now)[0], to_date=day(1))


def sibling_confirmed(who, before, now):
    same_child(who, before, now)
    siblings(who, before, now)


def wrong_child(who, before, now):
    same_child(who, before, now)
    row = before.report.children.get()
    WrongChildMark.objects.create(
        owner=before.report.owner, reported_child=row, person_id=row.person_id, happened_on=cast.today()
    )


def closed(who, before, now):
    same_child(who, before, now)
    facts.restrict(person=grown_up(before), why="police")


def homes(**moves):
    """Lay both addresses: ours from `ours` days ago, theirs from `theirs` to `left` days ago."""

    def lay(who, before, now):
        for contact, since, until in ((now, moves["ours"], None), (before, moves["theirs"], moves.get("left"))):
            Address.objects.filter(person_id=children(contact)[0]).update(
                from_date=day(since), to_date=None if until is None else day(until)
            )
            if "postcode" in moves:
                Address.objects.filter(person_id=children(contact)[0]).update(postcode="", folded="12 mill lane|")

    return lay


WAYS = [
    ("the same child, confirmed", 100, same_child, Tie.CHILD),
    ("the same child, whom nobody confirmed", 100, lambda *_: None, None),
    ("the same child over a year ago", 370, same_child, None),
    ("the same adult, another child", 100, same_adult, Tie.ADULT),
    ("another child of the family", 100, siblings, Tie.FAMILY),
    ("a child who has left the family", 100, siblings_once, None),
    ("the same child, who is in the family too", 100, sibling_confirmed, Tie.CHILD),
    ("a child the reporter took back", 100, wrong_child, None),
    ("a child, beside an adult closed to this reader", 100, closed, None),
    ("others at the address while these lived there", 100, homes(ours=200, theirs=300), Tie.ADDRESS),
    ("others at the address before these moved in", 100, homes(ours=50, theirs=300), repeats.OTHER_HOUSEHOLD),
    ("others who moved in after they were reported", 100, homes(ours=200, theirs=50), None),
    ("others who had left before they were reported", 100, homes(ours=300, theirs=250, left=150), None),
    ("the same line in no named town", 100, homes(ours=200, theirs=300, postcode=""), None),
]


@pytest.mark.parametrize(("days", "do", "tie"), [pytest.param(*row[1:], id=row[0]) for row in WAYS])
def test_what_ties_an_earlier_contact_to_a_report(everybody, days, do, tie):
    home = HOME if "homes" in do.__qualname__ else {}
    before = arrive(everybody.amira, everybody.hub, OTHER, at=ago(days), adults=(TOM,), **home)
    now = arrive(everybody.cleo, everybody.hub, adults=(TOM,), **home)
    do(everybody, before, now)
    with as_web(everybody.hana, Purpose.TRIAGE):
        page = [Contact.objects.get(pk=now.pk)]
        found = around(page, post=everybody.hana, today=cast.today())
    before_it = found.repeats.get(now.pk, repeats.Repeats())
    listed = [(one.contact.pk, one.tie) for one in found.earlier.get(now.pk, [])]
    in_time = tie is not None and tie != repeats.OTHER_HOUSEHOLD
    assert listed == ([(before.pk, tie)] if in_time else [])
    assert dict(before_it.counts) == ({tie: 1} if in_time else {})
    assert bool(before_it.others) is (tie == repeats.OTHER_HOUSEHOLD)


@pytest.fixture
def four_ways(everybody):
    """One report with earlier ones on the child (two), the adult, the family and the address; the oldest first."""
    adult = arrive(everybody.amira, everybody.hub, child("Bo Hale"), at=ago(90), adults=(TOM,))
    sibling = arrive(everybody.cleo, everybody.hub, OTHER, at=ago(80))
    neighbour = arrive(everybody.cleo, everybody.hub, child("Una Lee"), at=ago(70), **HOME)
    first = arrive(everybody.amira, everybody.hub, at=ago(60))
    second = arrive(everybody.cleo, everybody.hub, at=ago(50))
    now = arrive(everybody.cleo, everybody.hub, adults=(TOM,), **HOME)
    Address.objects.update(from_date=day(400))
    for earlier in (first, second):
        one_person(children(now)[0], children(earlier)[0])
    one_person(grown_up(now), grown_up(adult))
    one_family(everybody.hub, children(now)[0], children(sibling)[0])
    Contact.objects.filter(pk=second.pk).update(status="decided", decided_at=ago(49))
    return now, [second, first, neighbour, sibling, adult]


def test_the_card_says_how_many_on_what_when_and_what_was_decided(everybody, four_ways):
    now, before = four_ways
    with as_web(everybody.hana, Purpose.TRIAGE):
        found = around([Contact.objects.get(pk=now.pk)], post=everybody.hana, today=cast.today())
        said = cards.previous(found.earlier[now.pk], found.repeats[now.pk].counts)
        page = facts_of(Contact.objects.get(pk=now.pk), post=everybody.hana, today=cast.today())
    assert [one.contact for one in found.earlier[now.pk]] == before
    assert said.startswith("6th in 12 months: 2 on a child, 1 on an adult, 1 on the family, 1 at the address; ")
    assert said.endswith("; and 2 before") and said.count("not decided yet") == 3
    second, first, neighbour, sibling, adult = before
    assert [one.contact for one in page.earlier] == [second, first, sibling, adult]
    (place,) = page.at_addresses
    assert [one.contact for one in place.shown] == [neighbour] and not place.others


def test_all_are_counted_and_the_newest_listed(everybody, four_ways, monkeypatch):
    now, before = four_ways
    monkeypatch.setattr(repeats, "MOST", 2)
    with as_web(everybody.hana, Purpose.TRIAGE):
        found = around([Contact.objects.get(pk=now.pk)], post=everybody.hana, today=cast.today())
    assert [one.contact for one in found.earlier[now.pk]] == before[:2]
    assert dict(found.repeats[now.pk].counts) == {Tie.CHILD: 2, Tie.ADULT: 1, Tie.FAMILY: 1, Tie.ADDRESS: 1}


def test_more_contacts_on_the_page_take_no_more_queries(everybody, four_ways):
    now, before = four_ways
    with as_web(everybody.hana, Purpose.TRIAGE):
        page = list(Contact.objects.filter(pk__in=[now.pk, *(one.pk for one in before)]).select_related("report"))
        taken = []
        for contacts in ([one for one in page if one == now], page):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                around(contacts, post=everybody.hana, today=cast.today())
            taken.append(len(queries))
    assert taken[0] == taken[1]


def test_a_reader_of_no_hub_is_told_of_nothing(everybody, four_ways):
    now, _before = four_ways
    with as_web(everybody.cleo, Purpose.REPORTING):
        assert repeats.hits_of([now], post=everybody.hana, back=datetime.timedelta(365), today=cast.today()) == []


def test_ties_are_counted_in_words_the_nearest_first():
    assert tally({Tie.ADDRESS: 1, Tie.CHILD: 2}) == "2 on a child, 1 at the address"
    assert tally({}) == "" == tally({Tie.FAMILY: 0})
