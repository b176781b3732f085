"""Opening a family in an emergency through the browser's door, the banner, the notice, the review, and conflicts."""

import datetime
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from sharing_agreements import tasks
from sharing_agreements.models import Conflict, Disclosure, EmergencyAccess, EmergencyNotice, Identity, OwedJob
from sharing_agreements.vocabulary import Role
from sharing_agreements.working_time import LONDON
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_worker

pytestmark = pytest.mark.django_db
OPEN = reverse("sharing_agreements:open_emergency")
OWN = reverse("sharing_agreements:own_emergencies")
REVIEW = reverse("sharing_agreements:emergencies")
TREND = reverse("sharing_agreements:emergency_trend")
DECLARE = reverse("sharing_agreements:declare_conflict")
WHY = "Child found alone on Mill Lane; nobody answers at home."
NOTHING = "There is nothing we can show you. This does not mean the family is not known. Ring the hub."
BANNER = "Emergency access until"


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def marsh(everybody):
    return story.marshes(everybody)


def said(name="Ada Marsh", **more):
    day = cast.today().replace(year=cast.today().year - 7, day=1)
    return {"name": name, "born_day": day.day, "born_month": day.month, "born_year": day.year, "reason": WHY, **more}


def address(name, access):
    return reverse(f"sharing_agreements:{name}", args=[access.pk])


def test_a_teacher_opens_a_family_reads_it_and_ends_it_from_the_banner(everybody, marsh):
    teacher = Visitor(everybody.dev)
    assert teacher.get(marsh.address).status_code == 404
    form = teacher.get(OPEN).content.decode()
    assert "four hours" in form and "told at once" in form and "reviews it" in form
    assert BANNER not in form
    opened = teacher.send(OPEN, **said(idempotency_key=uuid4()))
    access = EmergencyAccess.objects.get()
    assert opened.url == address("show_emergency", access)
    page = teacher.get(opened.url).content.decode()
    assert "Ada Marsh" in page and "Joe Marsh" in page and BANNER in page
    family = teacher.get(marsh.address)
    assert family.status_code == 200 and BANNER in family.content.decode()
    assert BANNER in teacher.get("/agreements/").content.decode()
    assert BANNER not in Visitor(everybody.ben).get("/agreements/").content.decode()
    assert teacher.send(address("end_emergency", access)).status_code == 302
    assert teacher.get(marsh.address).status_code == 404
    assert BANNER not in teacher.get(OWN).content.decode()
    assert "Ada Marsh" not in teacher.get(opened.url).content.decode()


def test_after_four_hours_the_next_page_is_closed_and_has_no_banner(everybody, marsh):
    teacher = Visitor(everybody.dev)
    teacher.send(OPEN, **said())
    # an hour, not a second: the database's clock stood still when the test's one transaction began
    EmergencyAccess.objects.update(ends_at=datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1))
    assert teacher.get(marsh.address).status_code == 404
    page = teacher.get(OWN).content.decode()
    assert "It ended by itself" in page and BANNER not in page


def test_nobody_and_somebody_who_stays_closed_are_one_answer(everybody, marsh):
    day = datetime.datetime.now(datetime.UTC)
    for one in (marsh.ada, marsh.joe, marsh.kate, marsh.lee):
        Conflict.objects.create(practitioner=everybody.dev.practitioner, person=one, declared_at=day)
    teacher = Visitor(everybody.dev)
    answers = [teacher.send(OPEN, **said(name)) for name in ("Ada Marsh", "Eda Marsh")]
    first, second = [one.content.decode() for one in answers]
    assert [one.status_code for one in answers] == [422, 422]
    assert NOTHING in first and WHY in first

    def plain(page):
        return [line for line in page.splitlines() if "csrf" not in line and "key" not in line]

    assert plain(first) == plain(second.replace("Eda Marsh", "Ada Marsh"))
    assert not EmergencyAccess.objects.exists()
    outcomes = Disclosure.objects.filter(what="POST sharing_agreements:open_emergency")
    assert set(outcomes.values_list("outcome", flat=True)) == {"nothing_to_show"}


@pytest.mark.parametrize("missing", [{"name": ""}, {"born_year": ""}, {"reason": ""}, {"reason": "urgent"}])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(everybody, marsh, missing):
    page = Visitor(everybody.dev).send(OPEN, **said(**missing))
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert not EmergencyAccess.objects.exists()


def test_sending_the_form_twice_opens_once_and_owes_one_notice(everybody, marsh):
    teacher, key = Visitor(everybody.dev), uuid4()
    first, second = [teacher.send(OPEN, **said(idempotency_key=key)) for _ in range(2)]
    assert first.url == second.url
    access = EmergencyAccess.objects.get()
    owed = OwedJob.objects.get(job="tell_of_emergency")
    assert owed.payload == {"access": str(access.pk)}


def test_governance_leads_of_the_agencies_concerned_are_told_once(everybody, marsh):
    own = cast.post("Olu", everybody.oak_green, Role.GOVERNANCE_LEAD)
    cast.post("Gwen", everybody.police, Role.GOVERNANCE_LEAD)
    Visitor(everybody.dev).send(OPEN, **said())
    owed = OwedJob.objects.get(job="tell_of_emergency")
    for _ in range(2):
        with as_worker("tell_of_emergency"):
            tasks.tell_of_emergency(owed.payload)
    told = set(EmergencyNotice.objects.values_list("practitioner", flat=True))
    assert told == {own.practitioner_id, everybody.gita.practitioner_id}
    assert EmergencyNotice.objects.count() == 2
    assert "You were told" in Visitor(everybody.gita).get(REVIEW).content.decode()


def test_where_an_agency_has_no_governance_lead_its_managers_are_told_and_read_it(everybody, marsh):
    boss = cast.post("Bea", everybody.oak_green, Role.MANAGER)
    cast.post("Mo", everybody.gita.agency, Role.MANAGER)  # its lead, Gita, is told instead
    Visitor(everybody.dev).send(OPEN, **said())
    owed = OwedJob.objects.get(job="tell_of_emergency")
    with as_worker("tell_of_emergency"):
        tasks.tell_of_emergency(owed.payload)
    told = set(EmergencyNotice.objects.values_list("practitioner", flat=True))
    assert told == {boss.practitioner_id, everybody.gita.practitioner_id}
    page = Visitor(boss).get(REVIEW).content.decode()
    assert "You were told" in page and WHY in page and "Review<" not in page
    access = EmergencyAccess.objects.get()
    refused = Visitor(boss).send(address("review_emergency", access), outcome="justified", words="It was right.")
    assert refused.status_code == 404


def test_a_governance_lead_reviews_and_the_practitioner_reads_the_outcome(everybody, marsh):
    teacher, lead = Visitor(everybody.dev), Visitor(everybody.gita)
    teacher.send(OPEN, **said())
    access = EmergencyAccess.objects.get()
    waiting = lead.get(REVIEW).content.decode()
    assert "Waiting for review" in waiting and "Dev, Oak Green Primary" in waiting and WHY in waiting
    assert "Marsh" not in waiting
    page = address("review_emergency", access)
    assert lead.send(page, outcome="", words="").status_code == 422
    assert lead.send(page, outcome="agreement_missing", words="The school should have had it.").status_code == 302
    assert "Justified, and an agreement is missing" in lead.get(REVIEW).content.decode()
    assert "The school should have had it." in teacher.get(OWN).content.decode()


def words(page):
    """The words of a page, in order."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_year_is_told_by_month_by_agency_and_role_by_outcome_and_who_used_it_repeatedly(everybody, marsh):
    lead = Visitor(everybody.gita)
    assert "Nobody has opened a family in an emergency this year." in words(lead.get(TREND))
    for post in (everybody.dev, everybody.dev, everybody.ben):
        Visitor(post).send(OPEN, **said())
    bad, *_ = EmergencyAccess.objects.filter(practitioner=everybody.dev.practitioner)
    lead.send(address("review_emergency", bad), outcome="not_justified", words="There was no danger.")
    long_ago = EmergencyAccess.objects.get(practitioner=everybody.ben.practitioner)
    page = words(lead.get(TREND))
    assert f"{datetime.datetime.now(LONDON):%B %Y} 3 2 0 0 1" in page
    assert "Oak Green Primary, team member 2 1 0 0 1" in page
    assert "Marlbeck Community Health, team member 1 1 0 0 0" in page
    assert "Dev, Oak Green Primary 2 1 " in page and "Ben, Marlbeck" not in page
    EmergencyAccess.objects.filter(pk=long_ago.pk).update(started_at=long_ago.started_at - datetime.timedelta(days=367))
    assert "Marlbeck Community Health" not in words(lead.get(TREND))


def test_the_year_is_for_governance_leads_and_of_what_they_answer_for(everybody, marsh):
    Visitor(everybody.dev).send(OPEN, **said())
    elsewhere = Visitor(cast.post("Gwen", everybody.police, Role.GOVERNANCE_LEAD))
    assert "Oak Green" not in words(elsewhere.get(TREND))
    for post in (everybody.dev, everybody.esi, everybody.hana):
        assert Visitor(post).get(TREND).status_code == 404


def test_those_waiting_come_first(everybody, marsh):
    for post in (everybody.dev, everybody.ben):
        Visitor(post).send(OPEN, **said())
    first = EmergencyAccess.objects.get(practitioner=everybody.dev.practitioner)
    lead = Visitor(everybody.gita)
    lead.send(address("review_emergency", first), outcome="justified", words="It was the right thing.")
    page = lead.get(REVIEW).content.decode()
    assert page.index("Ben, Marlbeck Community Health") < page.index("Dev, Oak Green Primary")


def test_others_find_neither_the_review_nor_somebody_elses_access(everybody, marsh):
    Visitor(everybody.dev).send(OPEN, **said())
    access = EmergencyAccess.objects.get()
    elsewhere = Visitor(cast.post("Gwen", everybody.police, Role.GOVERNANCE_LEAD))
    assert elsewhere.get(address("review_emergency", access)).status_code == 404
    for post in (everybody.ben, everybody.esi):
        assert Visitor(post).get(address("show_emergency", access)).status_code == 404
        assert Visitor(post).send(address("end_emergency", access)).status_code == 404
    assert Visitor(everybody.ben).get(REVIEW).status_code == 404
    assert Visitor(everybody.gita).get(OPEN).status_code == 404


def test_find_offers_it_where_nothing_is_shown(everybody, marsh):
    find = reverse("referrals:find")
    page = Visitor(everybody.dev).send(find, name="Ada Marsh", place="1 Mill Lane", purpose="asked_to_help")
    assert f'href="{OPEN}"' in page.content.decode()


def test_a_declared_connection_closes_the_family_page_and_says_nothing_of_whom(everybody, marsh):
    ben = Visitor(everybody.ben)
    for one in ("Ada Marsh", "Nobody Atall"):
        sent = ben.send(DECLARE, **said(one, reason="She is my sister's child."))
        assert sent.url == f"{DECLARE}?declared=yes"
    page = ben.get(sent.url).content.decode()
    assert "She is my sister&#x27;s child." in page and "Ada" not in page
    assert Conflict.objects.get().person == marsh.ada
    assert "Ada" not in ben.get(marsh.address).content.decode()


@pytest.mark.parametrize("change", ["post", "training"])
def test_an_ended_post_or_training_closes_in_the_same_request(everybody, marsh, change):
    eddie = Visitor(everybody.eddie)
    assert eddie.get(marsh.address).status_code == 200
    yesterday = cast.yesterday()
    if change == "post":
        everybody.eddie.practitioner.posts.update(ends_on=yesterday)
    else:
        everybody.eddie.practitioner.__class__.objects.filter(pk=everybody.eddie.practitioner_id).update(
            trained_until=yesterday
        )
    shut = eddie.get(marsh.address)
    assert shut.status_code == 403
    assert Identity.objects.get(person=marsh.ada).given_name not in shut.content.decode()
