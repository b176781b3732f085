"""Add a note: kept with how each child was seen and what they said; a worry goes on to a report."""

import datetime

from django.urls import reverse

from cases.models import ChildSeen, ChildWords, Note
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method

DAY = datetime.timedelta(days=1)
MY_WORK = reverse("cases:my_work")


def address(marsh):
    return marsh.address + "notes/add/"


def answers(marsh, **more):
    said = {
        "worry": "no",
        "note_kind": "home_visit",
        "people": [str(marsh.ada.pk), str(marsh.joe.pk)],
        "headline": "Breakfast before school now",
        "text": "Kate has a list on the fridge.",
        f"seen_{marsh.ada.pk}": "alone",
        f"words_{marsh.ada.pk}": "I made toast.",
    }
    return said | boxes("happened_on", cast.today()) | more


def test_a_note_is_kept_with_how_each_child_was_seen(marsh, visit, everybody):
    before = Note.objects.count()
    answer = visit(everybody.ben).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    assert Note.objects.count() == before + 1
    note = Note.objects.get(headline="Breakfast before school now")
    assert [seen.person_id for seen in ChildSeen.objects.filter(note=note)] == [marsh.ada.pk]
    assert ChildWords.objects.get(note=note).words == "I made toast."


def test_the_same_page_sent_twice_keeps_one_note(marsh, visit, everybody):
    said = answers(marsh, idempotency_key="5f8b7a30-1111-4222-8333-944444444444")
    ben = visit(everybody.ben)
    first, second = ben.send(address(marsh), **said), ben.send(address(marsh), **said)
    assert first.url == second.url
    assert Note.objects.filter(headline="Breakfast before school now").count() == 1


def test_a_worry_about_safety_goes_on_to_a_report(marsh, visit, everybody):
    answer = visit(everybody.ben).send(address(marsh), **answers(marsh, worry="yes"))
    note = Note.objects.get(headline="Breakfast before school now")
    assert str(note.pk) in answer.url
    report = answer.url.removesuffix("danger/")
    ben = visit(everybody.ben)
    assert ben.get(answer.url).status_code == 200
    account = ben.get(f"{report}account/").content.decode()
    for words in ("Breakfast before school now", "Kate has a list on the fridge.", "I made toast."):
        assert words in account
    children = ben.get(f"{report}children/").content.decode()
    assert "Ada Marsh" in children and "Joe Marsh" in children


def test_a_worry_on_a_note_is_new_for_the_lead_at_once(marsh, visit, everybody):
    visit(everybody.ben).send(address(marsh), **answers(marsh, worry="yes"))
    assert "new record" in visit(everybody.eddie).get("/families/my-work/").content.decode()


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))


def test_nothing_typed_is_lost_when_an_answer_is_missing(marsh, visit, everybody):
    said = answers(marsh, headline="")
    page = comes_back(visit(everybody.ben), address(marsh), said, "Enter in one line")
    assert "Kate has a list on the fridge." in page
    assert "I made toast." in page


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.ben), address(marsh))


def decision(marsh, due, **more):
    return answers(marsh, note_kind="management", headline="Ring the landlord", **more) | (
        boxes("due_on", due) if due else {}
    )


def test_a_management_decision_has_a_day_and_stands_on_the_leads_list_until_the_next(marsh, visit, everybody):
    esi, eddie = visit(everybody.esi), visit(everybody.eddie)
    soon, later = cast.today() + 3 * DAY, cast.today() + 30 * DAY
    assert esi.send(address(marsh), **decision(marsh, soon)).status_code == 302
    assert Note.objects.get(headline="Ring the landlord").due_on == soon
    for visitor in (eddie, esi):
        page = visitor.get(MY_WORK).content.decode()
        assert "Decided, and due" in page and "Management decision: Ring the landlord, by" in page
    assert esi.send(address(marsh), **decision(marsh, later) | {"headline": "Ask again"}).status_code == 302
    assert "Decided, and due" not in eddie.get(MY_WORK).content.decode()
    assert "Decided, and due" not in visit(everybody.ben).get(MY_WORK).content.decode()


def test_a_decision_without_a_day_comes_back_and_another_note_keeps_none(marsh, visit, everybody):
    comes_back(visit(everybody.esi), address(marsh), decision(marsh, None), "Enter the day by which it is done")
    said = answers(marsh, headline="A visit") | boxes("due_on", cast.today())
    assert visit(everybody.esi).send(address(marsh), **said).status_code == 302
    assert Note.objects.get(headline="A visit").due_on is None
