"""Mail domains of forces: administrators approve them and take them back; nobody else learns of one."""

import pytest
from django.urls import reverse

from referrals.actions import approving
from referrals.models import MailDomain
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.web.checks import comes_back, takes_no_other_method
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
DOMAINS = reverse("referrals:list_mail_domains")


@pytest.fixture
def admin(everybody) -> Visitor:
    return Visitor(cast.post("Ada", everybody.hub, Role.ADMINISTRATOR))


def answers(everybody, domain: str = " Crossline.example.org") -> dict[str, str]:
    return {"domain": domain, "force": str(everybody.police.pk)}


def test_a_domain_is_approved_read_and_taken_back(everybody, admin):
    assert "No domain is approved" in admin.get(DOMAINS).content.decode()
    assert admin.send(DOMAINS, **answers(everybody)).status_code == 302
    assert "crossline.example.org" in admin.get(DOMAINS).content.decode()
    assert MailDomain.objects.get().agency == everybody.police
    back = reverse("referrals:take_back_mail_domain")
    for _ in range(2):
        assert admin.send(back, domain="crossline.example.org").status_code == 302
    assert not MailDomain.objects.exists()


@pytest.mark.parametrize(
    "domain", ["example", "a@b.org", "*.police.org", "-x.org", "x..org", "police.org/x", "über.org"]
)
def test_what_is_no_domain_comes_back_as_typed(everybody, admin, domain):
    page = comes_back(admin, DOMAINS, answers(everybody, domain), "This is no mail domain")
    assert f'value="{domain}"' in page
    assert not MailDomain.objects.exists()


def test_a_domain_is_approved_once_and_for_a_force_alone(everybody, admin):
    assert admin.send(DOMAINS, **answers(everybody)).status_code == 302
    comes_back(admin, DOMAINS, answers(everybody), "it is approved already")
    comes_back(admin, DOMAINS, answers(everybody) | {"force": str(everybody.health.pk)}, "There is a problem")
    with pytest.raises(Refused), as_web(admin.acting, Purpose.GOVERNANCE):
        approving.approve_mail_domain(domain="nhs.example.org", force=everybody.health)
    takes_no_other_method(admin, DOMAINS)


@pytest.mark.parametrize("name", ["esi", "hana", "cleo", "gita"])
def test_others_find_nothing_and_the_gate_refuses_them(everybody, name):
    MailDomain.objects.create(domain="crossline.example.org", agency=everybody.police)
    post = getattr(everybody, name)
    assert Visitor(post).get(DOMAINS).status_code == 404
    assert Visitor(post).send(DOMAINS, **answers(everybody)).status_code == 404
    with as_web(post, Purpose.GOVERNANCE):
        assert approving.mail_domains() == []
        for verb, said in (
            (approving.approve_mail_domain, {"domain": "x.org", "force": everybody.police}),
            (approving.take_back_mail_domain, {"domain": "crossline.example.org"}),
        ):
            with pytest.raises(Refused):
                verb(**said)
    assert MailDomain.objects.count() == 1
