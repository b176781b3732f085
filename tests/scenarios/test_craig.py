"""One child's history, known in pieces to fourteen agencies and to none as a whole: what each of them sees of it."""

import datetime
import html
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from cases.models import Event, EventDetail, FamilyMember
from earlyhelp.importing.words import KINDS
from sharing_agreements import queries as ground
from sharing_agreements.models import Agency, Identity, Post
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Precision, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.scenarios import histories

pytestmark = pytest.mark.django_db
UNTIL_THE_RAILWAY = 27
"""The last event before the children were taken into care: June 2008."""
SEEN_BY_THEN = {"POL": 9, "CSC": 9, "HEA": 8, "SCH": 6, "PRI": 5, "BTP": 1, "YOS": 1, "HOU": 1}
NAMES = {row["code"]: row["agency"] for row in histories.read(histories.CRAIG, "agencies.csv")}
EVENTS = histories.read(histories.CRAIG, "events.csv")


@pytest.fixture
def hub() -> Agency:
    council = cast.agency("Marlbeck Council", AgencyType.EARLY_HELP)
    return cast.agency("Marlbeck MASH", AgencyType.HUB, host=council, controller="Marlbeck Council")


@pytest.fixture
def whole(hub: Agency) -> None:
    histories.load(histories.CRAIG)


@pytest.fixture
def to_june_2008(hub: Agency, tmp_path: Path) -> None:
    histories.load(histories.copy(tmp_path / "craig", until=UNTIL_THE_RAILWAY))


@pytest.fixture
def visit() -> Callable[[Post], Visitor]:
    return Visitor


def manager(code: str) -> Post:
    """Somebody who sees all that this agency holds itself."""
    return cast.post(f"Manager {code}", Agency.objects.get(name=NAMES[code]), Role.MANAGER)


def decision_maker(hub: Agency) -> Post:
    """Hana, to whom every agency of the history has signed to show what it holds."""
    others = list(Agency.objects.filter(name__in=NAMES.values()))
    kinds = {Kind.IDENTITY, Kind.HOUSEHOLD}
    cast.agreement(
        hub,
        *others,
        purposes=[Purpose.TRIAGE],
        clauses=[
            {
                "provider_agency": other,
                "recipient_type": AgencyType.HUB,
                "recipient_roles": [Role.DECISION_MAKER],
                "kind": kind,
                "level": Level.FULL,
                "needs_involvement": False,
            }
            for other in others
            for kind in sorted(kinds | {KINDS[AgencyType(other.type)]})
        ],
    )
    return cast.post("Hana", hub, Role.DECISION_MAKER)


def happenings(post: Post, purpose: Purpose) -> dict[int, list[Event]]:
    """Every account this reader may see, by the number of the event in the file, in the order of the chronology."""
    family = histories.family()
    numbers = {event.pk: number for number, event in histories.numbered()}
    with as_web(post, purpose):
        rows = Event.objects.visible().filter(family_id=family).order_by("happened_on", "id").select_related("owner")
        found: dict[int, list[Event]] = {}
        for row in rows:
            found.setdefault(numbers[row.pk], []).append(row)
    return found


def knowers(row: dict[str, str]) -> set[tuple[str, bool]]:
    """Agency and whether it is stated, as a row of the file says."""
    stated = {(code, True) for code in row["known_to"].split("; ") if code}
    return stated | {(code, False) for code in row["inferred_known_to"].split("; ") if code}


@pytest.mark.usefixtures("whole")
def test_every_event_appears_once_in_date_order_with_its_date_as_far_as_it_is_known(hub):
    seen = happenings(decision_maker(hub), Purpose.TRIAGE)
    assert list(seen) == [int(row["seq"]) for row in EVENTS]
    for row in EVENTS:
        accounts = seen[int(row["seq"])]
        assert {(e.happened_on, e.precision) for e in accounts} == {(histories.day(row["month"]), Precision.MONTH)}
        assert len({e.event_id for e in accounts}) == 1


@pytest.mark.usefixtures("whole")
def test_an_event_has_one_account_per_knowing_agency_and_named_person_stated_or_inferred_as_the_file_says(hub):
    seen = happenings(decision_maker(hub), Purpose.TRIAGE)
    codes = {name: code for code, name in NAMES.items()}
    for row in EVENTS:
        accounts = seen[int(row["seq"])]
        people = [name for name in row["people"].split("; ") if not name.endswith("(not named)")]
        expected = knowers(row) or {("hub", True)}
        assert Counter((codes.get(e.owner.name, "hub"), e.stated) for e in accounts) == dict.fromkeys(
            expected, len(people)
        )
        assert len({e.person_id for e in accounts}) == len(people)


@pytest.mark.usefixtures("whole")
def test_a_headline_says_what_sort_of_thing_happened_and_only_the_full_text_says_who():
    titles = {event.title for event in Event.objects.all()}
    names = [row["name"] for row in histories.read(histories.CRAIG, "people.csv")]
    assert not [title for title in titles for name in names if name in title]
    texts = {detail.event.event_id: detail.text for detail in EventDetail.objects.select_related("event")}
    assert {text.split("\n\nBasis: ")[0] for text in texts.values()} == {row["event"] for row in EVENTS}
    assert sum("source disagrees with itself" in text for text in texts.values()) == 1


@pytest.mark.usefixtures("whole")
def test_people_the_source_does_not_name_stay_words():
    told = {event.people_named for event in Event.objects.all()}
    assert told == {"", "three younger children (not named)"}


@pytest.mark.usefixtures("whole")
def test_each_agency_knows_the_people_of_its_own_events_with_births_as_far_as_they_are_known():
    assert set(Event.objects.values_list("owner__name", "person_id")) <= set(
        Identity.objects.values_list("owner__name", "person_id")
    )
    births = set(Identity.objects.values_list("given_name", "born_on", "born_precision"))
    assert ("Craig", datetime.date(1997, 5, 14), Precision.DAY) in births
    assert ("David", datetime.date(1995, 12, 1), Precision.MONTH) in births
    assert ("Ron", datetime.date(1964, 1, 1), Precision.YEAR) in births
    assert ("Kate's new partner", None, Precision.UNKNOWN) in births
    assert FamilyMember.objects.count() == Identity.objects.count()


@pytest.mark.usefixtures("whole")
def test_facts_are_true_after_a_load():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from gate.wrong_facts()")
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("to_june_2008")
def test_twenty_seven_events_exist():
    assert {number for number, _ in histories.numbered()} == set(range(1, 28))


@pytest.mark.usefixtures("to_june_2008")
@pytest.mark.parametrize(("code", "events"), SEEN_BY_THEN.items())
def test_without_agreements_an_agency_sees_its_own_events_and_never_more_than_a_third(code, events):
    seen = happenings(manager(code), Purpose.EARLY_HELP)
    assert len(seen) == events <= UNTIL_THE_RAILWAY / 3
    assert set(seen) == {int(row["seq"]) for row in EVENTS[:27] if code in {known for known, _ in knowers(row)}}
    assert {event.owner.name for accounts in seen.values() for event in accounts} == {NAMES[code]}


@pytest.mark.usefixtures("to_june_2008")
def test_without_agreements_an_agency_reads_neither_texts_nor_names_of_another():
    police = manager("POL")
    with as_web(police, Purpose.EARLY_HELP):
        for model in (Event, EventDetail, Identity, FamilyMember):
            assert set(model.objects.values_list("owner_id", flat=True)) == {police.agency_id}


@pytest.mark.usefixtures("to_june_2008")
def test_an_event_nobody_knew_of_is_its_importers_alone(hub):
    post = cast.post("Hugo", hub, Role.DECISION_MAKER)
    assert set(happenings(post, Purpose.TRIAGE)) == {2}
    others = [manager(code) for code in NAMES]
    assert not [other for other in others if 2 in happenings(other, Purpose.EARLY_HELP)]


@pytest.mark.usefixtures("to_june_2008")
def test_with_signed_agreements_the_hub_sees_every_event_of_every_agency(hub):
    seen = happenings(decision_maker(hub), Purpose.TRIAGE)
    assert list(seen) == list(range(1, 28))


@pytest.mark.usefixtures("to_june_2008")
def test_the_hub_is_told_which_eight_agencies_hold_something_with_first_and_last_month(hub):
    hana = decision_maker(hub)
    people = set(Event.objects.values_list("person_id", flat=True))
    agencies = {agency.no: agency.name for agency in Agency.objects.exclude(pk=hub.pk)}
    with as_web(hana, Purpose.TRIAGE):
        held = [one for one in ground.who_holds(people) if one.agency_no in agencies]
    months: dict[str, tuple[datetime.date, datetime.date]] = {}
    for one in held:
        first, last = months.get(agencies[one.agency_no], (one.first_month, one.last_month))
        months[agencies[one.agency_no]] = (min(first, one.first_month), max(last, one.last_month))
    expected = {}
    for code in SEEN_BY_THEN:
        known = [histories.day(row["month"]) for row in EVENTS[:27] if code in {who for who, _ in knowers(row)}]
        expected[NAMES[code]] = (known[0], known[-1])
    assert months == expected


def entries(page: str) -> list[str]:
    """The happenings of a chronology page, each as the words on it."""
    found = re.findall(r'<li class="eh-timeline__item.*?</li>', page, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in found]


def chronology_of(hub: Agency, visit: Callable[[Post], Visitor]) -> list[str]:
    """What the hub's decision-maker reads on the first page of the family's chronology, which has no further one."""
    address = reverse("cases:show_chronology", args=[histories.family()])
    answer = visit(decision_maker(hub)).get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Older" not in page
    return entries(page)


def in_words(row: dict[str, str]) -> str:
    """The month of an event as the page says it."""
    return say(histories.day(row["month"]), Precision.MONTH)


@pytest.mark.usefixtures("whole")
def test_the_chronology_page_shows_every_event_once_newest_first_with_months_marked_as_such(hub, visit):
    told = chronology_of(hub, visit)
    assert len(told) == 47
    for words, row in zip(told, reversed(EVENTS), strict=True):
        assert words.startswith(in_words(row)), row["seq"]
        assert words.count(row["event"]) == 1, row["seq"]
        for code, stated in knowers(row):
            assert f"{NAMES[code]}: imported history{'' if stated else ' (inferred, not stated)'}" in words
    assert "three younger children (not named)" in told[47 - 13]


@pytest.mark.usefixtures("to_june_2008")
def test_the_hub_reads_all_shareable_events_to_june_2008_on_one_page(hub, visit):
    told = chronology_of(hub, visit)
    assert [words.split(":")[0] for words in told] == [in_words(row) for row in reversed(EVENTS[:27])]


@pytest.mark.usefixtures("to_june_2008")
def test_the_chronology_page_of_one_agency_without_agreements_has_its_own_events_only(visit):
    address = reverse("cases:show_chronology", args=[histories.family()])
    page = visit(manager("POL")).get(address).content.decode()
    assert len(entries(page)) == SEEN_BY_THEN["POL"]
    assert not [name for code, name in NAMES.items() if code != "POL" and name in page]
