"""Sharing or withholding an entry of the chronology, and handing a family's records over, through the door."""

from uuid import uuid4

import pytest

from cases.models import Event, EventDetail
from sharing_agreements.models import RecordException
from sharing_agreements.vocabulary import AgencyType, Kind, Role
from tests import cast
from tests.cases.web import story

WHY = "They asked, and need it for the housing panel."
TITLE, TEXT = "Visit to the new flat", "The kitchen has no cooker."


@pytest.fixture
def entry(everybody, marsh):
    """One event, told in two rows of Eddie's agency: for Ada and for Joe."""
    rows, event = [], uuid4()
    for child in (marsh.ada, marsh.joe):
        same = story.written(everybody.eddie, family=marsh.family, person=child)
        row = Event.objects.create(**same, kind=Kind.NOTE, title=TITLE, source_kind="note", event_id=event)
        EventDetail.objects.create(**same, kind=Kind.NOTE, event=row, text=TEXT)
        rows.append(row)
    return rows[0]


def page_of(marsh, entry, verb=""):
    return f"{marsh.address}chronology/{entry.pk}/{verb}"


def until(day=None):
    day = day or cast.today()
    return {"until_day": day.day, "until_month": day.month, "until_year": day.year}


def reads(visitor, marsh):
    page = visitor.get(f"{marsh.address}chronology/")
    return page.content.decode() if page.status_code == 200 else ""


def links(page):
    """Whether the page offers to decide on either line of the event."""
    return any(
        f"/chronology/{one}/{verb}" in page
        for verb in ('"', "share/", "withhold/", "end/")
        for one in Event.objects.filter(title=TITLE).values_list("pk", flat=True)
    )


def shared(visitor):
    return visitor.get("/shared-with-us/").content.decode()


def test_the_owner_shares_an_entry_and_ends_it(everybody, marsh, entry, visit):
    eddie = visit(everybody.eddie)
    housing = visit(cast.post("Hal", everybody.housing, Role.MANAGER))
    assert TITLE not in shared(housing)
    assert links(reads(eddie, marsh))
    share = {"reader": everybody.housing.pk, "level": "summary", "reason": WHY, **until()}
    sent = eddie.send(page_of(marsh, entry, "share/"), **share)
    assert sent.status_code == 302 and sent.url == page_of(marsh, entry)
    shown = shared(housing)
    assert TITLE in shown and TEXT not in shown
    listed = eddie.get(page_of(marsh, entry)).content.decode()
    assert WHY in listed and "Marlbeck Homes" in listed and listed.count("End it") == 1
    assert WHY not in shown
    ended = eddie.send(page_of(marsh, entry, "end/share/"), agency=everybody.housing.pk)
    assert ended.status_code == 302
    assert TITLE not in shared(housing)


def test_the_owner_withholds_an_entry_with_every_line_of_it(everybody, marsh, entry, visit):
    ben = visit(everybody.ben)
    assert TITLE in reads(ben, marsh)
    answers = {"agency": everybody.health.pk, "reason": WHY}
    assert visit(everybody.eddie).send(page_of(marsh, entry, "withhold/"), **answers).status_code == 302
    assert TITLE not in reads(ben, marsh)
    assert visit(everybody.eddie).send(page_of(marsh, entry, "end/withhold/"), agency=everybody.health.pk)
    assert TITLE in reads(ben, marsh)


@pytest.mark.parametrize("verb", ["", "share/", "withhold/"])
def test_a_recipient_and_a_stranger_find_no_way_to_decide(everybody, marsh, entry, visit, verb):
    assert not links(reads(visit(everybody.ben), marsh))
    for post in (everybody.ben, everybody.dev):
        assert visit(post).get(page_of(marsh, entry, verb)).status_code == 404
        answers = {"reader": everybody.housing.pk, "level": "full", "reason": WHY, **until()}
        assert visit(post).send(page_of(marsh, entry, verb), **answers).status_code in {404, 405}
    assert not RecordException.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "asked"}, {"reader": ""}, {"level": ""}, {"until_year": ""}]
)
def test_a_share_without_reason_reader_level_or_day_comes_back(everybody, marsh, entry, visit, wrong):
    cast.post("Hal", everybody.housing, Role.MANAGER)
    answers = {"reader": everybody.housing.pk, "level": "full", "reason": WHY, **until(), **wrong}
    page = visit(everybody.eddie).send(page_of(marsh, entry, "share/"), **answers)
    assert page.status_code == 422
    assert not RecordException.objects.exists()


def test_a_day_that_is_past_and_ones_own_agency_are_refused(everybody, marsh, entry, visit):
    cast.post("Hal", everybody.housing, Role.MANAGER)
    past = cast.yesterday()
    answers = {"reader": everybody.housing.pk, "level": "full", "reason": WHY, **until(past)}
    assert visit(everybody.eddie).send(page_of(marsh, entry, "share/"), **answers).status_code == 422
    own = {"agency": everybody.early_help.pk, "reason": WHY}
    assert visit(everybody.eddie).send(page_of(marsh, entry, "withhold/"), **own).status_code == 422


def test_a_manager_hands_the_records_over_and_takes_them_back(everybody, marsh, entry, visit):
    esi = visit(everybody.esi)
    housing = visit(cast.post("Hal", everybody.housing, Role.MANAGER))
    page = f"{marsh.address}hand-over-records/"
    assert f'href="{page}"' in esi.get(f"{marsh.address}who-can-see/").content.decode()
    answers = {"agency": everybody.housing.pk, "reason": WHY, **until()}
    assert esi.send(page, **answers).status_code == 302
    assert TEXT in reads(housing, marsh)
    assert "Take them back" in esi.get(page).content.decode()
    back = esi.send(f"{marsh.address}take-back-records/", agency=everybody.housing.pk)
    assert back.status_code == 302
    assert TEXT not in reads(housing, marsh)
    assert "Take them back" not in esi.get(page).content.decode()


def test_nobody_but_a_manager_or_coordinator_hands_over(everybody, marsh, visit):
    for post in (everybody.eddie, everybody.ben, everybody.hana, everybody.dev):
        assert visit(post).get(f"{marsh.address}hand-over-records/").status_code == 404


@pytest.fixture
def kite(everybody):
    """A charity with a practitioner and nobody who receives."""
    return cast.agency("Kite Family Support", AgencyType.CHARITY)


@pytest.fixture
def kim(kite):
    return cast.post("Kim", kite, Role.LEAD_PRACTITIONER, title="Family support worker")


def test_an_entry_is_shared_with_one_person_where_nobody_receives(everybody, marsh, entry, kite, kim, visit):
    joss = cast.post("Joss", kite, Role.LEAD_PRACTITIONER)
    eddie, page = visit(everybody.eddie), page_of(marsh, entry, "share/")
    form = eddie.get(page).content.decode()
    assert "Kite Family Support: Kim, Family support worker" in form
    assert f'<option value="{kite.pk}"' not in form and everybody.early_help.name not in form.split("<select")[1]
    answers = {"level": "full", "reason": WHY, **until()}
    assert eddie.send(page, **answers, reader=kite.pk).status_code == 422, "nobody there would read it"
    assert eddie.send(page, **answers, reader=f"{kite.pk}:{kim.practitioner_id}").status_code == 302
    assert TITLE in shared(visit(kim)) and TITLE not in shared(visit(joss))
    listed = eddie.get(page_of(marsh, entry)).content.decode()
    assert "Kite Family Support, Kim" in listed and "End it for everybody there" in listed


def test_an_entry_withheld_from_an_agency_is_not_offered_to_it(everybody, marsh, entry, visit):
    cast.post("Hal", everybody.housing, Role.MANAGER)
    eddie, page = visit(everybody.eddie), page_of(marsh, entry, "share/")
    assert everybody.housing.name in eddie.get(page).content.decode()
    eddie.send(page_of(marsh, entry, "withhold/"), agency=everybody.housing.pk, reason=WHY)
    assert everybody.housing.name not in eddie.get(page).content.decode().split("<select")[1]


def test_records_are_handed_over_only_where_somebody_receives_and_withheld_from_anybody(
    everybody, marsh, entry, kite, kim, visit
):
    cast.post("Hal", everybody.housing, Role.MANAGER)
    page = f"{marsh.address}hand-over-records/"
    form = visit(everybody.esi).get(page).content.decode()
    assert everybody.housing.name in form and kite.name not in form and everybody.oak_green.name not in form
    assert visit(everybody.esi).send(page, agency=kite.pk, reason=WHY, **until()).status_code == 422
    assert kite.name in visit(everybody.eddie).get(page_of(marsh, entry, "withhold/")).content.decode()
