"""What a device without a connection is given, and how its reports come home: as drafts, never twice, never lost."""

import datetime
import re
import uuid

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from referrals.actions.sealing import issue_key
from referrals.models import DeviceKey, Draft, Report
from referrals.models.device_key import SEALS_NOTHING_AFTER
from tests.conftest import as_login, as_web
from tests.referrals import typing

NOW = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture
def cleo(site, everybody):
    client = site()
    typing.sign_in(client, everybody.cleo)
    return client


def sync(client, draft, answers, *, opened, edition=1, revision=0, pages=("account",)):
    said = {**answers, "opened": str(opened), "edition": str(edition), "revision": str(revision), "pages": list(pages)}
    return client.post(reverse("referrals:sync_draft", args=[draft]), said)


def account(draft):
    return Draft.objects.get(pk=draft).data["account"]["typed"]["account"]


def test_what_was_written_without_a_connection_becomes_a_draft_and_nothing_is_sent(cleo, everybody):
    draft, pages = uuid.uuid4(), list(typing.PAGES)
    everything = {name: text for page in typing.PAGES.values() for name, text in page.items()}
    answer = sync(cleo, draft, everything, opened=uuid.uuid4(), pages=pages)
    assert answer.status_code == 200
    assert answer.json()["address"] == reverse("referrals:check_report", args=[draft])
    held = Draft.objects.get(pk=draft)
    assert held.author_id == everybody.cleo.practitioner_id and held.sent_at is None
    assert Report.objects.count() == 0
    page = cleo.get(answer.json()["address"]).content.decode()
    assert "Kayden Marsh" in page and "Send the report" in page
    assert typing.send(cleo, str(draft)).status_code == 302


def test_a_lost_answer_makes_the_same_draft_again_and_no_second_one(cleo):
    draft, opened = uuid.uuid4(), uuid.uuid4()
    for _ in range(2):
        assert sync(cleo, draft, typing.ACCOUNT, opened=opened).status_code == 200
    assert Draft.objects.get().data["account"]["revision"] == 1


def test_the_highest_edition_stays_however_they_arrive(cleo):
    draft, opened = uuid.uuid4(), uuid.uuid4()
    assert sync(cleo, draft, {"account": "third"}, opened=opened, edition=3).status_code == 200
    late = sync(cleo, draft, {"account": "second"}, opened=opened, edition=2)
    assert late.status_code == 409 and "Both versions are kept" in late.content.decode()
    assert account(draft) == ["third"]
    assert sync(cleo, draft, {"account": "fourth"}, opened=opened, edition=4).status_code == 200
    assert account(draft) == ["fourth"]


def test_a_page_another_window_changed_is_refused_and_no_page_of_that_device_is_taken(cleo):
    draft, device = uuid.uuid4(), uuid.uuid4()
    assert sync(cleo, draft, typing.ACCOUNT, opened=device).status_code == 200
    assert typing.fill(cleo, str(draft), "account", {"account": "Written at the desk."}).status_code == 302
    both = {**typing.CONCERN, "account": "Written on the stairs."}
    assert sync(cleo, draft, both, opened=device, edition=2, pages=("concern", "account")).status_code == 409
    assert account(draft) == ["Written at the desk."]
    assert "concern" not in Draft.objects.get(pk=draft).data


def test_a_page_left_blank_adds_nothing(cleo):
    draft = uuid.uuid4()
    blank = {**typing.ACCOUNT, "now_at": ""}
    assert sync(cleo, draft, blank, opened=uuid.uuid4(), pages=("account", "now")).status_code == 200
    assert set(Draft.objects.get(pk=draft).data) == {"account"}


def test_a_draft_sent_or_put_aside_meanwhile_is_not_changed(cleo):
    draft = typing.write(cleo)
    typing.send(cleo, draft)
    assert sync(cleo, draft, typing.ACCOUNT, opened=uuid.uuid4()).status_code == 409


def test_somebody_elses_draft_is_not_there(cleo, site, everybody):
    draft = typing.begin(cleo)
    cyrus = site()
    typing.sign_in(cyrus, everybody.cyrus)
    assert sync(cyrus, draft, typing.ACCOUNT, opened=uuid.uuid4()).status_code == 404


def test_a_page_that_does_not_exist_is_not_there(cleo):
    assert sync(cleo, uuid.uuid4(), {}, opened=uuid.uuid4(), pages=("diary",)).status_code == 404
    assert not Draft.objects.exists()


def test_nobody_signed_in_gets_a_key_or_leaves_a_draft(site):
    for name in ("issue_device_key", "sync_draft"):
        address = reverse(f"referrals:{name}", args=[uuid.uuid4()] if name == "sync_draft" else [])
        assert site().post(address).status_code == 302
    assert site().get(reverse("referrals:ask_device_session")).status_code == 302


def test_the_device_learns_who_is_signed_in(cleo, everybody):
    said = cleo.get(reverse("referrals:ask_device_session")).json()
    assert said["who"] == str(everybody.cleo.practitioner_id) and said["token"]


def key_for(client, device):
    return client.post(reverse("referrals:issue_device_key"), {"device": str(device)}).json()["key"]


def test_a_key_is_the_same_again_on_its_device_and_another_for_everybody_and_everything_else(cleo, site, everybody):
    phone, desk = uuid.uuid4(), uuid.uuid4()
    cyrus = site()
    typing.sign_in(cyrus, everybody.cyrus)
    first = key_for(cleo, phone)
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert key_for(cleo, phone) == first
    assert len({first, key_for(cleo, desk), key_for(cyrus, phone)}) == 3


def test_a_key_that_can_seal_nothing_any_more_is_replaced_and_makes_room(everybody):
    phone, tablet, desk = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    first = issue_key(device=phone, by=everybody.cleo, now=NOW)
    issue_key(device=tablet, by=everybody.cleo, now=NOW)
    assert issue_key(device=phone, by=everybody.cleo, now=NOW + SEALS_NOTHING_AFTER) == first
    later = NOW + 2 * SEALS_NOTHING_AFTER + datetime.timedelta(seconds=1)
    assert issue_key(device=phone, by=everybody.cleo, now=later) != first
    issue_key(device=desk, by=everybody.cleo, now=later)
    assert set(DeviceKey.objects.values_list("device", flat=True)) == {phone, desk}


def test_nobody_reads_changes_or_takes_over_anybody_elses_key(everybody):
    issue_key(device=uuid.uuid4(), by=everybody.cleo, now=NOW)
    with as_web(everybody.cyrus, "reporting"):
        assert DeviceKey.objects.count() == 0
        assert DeviceKey.objects.update(device=uuid.uuid4()) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            DeviceKey.objects.create(
                practitioner_id=everybody.cleo.practitioner_id, device=uuid.uuid4(), key=b"x" * 32, issued_at=NOW
            )
    with as_web(everybody.cleo, "reporting"):
        assert DeviceKey.objects.count() == 1


def test_the_page_a_device_keeps_names_nobody_and_carries_no_token(cleo, site, everybody):
    address = reverse("referrals:write_offline")
    own, blank = cleo.get(address).content.decode(), site().get(address).content.decode()
    assert own == blank
    assert everybody.cleo.practitioner.name not in blank and "csrf" not in blank
    assert "call 999" in blank and "use your powers" in blank and everybody.hub.phone in blank
    for name in ("danger", "account", "concern", "happened_at", "child-0-name", "now_at", "told", "urgency"):
        assert f'name="{name}"' in blank, name


def test_the_worker_keeps_that_page_and_changes_with_it(site, everybody):
    address = reverse("referrals:offline_worker")
    first = site().get(address)
    assert first.headers["Content-Type"] == "text/javascript"
    assert f'"page": "{reverse("referrals:write_offline")}"' in first.content.decode()
    everybody.hub.phone = "01632 960999"
    with as_login("eh_owner"):
        everybody.hub.save()
    assert site().get(address).content != first.content


def test_signing_out_clears_the_device_only_when_nothing_waits_there(cleo, site, everybody):
    address = reverse("sharing_agreements:sign_out")
    assert "Clear-Site-Data" not in cleo.post(address).headers
    typing.sign_in(cleo, everybody.cleo)
    assert cleo.post(address, {"outbox": "empty"}).headers["Clear-Site-Data"] == '"storage"'
