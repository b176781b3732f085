"""Two lines about a known family: to the lead, or to cover, or into a report; and the list of families in touch."""

import re

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from cases.actions import leading
from cases.models import ChildInCase, Event, Flag, LeadNotice, Note, Watch
from cases.queries import quick_notes
from cases.vocabulary import CaseState, NoteKind
from referrals.models import Contact, Draft
from sharing_agreements.actions import facts
from sharing_agreements.models import Clause, Conflict, Disclosure
from sharing_agreements.vocabulary import Kind, Level, Purpose, Stage
from tests import cast
from tests.conftest import as_web
from tests.referrals.noticing import DAY, eyes_and_ears, kept_in_touch_with

pytestmark = pytest.mark.django_db
WORDS = "Ada and mum at the park. Both well, she says mornings are fine."


@pytest.fixture
def home(everybody):
    """Ada Marsh, stepped down a month ago and kept in touch with by Eddie; officers may know that."""
    eyes_and_ears(everybody, purposes=(Purpose.KEEPING_IN_TOUCH,))
    return kept_in_touch_with(everybody)


@pytest.fixture
def visiting(home, request):
    """Gives the site once the test has set its scene: from then on the web login acts."""

    def opened():
        site = request.getfixturevalue("site")

        def come(post):
            client = site()
            client.force_login(post.practitioner)
            return client

        return come

    return opened


@pytest.fixture
def visit(visiting):
    return visiting()


def cover(everybody, home):
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        leading.arrange_cover(
            case=home.case,
            practitioner=everybody.amira.practitioner,
            agency=everybody.quarry_hill,
            starts_on=cast.today(),
            ends_on=cast.today() + 9 * DAY,
            reason="On leave",
            by=everybody.eddie,
            now=timezone.now(),
        )


def there(home):
    return f"/in-touch/{home.case.pk}/note/"


def test_the_list_says_a_name_whom_to_tell_and_until_when_and_nothing_else(everybody, home, visit):
    text = visit(everybody.cleo).get("/in-touch/").content.decode()
    for shown in ("Ada Marsh", "Eddie", "07700 900456", "if worried", there(home)):
        assert shown in text
    for never in ("2018", "Glad of it", home.case.reference, home.case.why, str(home.family.pk)):
        assert never not in text


OFF_THE_LIST = {
    "declined": {"on_lists": False},
    "not told yet": {"family_told_on": cast.tomorrow},
    "over": {"ends_on": cast.yesterday},
    "ended": {"ended_on": cast.today, "ended_answer": "doing_well"},
}


@pytest.mark.parametrize("why", OFF_THE_LIST)
def test_who_declined_was_not_told_or_is_done_is_on_no_list(everybody, home, visiting, why):
    Watch.objects.update(**cast.said_today(OFF_THE_LIST[why]))
    client = visiting()(everybody.cleo)
    assert "Ada Marsh" not in client.get("/in-touch/").content.decode()
    assert client.get(there(home)).status_code == 404


def test_without_an_agreement_nobody_is_on_the_list_and_no_note_can_be_written(everybody, home, visit):
    for stranger in (everybody.dev, everybody.ben):
        client = visit(stranger)
        assert "Ada Marsh" not in client.get("/in-touch/").content.decode()
        assert client.get(there(home)).status_code == 404
        assert client.post(there(home), {"worry": "no", "text": WORDS}).status_code == 404


def test_what_does_not_worry_goes_to_the_lead_and_starts_nothing(everybody, home, visit):
    client = visit(everybody.cleo)
    answer = client.post(there(home), {"worry": "no", "text": WORDS}, follow=True)
    assert "Sent to Eddie." in answer.content.decode()
    text = visit(everybody.eddie).get("/families/my-work/").content.decode()
    assert (
        "Somebody noticed" in text and WORDS in text and "eh-card--red" not in text.split("Somebody noticed")[1][:400]
    )
    assert f"/families/{home.family.pk}/" in text


def test_the_note_is_a_record_of_the_writers_agency_and_no_alarm(everybody, home, visiting):
    visiting()(everybody.cleo).post(there(home), {"worry": "no", "text": WORDS})
    maintenance()
    note = Note.objects.get(note_kind=NoteKind.QUICK)
    assert (note.owner, note.author, note.sent_to) == (
        everybody.police, everybody.cleo.practitioner, everybody.early_help,
    )  # fmt: skip
    assert note.sent_to_practitioner == everybody.eddie.practitioner
    assert not note.worry and note.about == [home.child.pk]
    assert Event.objects.get(source_id=note.pk).owner == everybody.police
    assert not Contact.objects.exists() and not Flag.objects.exists() and not LeadNotice.objects.exists()
    assert Disclosure.objects.filter(what="quick note to the lead", record_ids=[note.pk]).exists()


def maintenance():
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_owner")


def test_cover_gets_it_while_the_lead_is_away(everybody, home, visiting):
    cover(everybody, home)
    visit = visiting()
    text = visit(everybody.cleo).get(there(home)).content.decode()
    assert "Amira, who covers for the lead practitioner" in text
    assert (
        "Sent to Amira."
        in visit(everybody.cleo).post(there(home), {"worry": "no", "text": WORDS}, follow=True).content.decode()
    )
    assert WORDS in visit(everybody.amira).get("/families/my-work/").content.decode()


def test_a_worry_becomes_a_report_with_nothing_typed_again_and_no_note(everybody, home, visiting):
    client = visiting()(everybody.cleo)
    answer = client.post(there(home), {"worry": "yes", "text": WORDS})
    draft = answer.url.split("/")[3]
    assert answer.url == f"/reports/drafts/{draft}/danger/"
    assert WORDS in client.get(f"/reports/drafts/{draft}/account/").content.decode()
    children = client.get(f"/reports/drafts/{draft}/children/").content.decode()
    assert 'value="Ada Marsh"' in children and 'value="2018"' in children
    maintenance()
    assert not Note.objects.exists() and Draft.objects.get().sent_at is None


def test_a_worry_without_words_still_goes_on_and_a_note_without_words_does_not(everybody, home, visit):
    client = visit(everybody.cleo)
    assert client.post(there(home), {"worry": "yes", "text": ""}).url.startswith("/reports/drafts/")
    answer = client.post(there(home), {"worry": "no", "text": ""})
    assert answer.status_code == 422 and "Enter what you saw or heard" in answer.content.decode()
    assert "Say whether anything worries you" in client.post(there(home), {"text": WORDS}).content.decode()


def test_sent_twice_it_is_one_note(everybody, home, visiting):
    client = visiting()(everybody.cleo)
    said = {"worry": "no", "text": WORDS, "idempotency_key": "6d0f1c7e-8a55-4f0e-9d53-0d6a3f6f7a11"}
    for _ in range(2):
        assert client.post(there(home), said).status_code == 302
    maintenance()
    assert Note.objects.count() == 1


def test_hidden_from_an_agency_it_stays_hidden(everybody, home, visiting):
    with connection.cursor() as cursor:
        cursor.execute("update cases_case set hidden_from = %s", [[everybody.quarry_hill.no]])
    visiting()(everybody.cleo).post(there(home), {"worry": "no", "text": WORDS})
    maintenance()
    assert Note.objects.get().hidden_from == [everybody.quarry_hill.no]


def test_a_connection_declared_closes_the_family_on_this_list_too(everybody, home, visiting):
    Conflict.objects.create(
        practitioner=everybody.cleo.practitioner, person=home.child, reason="Neighbour", declared_at=timezone.now()
    )
    client = visiting()(everybody.cleo)
    assert "Ada Marsh" not in client.get("/in-touch/").content.decode()
    assert client.get(there(home)).status_code == 404


TYPED = {"name": "Ada Marsh", "born_day": "2", "born_month": "3", "born_year": "2018", "purpose": "deciding"}


def known(home):
    return f"/known/{home.child.pk}/note/"


@pytest.fixture
def planned(everybody, home):
    """The plan of Ada runs, and officers may know that it is there, and no more."""
    eyes_and_ears(everybody, purposes=(Purpose.REPORTING,))
    ChildInCase.objects.update(state=CaseState.PLAN_ACTIVE)
    facts.set_stage(people=[home.child.pk], stage=Stage.PLAN_OPEN)
    return home


def test_whoever_find_tells_of_a_plan_may_write_to_its_lead_and_reads_no_more(everybody, planned, visiting):
    with as_web(everybody.cleo, Purpose.REPORTING):
        assert quick_notes.children_helped(planned.case.pk) == [], "the case is not theirs to read"
    visit = visiting()
    client = visit(everybody.cleo)
    assert known(planned) in client.post("/find/", TYPED).content.decode()
    page = client.get(known(planned)).content.decode()
    assert "Ada Marsh" in page and "Eddie, lead practitioner" in page
    for never in ("Help with mornings", planned.case.reference, str(planned.case.pk), str(planned.family.pk)):
        assert never not in page
    answer = client.post(known(planned), {"worry": "no", "text": WORDS}, follow=True)
    assert "Sent to Eddie." in answer.content.decode()
    assert WORDS in visit(everybody.eddie).get("/families/my-work/").content.decode()


def test_a_child_they_cannot_name_is_the_one_they_looked_for(everybody, planned, visiting):
    Clause.objects.filter(kind=Kind.IDENTITY, agreement__title="Eyes and ears agreement").update(level=Level.EXISTENCE)
    client = visiting()(everybody.cleo)
    page = client.get(known(planned)).content.decode()
    assert "The child you looked for" in page and "Ada" not in page
    draft = client.post(known(planned), {"worry": "yes", "text": WORDS}).url.split("/")[3]
    assert WORDS in client.get(f"/reports/drafts/{draft}/account/").content.decode()
    assert "Ada" not in client.get(f"/reports/drafts/{draft}/children/").content.decode()
    assert client.post(known(planned), {"worry": "no", "text": WORDS}).status_code == 302
    maintenance()
    assert Note.objects.get(note_kind=NoteKind.QUICK).about == [planned.child.pk]


def test_whoever_works_with_the_family_writes_about_each_of_its_children(everybody, planned, visiting):
    sister = kept_in_touch_with(everybody, given="Zoe")
    ChildInCase.objects.filter(case=sister.case).update(case=planned.case, state=CaseState.PLAN_ACTIVE)
    page = visiting()(everybody.eddie).get(known(planned)).content.decode()
    assert "Who is it about?" in page and "Ada Marsh" in page and "Zoe Marsh" in page
    ticked = re.findall(r'value="([^"]+)"[^>]* checked', page)
    assert ticked == [str(planned.child.pk)], "the one they looked for, and nobody they did not think of"


def test_whom_find_tells_nothing_writes_nothing(everybody, planned, visiting):
    Conflict.objects.create(
        practitioner=everybody.amira.practitioner, person=planned.child, reason="Aunt", declared_at=timezone.now()
    )
    stranger = cast.person()
    visit = visiting()
    for post in (everybody.dev, everybody.ben, everybody.amira):
        client = visit(post)
        assert client.get(known(planned)).status_code == 404
        assert client.post(known(planned), {"worry": "no", "text": WORDS}).status_code == 404
    client = visit(everybody.cleo)
    assert client.get(f"/known/{stranger.pk}/note/").status_code == 404
    maintenance()
    assert not Note.objects.exists()


def test_about_a_child_whom_nobody_helps_any_more_no_note_is_written(everybody, planned, visiting):
    ChildInCase.objects.update(state=CaseState.CLOSED)
    client = visiting()(everybody.cleo)
    assert "/known/" not in client.post("/find/", TYPED).content.decode()
    assert client.get(known(planned)).status_code == 404


def test_pages_follow_one_another(everybody, home, monkeypatch):
    monkeypatch.setattr(quick_notes, "SHOWN", 1)
    other = kept_in_touch_with(everybody, given="Zoe")
    Watch.objects.filter(case=other.case).update(ends_on=cast.today() + 180 * DAY)
    with as_web(everybody.cleo, Purpose.KEEPING_IN_TOUCH):
        first = quick_notes.families_in_touch()
        second = quick_notes.families_in_touch(after=first.later)
    assert [f.case for f in (*first.families, *second.families)] == [home.case.pk, other.case.pk]
    assert first.later and not second.later


def test_find_says_whom_to_ring_to_who_may_know_and_the_neutral_sentence_to_who_may_not(everybody, visiting):
    eyes_and_ears(everybody, purposes=(Purpose.REPORTING,))
    visit = visiting()

    def said(post, **more):
        text = visit(post).post("/find/", TYPED | more).content.decode()
        return text[text.index("What we can show you") : text.index("<p>Give a reference")]

    known = " ".join(said(everybody.cleo).split())
    assert "Helped now: ring Eddie, lead practitioner, on" in known and "07700 900456" in known
    assert "Help with mornings" not in known and "EH-" not in known
    hidden, absent = said(everybody.dev), said(everybody.dev, name="Peregrine Vane")
    assert hidden == absent and "This does not mean the family is not known." in absent


def test_a_search_that_fails_says_so(everybody, visiting, monkeypatch):
    def fails(*_, **__):
        raise DatabaseError

    monkeypatch.setattr("referrals.web.views.finding.helped_in", fails)
    typed = {"name": "Ada Marsh", "born_year": "2018", "purpose": "deciding"}
    text = visiting()(everybody.cleo).post("/find/", typed).content.decode()
    assert "The search failed. Nothing was found and nothing was ruled out." in text
