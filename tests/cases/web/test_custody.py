"""An adult of the family is in custody: said, changed and ended on the page of the people, and read by few."""

import datetime

import pytest
from django.urls import reverse

import cases.tasks  # noqa: F401  says what else is asked
from cases import models
from cases.actions import watching
from cases.vocabulary import FlagRule
from sharing_agreements.actions import notifying
from sharing_agreements.vocabulary import Kind
from tests import cast
from tests.cases.web.checks import boxes, comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_worker

DAY = datetime.timedelta(days=1)
MY_WORK, FLAGS = reverse("cases:my_work"), reverse("cases:flags")


def address(marsh):
    return f"{marsh.address}people/custody/"


def answers(marsh, days=12, **more):
    return (
        {"person": str(marsh.lee.pk), "told_by": "probation"}
        | boxes("from_date", cast.today() - 30 * DAY)
        | boxes("release_on", cast.today() + days * DAY)
        | more
    )


@pytest.fixture
def said(marsh, visit, everybody):
    """Eddie says that Lee is in custody for 12 days more."""
    answer = visit(everybody.eddie).send(address(marsh), **answers(marsh))
    assert answer.status_code == 302, answer.content.decode()
    return models.Custody.objects.get()


def change(marsh, custody):
    return f"{marsh.address}custody/{custody.pk}/change/"


def end(marsh, custody):
    return f"{marsh.address}custody/{custody.pk}/end/"


def night():
    with as_worker(watching.JOB):
        watching.sweep(as_of=cast.today(), now=datetime.datetime.now(datetime.UTC))


def test_it_stands_among_the_people_and_in_the_chronology(marsh, visit, everybody, said):
    people = visit(everybody.eddie).get(f"{marsh.address}people/").content.decode()
    assert "Release in 12 days" in people
    assert "told by probation" in people
    assert "In custody" in visit(everybody.eddie).get(f"{marsh.address}chronology/").content.decode()
    event = models.Event.objects.get(source_id=said.pk)
    assert (event.kind, event.about, event.sent_to_id) == (Kind.JUSTICE, [marsh.lee.pk], None)
    assert (said.kind, said.sent_to_id) == (Kind.JUSTICE, None)


def test_the_lead_is_told_in_my_work_and_among_the_flags(marsh, visit, everybody, said):
    night()
    eddie = visit(everybody.eddie)
    for page in (MY_WORK, FLAGS):
        assert "Release in 12 days" in eddie.get(page).content.decode(), page


def test_a_team_member_whose_agreement_opens_no_prison_records_reads_nothing_of_it(marsh, visit, everybody, said):
    night()
    ben = visit(everybody.ben)
    for page in (marsh.address, f"{marsh.address}people/", f"{marsh.address}chronology/", FLAGS, MY_WORK):
        told = ben.get(page).content.decode()
        assert "In custody" not in told, page
        assert "Release in" not in told, page
    is_not_there_for(ben, change(marsh, said), {"told_by": "me"})


def test_no_page_of_the_family_names_it_on_the_strip_or_beside_the_name(marsh, visit, everybody, said):
    """It is a day to be ready for, and no label: the page that opens the family says nothing of it."""
    page = visit(everybody.eddie).get(marsh.address).content.decode()
    assert "custody" not in page.split("Changed since")[0].lower().split("<h2", 1)[0]


def waits_for(post):
    with as_worker(notifying.TELL):
        return post.practitioner_id in dict(notifying.what_waits(cast.today()))


def test_an_email_goes_to_a_lead_who_may_open_it_and_to_no_other(marsh, visit, everybody, said):
    models.Action.objects.all().delete()
    night()
    models.Flag.objects.exclude(rule=FlagRule.RELEASE_DUE).delete()
    assert waits_for(everybody.eddie)
    models.Flag.objects.update(owner=everybody.health)
    assert not waits_for(everybody.eddie)


def test_another_day_moves_it_and_the_chronology_keeps_both(marsh, visit, everybody, said):
    night()
    eddie = visit(everybody.eddie)
    later = {"version": "1", "told_by": "Kate"} | boxes("release_on", cast.today() + 60 * DAY)
    assert eddie.send(change(marsh, said), **later).status_code == 302
    night()
    assert not models.Flag.objects.filter(rule=FlagRule.RELEASE_DUE, cleared_at=None).exists()
    titles = list(
        models.Event.objects.filter(source_id=said.pk).order_by("recorded_at").values_list("title", flat=True)
    )
    assert titles[0] == "In custody"
    assert titles[1].startswith("Release from custody expected on ")
    said.refresh_from_db()
    assert (said.told_by, said.from_date) == ("Kate", None)


def test_a_day_may_be_not_known(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    unknown = {"person": str(marsh.kate.pk), "told_by": "her mother"}
    assert eddie.send(address(marsh), **unknown).status_code == 302
    assert "The day is not known" in eddie.get(f"{marsh.address}people/").content.decode()


def test_the_release_ends_it(marsh, visit, everybody, said):
    night()
    eddie = visit(everybody.eddie)
    out = {"version": "1", "ended_as": "released"} | boxes("on", cast.today())
    assert eddie.send(end(marsh, said), **out).status_code == 302
    night()
    assert "Release in" not in eddie.get(MY_WORK).content.decode()
    assert "In custody</h2>" not in eddie.get(f"{marsh.address}people/").content.decode()
    assert "Released from custody" in eddie.get(f"{marsh.address}chronology/").content.decode()
    assert eddie.send(change(marsh, said), version="2", told_by="me").status_code == 409


def test_a_mistake_is_said_and_stays_said(marsh, visit, everybody, said):
    eddie = visit(everybody.eddie)
    out = {"version": "1", "ended_as": "mistake"} | boxes("on", cast.today())
    assert eddie.send(end(marsh, said), **out).status_code == 302
    assert "recorded by mistake" in eddie.get(f"{marsh.address}chronology/").content.decode()


def test_a_stale_save_shows_both_versions(marsh, visit, everybody, said):
    models.Custody.objects.filter(pk=said.pk).update(version=2, told_by="the prison")
    page = comes_back(visit(everybody.eddie), change(marsh, said), {"version": "1", "told_by": "me"}, "Compare")
    assert "the prison" in page


def test_a_release_before_it_began_comes_back(marsh, visit, everybody):
    comes_back(visit(everybody.eddie), address(marsh), answers(marsh, days=-60), "must be after custody began")


def test_only_adults_are_offered(marsh, visit, everybody):
    page = visit(everybody.eddie).get(address(marsh)).content.decode()
    assert str(marsh.lee.pk) in page
    assert str(marsh.ada.pk) not in page


def test_where_there_is_no_adult_or_no_second_person_the_page_says_so_and_asks_nothing(marsh, visit, everybody):
    """The question without an answer was met on a walk: a lead who sees one unborn child of a family."""
    eddie = visit(everybody.eddie)
    apart = f"{marsh.address}people/keep-apart/"
    sentence = "You may see too few people of this family to do this."
    for place in (address(marsh), apart):
        assert sentence not in eddie.get(place).content.decode()
    for rows in (models.FamilyMember.objects, models.ChildInCase.objects):
        rows.exclude(person=marsh.ada).delete()
    for place, asked in ((address(marsh), "Who is in custody?"), (apart, "Kept apart from whom")):
        page = eddie.get(place).content.decode()
        assert sentence in page, place
        assert asked not in page


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody, said):
    is_not_there_for(visit(everybody.dev), address(marsh), answers(marsh))
    is_not_there_for(visit(everybody.dev), change(marsh, said), {"told_by": "me"})
    is_not_there_for(visit(everybody.dev), end(marsh, said), {"ended_as": "released"})


def test_it_is_not_done_once_the_work_has_ended(marsh, visit, everybody):
    models.ChildInCase.objects.update(state="closed")
    assert visit(everybody.eddie).send(address(marsh), **answers(marsh)).status_code == 409


def test_it_takes_no_other_method(marsh, visit, everybody, said):
    for where in (address(marsh), change(marsh, said), end(marsh, said)):
        takes_no_other_method(visit(everybody.eddie), where)
