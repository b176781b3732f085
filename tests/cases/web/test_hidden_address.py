"""A hidden address leaks by no page: every way a place can be written down is used, and then no page, find, filter,
sort or error shows a word of it to anyone who is not named, while whoever is named goes on reading it (users 2.5).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.urls import resolve, reverse

from referrals.vocabulary import FindPurpose
from sharing_agreements.actions import facts
from sharing_agreements.models import Address, Person, PersonUserObjectPermission
from sharing_agreements.vocabulary import InvolvementReason
from tests import cast
from tests.cases.web import story
from tests.cases.web.checks import boxes, soon
from tests.cases.web.conftest import Visitor
from tests.house.test_routes import routes
from tests.sharing_agreements.test_refused_is_absent import ID, TOKENS

OF_ONE_SORT = 3
"""Pages of one route that a walk opens."""
CANARIES = {
    "address": "Quagmire Terrace",
    "postcode": "QG1 7XX",
    "uprn": "100099887766",
    "household": "Nan Quagmire's home",
    "school": "Quagmire Hill School",
    "nursery": "Little Quagmires",
    "family doctor": "Dr Quagmire",
    "health visitor": "Quagmire Road Clinic",
    "phone": "07700 900666",
    "venue": "Quagmire Hall",
}


@pytest.fixture
def placed(marsh, visit, everybody):
    """The Marshes with a canary in every place the screens let somebody write one, and then hidden."""
    eddie = visit(everybody.eddie)
    ada, kate = str(marsh.ada.pk), str(marsh.kate.pk)
    health = f"{marsh.address}people/{ada}/health/register/"
    team = f"{everybody.ben.practitioner_id}:{everybody.ben.agency_id}"
    sent = [
        (f"{marsh.address}households/add/", {"name": CANARIES["household"], "people": [ada, kate]}),
        (f"{marsh.address}people/{ada}/school/move/", _from(name=CANARIES["nursery"])),
        (f"{marsh.address}people/{ada}/school/move/", _from(name=CANARIES["school"], days=1)),
        (health, {"what": "family doctor", "name": CANARIES["family doctor"], "replaces": "no"}),
        (health, {"what": "health visitor", "name": CANARIES["health visitor"], "replaces": "no"}),
        (f"{marsh.address}safe-contacts/add/", {"person": ada, "way": "text", "detail": CANARIES["phone"]}),
        (
            f"{marsh.address}meetings/arrange/",
            {"meeting_kind": "team", "clock": "15:30", "minutes_long": "60", "venue": CANARIES["venue"]}
            | {"people": [kate], "team": [team]}
            | boxes("day", soon()),
        ),
    ]
    for address, said in sent:
        answer = eddie.send(address, **said)
        assert answer.status_code == 302, (address, answer.content.decode())
    Address.objects.create(
        **story.written(everybody.eddie, person=marsh.ada),
        line=f"1 {CANARIES['address']}",
        postcode=CANARIES["postcode"],
        uprn=CANARIES["uprn"],
        folded="1 quagmire terrace qg17xx",
    )
    return marsh


def _from(days: int = 0, **said: str) -> dict[str, Any]:
    return {"school": "", **said} | boxes("from_date", cast.today() - story.DAY * (2 - days))


def name_somebody(post, person: Person) -> None:
    """Put somebody on the allow-list of a hidden address."""
    permission = Permission.objects.get(
        codename="see_hidden_address", content_type=ContentType.objects.get_for_model(Person)
    )
    PersonUserObjectPermission.objects.create(user=post.practitioner, permission=permission, content_object=person)


def walk(reader: Visitor, marsh: story.Marshes) -> Iterator[tuple[str, HttpResponse]]:
    """Every page of the site that needs no more than the family, and every page those lead to; of one sort, a few."""
    known = {"family": marsh.family.pk}
    found = [f"/{ID.sub(lambda one: str(known[one[2]]), route)}" for route, _ in routes() if not _unknown(route, known)]
    opened: Counter[str] = Counter()
    for address in found:
        route = resolve(address).route
        opened[route] += 1
        if opened[route] > OF_ONE_SORT or "sign-out" in address:
            continue
        answer = reader.get(address)
        yield address, answer
        links = re.findall(r'href="(/[a-z][^"#?]*)["#?]', answer.content.decode(errors="replace"))
        found += [link for link in dict.fromkeys(links) if link not in found and not link.startswith("/static/")]


def _unknown(route: str, known: Mapping[str, object]) -> set[str]:
    return {name for _, name in ID.findall(route)} - set(known)


def words_in(page: str) -> set[str]:
    """Which canaries a page shows."""
    folded = page.replace("&#x27;", "'")
    return {what for what, word in CANARIES.items() if word in folded or word.replace(" ", "") in folded}


@pytest.mark.parametrize("name", ["eddie", "esi", "ben", "hana", "hugo", "gita"])
def test_no_page_shows_a_place_of_a_hidden_child_to_anybody_who_is_not_named(placed, visit, everybody, name):
    reader = visit(getattr(everybody, name))
    for person in (placed.ada, placed.kate):
        facts.hide_address(person=person.pk)
    for address, answer in walk(reader, placed):
        assert answer.status_code != 500, address
        assert not words_in(answer.content.decode(errors="replace")), address


def test_the_same_pages_show_every_place_before_it_is_hidden_and_to_whoever_is_named(placed, visit, everybody):
    eddie = visit(everybody.eddie)
    here = [f"{placed.address}{part}" for part in ("", "people/", "team/")]
    before = set().union(*(words_in(eddie.get(address).content.decode()) for address in here))
    assert before >= {"household", "school", "nursery", "family doctor", "health visitor", "phone", "venue"}
    for person in (placed.ada, placed.kate):
        facts.hide_address(person=person.pk)
    assert not set().union(*(words_in(eddie.get(address).content.decode()) for address in here))
    for person in (placed.ada, placed.kate):
        name_somebody(everybody.eddie, person)
    assert set().union(*(words_in(eddie.get(address).content.decode()) for address in here)) == before


NOWHERE = {"place": "9 Elsewhere Row", "phone": "07700 900000"}


@pytest.mark.parametrize("name", ["eddie", "hana", "cleo"])
@pytest.mark.parametrize(
    ("field", "word"), [("place", "address"), ("place", "postcode"), ("phone", "phone")], ids=lambda one: one
)
def test_finding_by_a_hidden_place_is_finding_by_a_place_that_is_nowhere(placed, visit, everybody, name, field, word):
    reader, find = visit(getattr(everybody, name)), reverse("referrals:find")
    for person in (placed.ada, placed.kate):
        facts.hide_address(person=person.pk)
    for named in ({"name": "Ada Marsh"}, {}):
        pages = []
        for typed in (CANARIES[word], NOWHERE[field]):
            answer = reader.send(find, **named, **{field: typed}, purpose=FindPurpose.values[0])
            page = TOKENS.sub("token", answer.content.decode()).replace(typed, "TYPED")
            page = re.sub(r'(?<=href="/why/)[^"/]+', "look", page)
            pages.append((answer.status_code, re.sub(r'(?<=name="idempotency_key" value=")[^"]+', "key", page)))
        assert pages[0] == pages[1], named


def test_the_day_a_child_changes_school_the_old_school_finds_nothing(marsh, visit, everybody):
    roll = {"agency": everybody.quarry_hill.pk, "starts_on": cast.today() - 30 * story.DAY, "practitioner": None}
    facts.involve(people=[marsh.ada.pk], reason=InvolvementReason.ON_ROLL, **roll)
    mine = roll | {"practitioner": everybody.amira.practitioner_id}
    facts.involve(people=[marsh.ada.pk], reason=InvolvementReason.TEAM, **mine)
    amira = visit(everybody.amira)
    assert amira.get(marsh.address).status_code == 200
    moved = {"school": str(everybody.oak_green.pk)} | boxes("from_date", cast.today())
    answer = visit(everybody.eddie).send(f"{marsh.address}people/{marsh.ada.pk}/school/move/", **moved)
    assert answer.status_code == 302, answer.content.decode()
    for part in ("", "people/", "plan/", "team/", "chronology/"):
        assert amira.get(f"{marsh.address}{part}").status_code == 404, part
    assert "Oak Green" not in amira.get(reverse("cases:my_work")).content.decode()
