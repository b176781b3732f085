"""The hub's flags on screen: why, what clears it, putting off; the lead who is told to ring, or left out."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Answer, LeadAssignment, LeadNotice
from referrals.models import Contact, ContactEntry, HubFlag, HubFlagSnooze
from referrals.queries.hub_flags import open_flags
from sharing_agreements.models import Clause
from sharing_agreements.vocabulary import Kind, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.referrals.actions import test_watching_families as families
from tests.referrals.actions.test_watching import again, ago, arrive, flags, sweep, watched

pytestmark = pytest.mark.django_db
FLAGS = "/queue/flags/"


@pytest.fixture
def as_post(everybody):
    return Visitor


@pytest.fixture
def repeated(everybody):
    """Jo Smith, reported twice within a week and confirmed to be one child. The flag."""
    again(everybody, 5)
    again(everybody, 0)
    sweep()
    return HubFlag.objects.get(rule="repeat_week")


def answers(flag, days=7, **more):
    until = timezone.localdate() + datetime.timedelta(days=days)
    return {
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
        "reason": "Both are being decided today.",
        "version": flag.version,
        "idempotency_key": str(uuid.uuid4()),
        **more,
    }


def put_off(flag):
    return reverse("referrals:put_off_flag", args=[flag.pk])


def accepted_by(lead, one):
    """The lead was asked and said yes, as on the case's own pages."""
    asked = LeadAssignment.objects.create(
        **one.common(cast.today()), case=one.case, practitioner=lead.practitioner, agency=lead.agency, why="first"
    )
    Answer.objects.create(**one.common(cast.today()), kind=Kind.CASE, assignment=asked, accepted=True)


def test_a_screener_reads_why_which_reports_and_what_clears_it(everybody, as_post, repeated):
    page = as_post(everybody.hana).get(FLAGS).content.decode()
    assert "Reports about the same person, family or address have come close together." in page
    assert "It clears when the reports are no longer close together." in page
    for contact in Contact.objects.all():
        assert contact.report.reference in page


def test_the_card_and_the_contact_say_why(everybody, as_post, repeated):
    hana = as_post(everybody.hana)
    for address in ("/queue/", f"/contacts/{repeated.contact_id}/"):
        assert "have come close together" in hana.get(address).content.decode()


def test_the_manager_sees_what_climbed_and_a_repeat_in_a_year_climbs_at_once(everybody, as_post, repeated):
    manager = as_post(cast.post("Mona", everybody.hub, Role.MANAGER))
    assert "There is no flag today" in manager.get(FLAGS).content.decode()
    again(everybody, 0)
    sweep()
    page = manager.get(FLAGS).content.decode()
    assert "A manager looks at them together." in page and "With the manager" in page


def test_a_flag_is_read_by_whoever_may_not_read_the_contact_it_began_with(everybody, as_post, repeated):
    Contact.objects.filter(pk=repeated.contact_id).update(restricted=1, allowed=[])
    hana = as_post(everybody.hana)
    page = hana.get(FLAGS).content.decode()
    assert repeated.contact.report.reference not in page and str(repeated.contact_id) not in page
    assert hana.get(put_off(repeated)).status_code == 200


def test_somebody_outside_the_hub_finds_no_such_page(everybody, as_post, repeated):
    for post in (everybody.cleo, everybody.eddie):
        client = as_post(post)
        assert client.get(FLAGS).status_code in {403, 404}
        assert client.send(put_off(repeated), **answers(repeated)).status_code in {403, 404}
    assert not HubFlagSnooze.objects.exists()
    manager = as_post(everybody.esi)
    assert repeated.contact.report.reference not in manager.get(FLAGS).content.decode()
    assert manager.get(put_off(repeated)).status_code == 404


def test_a_flag_is_put_off_with_a_reason_that_stays_and_leaves_the_card(everybody, as_post, repeated):
    hana = as_post(everybody.hana)
    assert hana.send(put_off(repeated), **answers(repeated)).status_code == 302
    assert "Both are being decided today." in hana.get(FLAGS).content.decode()
    assert "have come close together" not in hana.get("/queue/").content.decode()
    sweep()
    assert flags("repeat_week") == [repeated]


@pytest.mark.parametrize("wrong", [{"days": 60}, {"days": -1}, {"reason": ""}])
def test_a_bad_answer_keeps_what_was_typed_and_puts_nothing_off(everybody, as_post, repeated, wrong):
    days = wrong.pop("days", 7)
    answer = as_post(everybody.hana).send(put_off(repeated), **answers(repeated, days, **wrong))
    assert "There is a problem" in answer.content.decode()
    assert not HubFlagSnooze.objects.exists()


def test_a_stale_page_shows_both_and_sending_twice_puts_off_once(everybody, as_post, repeated):
    hana, hugo = as_post(everybody.hana), as_post(everybody.hugo)
    first = answers(repeated)
    hana.send(put_off(repeated), **first)
    assert hana.send(put_off(repeated), **first).status_code == 302
    page = hugo.send(put_off(repeated), **answers(repeated, reason="Mine.")).content.decode()
    assert "Both are being decided today." in page and "Mine." in page
    assert HubFlagSnooze.objects.count() == 1


def test_the_lead_reads_to_ring_the_hub_first_and_says_that_they_did(everybody, as_post):
    one, contact = watched(everybody)
    accepted_by(everybody.eddie, one)
    sweep()
    eddie = as_post(everybody.eddie)
    page = eddie.get("/families/my-work/").content.decode()
    assert "New information. Ring the hub before you contact the family." in page
    assert contact.report.reference not in page
    address = reverse("cases:ring_hub", args=[one.family.pk, LeadNotice.objects.get().pk])
    shown = eddie.get(address).content.decode()
    assert everybody.hub.phone in shown and contact.report.reference not in shown
    assert eddie.send(address, idempotency_key=str(uuid.uuid4())).status_code == 302
    assert LeadNotice.objects.get().rung_at is not None
    assert "New information. Ring the hub" not in eddie.get("/families/my-work/").content.decode()


def test_a_stranger_finds_no_word_to_the_lead(everybody, as_post):
    one, _ = watched(everybody)
    sweep()
    address = reverse("cases:ring_hub", args=[one.family.pk, LeadNotice.objects.get().pk])
    for post in (everybody.dev, everybody.amira):
        assert as_post(post).send(address, idempotency_key=str(uuid.uuid4())).status_code == 404
    assert LeadNotice.objects.get().rung_at is None


def test_the_hub_leaves_the_lead_out_and_the_word_is_taken_back(everybody, as_post):
    _, contact = watched(everybody)
    Contact.objects.filter(pk=contact.pk).update(watched_since=cast.today())
    sweep()
    hana = as_post(everybody.hana)
    assert "Do not tell the lead practitioner" in hana.get(f"/contacts/{contact.pk}/").content.decode()
    assert hana.send(f"/contacts/{contact.pk}/lead/leave-out/").status_code == 302
    assert hana.send(f"/contacts/{contact.pk}/lead/leave-out/").status_code == 409
    sweep()
    assert LeadNotice.objects.get().withdrawn_at is not None and flags() == []
    assert "Ring the hub before" not in as_post(everybody.eddie).get("/families/my-work/").content.decode()


def test_the_hub_says_it_rang_a_lead_who_may_not_be_told(everybody, as_post):
    _, contact = watched(everybody)
    Contact.objects.filter(pk=contact.pk).update(watched_since=cast.today(), hidden_from=[everybody.early_help.no])
    sweep()
    assert flags() == ["ring_lead"]
    assert as_post(everybody.hana).send(f"/contacts/{contact.pk}/lead/rung/").status_code == 302
    assert ContactEntry.objects.filter(contact=contact, what="rang_lead").count() == 1
    sweep()
    assert flags() == []


def test_a_contact_about_nobody_kept_in_touch_with_has_no_lead_to_leave_out(everybody, as_post):
    contact = arrive(everybody.cleo, everybody.hub, at=ago(0))
    hana = as_post(everybody.hana)
    assert hana.send(f"/contacts/{contact.pk}/lead/leave-out/").status_code == 409
    assert hana.send(f"/contacts/{contact.pk}/lead/rung/").status_code == 409
    assert as_post(everybody.cleo).send(f"/contacts/{contact.pk}/lead/rung/").status_code in {403, 404}


def test_a_family_nobody_helps_is_named_with_what_this_reader_may_read_of_it(everybody, as_post):
    known = families.family_of(everybody)
    opened = families.opens(everybody.hub, everybody.housing)
    for number, since in enumerate((300, 200, 20)):
        families.lived(everybody.housing, known, f"{number} Mill Lane", since)
    families.sweep()
    hana = as_post(everybody.hana)
    page = hana.get(FLAGS).content.decode()
    assert "A child has moved home again and again." in page and "A home from" in page
    assert reverse("cases:show_family", args=[known[2].pk]) in page
    flag = HubFlag.objects.get(rule="moved_often")
    assert hana.send(put_off(flag), **answers(flag)).status_code == 302
    assert "Put off until" in hana.get(FLAGS).content.decode()
    Clause.objects.filter(agreement=opened).delete()
    assert "again and again" not in hana.get(FLAGS).content.decode()


def test_what_is_behind_a_flag_about_a_family_stands_by_its_day(everybody):
    known = families.family_of(everybody)
    families.opens(everybody.hub, everybody.housing)
    homes = [families.lived(everybody.housing, known, f"{number} Mill Lane", since) for number, since in
             enumerate((200, 20, 300))]  # fmt: skip
    families.sweep()
    flag = HubFlag.objects.get(rule="moved_often")
    HubFlag.objects.filter(pk=flag.pk).update(evidence=sorted((home.pk for home in homes), reverse=True))
    with as_web(everybody.hana, Purpose.TRIAGE):
        ((line,),) = [group.lines for group in open_flags(everybody.hana, cast.today())]
    assert [fact.day for fact in line.facts] == sorted(home.from_date for home in homes)
