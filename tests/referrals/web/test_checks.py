"""Agency checks on the screens: the hub opens, asks and chases; the agency finds the question and answers it."""

import datetime
import re

import pytest
from django.urls import reverse

from referrals.models import AgencyCheck, CheckAnswer, ReleaseRefusal, ReleaseRequest
from referrals.queries.checks import releases_refused
from sharing_agreements.actions import facts
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import AgencyType, Precision, Purpose, Role
from tests import cast
from tests.conftest import as_web
from tests.referrals.arriving import arrive
from tests.referrals.checking import answer, ask, grade, open_checks

pytestmark = pytest.mark.django_db
WORK = reverse("cases:my_work")
AN_HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def as_post(site):
    def open_as(post):
        client = site()
        client.force_login(post.practitioner)
        return client

    return open_as


@pytest.fixture
def hetty(everybody):
    return cast.post("Hetty", everybody.health, Role.MANAGER)


@pytest.fixture
def contact(everybody, hetty):
    made = arrive(everybody.cleo, everybody.hub)
    grade(made, everybody.hana)
    return made


@pytest.fixture
def mona(everybody):
    return cast.post("Mona", everybody.hub, Role.MANAGER)


@pytest.fixture
def hal(everybody):
    return cast.post("Hal", everybody.health, Role.COORDINATOR)


@pytest.fixture
def schools(everybody):
    """Five more agencies that can be asked."""
    for number in range(5):
        cast.post(f"Manager{number}", cast.agency(f"School {number}", AgencyType.SCHOOL), Role.MANAGER)


@pytest.fixture
def opened(everybody, contact):
    open_checks(contact, everybody.hugo)
    contact.refresh_from_db()
    return contact


@pytest.fixture
def answered(asked, hetty):
    return answer(asked, hetty)


@pytest.fixture
def asked(everybody, contact):
    open_checks(contact, everybody.hugo)
    (check,) = ask(contact, everybody.hugo, everybody.health)
    return check


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def late(check):
    AgencyCheck.objects.filter(pk=check.pk).update(due_at=check.asked_at - AN_HOUR)


def test_the_hub_records_the_familys_answer_then_asks_and_the_agency_finds_it(everybody, contact, hetty, as_post):
    hugo, page = as_post(everybody.hugo), f"/contacts/{contact.pk}/"
    assert "Nobody is asked before you record what the family said" in text_of(hugo, page)
    assert hugo.get(f"{page}ask-agencies/").status_code == 409
    said = {"state": "agreed", "said_by": "Mother, by phone", "version": contact.version}
    assert hugo.post(f"{page}family-answer/", said).status_code == 302
    form = text_of(hugo, f"{page}ask-agencies/")
    assert "Jo Smith, born 2 March 2018" in form and "Mother, by phone" in form
    contact.refresh_from_db()
    child = contact.report.children.get().person_id
    question = {
        "agencies": [str(everybody.health.pk), f"{everybody.quarry_hill.pk}:{everybody.amira.practitioner_id}"],
        "people": [str(child)],
        "question": "Seen since August?",
        "looks_back": "12",
        "version": contact.version,
    }
    assert hugo.post(f"{page}ask-agencies/", question).status_code == 302
    assert "Checks 0 of 2" in text_of(hugo, page) and "Checks 0 of 2" in text_of(hugo, "/queue/")
    for who in (hetty, everybody.amira):
        listed = text_of(as_post(who), "/checks/")
        assert "Jo Smith, born 2 March 2018" in listed and "Seen since August?" in listed
    for who in (everybody.ben, everybody.esi, everybody.dev):
        assert "Jo Smith" not in text_of(as_post(who), "/checks/")


def test_a_question_with_gaps_says_so_and_keeps_what_was_typed(everybody, opened, as_post):
    typed = {"question": "Kept words", "looks_back": "12", "version": opened.version}
    answer = as_post(everybody.hugo).post(f"/contacts/{opened.pk}/ask-agencies/", typed)
    text = answer.content.decode()
    for words in ("Choose whom to ask", "Name the people you ask about", "Kept words"):
        assert words in text
    assert AgencyCheck.objects.count() == 0


def test_only_a_decider_is_let_go_on_without_the_familys_yes(everybody, contact, as_post):
    page = f"/contacts/{contact.pk}/family-answer/"
    said = {"state": "not_asked", "reason": "Unsafe.", "lawful_basis": "public_task", "version": contact.version}
    text = as_post(everybody.hugo).post(page, said).content.decode()
    assert "Only a decider goes on" in text
    assert as_post(everybody.hana).post(page, said).status_code == 302
    assert "Not asked. Unsafe." in text_of(as_post(everybody.hana), f"/contacts/{contact.pk}/")


ANSWER = {
    "answer": "known",
    "headline": "Two missed appointments",
    "detail": "3 and 17 May.",
    "handling": "conditions",
    "conditions": "Ring us before you speak to the mother",
    "hub_only": "Afraid of her brother.",
}


def test_an_agency_answers_and_the_hub_reads_it_at_a_glance(everybody, contact, asked, hetty, hal, as_post):
    client, page = as_post(hetty), f"/checks/{asked.pk}/answer/"
    missing = client.post(page, {**ANSWER, "headline": "", "conditions": ""}).content.decode()
    assert "Give the most important thing" in missing and "Say under which conditions" in missing
    assert client.post(page, ANSWER).status_code == 302
    listed = text_of(client, "/checks/")
    assert "waits for no answer" in listed and "settled" in listed
    read = text_of(as_post(everybody.hana), f"/contacts/{contact.pk}/")
    for words in ("Checks 1 of 1", "Two missed appointments", "Ring us before", "Afraid of her brother."):
        assert words in read
    assert "Afraid of her brother." in text_of(client, page)
    colleague = as_post(hal)
    assert "Two missed" in text_of(colleague, page) and "Afraid of" not in text_of(colleague, page)


@pytest.fixture
def decide(contact):
    """Where the first child of the contact is decided."""
    return f"/contacts/{contact.pk}/children/{contact.report.children.get().pk}/decide/"


def test_the_decider_reads_the_answers_beside_the_decision(everybody, decide, answered, as_post):
    beside = text_of(as_post(everybody.hana), decide)
    assert "What other agencies answered" in beside and "Two missed appointments in a month" in beside


def test_an_answer_sent_twice_is_one(everybody, asked, hetty, as_post):
    client, page = as_post(hetty), f"/checks/{asked.pk}/answer/"
    key = re.search(r'name="idempotency_key" value="([^"]+)"', text_of(client, page))[1]
    for _ in range(2):
        assert client.post(page, {**ANSWER, "idempotency_key": key}).status_code == 302
    assert CheckAnswer.objects.count() == 1


def test_others_are_answered_as_if_the_question_did_not_exist(everybody, asked, as_post):
    page = f"/checks/{asked.pk}/answer/"
    for who in (everybody.ben, everybody.esi, everybody.cleo, everybody.amira, everybody.hana):
        assert as_post(who).get(page).status_code == 404
        assert as_post(who).post(page, ANSWER).status_code == 404
    for verb in ("chase", "tell-manager", "take-back"):
        assert as_post(everybody.esi).post(f"/checks/{asked.pk}/{verb}/").status_code == 404


def test_a_late_answer_shows_on_the_card_and_is_chased_and_taken_to_the_manager(
    everybody, contact, asked, hetty, as_post
):
    hugo = as_post(everybody.hugo)
    assert "Tell their manager" not in text_of(hugo, f"/contacts/{contact.pk}/")
    late(asked)
    assert f"Checks 0 of 1, {everybody.health.short_name} late" in text_of(hugo, "/queue/")
    read = text_of(hugo, f"/contacts/{contact.pk}/")
    assert "Late: overdue by" in read and "Manager: Hetty" in read
    assert hugo.post(f"/checks/{asked.pk}/chase/").status_code == 302
    assert hugo.post(f"/checks/{asked.pk}/tell-manager/").status_code == 302
    listed = text_of(as_post(hetty), "/checks/")
    assert "Chased" in listed and "Manager told" in listed
    assert hugo.post(f"/checks/{asked.pk}/take-back/").status_code == 302
    text = as_post(hetty).get(f"/checks/{asked.pk}/answer/").content.decode()
    assert "The hub no longer asks this." in text and "<form" not in text.split("<main")[1].split("</main")[0]


def test_a_manager_at_the_hub_reads_checks_and_changes_none(mona, contact, answered, as_post):
    read = text_of(as_post(mona), f"/contacts/{contact.pk}/")
    assert "Two missed appointments in a month" in read and "Take it back" not in read
    assert as_post(mona).get(f"/contacts/{contact.pk}/ask-agencies/").status_code == 404


def test_the_menu_has_checks_where_an_agency_can_be_asked_and_the_queue_at_the_hub(hetty, mona, as_post):
    assert 'href="/checks/"' in text_of(as_post(hetty), "/checks/")
    assert 'href="/checks/"' not in text_of(as_post(mona), "/queue/")


def test_asking_takes_few_queries_however_many_agencies_there_are(
    everybody, schools, opened, as_post, django_assert_max_num_queries
):
    client = as_post(everybody.hugo)
    with django_assert_max_num_queries(45):
        assert client.get(f"/contacts/{opened.pk}/ask-agencies/").status_code == 200


def test_the_owner_lets_an_answer_out_to_one_agency_and_takes_it_back(everybody, answered, hetty, as_post):
    page, shared = f"/checks/answers/{answered.pk}/let-out/", "/shared-with-us/"
    esi, owner = as_post(everybody.esi), as_post(hetty)
    assert "missed appointments" not in text_of(esi, shared)
    for who in (everybody.esi, everybody.ben, everybody.amira):
        assert as_post(who).get(page).status_code == 404
    said = {
        "level": "full",
        "until_day": "1",
        "until_month": "12",
        "until_year": "2098",
        "reason": "They lead the case",
    }
    assert owner.post(page, {**said, "reader": str(everybody.early_help.pk)}).status_code == 302
    read = text_of(esi, shared)
    assert "Two missed appointments in a month" in read and "Was not brought on 3 and 17 May." in read
    assert "afraid of her brother" not in read
    assert "They lead the case" in text_of(owner, page)
    assert owner.post(page.replace("let-out", "keep-in"), {"agency": str(everybody.early_help.pk)}).status_code == 302
    assert "missed appointments" not in text_of(esi, shared)


def test_the_hub_asks_the_owner_to_let_an_answer_out_and_nothing_opens_until_it_does(
    everybody, contact, answered, hetty, as_post
):
    hana, page = as_post(everybody.hana), f"/checks/answers/{answered.pk}/ask-release/"
    assert page in text_of(hana, f"/contacts/{contact.pk}/")
    for who in (everybody.esi, everybody.ben, hetty):
        assert as_post(who).get(page).status_code == 404
    gaps = hana.post(page, {"agency": "", "why": ""}).content.decode()
    assert "There is a problem" in gaps
    wish = {"agency": str(everybody.early_help.pk), "why": "They lead the case and must know."}
    assert hana.post(page, wish).status_code == 302
    assert "The hub has asked for this already" in hana.post(page, wish).content.decode()
    assert "missed appointments" not in text_of(as_post(everybody.esi), "/shared-with-us/")
    owner, let_out = as_post(hetty), f"/checks/answers/{answered.pk}/let-out/"
    listed = text_of(owner, "/checks/")
    assert "They lead the case and must know." in listed and let_out in listed
    assert f'value="{everybody.early_help.pk}" selected' in text_of(owner, let_out)
    said = {"level": "summary", "until_day": "1", "until_month": "12", "until_year": "2098", "reason": "The hub asked"}
    assert owner.post(let_out, said | {"reader": str(everybody.early_help.pk)}).status_code == 302
    assert "asks you to let an answer out" not in text_of(owner, "/checks/")
    assert "Two missed appointments" in text_of(as_post(everybody.esi), "/shared-with-us/")


def test_the_owner_says_no_with_a_reason_and_whoever_asked_reads_it(everybody, contact, answered, hetty, as_post):
    hana, owner = as_post(everybody.hana), as_post(hetty)
    wish = {"agency": str(everybody.early_help.pk), "why": "They lead the case and must know."}
    hana.post(f"/checks/answers/{answered.pk}/ask-release/", wish)
    asked = ReleaseRequest.objects.get()
    page = f"/checks/releases/{asked.pk}/refuse/"
    assert page in text_of(owner, f"/checks/answers/{answered.pk}/let-out/")
    for who in (everybody.hana, everybody.esi, everybody.ben, everybody.amira):
        assert as_post(who).get(page).status_code == 404
    assert "There is a problem" in owner.post(page, {"reason": ""}).content.decode()
    reason = "She told our nurse in confidence and asked us not to."
    assert owner.post(page, {"reason": reason}).status_code == 302
    made = ReleaseRefusal.objects.get()
    assert (made.owner, made.author, made.reason) == (hetty.agency, hetty.practitioner, reason)
    assert made.sent_to == everybody.hub and made.refused_at
    read = text_of(hana, f"/contacts/{contact.pk}/")
    assert reason in read and f"would not let {everybody.early_help.name} read it" in read and "Hetty" in read
    assert "asks you to let an answer out" not in text_of(owner, "/checks/")
    assert owner.post(page, {"reason": reason}).status_code == 409
    assert reason not in text_of(as_post(everybody.esi), "/shared-with-us/")
    assert hana.post(f"/checks/answers/{answered.pk}/ask-release/", wish).status_code == 302, (
        "new words, a new question"
    )


def test_what_was_let_out_is_not_refused_any_more(everybody, contact, answered, hetty, as_post):
    owner = as_post(hetty)
    wish = {"agency": str(everybody.early_help.pk), "why": "They lead the case and must know."}
    as_post(everybody.hana).post(f"/checks/answers/{answered.pk}/ask-release/", wish)
    asked = ReleaseRequest.objects.get()
    said = {"level": "summary", "until_day": "1", "until_month": "12", "until_year": "2098", "reason": "The hub asked"}
    owner.post(f"/checks/answers/{answered.pk}/let-out/", said | {"reader": str(everybody.early_help.pk)})
    assert owner.get(f"/checks/releases/{asked.pk}/refuse/").status_code == 409
    assert not ReleaseRefusal.objects.exists()


REASON = "It was told in confidence, and nobody is less safe without it."


@pytest.fixture
def gwens(everybody):
    """A governance lead of each agency."""
    agencies = (everybody.health, everybody.hub, everybody.police)
    return {agency: cast.post(f"Gwen{place}", agency, Role.GOVERNANCE_LEAD) for place, agency in enumerate(agencies)}


@pytest.fixture
def refused(everybody, answered, hetty, gwens, as_post):
    """Health would not let early help read an answer, as the hub asked."""
    wish = {"agency": str(everybody.early_help.pk), "why": "They lead the case and must know."}
    as_post(everybody.hana).post(f"/checks/answers/{answered.pk}/ask-release/", wish)
    page = f"/checks/releases/{ReleaseRequest.objects.get().pk}/refuse/"
    assert as_post(hetty).post(page, {"reason": REASON}).status_code == 302
    return ReleaseRefusal.objects.get()


def reads_refusals(post, since=cast.SIGNED_AT):
    """The reasons that somebody reads who looks after agreements."""
    with as_web(post, Purpose.GOVERNANCE):
        return [one.reason for one in releases_refused(since=since)]


def test_a_refusal_to_let_an_answer_out_is_among_the_refusals_to_share_of_both_governance_leads(
    everybody, gwens, refused, as_post
):
    title = f"An answer to {everybody.hub.name}, from {everybody.health.name} to {everybody.early_help.name}"
    for agency in (everybody.health, everybody.hub):
        page = text_of(as_post(gwens[agency]), WORK)
        assert "Refusals to share" in page and title in page
        assert f"Not let out, {say(cast.today(), Precision.DAY)}: {REASON}" in page
        assert "Smith" not in page and "missed appointments" not in page and "They lead the case" not in page
    for post in (everybody.gita, gwens[everybody.police]):
        assert "Nothing is waiting for you" in text_of(as_post(post), WORK)


def test_nobody_else_reads_why_an_answer_was_not_let_out(everybody, refused, hetty, gwens):
    for post in (hetty, everybody.hana, everybody.gita, gwens[everybody.police]):
        assert reads_refusals(post) == []
    hers = gwens[everybody.health]
    assert reads_refusals(hers) == [REASON]
    assert reads_refusals(hers, since=refused.refused_at) == [], "older than what is asked for"
    with as_web(hers, Purpose.GOVERNANCE):
        assert not ReleaseRefusal.objects.visible().exists(), "the record itself is not theirs"


@pytest.mark.parametrize(
    "close",
    [
        lambda row, agency: facts.restrict(person=row.about[0], why="A test."),
        lambda row, agency: ReleaseRefusal.objects.update(hidden_from=[agency.no]),
    ],
)
def test_a_refusal_about_somebody_closed_is_not_told_to_a_governance_lead_either(everybody, refused, gwens, close):
    hers = gwens[everybody.health]
    assert reads_refusals(hers) == [REASON]
    close(refused, everybody.health)
    assert reads_refusals(hers) == []
