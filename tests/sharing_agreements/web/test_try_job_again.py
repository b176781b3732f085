"""The operator's page: only an administrator sees it; a stopped job is set going again."""

import pytest
from django.test import Client
from django.urls import reverse

from sharing_agreements.models import OwedJob
from sharing_agreements.vocabulary import Role
from tests.cast import assemble, post
from tests.referrals.typing import sign_in

pytestmark = pytest.mark.django_db


def test_an_administrator_reads_what_stopped_and_tries_again():
    cast = assemble()
    admin = post("Ada", cast.early_help, Role.ADMINISTRATOR)
    job = OwedJob.objects.create(
        key="k", job="receive_report", attempts=8, last_error="LookupError", stopped_at="2026-01-01T00:00Z"
    )
    client = Client()
    sign_in(client, admin)
    text = client.get(reverse("sharing_agreements:stopped_jobs")).content.decode()
    assert "receive_report" in text
    assert "LookupError" in text
    again = client.post(reverse("sharing_agreements:try_job_again", args=[job.pk]), follow=True)
    assert "The job is on its way again." in again.content.decode()
    assert "No job has stopped." in again.content.decode()
    job.refresh_from_db()
    assert (job.attempts, job.stopped_at) == (0, None)


def test_nobody_else_gets_past_the_door():
    cast = assemble()
    client = Client()
    sign_in(client, cast.esi)
    assert client.get(reverse("sharing_agreements:stopped_jobs")).status_code in (403, 404)
