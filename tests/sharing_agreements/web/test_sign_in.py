"""Getting in: a password, a persona on a demonstration only, one post at a time."""

import pytest
from django.test import Client
from django.urls import reverse

from sharing_agreements.models import Practitioner
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.referrals.typing import sign_in

pytestmark = pytest.mark.django_db
SIGN_IN, PERSONAS = "/sign-in/", "/personas/"
PASSWORD = "correct horse battery"


@pytest.fixture
def people() -> cast.Cast:
    everybody = cast.assemble()
    eddie = everybody.eddie.practitioner
    eddie.set_password(PASSWORD)
    eddie.save()
    return everybody


def test_the_right_password_opens_the_way_asked_for(people):
    answer = Client().post(
        f"{SIGN_IN}?next=/agreements/", {"email": "eddie@example.org", "password": PASSWORD, "next": "/agreements/"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/agreements/")


def test_a_wrong_pair_has_one_message_and_keeps_what_was_typed(people):
    for email in ("eddie@example.org", "nobody@example.org"):
        page = Client().post(SIGN_IN, {"email": email, "password": "wrong"})
        text = page.content.decode()
        assert page.status_code == 422
        assert "The e-mail address or the password is not right" in text
        assert email in text


def test_the_way_on_stays_on_this_site(people):
    answer = Client().post(
        SIGN_IN, {"email": "eddie@example.org", "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def test_a_page_asked_for_too_early_leads_through_sign_in():
    answer = Client().get("/agreements/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fagreements%2F")


def test_personas_do_not_exist_outside_a_demonstration(people, settings):
    settings.DEMONSTRATION = False
    Practitioner.objects.update(is_demonstration=True)
    assert Client().get(PERSONAS).status_code == 404


def test_one_real_practitioner_is_enough_to_close_the_personas(people, settings):
    settings.DEMONSTRATION = True
    Practitioner.objects.exclude(pk=people.hana.practitioner_id).update(is_demonstration=True)
    assert Client().get(PERSONAS).status_code == 404
    assert Client().post(PERSONAS, {"post": people.eddie.pk}).status_code == 404


def test_a_persona_signs_in_under_its_post(people, settings):
    settings.DEMONSTRATION = True
    Practitioner.objects.update(is_demonstration=True)
    client = Client()
    client.post(PERSONAS, {"post": people.gita.pk})
    assert "Information-governance lead" in client.get("/agreements/").content.decode()


def test_a_post_that_has_ended_opens_nothing(people):
    client = Client()
    sign_in(client, people.farid)
    page = client.get("/agreements/")
    assert page.status_code == 403
    assert "You hold no post today" in page.content.decode()


def test_one_post_acts_at_a_time(people):
    second = cast.Post.objects.create(
        practitioner=people.ben.practitioner, agency=people.hub, role=Role.NAVIGATOR, starts_on=cast.LONG_AGO
    )
    client = Client()
    sign_in(client, people.ben)
    client.post(reverse("sharing_agreements:choose_post"), {"post": second.pk})
    assert "Marlbeck MASH" in client.get("/agreements/").content.decode()
    second.ends_on = cast.yesterday()
    second.save()
    assert "Marlbeck Community Health" in client.get("/agreements/").content.decode()


def test_nobody_chooses_somebody_elses_post(people):
    client = Client()
    sign_in(client, people.ben)
    assert client.post(reverse("sharing_agreements:choose_post"), {"post": people.hana.pk}).status_code == 404


def test_signing_out_ends_the_session(people):
    client = Client()
    sign_in(client, people.ben)
    client.post(reverse("sharing_agreements:sign_out"))
    assert client.get("/agreements/").status_code == 302
