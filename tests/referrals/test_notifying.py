"""E-mails that something waits: for whom, when, kept and tried again, and never a word about anybody."""

import datetime
import random
import re
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.db import connection
from django.db.utils import DatabaseError
from guardian.shortcuts import assign_perm

from cases.actions import leading, team, watching
from cases.models import Flag
from referrals.actions import triaging
from referrals.vocabulary import Answer
from sharing_agreements import queries
from sharing_agreements.actions import facts, notifying
from sharing_agreements.models import Conflict, Notification, NotificationChoice, OwedJob, Post
from sharing_agreements.rules.mail import NeverTaken
from sharing_agreements.vocabulary import HowOften, Purpose, Role
from sharing_agreements.working_time import LONDON
from tests import cast
from tests.cases.stalled import AS_OF, noon, running_well
from tests.conftest import as_web, as_worker
from tests.every_door.planting import WORD, plant
from tests.factories import cases as made
from tests.referrals.arriving import arrive
from tests.sharing_agreements.postman import KEY, postman

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_can_be_sent(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.SITE_ADDRESS = "https://eh.example.org"


def tell(now: datetime.datetime | None = None) -> list[str]:
    """Run the job that tells; gives the addresses that are owed an e-mail by it."""
    before = set(Notification.objects.values_list("pk", flat=True))
    with as_worker(notifying.TELL):
        notifying.tell_practitioners(now=now or made.now())
    return sorted(Notification.objects.exclude(pk__in=before).values_list("address", flat=True))


def choose(post: Post, how_often: HowOften) -> None:
    with as_web(post, Purpose.OWN_ACCOUNT):
        notifying.choose_how_often(how_often=how_often, by=post)


def send_owed(now: datetime.datetime | None = None) -> None:
    """Do every sending that is owed, as the worker."""
    for job in OwedJob.objects.filter(job=notifying.SEND, done_at=None):
        with as_worker(notifying.SEND):
            notifying.send_notification(notification=UUID(job.payload["notification"]), now=now or made.now())


def next_morning(after: datetime.datetime) -> datetime.datetime:
    """Nine in the morning of the next working day."""
    calendar, day = queries.calendar(), after.astimezone(LONDON).date() + datetime.timedelta(days=1)
    while not calendar.is_working_day(day):
        day += datetime.timedelta(days=1)
    return datetime.datetime.combine(day, datetime.time(9), LONDON)


def asked_to_lead(everybody: cast.Cast) -> made.Household:
    home = made.waiting(everybody)
    with as_web(everybody.esi, Purpose.EARLY_HELP):
        leading.ask_lead(
            case=home.case,
            practitioner=everybody.amira.practitioner,
            agency=everybody.quarry_hill,
            by=everybody.esi,
            now=made.now(),
        )
    return home


def test_who_is_asked_to_lead_is_told_on_the_next_working_morning_and_once(everybody):
    asked_to_lead(everybody)
    morning = next_morning(made.now())
    assert tell(morning - datetime.timedelta(hours=2)) == []
    assert tell(morning) == ["amira@example.org"]
    assert tell(morning + datetime.timedelta(minutes=5)) == []
    assert tell(next_morning(morning)) == []


def test_a_morning_that_was_missed_is_made_up_for(everybody):
    asked_to_lead(everybody)
    late = next_morning(next_morning(next_morning(made.now()))) + datetime.timedelta(hours=7)
    assert tell(late) == ["amira@example.org"]


def test_what_was_answered_meanwhile_is_told_to_nobody(everybody):
    home = asked_to_lead(everybody)
    with as_web(everybody.amira, Purpose.EARLY_HELP):
        leading.accept_lead(assignment=home.case.assignments.get(), by=everybody.amira, now=made.now())
    assert "amira@example.org" not in tell(next_morning(made.now()))


@pytest.mark.parametrize(
    ("how_often", "now", "morning"),
    [(HowOften.AT_ONCE, True, False), (HowOften.DAILY, False, True), (HowOften.NEVER, False, False)],
)
def test_each_is_told_as_they_chose(everybody, how_often, now, morning):
    choose(everybody.amira, how_often)
    asked_to_lead(everybody)
    night = datetime.datetime.combine(cast.tomorrow(), datetime.time(3), LONDON)
    assert ("amira@example.org" in tell(night)) is now
    assert ("amira@example.org" in tell(next_morning(night))) is morning


def test_somebody_invited_into_a_team_is_told(everybody):
    home = made.assessing_with(everybody, everybody.eddie)
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        team.invite(
            case=home.case,
            practitioner=everybody.ben.practitioner,
            agency=everybody.health,
            part="health",
            by=everybody.eddie,
            now=made.now(),
        )
    assert "ben@example.org" in tell(next_morning(made.now()))


def test_danger_is_told_to_deciders_at_once_whatever_they_chose_until_one_says_mine(everybody):
    choose(everybody.hana, HowOften.NEVER)
    duty = cast.post("Nia", everybody.hub, Role.EMERGENCY_DUTY)
    contact = arrive(everybody.cleo, everybody.hub, danger=Answer.YES, danger_told="Sergeant Bell")
    assert tell() == ["hana@example.org", "nia@example.org"]
    assert set(Notification.objects.values_list("urgent", flat=True)) == {True}
    Notification.objects.all().delete()
    with as_web(duty, Purpose.TRIAGE):
        triaging.acknowledge_contact(contact=contact, doing="Ringing them", by=duty, now=made.now())
    assert tell() == []


def test_the_hubs_question_reaches_the_reporter_at_once(everybody):
    contact = arrive(everybody.cleo, everybody.hub)
    with as_web(everybody.hana, Purpose.TRIAGE):
        triaging.claim_contact(contact=contact, by=everybody.hana, now=made.now())
        contact.refresh_from_db()
        triaging.ask_reporter(
            contact=contact, text="Which flat?", version=contact.version, by=everybody.hana, now=made.now()
        )
    assert tell() == ["cleo@example.org"]


def flagged(everybody: cast.Cast):
    one = running_well(everybody)
    one.action(AS_OF - datetime.timedelta(days=20))
    with as_worker(watching.JOB):
        watching.sweep(as_of=AS_OF, now=noon(AS_OF))
    return one


def test_a_flag_is_the_leads_until_it_climbs_to_the_manager_and_nobodys_while_put_off(everybody):
    one = flagged(everybody)
    tomorrow = noon(AS_OF) + datetime.timedelta(days=1)
    Flag.objects.update(snoozed_until=tomorrow.date())
    assert tell(tomorrow) == []
    Flag.objects.update(snoozed_until=None)
    assert tell(tomorrow) == ["eddie@example.org"]
    Flag.objects.filter(case=one.case).update(climbed_at=tomorrow + datetime.timedelta(hours=12))
    assert tell(tomorrow + datetime.timedelta(days=1)) == ["esi@example.org"]


def test_a_lead_who_holds_no_post_any_more_is_told_nothing(everybody):
    flagged(everybody)
    Post.objects.filter(pk=everybody.eddie.pk).update(ends_on=AS_OF - datetime.timedelta(days=1))
    assert tell(noon(AS_OF)) == []


def test_who_may_not_open_it_is_told_nothing(everybody):
    one = flagged(everybody)
    facts.restrict(person=one.child.pk, why="named in an inquiry")
    assert tell(noon(AS_OF)) == []
    assign_perm("see_restricted", everybody.eddie.practitioner, one.child)
    assert tell(noon(AS_OF)) == ["eddie@example.org"]


def test_a_conflict_of_interest_keeps_somebody_from_being_told(everybody):
    one = flagged(everybody)
    Conflict.objects.create(
        practitioner=everybody.eddie.practitioner, person=one.child, reason="My nephew.", declared_at=noon(AS_OF)
    )
    assert tell(noon(AS_OF)) == []


def test_an_e_mail_is_sent_once_and_kept(everybody):
    asked_to_lead(everybody)
    tell(next_morning(made.now()))
    send_owed()
    send_owed()
    (message,) = outbox.outbox
    kept = Notification.objects.get()
    assert kept.sent_at and message.to == ["amira@example.org"] and kept.reference in message.body


def test_nothing_goes_to_who_has_left_or_where_no_mail_can_be_sent(everybody, settings):
    asked_to_lead(everybody)
    morning = next_morning(made.now())
    settings.EMAIL_FILE_PATH = ""
    assert tell(morning) == []
    settings.EMAIL_FILE_PATH = "/tmp"
    tell(morning)
    everybody.amira.practitioner.is_active = False
    everybody.amira.practitioner.save()
    send_owed()
    assert outbox.outbox == []
    Notification.objects.all().delete()
    assert tell(morning) == []


def test_what_the_carrier_returns_is_kept_and_an_administrator_sends_another(everybody, settings):
    settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE = KEY, "one"
    admin = cast.post("Ada", everybody.early_help, Role.ADMINISTRATOR)
    with postman() as carrier:
        settings.NOTIFY_ADDRESS = carrier.address
        asked_to_lead(everybody)
        tell(next_morning(made.now()))
        send_owed()
        kept = Notification.objects.get()
        carrier.fates[kept.theirs] = "permanent-failure"
        with as_worker(notifying.FOLLOW):
            notifying.follow_notifications(now=made.now())
        everybody.amira.practitioner.email = "amira.new@example.org"
        everybody.amira.practitioner.save()
        with as_web(admin, Purpose.GOVERNANCE):
            (line,) = notifying.undelivered(now=made.now())
            assert (line.name, line.address) == ("Amira", "amira@example.org")
            assert notifying.send_again(notification=kept.pk)
            assert not notifying.send_again(notification=kept.pk)
            assert notifying.undelivered(now=made.now()) == []
        send_owed()
        assert [one["email_address"] for one in carrier.sent] == ["amira@example.org", "amira.new@example.org"]
        another = Notification.objects.get(settled_at=None)
        carrier.fates[another.theirs] = "delivered"
        with as_worker(notifying.FOLLOW):
            notifying.follow_notifications(now=made.now())
    assert Notification.objects.get(settled_at=None).delivered_at


def test_an_address_never_taken_is_returned_and_one_not_taken_now_is_owed_still(everybody, monkeypatch):
    asked_to_lead(everybody)
    tell(next_morning(made.now()))

    class Broken:
        def __init__(self, error: Exception) -> None:
            self.error = error

        def send(self, _mail: object) -> str:
            raise self.error

    monkeypatch.setattr(notifying.mailing, "carrier", lambda: Broken(OSError("away")))
    with pytest.raises(OSError, match="away"):
        send_owed()
    assert Notification.objects.get().sent_at is None
    admin = cast.post("Ada", everybody.early_help, Role.ADMINISTRATOR)
    with as_web(admin, Purpose.GOVERNANCE):
        tomorrow = next_morning(made.now()) + datetime.timedelta(hours=2)
        assert [one.name for one in notifying.undelivered(now=tomorrow)] == ["Amira"]
    monkeypatch.setattr(notifying.mailing, "carrier", lambda: Broken(NeverTaken()))
    send_owed()
    assert Notification.objects.get().returned_at


def test_only_administrators_read_what_did_not_arrive_and_send_another(everybody):
    lost = Notification.objects.create(
        practitioner=everybody.amira.practitioner,
        address="amira@example.org",
        urgent=False,
        reference="ACDEFHJK",
        made_at=noon(AS_OF),
        returned_at=noon(AS_OF),
    )
    for post in (everybody.esi, everybody.gita, everybody.hana, everybody.amira):
        with as_web(post, Purpose.GOVERNANCE), connection.cursor() as cursor:
            assert notifying.undelivered(now=made.now()) == []
            cursor.execute("select gate.send_again(%s, gen_random_uuid(), 'A')", [lost.pk])
            assert cursor.fetchone() == (False,)
            assert Notification.objects.filter(pk=lost.pk).exists() == (post == everybody.amira)


def test_every_app_is_asked():
    assert set(notifying._sources) == {
        *("gate.waiting_at_agencies", "gate.waiting_with_families", "gate.waiting_on_receipts"),
        *("gate.waiting_at_front_door", "gate.waiting_on_clocks", "gate.waiting_on_disagreements"),
    }


def test_nobody_but_the_job_asks_what_waits_for_whom(everybody):
    for source in notifying._sources:
        with as_worker(notifying.TELL), connection.cursor() as cursor:
            cursor.execute(f"select * from {source}(current_date)")
        with pytest.raises(DatabaseError), as_worker("watch_cases"), connection.cursor() as cursor:
            cursor.execute(f"select * from {source}(current_date)")
        with pytest.raises(DatabaseError), as_web(everybody.hana, Purpose.TRIAGE), connection.cursor() as cursor:
            cursor.execute(f"select * from {source}(current_date)")


def test_a_choice_is_ones_own(everybody):
    choose(everybody.amira, HowOften.NEVER)
    with as_web(everybody.ben, Purpose.OWN_ACCOUNT):
        assert not NotificationChoice.objects.exists()


SHAPE = re.compile(
    r"Something waits for you in Early Help\.\n\n(It is urgent: please do not leave it until tomorrow\.\n\n)?"
    r"Sign in to read it: https://eh\.example\.org/\n\nReference: [ACDEFHJKMNPRTUVWXY347]{8}\n\n"
    r"This e-mail says no more, so that nobody else can learn anything from it\. "
    r"To change how often you get one: https://eh\.example\.org/notifications/\n"
)


@pytest.mark.parametrize("seed", range(12))
def test_no_e_mail_of_any_world_holds_a_word_of_any_record(seed, settings):
    """Worlds in which every text of every record holds a word of its own (tests/every_door/planting.py)."""
    plant(random.Random(seed))
    tell(next_morning(made.now()))
    send_owed()
    for message in outbox.outbox:
        assert message.subject == "Something waits for you in Early Help"
        assert SHAPE.fullmatch(message.body)
        assert not WORD.search(str(message.message()))
        assert message.attachments == [] and message.extra_headers == {}
    owed = str(list(OwedJob.objects.filter(job=notifying.SEND).values("key", "payload")))
    assert not WORD.search(owed + str(list(Notification.objects.values("reference", "theirs"))))
    assert Notification.objects.count() == len(outbox.outbox)
