"""The signature under a principal is HMAC-SHA256 of what it says, whatever the length of the key."""

import hashlib
import hmac
from uuid import uuid4

import pytest
from django.db import connection

from sharing_agreements import row_security
from sharing_agreements.models import Agency, Post, Practitioner, Team
from sharing_agreements.row_security import Principal, acting_as, as_job, forget, signed
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast

READ = "select current_setting('earlyhelp.principal', true)"


@pytest.mark.parametrize("length", [1, 63, 64, 65, 200])
def test_it_is_hmac(length, settings):
    settings.IDENTITY_KEY = "k" * length
    principal = Principal(1, str(uuid4()), str(uuid4()), 2, str(uuid4()), 3, "manager", "oversight")
    payload, _, signature = signed(principal, "nonce").rpartition("#")
    assert signature == hmac.new(b"k" * length, payload.encode(), hashlib.sha256).hexdigest()
    inner, outer = row_security.key_halves()
    assert (len(inner), len(outer)) == (64, 64)


def test_what_is_signed_is_the_post_and_the_purpose():
    agency, practitioner = Agency(pk=uuid4(), no=7), Practitioner(pk=uuid4(), no=5)
    for team, number in ((Team(no=9), 9), (None, 0)):
        post = Post(pk=uuid4(), practitioner=practitioner, agency=agency, team=team, role=Role.MANAGER)
        payload = signed(Principal.of(post, Purpose.OVERSIGHT), "17.4").partition("#")[0]
        said = ("p", "17.4", 5, practitioner.pk, post.pk, 7, agency.pk, number, "manager", "oversight")
        assert payload == "|".join(map(str, said))


def _now() -> str:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return cursor.fetchone()[0] or ""


@pytest.mark.django_db
def test_whoever_acted_before_acts_again_afterwards():
    post = cast.post("Cleo", cast.agency("Marlbeck Constabulary", AgencyType.POLICE), Role.REPORTER)
    assert _now() == ""
    with as_job("find_repeats"):
        job = _now()
        assert job.startswith("j|")
        with acting_as(post, Purpose.REPORTING) as principal:
            assert principal == Principal.of(post, Purpose.REPORTING)
            assert _now().startswith("p|")
        assert _now() == job
        forget()
        assert _now() == ""
    assert _now() == ""
