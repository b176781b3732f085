"""The door for officers without accounts: what it opens is listed here, and it shuts by itself."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from referrals.actions import letting_in
from referrals.models import MailDomain, OutsideAccess
from sharing_agreements.models import Disclosure
from sharing_agreements.vocabulary import AgencyType, Role
from tests import cast
from tests.conftest import as_login, as_worker
from tests.house.test_routes import ROUTES

pytestmark = pytest.mark.django_db
WHO = {"email": "ann.reed@crossline.example.org", "name": "PC Ann Reed 4471", "phone": "01632 960555"}
OPEN_TO_THEM = """
    home explain_page my_reports start_report continue_report check_report send_report report_sent abandon_draft
    attach_to_draft detach_from_draft write_report keep_draft list_guidance read_guidance view_report copy_report
    add_to_report attach_to_report read_attachment chase_report correct_report mark_wrong_child
    read_feedback answer_question
""".split()
"""Their own reports and how to write one, the cards, and why a page shows what it shows. Nothing that searches."""


class Window:
    """A browser that talks to the site under the web login; between its requests the test looks as the owner."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, address):
        with as_login("eh_web"):
            return self.client.get(address)

    def post(self, address, answers):
        with as_login("eh_web"):
            return self.client.post(address, answers)


@pytest.fixture
def crossline(everybody, settings, tmp_path):
    settings.STATIC_ROOT, settings.HTTPS, settings.SECURE_SSL_REDIRECT = str(tmp_path), False, False
    settings.EMAIL_FILE_PATH = str(tmp_path)
    force = cast.agency("Crossline Transport Police", AgencyType.TRANSPORT_POLICE)
    MailDomain.objects.create(domain="crossline.example.org", agency=force)
    return force


@pytest.fixture
def ann(crossline):
    """A browser whose officer has asked for a code."""
    client = Window()
    answer = client.post(reverse("referrals:ask_outside_code"), WHO)
    assert answer.status_code == 302 and answer.url == reverse("referrals:enter_outside_code")
    return client


def code_of(access) -> str:
    with as_worker(letting_in.JOB):
        letting_in.send_code(access=access)
    return "".join(one for one in mail.outbox[-1].body.split("\n")[0] if one.isdigit())


def comes_in(client):
    access = OutsideAccess.objects.get().pk
    return client.post(reverse("referrals:enter_outside_code"), {"code": code_of(access)})


def test_the_routes_open_to_them_are_these_and_no_others():
    opened = {route.name for _, route in ROUTES if Role.OUTSIDE_REPORTER in route.callback.access.roles}
    assert opened == set(OPEN_TO_THEM)


def test_a_code_opens_their_reports_for_an_hour_and_ends_by_itself(ann):
    assert comes_in(ann).url == reverse("referrals:my_reports")
    page = ann.get(reverse("referrals:my_reports")).content.decode()
    assert "PC Ann Reed 4471" in page and "Outside reporter" in page and "Change post" not in page
    hour = timezone.now() + datetime.timedelta(hours=1)
    ends = Session.objects.order_by("-expire_date").first().expire_date
    assert abs(ends - hour) < datetime.timedelta(minutes=1)
    for _ in range(3):
        ann.get(reverse("referrals:my_reports"))
    assert Session.objects.order_by("-expire_date").first().expire_date == ends
    Session.objects.update(expire_date=timezone.now())
    assert ann.get(reverse("referrals:my_reports")).url.startswith(reverse("sharing_agreements:sign_in"))


def test_what_they_look_at_is_written_down_with_their_role(ann, crossline):
    comes_in(ann)
    ann.get(reverse("referrals:my_reports"))
    looked = Disclosure.objects.filter(what="GET referrals:my_reports").get()
    assert (looked.role, looked.agency_id) == (Role.OUTSIDE_REPORTER, crossline.pk)


def test_search_and_lists_are_not_there_for_them(ann):
    comes_in(ann)
    for name in ("referrals:find", "referrals:queue", "cases:my_work", "sharing_agreements:agreements"):
        assert ann.get(reverse(name)).status_code == 404, name
    started = ann.get(reverse("referrals:start_report")).content.decode()
    assert reverse("referrals:find") not in started


def test_a_wrong_code_says_so_and_the_page_without_a_wish_sends_back(ann):
    answer = ann.post(reverse("referrals:enter_outside_code"), {"code": "12"})
    assert answer.status_code == 422 and "This code does not open" in answer.content.decode()
    assert Window().get(reverse("referrals:enter_outside_code")).url == reverse("referrals:ask_outside_code")


def test_an_address_of_nobodys_is_refused_beside_its_box_and_nothing_typed_is_lost(crossline):
    answer = Window().post(reverse("referrals:ask_outside_code"), WHO | {"email": "ann@mail.example"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "We do not know this address" in page and "PC Ann Reed 4471" in page
    assert not OutsideAccess.objects.exists()


def test_without_e_mail_the_page_says_to_ring_the_hub(crossline, settings):
    settings.EMAIL_FILE_PATH = settings.EMAIL_HOST = ""
    page = Window().get(reverse("referrals:ask_outside_code")).content.decode()
    assert "Ring the hub" in page and "01632 960123" in page and "Send me a code" not in page
    assert Window().post(reverse("referrals:ask_outside_code"), WHO).status_code == 422


def test_the_page_names_no_child_and_no_force(crossline):
    page = Window().get(reverse("referrals:ask_outside_code")).content.decode()
    assert "Crossline" not in page
