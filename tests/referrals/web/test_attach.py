"""Photographs and papers: taken in only when scanned, for the hub only, released one by one."""

import uuid
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from referrals.actions import attaching
from referrals.models import Attachment, ContactEntry, DraftAttachment, ReleasedAttachment, Report, ReportAddition
from sharing_agreements.actions import facts
from sharing_agreements.models import Clause, Disclosure
from sharing_agreements.vocabulary import InvolvementReason, Kind, Purpose
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.referrals import typing
from tests.referrals.arriving import arrive
from tests.referrals.papers import PDF, photograph
from tests.referrals.scanner import EICAR, scanning

pytestmark = pytest.mark.django_db
numbers = count(1)


@pytest.fixture
def scanner(settings):
    with scanning() as (address, looked_at):
        settings.SCANNER = address
        yield looked_at


@pytest.fixture
def sent(everybody):
    return arrive(everybody.cleo, everybody.hub)


def give(visitor, address, content=None, **more):
    """Send the form with a file."""
    file = SimpleUploadedFile("IMG Dean Marsh.jpg", photograph() if content is None else content)
    said = {"shows": f"The kitchen {next(numbers)}", "not_a_body": "on", "file": file, **more}
    return visitor.send(address, **said)


def files_of(contact):
    return reverse("referrals:attach_to_report", args=[contact.report_id])


def page(visitor, address):
    return visitor.get(address).content.decode()


def test_the_hub_reads_a_photograph_sent_after_the_report_and_is_told(everybody, sent, scanner):
    cleo, hana = Visitor(everybody.cleo), Visitor(everybody.hana)
    assert give(cleo, files_of(sent), shows="The kitchen").status_code == 302
    (kept,) = Attachment.objects.all()
    assert scanner == [photograph()] and b"Exif" not in bytes(kept.content)
    assert ReportAddition.objects.get().text == "Sent a photograph or paper, for the hub only."
    assert Disclosure.objects.filter(what="attachment sent to hub", record_ids=[kept.pk]).exists()
    contact = page(hana, f"/contacts/{sent.pk}/")
    assert "The kitchen" in contact and "For the hub only." in contact
    for visitor in (cleo, hana):
        answer = visitor.get(f"/files/{kept.pk}/")
        assert answer.content == bytes(kept.content) and answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"].startswith("attachment;") and "Dean" not in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert Disclosure.objects.filter(
        record_ids__contains=[kept.pk], practitioner_id=everybody.hana.practitioner_id
    ).exists()


def test_others_are_told_of_no_file_until_the_hub_releases_it_and_then_only_where_an_agreement_lets_them(
    everybody, sent, scanner
):
    give(Visitor(everybody.cleo), files_of(sent), shows="The kitchen")
    (kept,) = Attachment.objects.all()
    hana = Visitor(everybody.hana)
    release = f"/contacts/{sent.pk}/files/{kept.pk}/release/"
    nothing = Visitor(everybody.amira).get(f"/files/{uuid.uuid4()}/")
    for name in ("cyrus", "amira", "ben", "dev", "eddie"):
        visitor = Visitor(getattr(everybody, name))
        answer = visitor.get(f"/files/{kept.pk}/")
        assert answer.status_code == 404, name
        assert visitor.get(release).status_code == 404
    assert typing.body(nothing) == typing.body(Visitor(everybody.amira).get(f"/files/{kept.pk}/"))
    assert hana.send(release, reason=" ", version=1).status_code == 200 and not ReleasedAttachment.objects.exists()
    sent.refresh_from_db()
    assert hana.send(release, reason="Housing must see the kitchen", version=sent.version).status_code == 302
    (copy,) = ReleasedAttachment.objects.all()
    assert copy.owner == everybody.hub and copy.author == everybody.hana.practitioner and copy.released_at
    assert Disclosure.objects.filter(what="attachment released", record_ids=[copy.pk]).exists()
    assert "Housing must see" in ContactEntry.objects.get(what="released").text
    contact = page(hana, f"/contacts/{sent.pk}/")
    assert "Released by Hana" in contact and "For the hub only." not in contact
    assert hana.get(release).status_code == 409
    assert Visitor(everybody.dev).get(f"/files/released/{copy.pk}/").status_code == 404
    assert Visitor(everybody.amira).get(f"/files/{kept.pk}/").status_code == 404


def test_whom_an_agreement_lets_read_the_hubs_concern_reports_opens_what_was_released_and_nothing_else(
    everybody, sent, scanner
):
    for shows in ("The kitchen", "The stairs"):
        give(Visitor(everybody.cleo), files_of(sent), shows=shows)
    kitchen, stairs = Attachment.objects.order_by("shows")
    team = {"reason": InvolvementReason.TEAM, "starts_on": cast.today()}
    for post in (everybody.amira, everybody.ben):
        facts.involve(people=sent.about, agency=post.agency_id, practitioner=post.practitioner_id, **team)
    with as_web(everybody.hana, Purpose.TRIAGE):
        copy = attaching.release_attachment(
            contact=sent, attachment=kitchen, reason="The school must see it", by=everybody.hana, now=timezone.now()
        )
    released = f"/files/released/{copy.pk}/"
    assert Visitor(everybody.amira).get(released).status_code == 404
    Clause.objects.filter(kind=Kind.CONCERN, provider_type="hub", recipient_type="school").update(level="full")
    amira = Visitor(everybody.amira)
    assert amira.get(released).content == bytes(kitchen.content)
    for one in (kitchen, stairs):
        assert amira.get(f"/files/{one.pk}/").status_code == 404
    for name in ("ben", "dev", "eddie"):
        assert Visitor(getattr(everybody, name)).get(released).status_code == 404, name


def test_a_navigator_reads_but_does_not_release(everybody, sent, scanner):
    give(Visitor(everybody.cleo), files_of(sent))
    (kept,) = Attachment.objects.all()
    hugo = Visitor(everybody.hugo)
    assert hugo.get(f"/files/{kept.pk}/").status_code == 200
    assert "Release it" not in page(hugo, f"/contacts/{sent.pk}/")
    assert hugo.get(f"/contacts/{sent.pk}/files/{kept.pk}/release/").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (EICAR, "The virus scanner found something in this file"),
        (b"plain words", "The file must be a photograph"),
        (PDF + b" " * (10 * 1024 * 1024), "The file must be 10 MB or less"),
    ],
)
def test_a_file_that_is_refused_is_not_kept_and_the_words_stay(everybody, sent, scanner, content, sentence):
    answer = give(Visitor(everybody.cleo), files_of(sent), content, shows="A letter")
    said = answer.content.decode()
    assert answer.status_code == 422 and sentence in said and 'value="A letter"' in said
    assert not Attachment.objects.exists() and not ReportAddition.objects.exists()


@pytest.mark.parametrize("answer", [b"", b"stream: INSTREAM size limit exceeded. ERROR\0", b"nonsense\0"])
def test_a_scanner_that_does_not_say_clean_lets_nothing_in(everybody, sent, settings, answer):
    with scanning(answer) as (address, _):
        settings.SCANNER = address
        said = give(Visitor(everybody.cleo), files_of(sent)).content.decode()
    assert "does not answer" in said and not Attachment.objects.exists()
    said = give(Visitor(everybody.cleo), files_of(sent)).content.decode()
    assert "does not answer" in said and not Attachment.objects.exists()


def test_without_a_scanner_the_page_says_so_and_takes_nothing(everybody, sent):
    cleo = Visitor(everybody.cleo)
    shown = page(cleo, files_of(sent))
    assert "no virus scanner is set up" in shown and "<input" not in shown.split("<main", 1)[1]
    assert "no virus scanner is set up" in give(cleo, files_of(sent)).content.decode()
    assert not Attachment.objects.exists()


def test_nobody_sends_a_file_without_saying_that_it_shows_no_body(everybody, sent, scanner):
    cleo = Visitor(everybody.cleo)
    assert "Never a picture of a child" in page(cleo, files_of(sent))
    answer = give(cleo, files_of(sent), not_a_body="")
    assert answer.status_code == 422 and "Confirm that this shows no part" in answer.content.decode()
    assert scanner == [] and not Attachment.objects.exists()


def test_a_report_holds_ten_files(everybody, sent, scanner):
    cleo = Visitor(everybody.cleo)
    for _ in range(10):
        assert give(cleo, files_of(sent), PDF).status_code == 302
    assert "10 files at most" in give(cleo, files_of(sent), PDF).content.decode()
    assert Attachment.objects.count() == 10


def test_only_the_reporter_adds(everybody, sent, scanner):
    for name in ("cyrus", "hana", "amira"):
        assert give(Visitor(getattr(everybody, name)), files_of(sent)).status_code == 404


def test_files_of_a_draft_are_its_authors_alone_and_go_with_the_report(site, everybody, scanner):
    client = site()
    typing.sign_in(client, everybody.cleo)
    draft = typing.write(client)
    address = reverse("referrals:attach_to_draft", args=[draft])

    def add(shows):
        file = SimpleUploadedFile("a.jpg", photograph())
        return client.post(address, {"shows": shows, "not_a_body": "on", "file": file})

    assert add("The kitchen").status_code == 302 and add("The stairs").status_code == 302
    assert "2 kept with this draft" in client.get(reverse("referrals:check_report", args=[draft])).content.decode()
    stairs = DraftAttachment.objects.get(shows="The stairs")
    other = site()
    typing.sign_in(other, everybody.cyrus)
    assert other.get(address).status_code == 404
    remove = reverse("referrals:detach_from_draft", args=[draft, stairs.pk])
    assert other.post(remove).status_code == 404
    assert client.post(remove).status_code == 302
    assert typing.send(client, draft).status_code == 302
    report = Report.objects.get()
    shown = client.get(reverse("referrals:view_report", args=[report.pk])).content.decode()
    assert "The kitchen" in shown and "The stairs" not in shown
    left = DraftAttachment.objects.values_list("shows", "content")
    assert [(shows, bytes(content)) for shows, content in left] == [("", b""), ("", b"")]
