"""A practitioner sees the devices that hold a key of theirs, and takes one back."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from referrals.actions.sealing import issue_key, revoke_key
from referrals.models import DeviceKey
from referrals.models.device_key import SEALS_NOTHING_AFTER
from referrals.web.offline import looks_like
from sharing_agreements.refusals import Refused
from tests.cases.web.conftest import Visitor

pytestmark = pytest.mark.django_db
LIST = "/reports/devices/"


def ask(visitor, device):
    return visitor.send(reverse("referrals:issue_device_key"), device=str(device))


def test_a_lost_device_is_found_on_the_list_and_its_key_is_gone_for_good(everybody):
    cleo, lost, other = Visitor(everybody.cleo), uuid.uuid4(), uuid.uuid4()
    first, kept = ask(cleo, lost).json()["key"], ask(cleo, other).json()["key"]
    assert LIST in cleo.get("/reports/").content.decode()
    held = DeviceKey.objects.get(device=lost)
    take_back = f"{LIST}{held.pk}/take-back/"
    assert take_back in cleo.get(LIST).content.decode()
    assert "can then be read by nobody" in cleo.get(take_back).content.decode()
    for _ in range(2):
        assert cleo.send(take_back).status_code == 302
    held.refresh_from_db()
    assert bytes(held.key).hex() != first and held.revoked_at is not None
    page = cleo.get(LIST).content.decode()
    assert "Key taken back" in page and take_back not in page
    assert ask(cleo, lost).status_code == 409
    assert ask(cleo, other).json()["key"] == kept


def test_the_list_and_the_button_are_ones_own_alone(everybody):
    cleo, cyrus = Visitor(everybody.cleo), Visitor(everybody.cyrus)
    ask(cleo, uuid.uuid4())
    held = DeviceKey.objects.get()
    assert "None of your devices" in cyrus.get(LIST).content.decode()
    assert cyrus.get(f"{LIST}{held.pk}/take-back/").status_code == 404
    assert cyrus.send(f"{LIST}{held.pk}/take-back/").status_code == 404
    held.refresh_from_db()
    assert held.revoked_at is None


def test_a_revoked_device_gets_a_new_key_when_nothing_sealed_with_the_old_one_can_be_left(everybody):
    device, by = uuid.uuid4(), everybody.cleo
    now = timezone.now()
    first = issue_key(device=device, by=by, now=now)
    revoke_key(key=DeviceKey.objects.get().pk, by=by, now=now)
    with pytest.raises(Refused) as refused:
        issue_key(device=device, by=by, now=now + SEALS_NOTHING_AFTER)
    assert refused.value.refusal.code == "device_revoked"
    later = now + SEALS_NOTHING_AFTER + datetime.timedelta(seconds=1)
    assert issue_key(device=device, by=by, now=later) != first
    assert DeviceKey.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile", "Android phone or tablet"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/130", "Windows computer"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_so_that_its_owner_knows_it(said, shown):
    assert looks_like(said) == shown
