"""A copy for one person of the family: read first, kept as handed over; and what they disagree with stays beside."""

import sys
from types import SimpleNamespace

import pytest

from cases import models
from cases.web.views import family_copies as views
from sharing_agreements.actions import facts
from sharing_agreements.models import Disclosure
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method


@pytest.fixture
def plain(marsh):
    """The Marshes without anybody kept apart or not safe to tell, so that a copy may say most."""
    models.KeepApart.objects.all().delete()
    models.NotSafeToTell.objects.all().delete()
    return marsh


def address(marsh, person):
    return f"{marsh.address}copies/for/{person.pk}/"


def answers(page, **more):
    mark = page.split('name="mark" value="')[1].split('"')[0]
    return {"mark": mark, "way": "in_person", "has_read": "on"} | more


def hand_over(marsh, visit, everybody, person, **more):
    eddie = visit(everybody.eddie)
    page = eddie.get(address(marsh, person)).content.decode()
    answer = eddie.send(address(marsh, person), **answers(page, **more))
    assert answer.status_code == 302, answer.content.decode()
    return page, answer.url


def test_what_is_kept_is_what_was_read_and_handing_it_over_is_logged(plain, visit, everybody):
    read, kept = hand_over(plain, visit, everybody, plain.kate)
    copy = models.FamilyCopy.objects.get()
    assert (copy.person, copy.way) == (plain.kate, "in_person")
    page = visit(everybody.eddie).get(kept).content.decode()
    for _, text in copy.lines:
        assert story_words(text) in read and story_words(text) in page
    for words in (
        "Ada misses a day of school a week",
        "Ada is in school every day",
        "Eddie, Marlbeck Early Help, leads the work with you",
        "If you disagree",
    ):
        assert words in page, words
    assert Disclosure.objects.filter(what="a copy for the family").exists()
    listed = visit(everybody.eddie).get(f"{plain.address}copies/").content.decode()
    assert "Kate Marsh" in listed and "Given to them in person" in listed


def story_words(text):
    return text.replace("'", "&#x27;")


def test_nothing_of_what_a_copy_never_holds_is_in_it(plain, visit, everybody):
    """Notes, a child's words, staff safety, history, another adult, reviews' words: none of it."""
    models.Need.objects.update(title="Lee stays away")
    page, _ = hand_over(plain, visit, everybody, plain.kate)
    told = " ".join(text for _, text in models.FamilyCopy.objects.get().lines)
    for words in (
        "I like it when Mum sings",
        "Two large dogs",
        "Visited at home",
        "Mornings are calmer",
        "Lee",
        "From Oak Green",
        "07700",
        "Mostly on Mondays",
        "Kate asked for help",
    ):
        assert words not in told, words
    assert "It names somebody else" in page


def test_a_child_reads_of_themselves_alone(plain, visit, everybody):
    _, _ = hand_over(plain, visit, everybody, plain.ada)
    told = " ".join(text for _, text in models.FamilyCopy.objects.get().lines)
    assert "Ada misses a day of school a week" in told and "Weigh Joe" not in told


def test_an_adult_without_responsibility_reads_nothing_of_the_children(plain, visit, everybody):
    hand_over(plain, visit, everybody, plain.lee)
    told = " ".join(text for _, text in models.FamilyCopy.objects.get().lines)
    assert "Ada" not in told and "Joe" not in told


def test_where_somebody_is_kept_apart_no_agency_and_no_child_shows(marsh, visit, everybody):
    models.NotSafeToTell.objects.all().delete()
    hand_over(marsh, visit, everybody, marsh.lee)
    told = " ".join(text for _, text in models.FamilyCopy.objects.get().lines)
    for words in ("Ada", "Joe", "Kate", "Quarry Hill", "Community Health", "Ben"):
        assert words not in told, words


def test_where_an_address_is_hidden_no_place_shows(plain, visit, everybody):
    facts.hide_address(person=plain.ada.pk)
    models.Need.objects.update(title="Walk to Quarry Hill Primary")
    models.Action.objects.filter(person=plain.ada).update(title="Meet at QG1 7XX")
    page, _ = hand_over(plain, visit, everybody, plain.kate)
    told = " ".join(text for _, text in models.FamilyCopy.objects.get().lines)
    for words in ("Quarry Hill", "QG1", "Community Health", "Marlbeck Early Help"):
        assert words not in told, words
    assert "It may tell where somebody is" in page


def test_nobody_who_is_not_safe_to_tell_gets_a_copy(marsh, visit, everybody):
    eddie = visit(everybody.eddie)
    assert eddie.get(address(marsh, marsh.lee)).status_code == 409
    assert eddie.send(address(marsh, marsh.lee), way="post").status_code == 409
    assert "not safe to tell. No copy." in eddie.get(f"{marsh.address}copies/").content.decode()


def test_it_is_handed_over_only_when_somebody_has_read_it_as_it_is_now(plain, visit, everybody):
    eddie = visit(everybody.eddie)
    page = eddie.get(address(plain, plain.kate)).content.decode()
    unread = answers(page)
    del unread["has_read"]
    comes_back(eddie, address(plain, plain.kate), unread, "Read the copy first")
    models.Need.objects.update(title="Ada sleeps through")
    again = comes_back(eddie, address(plain, plain.kate), answers(page), "The copy has changed since you read it")
    assert "Ada sleeps through" in again and not models.FamilyCopy.objects.exists()
    assert eddie.send(address(plain, plain.kate), **answers(again)).status_code == 302


def test_what_is_ticked_is_left_out(plain, visit, everybody):
    hand_over(plain, visit, everybody, plain.kate, leave_out=["0"])
    assert not any("leads the work" in text for _, text in models.FamilyCopy.objects.get().lines)


def test_copies_are_the_leads_to_hand_over_and_not_there_for_a_stranger(plain, visit, everybody):
    assert visit(everybody.ben).get(address(plain, plain.kate)).status_code == 409
    is_not_there_for(visit(everybody.dev), address(plain, plain.kate), {})
    assert visit(everybody.dev).get(f"{plain.address}copies/").status_code == 404
    assert visit(everybody.eddie).get(f"{plain.address}copies/for/{plain.case.pk}/").status_code == 404
    _, kept = hand_over(plain, visit, everybody, plain.kate)
    assert visit(everybody.dev).get(kept).status_code == 404
    for place in (address(plain, plain.kate), f"{plain.address}copies/", kept):
        takes_no_other_method(visit(everybody.eddie), place)


def test_it_is_a_pdf_where_the_site_can_make_one(plain, visit, everybody, monkeypatch):
    _, kept = hand_over(plain, visit, everybody, plain.kate)
    made = []

    class Html:
        def __init__(self, *, string, url_fetcher):
            made.append(string)

        def write_pdf(self, **_):
            return b"%PDF-1.7"

    fake = SimpleNamespace(HTML=Html, CSS=lambda **_: None)
    monkeypatch.setitem(sys.modules, "weasyprint", fake)
    monkeypatch.setattr(views, "PAPER", False)
    assert visit(everybody.eddie).get(f"{kept}print/").status_code == 404
    monkeypatch.setattr(views, "PAPER", True)
    answer = visit(everybody.eddie).get(f"{kept}print/")
    assert (answer.headers["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.7")
    assert "Ada misses a day of school a week" in made[0] and "If you disagree" in made[0]


def disagrees(marsh, **more):
    return {"person": str(marsh.kate.pk), "against": "written", "words": "I never missed a Monday."} | more


def test_what_the_family_says_is_wrong_stands_beside_the_plan_and_in_their_copy(plain, visit, everybody):
    eddie, ben = visit(everybody.eddie), visit(everybody.ben)
    record = f"{plain.address}objections/record/"
    comes_back(ben, record, disagrees(plain, words=""), "Write what they say")
    assert ben.send(record, **disagrees(plain)).status_code == 302
    assert "I never missed a Monday." in eddie.get(f"{plain.address}plan/").content.decode()
    assert "Disagrees: something written about us" in eddie.get(f"{plain.address}chronology/").content.decode()
    row = models.Objection.objects.get()
    answer = f"{plain.address}objections/{row.pk}/answer/"
    assert ben.send(answer, answer="No", version="1").status_code == 409
    comes_back(eddie, answer, {"answer": "", "version": "1"}, "Write what was answered")
    assert eddie.send(answer, answer="We put it right.", version="1").status_code == 302
    stale = comes_back(eddie, answer, {"answer": "Something else", "version": "1"}, "Somebody changed this")
    assert "We put it right." in stale and "Something else" in stale
    hand_over(plain, visit, everybody, plain.kate)
    told = " ".join(text for _, text in models.FamilyCopy.objects.get().lines)
    assert "I never missed a Monday." in told and "We answered: We put it right." in told
    for place, said in ((record, disagrees(plain)), (answer, {"answer": "x"})):
        is_not_there_for(visit(everybody.dev), place, said)
        takes_no_other_method(eddie, place)


def test_what_one_says_is_in_no_other_copy(plain, visit, everybody):
    visit(everybody.ben).send(f"{plain.address}objections/record/", **disagrees(plain))
    hand_over(plain, visit, everybody, plain.lee)
    assert "I never missed" not in str(models.FamilyCopy.objects.get().lines)


def test_the_plan_says_nothing_where_nobody_disagrees(marsh, visit, everybody):
    page = visit(everybody.eddie).get(f"{marsh.address}plan/").content.decode()
    assert "What the family disagrees with" not in page
