"""Writing a report: nothing typed is lost, right or wrong, in one window or two."""

import uuid

import pytest
from django.db import connection
from django.urls import reverse

from referrals.models import Draft, Report
from referrals.vocabulary import Seen
from sharing_agreements.models import Agency
from tests.conftest import as_login
from tests.referrals import typing


@pytest.fixture
def cleo(site, everybody):
    client = site()
    typing.sign_in(client, everybody.cleo)
    return client


def typed(draft: str, page: str) -> dict[str, list[str]]:
    return Draft.objects.get(pk=draft).data[page]["typed"]


def test_a_wrong_answer_is_kept_and_shown_again_beside_its_message(cleo):
    draft = typing.begin(cleo)
    wrong = {**typing.WHEN_WHERE, "happened_month": "Smarch", "happened_time": "tea time"}
    answer = typing.fill(cleo, draft, "when-and-where", wrong)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'value="Smarch"' in page and 'value="tea time"' in page
    assert "Enter the time on the 24-hour clock" in page
    assert typed(draft, "when-and-where")["happened_month"] == ["Smarch"]
    again = cleo.get(reverse("referrals:write_report", args=[draft, "when-and-where"])).content.decode()
    assert 'value="Smarch"' in again and "govuk-error-summary" not in again


def test_danger_shows_whom_to_ring_before_it_asks_anything(cleo, everybody):
    draft = typing.begin(cleo, danger="yes")
    page = cleo.get(reverse("referrals:write_report", args=[draft, "told-about-danger"])).content.decode()
    assert "Use your powers now" in page
    assert everybody.hub.phone in page or everybody.hub.out_of_hours_phone in page
    assert page.index("Use your powers") < page.index("Who have you told?")


def test_a_teacher_in_danger_reads_999_and_not_the_words_for_police(site, everybody):
    client = site()
    typing.sign_in(client, everybody.amira)
    draft = typing.begin(client, danger="yes")
    page = client.get(reverse("referrals:write_report", args=[draft, "told-about-danger"])).content.decode()
    assert "Call 999 now." in page and "Use your powers" not in page


def test_danger_now_can_be_graded_red_only(cleo):
    draft = typing.begin(cleo, danger="yes")
    assert typing.fill(cleo, draft, "urgency", {"urgency": "green"}).status_code == 200
    assert typing.fill(cleo, draft, "urgency", {"urgency": "red"}).status_code == 302


def test_a_child_is_added_and_removed_by_buttons_and_nothing_typed_moves_to_another(cleo):
    draft = typing.begin(cleo)
    typing.fill(cleo, draft, "children", typing.children(typing.KAYDEN), add="yes")
    two = typing.children(typing.KAYDEN, typing.child(1, "Ellie Marsh", seen=Seen.HEARD, age="3"))
    typing.fill(cleo, draft, "children", two, add="yes")
    page = cleo.get(reverse("referrals:write_report", args=[draft, "children"])).context["form"]
    assert [row["name"].value() for row in page.forms] == ["Kayden Marsh", "Ellie Marsh", None]
    assert page.forms[2]["same_place"].value() is True
    typing.fill(cleo, draft, "children", {**two, "child-TOTAL_FORMS": "3"}, remove="0")
    page = cleo.get(reverse("referrals:write_report", args=[draft, "children"])).context["form"]
    assert [row["name"].value() for row in page.forms] == ["Ellie Marsh", None]


def test_a_child_elsewhere_needs_a_place(cleo):
    draft = typing.begin(cleo)
    ellie = typing.child(1, "Ellie", age="3")
    del ellie["child-1-same_place"]
    answer = typing.fill(cleo, draft, "children", typing.children(typing.KAYDEN, ellie))
    assert "Say where this child is now" in answer.content.decode()


def test_a_blank_row_is_no_child(cleo):
    draft = typing.begin(cleo)
    blank = {"child-1-name": "", "child-1-same_place": "on"}
    assert typing.fill(cleo, draft, "children", typing.children(typing.KAYDEN, blank)).status_code == 302


def test_signs_put_early_years_first_only_when_a_child_is_under_five(cleo):
    draft = typing.begin(cleo)
    typing.fill(cleo, draft, "children", typing.children(typing.KAYDEN))
    address = reverse("referrals:write_report", args=[draft, "signs"])
    assert "early_years" not in cleo.get(address).context["form"].fields
    typing.fill(cleo, draft, "children", typing.children(typing.KAYDEN, typing.child(1, "Ellie", age="2")))
    names = [name for name in cleo.get(address).context["form"].fields if name != "idempotency_key"]
    assert names[0] == "early_years"


def test_autosave_keeps_the_page_and_a_late_one_changes_nothing_after_the_button(cleo):
    draft = typing.begin(cleo)
    page = reverse("referrals:write_report", args=[draft, "account"])
    keep = reverse("referrals:keep_draft", args=[draft, "account"])
    opened = cleo.get(page).context
    window = {"opened": str(opened["opened"]), "revision": str(opened["revision"])}
    assert cleo.post(keep, {**window, "account": "First"}).status_code == 204
    assert cleo.post(keep, {**window, "account": "First words"}).status_code == 204
    assert cleo.post(page, {**window, "account": "First words, finished"}).status_code == 302
    assert cleo.post(keep, {**window, "account": "First w"}).status_code == 409
    assert typed(draft, "account")["account"] == ["First words, finished"]


def test_two_windows_see_both_versions_and_neither_is_lost(cleo):
    draft = typing.begin(cleo)
    page = reverse("referrals:write_report", args=[draft, "account"])
    one, two = (cleo.get(page).context for _ in range(2))
    first = {"opened": str(one["opened"]), "revision": str(one["revision"]), "account": "From the phone"}
    second = {"opened": str(two["opened"]), "revision": str(two["revision"]), "account": "From the desk"}
    assert cleo.post(page, first).status_code == 302
    answer = cleo.post(page, second)
    assert answer.status_code == 200
    assert "From the phone" in answer.content.decode() and "From the desk" in answer.content.decode()
    assert typed(draft, "account")["account"] == ["From the phone"]
    fresh = {"opened": str(answer.context["opened"]), "revision": str(answer.context["revision"])}
    assert cleo.post(page, {**fresh, "account": "From the desk"}).status_code == 302
    assert typed(draft, "account")["account"] == ["From the desk"]


def test_the_first_page_posted_twice_starts_one_draft(cleo):
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = cleo.post(reverse("referrals:start_report"), {"danger": "no", "idempotency_key": key})
        assert answer.url.split("/")[3] == key
    assert Draft.objects.count() == 1


def test_an_unfinished_report_cannot_be_sent_and_says_what_is_missing(cleo):
    draft = typing.begin(cleo)
    answer = typing.send(cleo, draft)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Not ready to send" in page and "Send the report" not in page
    assert not Report.objects.exists()


def test_a_draft_is_put_aside_only_with_a_reason(cleo):
    draft = typing.begin(cleo)
    address = reverse("referrals:abandon_draft", args=[draft])
    assert cleo.post(address, {"because": " "}).status_code == 200
    assert cleo.post(address, {"because": "Filed by my colleague"}).status_code == 302
    held = Draft.objects.get(pk=draft)
    assert held.abandoned_because == "Filed by my colleague" and held.data
    assert cleo.get(reverse("referrals:continue_report", args=[draft])).status_code == 409


def test_somebody_elses_draft_answers_as_one_that_does_not_exist(cleo, site, everybody):
    draft = typing.begin(cleo)
    other = site()
    typing.sign_in(other, everybody.cyrus)
    theirs = other.get(reverse("referrals:continue_report", args=[draft]))
    nothing = other.get(reverse("referrals:continue_report", args=[uuid.uuid4()]))
    assert theirs.status_code == nothing.status_code == 404
    assert typing.body(theirs) == typing.body(nothing)


def test_without_a_hub_the_draft_stays_and_the_page_says_whom_to_ring(cleo, everybody):
    draft = typing.write(cleo)
    with as_login("eh_owner"):
        Agency.objects.filter(pk=everybody.hub.pk).update(district="Elsewhere")
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")
    answer = typing.send(cleo, draft)
    assert answer.status_code == 409 and "No hub is set up for Marlbeck" in answer.content.decode()
    assert "Kayden Marsh" in cleo.get(reverse("referrals:check_report", args=[draft])).content.decode()


def test_a_wrong_page_name_is_not_found(cleo):
    draft = typing.begin(cleo)
    assert cleo.get(reverse("referrals:write_report", args=[draft, "nonsense"])).status_code == 404


def test_keeping_and_sending_take_posts_only(cleo):
    draft = typing.begin(cleo)
    assert cleo.get(reverse("referrals:send_report", args=[draft])).status_code == 405
    assert cleo.get(reverse("referrals:keep_draft", args=[draft, "account"])).status_code == 405
