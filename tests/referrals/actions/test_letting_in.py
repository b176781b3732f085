"""An officer of a force without accounts: an approved address, a code once, few tries, and only their own reports."""

import datetime
import re
import uuid

import pytest
from django.core import mail
from django.db import connection

from referrals.actions import adding, letting_in
from referrals.models import MailDomain, OutsideAccess, Report, SchoolNotice
from referrals.queries.reporting import own_agency_reports, reports_by
from referrals.vocabulary import ConcernKind
from sharing_agreements.models import Identity, OwedJob, Post, Practitioner
from sharing_agreements.refusals import Refused
from sharing_agreements.row_security import forget
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from tests import cast
from tests.conftest import as_login, as_web, as_worker
from tests.referrals.arriving import arrive, child, send

pytestmark = pytest.mark.django_db
WHO = {"email": "Ann.Reed@Crossline.example.org", "name": "PC Ann Reed 4471", "phone": "01632 960555"}


@pytest.fixture
def crossline(everybody, settings, tmp_path):
    """A transport police with an approved mail domain, and e-mail that can be sent."""
    settings.EMAIL_FILE_PATH = str(tmp_path)
    force = cast.agency("Crossline Transport Police", AgencyType.TRANSPORT_POLICE)
    MailDomain.objects.create(domain="crossline.example.org", agency=force)
    return force


def ask(**more) -> uuid.UUID:
    """Ask as a browser that is not signed in does, under the web login."""
    with as_login("eh_web"):
        forget()
        return letting_in.ask_for_code(**WHO | more)


def sent(access: uuid.UUID) -> str:
    """Let the job send it; gives the code from the e-mail."""
    with as_worker(letting_in.JOB):
        letting_in.send_code(access=access)
    return re.search(r"\d{6}", mail.outbox[-1].body).group(0)


def open_with(access: uuid.UUID, code: str) -> Post | None:
    with as_login("eh_web"):
        forget()
        return letting_in.open_with(access=access, code=code)


def let_in(**more) -> Post:
    access = ask(**more)
    post = open_with(access, sent(access))
    assert post is not None
    return Post.objects.select_related("practitioner", "agency", "team").get(pk=post.pk)


def test_a_code_sent_to_an_approved_address_opens_a_post_that_writes_reports(crossline):
    post = let_in()
    assert (post.role, post.agency, post.ends_on) == (
        Role.OUTSIDE_REPORTER,
        crossline,
        cast.tomorrow(),
    )
    who = post.practitioner
    assert (who.name, who.email, who.provider) == ("PC Ann Reed 4471", "ann.reed@crossline.example.org", "outside")
    assert not who.has_usable_password()


def test_the_e_mail_holds_the_code_and_nothing_about_anybody(crossline):
    code = sent(ask())
    (message,) = mail.outbox
    assert message.to == ["ann.reed@crossline.example.org"] and message.subject == "Your code"
    assert code in message.body and "Reed" not in message.body and "960555" not in message.body


def test_the_job_is_owed_by_id_alone_and_sends_nothing_as_somebody_else(crossline):
    access = ask()
    assert OwedJob.objects.get(job=letting_in.JOB).payload == {"access": str(access)}
    with as_worker("receive_report"):
        letting_in.send_code(access=access)
    assert mail.outbox == []


def test_an_address_of_no_approved_domain_is_sent_nothing(crossline):
    for email in ("ann@gmail.example", "ann@evil.crossline.example.org", "crossline.example.org@elsewhere.example"):
        with pytest.raises(Refused) as refused:
            ask(email=email)
        assert refused.value.refusal.code == "force_not_known"
    assert not OutsideAccess.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        '"ann@crossline.example.org@x"@elsewhere.example.org',
        "ann@crossline.example.org@elsewhere.example.org",
        "ann@elsewhere.example.org@crossline.example.org",
        "ann@crossline.example.org, ann@elsewhere.example.org",
        "ann@elsewhere.example.org\n@crossline.example.org",
        "<ann@elsewhere.example.org>@crossline.example.org",
        "@crossline.example.org",
        "ann@sub.crossline.example.org",
    ],
)
def test_an_address_that_only_looks_like_one_of_the_force_is_sent_nothing(crossline, address):
    with pytest.raises(Refused) as refused:
        ask(email=address)
    assert refused.value.refusal.code == "force_not_known"
    assert not OutsideAccess.objects.exists() and not mail.outbox


@pytest.mark.parametrize("address", ["a.o'neill-2+duty@CROSSLINE.example.org", " ann_reed@crossline.example.org "])
def test_a_plain_address_of_the_force_is_let_in(crossline, address):
    assert let_in(email=address).agency == crossline


def test_where_no_e_mail_can_be_sent_nobody_is_let_in(crossline, settings):
    settings.EMAIL_FILE_PATH, settings.EMAIL_HOST = "", ""
    with pytest.raises(Refused) as refused:
        ask()
    assert refused.value.refusal.code == "no_mail"


def test_three_codes_an_hour_for_one_address_and_sixty_for_one_force(crossline):
    for _ in range(3):
        ask()
    with pytest.raises(Refused) as refused:
        ask(email="ANN.REED@crossline.example.org ")
    assert refused.value.refusal.code == "too_many_codes"
    ask(email="bo@crossline.example.org")
    first = OutsideAccess.objects.first()
    for _ in range(56):
        OutsideAccess.objects.create(
            agency=crossline, email="c@crossline.example.org", name="C", phone="1", asked_at=first.asked_at
        )
    with pytest.raises(Refused):
        ask(email="dee@crossline.example.org")
    OutsideAccess.objects.update(asked_at=first.asked_at - datetime.timedelta(hours=1))
    ask()


def test_a_code_opens_once_and_only_with_its_own_wish(crossline):
    access, other = ask(), ask()
    code, others = sent(access), sent(other)
    assert open_with(uuid.uuid4(), code) is None
    if code != others:
        assert open_with(other, code) is None
    assert open_with(access, code) is not None
    assert open_with(access, code) is None


def test_after_five_tries_the_right_code_opens_no_more(crossline):
    access = ask()
    code = sent(access)
    for _ in range(5):
        assert open_with(access, "wrong") is None
    assert open_with(access, code) is None
    assert OutsideAccess.objects.get(pk=access).attempts == 5


def test_four_wrong_tries_leave_one(crossline):
    access = ask()
    code = sent(access)
    for _ in range(4):
        open_with(access, "wrong")
    assert open_with(access, code) is not None


def test_a_code_runs_out_after_ten_minutes(crossline):
    access = ask()
    code = sent(access)
    held = OutsideAccess.objects.get(pk=access)
    assert held.expires_at - held.asked_at == datetime.timedelta(minutes=10)
    OutsideAccess.objects.update(expires_at=held.asked_at - datetime.timedelta(seconds=1))
    assert open_with(access, code) is None


def test_a_job_that_runs_again_makes_a_new_code_and_the_old_one_opens_nothing(crossline):
    access = ask()
    first, second = sent(access), sent(access)
    if first != second:
        assert open_with(access, first) is None
    assert open_with(access, second) is not None


def test_what_is_kept_of_a_code_cannot_be_read_by_a_login_nor_tried_without_the_sites_secret(crossline, settings):
    access = ask()
    code = sent(access)
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select digest from gate.outside_secret where access_id = %s", [access])
        kept = bytes(cursor.fetchone()[0])
        cursor.execute("set local role eh_owner")
        for login in ("eh_web", "eh_worker"):
            for table in ("gate.outside_secret", "referrals_outsideaccess", "referrals_maildomain"):
                cursor.execute("select has_any_column_privilege(%s, %s, 'select')", [login, table])
                assert not cursor.fetchone()[0], (login, table)
    assert kept == letting_in.digest(access, code)
    settings.SECRET_KEY = "another" * 8
    assert kept != letting_in.digest(access, code)


def test_what_was_asked_and_not_used_is_forgotten_after_a_day(crossline):
    let_in()
    ask(email="bo@crossline.example.org")
    OutsideAccess.objects.update(asked_at=OutsideAccess.objects.first().asked_at - datetime.timedelta(days=2))
    ask(email="dee@crossline.example.org")
    assert set(OutsideAccess.objects.values_list("email", flat=True)) == {
        "ann.reed@crossline.example.org",
        "dee@crossline.example.org",
    }


def test_the_same_address_is_the_same_officer_on_another_day(crossline):
    first = let_in()
    Post.objects.update(ends_on=cast.yesterday(), starts_on=cast.LONG_AGO)
    again = let_in(phone="01632 960556")
    assert again.pk == first.pk and again.practitioner.phone == "01632 960556"
    assert again.ends_on > cast.today()
    assert Practitioner.objects.filter(provider="outside").count() == 1


def test_an_officer_who_was_shut_out_is_not_let_in_again(crossline):
    first = let_in()
    Practitioner.objects.filter(pk=first.practitioner_id).update(is_active=False)
    access = ask()
    assert open_with(access, sent(access)) is None


def test_they_read_their_own_report_and_nothing_else_of_anybody(everybody, crossline):
    post = let_in()
    theirs = cast.post("Lewis", crossline, Role.REPORTER)
    send(theirs, everybody.hub, child("Ada Marsh"))
    send(everybody.cleo, everybody.hub, child("Jo Smith"))
    own = send(post, everybody.hub, child("Jo Smith"))
    with as_web(post, Purpose.REPORTING):
        assert reports_by(post) == [own] and list(own_agency_reports(post)) == [own]
        assert {one.given_name for one in Identity.objects.all()} == {"Jo"}
        assert set(Identity.objects.values_list("owner_id", flat=True)) == {crossline.pk}
        adding.add_to_report(report=own, text="He was on platform 2.", by=post, now=own.sent_at)
        with pytest.raises(Refused):
            adding.add_to_report(report=_of(theirs), text="x", by=post, now=own.sent_at)


def _of(by: Post) -> Report:
    """A report by somebody else, as if it had leaked."""
    return Report(author_id=by.practitioner_id, owner_id=by.agency_id)


def test_the_report_says_that_it_rests_on_an_e_mail_address_alone(everybody, crossline):
    post = let_in()
    contact = arrive(post, everybody.hub)
    assert contact.report.verified_email == "ann.reed@crossline.example.org"
    assert contact.report.reporter_title == "No account, verified by e-mail, Crossline Transport Police"
    assert arrive(everybody.cleo, everybody.hub).report.verified_email == ""


def test_their_report_of_domestic_abuse_owes_nobody_here_a_notice(everybody, crossline):
    send(let_in(), everybody.hub, concern=ConcernKind.DOMESTIC_ABUSE)
    assert not SchoolNotice.objects.exists()
