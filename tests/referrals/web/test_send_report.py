"""Sending a report: from a draft to rows the hub may read, once."""

import pytest

from referrals.models import Draft, Report, ReportedChild
from sharing_agreements.models import Identity
from sharing_agreements.vocabulary import Precision, Purpose
from tests.conftest import as_web
from tests.referrals import typing


@pytest.fixture
def cleo(site, everybody):
    client = site()
    typing.sign_in(client, everybody.cleo)
    return client


def test_a_report_about_four_children_is_sent_and_its_receipt_says_the_clock(cleo):
    draft = typing.write(cleo)
    answer = cleo.get(typing.send(cleo, draft).url)
    assert answer.status_code == 200
    receipt = answer.context["receipt"]
    assert receipt.reference.startswith("CN-")
    assert "The hub decides by" in answer.content.decode()
    assert receipt.data == {}


def test_the_hub_reads_every_row_and_another_officer_reads_none(cleo, everybody):
    typing.send(cleo, typing.write(cleo))
    with as_web(everybody.hana, Purpose.TRIAGE):
        report = Report.objects.visible().get()
        assert report.children.count() == report.places.count() == 4
        assert report.detail.account == typing.ACCOUNT["account"]
        names = {one.person_id: one for one in Identity.objects.filter(person_id__in=report.about)}
        born = [names[child.person_id].born_precision for child in report.children.all()]
        assert born == [Precision.DAY, Precision.YEAR, Precision.UNKNOWN, Precision.DUE]
    with as_web(everybody.cyrus, Purpose.REPORTING):
        assert not Report.objects.visible().exists()
        assert not ReportedChild.objects.visible().exists()
        assert not Draft.objects.exists()
