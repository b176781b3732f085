"""E-mails to me: everybody chooses for themselves; whoever runs the service reads what did not arrive."""

import pytest
from django.urls import reverse

from sharing_agreements.models import Notification
from sharing_agreements.queries.notifications import how_often
from sharing_agreements.vocabulary import HowOften, Role
from tests import cast
from tests.cases.stalled import AS_OF, noon
from tests.cases.web.checks import comes_back, takes_no_other_method
from tests.cases.web.conftest import Visitor

pytestmark = pytest.mark.django_db
MINE = reverse("sharing_agreements:notifications")
LOST = reverse("sharing_agreements:undelivered_notifications")


@pytest.fixture
def everybody(db, settings, tmp_path) -> cast.Cast:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return cast.assemble()


def lost(post) -> Notification:
    return Notification.objects.create(
        practitioner=post.practitioner,
        address=post.practitioner.email,
        urgent=True,
        reference="ACDEFHJK",
        made_at=noon(AS_OF),
        returned_at=noon(AS_OF),
    )


@pytest.mark.parametrize("name", ["amira", "cleo", "hana", "gita", "esi"])
def test_everybody_reads_and_changes_their_own(everybody, name):
    post = getattr(everybody, name)
    me = Visitor(post)
    page = me.get(MINE).content.decode()
    assert f"{name}@example.org" in page and "None yet." in page
    assert f'href="{MINE}"' in page + me.get(reverse("more")).content.decode()
    assert me.send(MINE, how_often="never").status_code == 302
    assert how_often(post) == HowOften.NEVER
    assert me.send(MINE, how_often="at_once").status_code == 302
    assert how_often(post) == HowOften.AT_ONCE


def test_one_reads_ones_own_e_mails_and_nobody_elses(everybody):
    lost(everybody.amira)
    assert "ACDEFHJK, urgent:" in Visitor(everybody.amira).get(MINE).content.decode()
    assert "ACDEFHJK" not in Visitor(everybody.ben).get(MINE).content.decode()


def test_nonsense_comes_back(everybody):
    comes_back(Visitor(everybody.amira), MINE, {"how_often": "often"}, "When should we e-mail you?")
    takes_no_other_method(Visitor(everybody.amira), MINE)


def test_it_says_when_no_e_mail_can_be_sent(everybody, settings):
    settings.EMAIL_FILE_PATH = settings.EMAIL_HOST = settings.NOTIFY_KEY = ""
    assert "sends no e-mail at the moment" in Visitor(everybody.amira).get(MINE).content.decode()


def test_an_administrator_reads_what_did_not_arrive_and_sends_another(everybody):
    one = lost(everybody.amira)
    admin = Visitor(cast.post("Ada", everybody.early_help, Role.ADMINISTRATOR))
    page = admin.get(LOST).content.decode()
    assert "amira@example.org" in page and "It came back" in page
    again = reverse("sharing_agreements:send_notification_again", args=[one.pk])
    assert admin.send(again).status_code == 302
    assert "Every e-mail has arrived" in admin.get(LOST).content.decode()
    assert admin.send(again).status_code == 302
    assert Notification.objects.count() == 2


@pytest.mark.parametrize("name", ["amira", "cleo", "hana", "gita", "esi"])
def test_nobody_else_gets_past_that_door(everybody, name):
    one = lost(everybody.amira)
    visitor = Visitor(getattr(everybody, name))
    assert visitor.get(LOST).status_code == 404
    assert visitor.send(reverse("sharing_agreements:send_notification_again", args=[one.pk])).status_code == 404
    assert Notification.objects.count() == 1
