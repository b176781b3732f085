"""The hub's screens under the real web login: they work, they answer others with 404, they keep what was typed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import ChildInCase, StepUp
from referrals.models import Contact, Decision, Feedback
from referrals.vocabulary import Answer, ContactStatus, Urgency
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.referrals.arriving import arrive, child

pytestmark = pytest.mark.django_db

DECISION = {
    "outcome": "advice",
    "level_of_need": "2",
    "reason": "School is already helping.",
    "next_who": "School",
    "next_what": "Keep an eye on lunch",
    "next_by_day": "1",
    "next_by_month": "12",
    "next_by_year": "2098",
    "consent_state": "agreed",
    "lawful_basis": "public_task",
}


@pytest.fixture
def manager(everybody):
    return cast.post("Mona", everybody.hub, Role.MANAGER)


@pytest.fixture
def social_care(everybody):
    return cast.agency("Marlbeck Children's Social Care", AgencyType.SOCIAL_CARE)


@pytest.fixture
def contact(everybody, manager, social_care):
    """Two children reported by Cleo; not in the sample of contacts that take a manager's look."""
    made = arrive(everybody.cleo, everybody.hub, child(), child("Ada Smith"))
    Contact.objects.filter(pk=made.pk).update(looked_at=False)
    return made


@pytest.fixture
def sampled(contact):
    """The same contact, in the sample."""
    Contact.objects.filter(pk=contact.pk).update(looked_at=True)


@pytest.fixture
def danger(everybody):
    """A report that a child is in danger now."""
    return arrive(everybody.cleo, everybody.hub, danger=Answer.YES)


@pytest.fixture
def as_post(site):
    def open_as(post):
        client = site()
        client.force_login(post.practitioner)
        return client

    return open_as


def page(client, address, **data):
    answer = client.post(address, data) if data else client.get(address)
    return answer, answer.content.decode()


def fresh(contact):
    return Contact.objects.get(pk=contact.pk)


def test_the_queue_shows_names_ages_grades_and_the_reference(everybody, contact, as_post):
    answer, text = page(as_post(everybody.hana), "/queue/")
    assert answer.status_code == 200
    for words in ("Jo Smith, 8", "Ada Smith, 8", "Ungraded", "Reporter: green", contact.report.reference):
        assert words in text


@pytest.mark.parametrize(("name", "most"), [("queue", 30), ("read_contact", 41), ("decide_child", 45)])
def test_a_screen_takes_few_queries_however_many_children_were_reported(
    contact, graded, name, most, django_assert_max_num_queries
):
    own = [contact.pk] if name != "queue" else []
    child = [contact.report.children.first().pk] if name == "decide_child" else []
    with django_assert_max_num_queries(most):
        answer = graded.get(reverse(f"referrals:{name}", args=own + child))
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/queue/", "/contacts/{}/", "/contacts/{}/grade/", "/queue/held/"])
def test_a_reporter_is_answered_as_if_the_page_did_not_exist(everybody, contact, as_post, address):
    assert as_post(everybody.cleo).get(address.format(contact.pk)).status_code == 404


def test_the_live_count_answers_304_until_something_comes(everybody, contact, as_post):
    client = as_post(everybody.hana)
    address = f"/queue/waiting/?since={timezone.now().isoformat()}".replace("+", "%2B")
    first = client.get(address)
    assert first.json() == {"count": 0}
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    past = address.replace(str(timezone.now().year), "2020", 1)
    assert client.get(past, headers={"If-None-Match": first["ETag"]}).json() == {"count": 1}


def test_of_two_people_claiming_one_wins_and_the_other_is_told_who(everybody, contact, as_post):
    address = f"/contacts/{contact.pk}/claim/"
    assert as_post(everybody.hana).post(address).status_code == 302
    answer, text = page(as_post(everybody.hugo), address, x="y")
    assert answer.status_code == 409 and "Hana has claimed this contact" in text
    assert fresh(contact).claimed_by == everybody.hana.practitioner


def test_grading_against_the_reporter_takes_a_reason_and_keeps_both(everybody, contact, as_post):
    client, address = as_post(everybody.hana), f"/contacts/{contact.pk}/grade/"
    answer, text = page(client, address, urgency="amber", reason="", version=contact.version)
    assert "Say why the grade differs" in text and fresh(contact).grade == ""
    answer, text = page(client, address, urgency="amber", reason="Third time.", version=contact.version)
    assert answer.status_code == 302
    assert fresh(contact).grade == Urgency.AMBER and fresh(contact).reported == Urgency.GREEN
    assert "Third time." in client.get(f"/contacts/{contact.pk}/").content.decode()


def test_a_stale_grade_shows_both_versions_and_can_then_be_sent(everybody, contact, as_post):
    client, address = as_post(everybody.hana), f"/contacts/{contact.pk}/grade/"
    as_post(everybody.hugo).post(f"/contacts/{contact.pk}/claim/")
    typed = {"urgency": "red", "reason": "Broken window.", "idempotency_key": "5c1d9a52-6b2f-4f9e-8d0c-111111111111"}
    answer, text = page(client, address, version=contact.version, **typed)
    assert answer.status_code == 200 and "Somebody changed this contact" in text
    assert "Broken window." in text and "Hugo" in text
    answer, _ = page(client, address, version=fresh(contact).version, **typed)
    assert answer.status_code == 302 and fresh(contact).grade == Urgency.RED


def decide(client, contact, reported, **change):
    answer = client.post(
        f"/contacts/{contact.pk}/children/{reported.pk}/decide/",
        {**DECISION, "version": fresh(contact).version, **change},
    )
    return answer, answer.content.decode()


@pytest.fixture
def graded(everybody, contact, as_post):
    client = as_post(everybody.hana)
    client.post(f"/contacts/{contact.pk}/grade/", {"urgency": "green", "reason": "", "version": contact.version})
    return client


def test_each_child_is_decided_on_its_own_and_the_contact_closes_with_the_last(everybody, contact, graded):
    jo, ada = contact.report.children.all()
    answer, text = decide(graded, contact, jo)
    assert answer.status_code == 302, text
    assert fresh(contact).status == ContactStatus.SCREENING
    decide(graded, contact, ada, outcome="no_further_action")
    assert fresh(contact).status == ContactStatus.DECIDED
    told = Feedback.objects.order_by("recorded_at")
    assert [one.outcome for one in told] == ["advice", "no_further_action"]
    assert {one.sent_to_practitioner for one in told} == {everybody.cleo.practitioner}


def test_a_decision_with_gaps_says_so_beside_each_field_and_keeps_what_was_typed(everybody, contact, graded):
    jo = contact.report.children.first()
    answer, text = decide(graded, contact, jo, next_who="", next_what="", level_of_need="", reason="Kept words")
    assert answer.status_code == 200
    for words in ("Name who acts next, or say that nobody does", "Choose the level of need", "Kept words"):
        assert words in text
    assert Decision.objects.count() == 0


def test_the_decision_page_shows_the_exact_words_the_reporter_will_read(everybody, contact, graded):
    jo = contact.report.children.first()
    decide(graded, contact, jo)
    ada = contact.report.children.last()
    text = graded.get(f"/contacts/{contact.pk}/children/{ada.pk}/decide/").content.decode()
    assert Feedback.objects.get().text in text


def test_no_further_action_on_a_sampled_contact_waits_for_a_manager(manager, contact, sampled, graded, as_post):
    jo = contact.report.children.first()
    decide(graded, contact, jo, outcome="no_further_action")
    held = Decision.objects.get()
    assert held.held and Feedback.objects.count() == 0
    address = f"/decisions/{held.pk}/look/"
    assert graded.get(address).status_code == 409
    client = as_post(manager)
    assert "manager" in client.get("/queue/held/").content.decode()
    _, text = page(client, address, answer="back", reason="")
    assert "Say why the decision goes back" in text
    assert page(client, address, answer="back", reason="Ring the school first.")[0].status_code == 302
    assert "Ring the school first." in graded.get(f"/contacts/{contact.pk}/").content.decode()
    assert decide(graded, contact, jo, outcome="no_further_action")[0].status_code == 302
    again = Decision.objects.get(returned=False)
    page(client, f"/decisions/{again.pk}/look/", answer="agree", reason="")
    assert Feedback.objects.count() == 1 and not Decision.objects.get(pk=again.pk).held


def test_danger_is_acknowledged_by_name_before_it_is_decided(everybody, danger, as_post):
    contact = danger
    client = as_post(everybody.hana)
    assert "Danger, not acknowledged yet" in client.get("/queue/").content.decode()
    client.post(f"/contacts/{contact.pk}/grade/", {"urgency": "red", "reason": "Danger.", "version": contact.version})
    jo = contact.report.children.first()
    assert client.get(f"/contacts/{contact.pk}/children/{jo.pk}/decide/").status_code == 409
    client.post(f"/contacts/{contact.pk}/acknowledge/", {"doing": "Police are with them."})
    assert fresh(contact).acknowledged_by == everybody.hana.practitioner
    assert client.get(f"/contacts/{contact.pk}/children/{jo.pk}/decide/").status_code == 200


@pytest.mark.parametrize("way", ["offer", "open"])
def test_early_help_starts_a_case_and_a_sibling_joins_it(everybody, contact, graded, way):
    jo, ada = contact.report.children.all()
    help_ = {"outcome": "early_help", "way": way, "team_words": "Often hungry; mother would like help."}
    answer, text = decide(graded, contact, jo, **help_)
    assert answer.status_code == 302, text
    answer, text = decide(graded, contact, ada, **{**help_, "way": "join"})
    assert answer.status_code == 302, text
    cases = set(Decision.objects.values_list("case", flat=True))
    assert len(cases) == 1 and None not in cases


def test_step_up_is_sent_to_social_care_and_waits_for_a_receipt(social_care, contact, graded):
    jo = contact.report.children.first()
    answer, text = decide(graded, contact, jo, outcome="step_up", team_words="Injury not explained.")
    assert answer.status_code == 302, text
    sent = StepUp.objects.get()
    assert sent.sent_to == social_care and sent.answers.count() == 0


def test_a_contact_stepped_up_is_not_simply_decided_until_social_care_confirms(social_care, contact, graded):
    for reported in contact.report.children.all():
        decide(graded, contact, reported, outcome="step_up", team_words="Injury not explained.")
    said = "receipt by social care not confirmed"
    assert said in page(graded, f"/contacts/{contact.pk}/")[1]
    assert "2 step ups wait for social care" in page(graded, "/queue/")[1]
    for step in StepUp.objects.all():
        address = f"/families/step-ups/{step.pk}/answer/"
        assert address in page(graded, "/families/step-ups/")[1]
        received = {"result": "received", "named_person": "J. Moss", "their_reference": "SC-1", "reason": ""}
        answer, text = page(graded, address, **received)
        assert answer.status_code == 302, text
    assert said not in page(graded, f"/contacts/{contact.pk}/")[1]


def test_the_hub_asks_the_reporter_and_the_contact_waits(everybody, contact, as_post):
    client = as_post(everybody.hana)
    answer, _ = page(client, f"/contacts/{contact.pk}/ask/", text="Which school?", version=contact.version)
    assert answer.status_code == 302 and fresh(contact).status == ContactStatus.WAITING


def test_a_contact_is_handed_over_with_a_note(everybody, contact, as_post):
    client = as_post(everybody.hana)
    answer, _ = page(
        client, f"/contacts/{contact.pk}/hand-over/", to=str(everybody.hugo.pk), note="Ring back.", version=1
    )
    assert answer.status_code == 302 and fresh(contact).claimed_by == everybody.hugo.practitioner


def test_a_child_with_an_open_case_has_a_way_to_the_family_page(contact, graded):
    address = f"/contacts/{contact.pk}/"
    jo = contact.report.children.first()
    assert "Family page of" not in page(graded, address)[1]
    decide(graded, contact, jo, outcome="early_help", way="open", team_words="Often hungry; mother would like help.")
    to_family = reverse("cases:show_family", args=[ChildInCase.objects.get(person_id=jo.person_id).family_id])
    assert to_family in page(graded, address)[1]
    assert graded.get(to_family).status_code == 200


def test_reasons_under_the_six_headings_are_optional_and_stand_in_the_decision_record(everybody, contact, graded):
    jo, ada = contact.report.children.all()
    answer, text = decide(
        graded, contact, jo, heading_threat="Nobody home before six.", heading_values="Family privacy."
    )
    assert answer.status_code == 302, text
    decide(graded, contact, ada)
    used, plain = (Decision.objects.get(reported_child=child) for child in (jo, ada))
    assert used.detail.headings == {"threat": "Nobody home before six.", "values": "Family privacy."}
    assert plain.detail.headings == {}
    record = page(graded, f"/decisions/{used.pk}/record/")[1]
    for words in (
        "Threat and risk",
        "Nobody home before six.",
        "Public task",
        "grade: green",
        "agreed",
    ):
        assert words in record
    assert "Powers and policy" not in record
    assert "Threat and risk" not in page(graded, f"/decisions/{plain.pk}/record/")[1]


def test_a_decision_record_is_for_the_hub(everybody, contact, graded, as_post):
    decide(graded, contact, contact.report.children.first())
    address = f"/decisions/{Decision.objects.get().pk}/record/"
    assert as_post(everybody.cleo).get(address).status_code == 404
    assert as_post(everybody.hugo).get(address).status_code == 200
