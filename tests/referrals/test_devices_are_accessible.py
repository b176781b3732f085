"""The devices that hold a practitioner's reports, with axe, at desk and phone width."""

import uuid

import pytest
from django.utils import timezone

from referrals.actions.sealing import issue_key
from referrals.models import DeviceKey
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.referrals import served
from tests.referrals.test_checks_are_accessible import signed_in, walk


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_of_devices_is_accessible(committed: str, width: int) -> None:
    cleo = cast.assemble().cleo
    with as_web(cleo, Purpose.REPORTING):
        issue_key(device=uuid.uuid4(), by=cleo, now=timezone.now(), looks_like="Android phone or tablet")
        key = DeviceKey.objects.get()
    emails = {cleo: served.let_in(cleo)}
    with served.serving(committed) as address, served.browsing() as browser:
        for _, page in signed_in(browser, address, emails, width):
            walk(page, address, width, ["/reports/devices/", f"/reports/devices/{key.pk}/take-back/"], "Cleo")
