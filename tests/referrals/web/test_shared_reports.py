"""A concern report released alone, by a clause or by its owner's word, to somebody who may open no family page."""

import pytest

from referrals.models import Report
from sharing_agreements.actions import exceptions
from sharing_agreements.models import Agreement
from sharing_agreements.vocabulary import AgreementState, Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.referrals import arriving

pytestmark = pytest.mark.django_db
LIST = "/shared-with-us/"
ACCOUNT = "Hungry again, no coat, third Monday."


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def report(everybody):
    """The police reported Ada; Oak Green works with nobody and signed nothing."""
    return arriving.send(everybody.cleo, everybody.hub, arriving.child("Ada Marsh"), account=ACCOUNT)


def opens(report):
    return f"{LIST}{report.pk}/"


def a_clause(everybody, level, **more):
    clause = {
        "provider_agency": everybody.police,
        "recipient_agency": everybody.oak_green,
        "recipient_roles": [Role.TEAM_MEMBER],
        "kind": Kind.CONCERN,
        "level": level,
        "needs_involvement": False,
    }
    parties = (everybody.police, everybody.oak_green)
    return cast.agreement(*parties, purposes=[Purpose.EARLY_HELP], clauses=[clause | more])


def test_nothing_is_listed_or_read_without_a_clause(everybody, report):
    dev = Visitor(everybody.dev)
    assert report.reference not in dev.get(LIST).content.decode()
    assert dev.get(opens(report)).status_code == 404


def test_a_clause_lists_it_and_opens_it_at_its_own_level(everybody, report):
    made = a_clause(everybody, Level.SUMMARY)
    dev = Visitor(everybody.dev)
    assert report.reference in dev.get(LIST).content.decode()
    page = dev.get(opens(report)).content.decode()
    assert report.get_concern_display() in page
    assert ACCOUNT not in page
    assert "Ada" not in page
    made.clauses.update(level=Level.FULL)
    assert ACCOUNT in dev.get(opens(report)).content.decode()


def test_it_closes_with_the_agreement(everybody, report):
    made = a_clause(everybody, Level.FULL)
    dev = Visitor(everybody.dev)
    assert dev.get(opens(report)).status_code == 200
    Agreement.objects.filter(pk=made.pk).update(state=AgreementState.SUSPENDED)
    assert dev.get(opens(report)).status_code == 404
    assert report.reference not in dev.get(LIST).content.decode()


def test_its_owners_word_lists_it_to_who_receives_for_an_agency(everybody, report):
    manager = Visitor(cast.post("Olive", everybody.oak_green, Role.MANAGER))
    far_off = cast.FAR_OFF
    with as_web(everybody.cleo, Purpose.REPORTING):
        why = exceptions.Share(everybody.oak_green, Level.SUMMARY, far_off, "They asked about her attendance.")
        exceptions.share_records([Report.objects.get(pk=report.pk)], why)
    assert report.reference in manager.get(LIST).content.decode()
    assert manager.get(opens(report)).status_code == 200
    assert Visitor(everybody.dev).get(opens(report)).status_code == 404


def test_ones_own_reports_and_what_was_sent_to_the_hub_stand_elsewhere(everybody, report):
    for post in (everybody.cleo, everybody.hana):
        visitor = Visitor(post)
        assert report.reference not in visitor.get(LIST).content.decode()
        assert visitor.get(opens(report)).status_code == 404


def test_older_reports_stand_on_the_next_page(everybody, report, monkeypatch):
    monkeypatch.setattr("referrals.queries.shared.PAGE", 1)
    a_clause(everybody, Level.SUMMARY)
    newer = arriving.send(everybody.cleo, everybody.hub, arriving.child("Joe Marsh"), account=ACCOUNT)
    dev = Visitor(everybody.dev)
    first = dev.get(LIST)
    assert [line["report"].pk for line in first.context["reports"]] == [newer.pk]
    second = dev.get(LIST, after=first.context["older"])
    assert [line["report"].pk for line in second.context["reports"]] == [report.pk]
    assert second.context["older"] == ""
    assert len(dev.get(LIST, after="nonsense").context["reports"]) == 1
