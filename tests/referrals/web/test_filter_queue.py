"""The queue shows what each person wants to see, from one sign-in to the next, and says what it leaves out."""

import pytest

from referrals.vocabulary import Answer, Urgency
from tests.referrals.arriving import arrive, child
from tests.referrals.checking import grade

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(everybody):
    """A green contact, an amber one, and a child in danger."""
    for name, urgency in (("Gail Green", Urgency.GREEN), ("Amy Amber", Urgency.AMBER)):
        grade(arrive(everybody.cleo, everybody.hub, child(name)), everybody.hana, urgency)
    arrive(everybody.cleo, everybody.hub, child("Dan Danger"), danger=Answer.YES)


@pytest.fixture
def as_post(three, site):
    def open_as(post):
        client = site()
        client.force_login(post.practitioner)
        return client

    return open_as


def names(client):
    text = client.get("/queue/").content.decode()
    return {name for name in ("Gail Green", "Amy Amber", "Dan Danger") if name in text}, text


def test_a_filter_is_kept_for_the_person_and_never_hides_danger(everybody, as_post):
    assert as_post(everybody.hana).post("/queue/filter/", {"whose": "", "grade": "amber"}).status_code == 302
    found, text = names(as_post(everybody.hana))
    assert found == {"Amy Amber", "Dan Danger"}
    assert "1 contact is not shown." in text
    everything, text = names(as_post(everybody.hugo))
    assert everything == {"Gail Green", "Amy Amber", "Dan Danger"} and "not shown." not in text
    as_post(everybody.hana).post("/queue/filter/", {"whose": "mine", "grade": ""})
    assert names(as_post(everybody.hana))[0] == {"Dan Danger"}
    as_post(everybody.hana).post("/queue/filter/", {"whose": "", "grade": ""})
    assert len(names(as_post(everybody.hana))[0]) == 3


def test_nonsense_shows_everything_and_a_reporter_has_no_queue_to_filter(everybody, as_post):
    as_post(everybody.hana).post("/queue/filter/", {"whose": "x", "grade": "purple"})
    assert len(names(as_post(everybody.hana))[0]) == 3
    assert as_post(everybody.cleo).post("/queue/filter/", {"whose": ""}).status_code == 404
