"""One way to send e-mail, whoever carries it: a mail server, or GOV.UK Notify, which is an outside party."""

import smtplib
from urllib.error import HTTPError

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage

from sharing_agreements.actions.mailing import MailServer, carrier, sends_mail
from sharing_agreements.actions.notify import GovernmentNotify
from sharing_agreements.rules.mail import Fate, Mail, NeverTaken
from tests.sharing_agreements.postman import KEY, SERVICE, postman

ONE = Mail(to="ann@example.org", subject="Subject", text="Text", reference="ACDEFHJK")


@pytest.fixture
def by_notify(settings):
    with postman() as kept:
        settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE, settings.NOTIFY_ADDRESS = KEY, "template-1", kept.address
        yield kept


def test_a_mail_server_takes_it_and_says_no_more():
    assert MailServer().send(ONE) == ""
    (message,) = outbox.outbox
    assert (message.to, message.subject, message.body) == (["ann@example.org"], "Subject", "Text")
    assert MailServer().fate("") == Fate.UNKNOWN


@pytest.mark.parametrize(("code", "error"), [(550, NeverTaken), (451, smtplib.SMTPRecipientsRefused)])
def test_an_address_refused_for_good_is_told_from_one_refused_for_now(monkeypatch, code, error):
    def refuse(_message: EmailMessage) -> None:
        raise smtplib.SMTPRecipientsRefused({"ann@example.org": (code, b"no")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with pytest.raises(error):
        MailServer().send(ONE)


def test_notify_takes_it_with_a_token_signed_for_the_service(by_notify):
    chosen = carrier()
    assert isinstance(chosen, GovernmentNotify) and sends_mail()
    theirs = chosen.send(ONE)
    assert by_notify.sent == [
        {
            "email_address": "ann@example.org",
            "template_id": "template-1",
            "personalisation": {"subject": "Subject", "text": "Text"},
            "reference": "ACDEFHJK",
        }
    ]
    assert by_notify.claims()["iss"] == SERVICE
    for said, fate in [
        ("created", Fate.UNKNOWN),
        ("sending", Fate.UNKNOWN),
        ("delivered", Fate.DELIVERED),
        ("permanent-failure", Fate.RETURNED),
        ("temporary-failure", Fate.RETURNED),
        ("technical-failure", Fate.RETURNED),
    ]:
        by_notify.fates[theirs] = said
        assert chosen.fate(theirs) == fate


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        ((400, "email_address Not a valid email address"), NeverTaken),
        ((400, "Template not found"), HTTPError),
        ((403, "Invalid token: service not found"), HTTPError),
        ((429, "Exceeded rate limit"), HTTPError),
        ((500, "Internal server error"), HTTPError),
    ],
)
def test_what_notify_refuses_is_tried_again_unless_it_is_the_address(by_notify, refusal, error):
    by_notify.refuses = refusal
    with pytest.raises(error):
        carrier().send(ONE)


def test_without_any_carrier_none_is_sent(settings):
    settings.NOTIFY_KEY = settings.EMAIL_HOST = settings.EMAIL_FILE_PATH = ""
    assert not sends_mail()
