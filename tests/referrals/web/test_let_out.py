"""An answer let out of the hub: who may be chosen, who reads it then, and what the hub that asked is told."""

import datetime

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from referrals.actions import answering, checking
from referrals.models import AgencyCheck, CheckAnswer, ReleaseRequest
from referrals.queries.checks import Granted, releases_asked, releases_granted
from sharing_agreements.actions import exceptions, facts
from sharing_agreements.actions.exceptions import Share
from sharing_agreements.models import Disclosure, Identity, RecordException
from sharing_agreements.part_known import say
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, ExceptionVerb, Level, Precision, Purpose, Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.referrals.arriving import arrive
from tests.referrals.checking import answer, ask, grade, open_checks

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
HEADLINE = "Two missed appointments in a month"
SHARED, WORK = "/shared-with-us/", reverse("cases:my_work")
SHARED_PAGE = "referrals:shared_with_us"
TOLD = "is let out to you"


@pytest.fixture
def hetty(everybody):
    return cast.post("Hetty", everybody.health, Role.MANAGER)


@pytest.fixture
def contact(everybody, hetty):
    made = arrive(everybody.cleo, everybody.hub)
    grade(made, everybody.hana)
    open_checks(made, everybody.hugo)
    return made


@pytest.fixture
def said(everybody, contact, hetty):
    """What the health trust answered the hub."""
    (check,) = ask(contact, everybody.hugo, everybody.health)
    return answer(check, hetty)


@pytest.fixture
def kite(everybody):
    """A charity with two lead practitioners and nobody who receives."""
    return cast.agency("Kite Family Support", AgencyType.CHARITY)


@pytest.fixture
def kim(kite):
    return cast.post("Kim", kite, Role.LEAD_PRACTITIONER, title="Family support worker")


@pytest.fixture
def joss(kite):
    return cast.post("Joss", kite, Role.LEAD_PRACTITIONER)


def page_of(said, verb="let-out"):
    return f"/checks/answers/{said.pk}/{verb}/"


def text_of(post, address):
    page = Visitor(post).get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def key(post):
    return f"{post.agency_id}:{post.practitioner_id}"


def let_out(hetty, said, reader):
    """Send the owner's form."""
    last = cast.in_days(30)
    day = {"until_day": last.day, "until_month": last.month, "until_year": last.year}
    answers = {"reader": reader, "level": "summary", "reason": "They lead the case", **day}
    return Visitor(hetty).send(page_of(said), **answers)


def share(hetty, said, agency, who=None, until=None):
    """Let it out without the form."""
    with as_web(hetty, Purpose.TRIAGE):
        practitioner = who.practitioner if who else None
        exceptions.share_records(
            [said], Share(agency, Level.SUMMARY, until or cast.in_days(30), "They lead the case", practitioner)
        )


def end(hetty, said, agency):
    with as_web(hetty, Purpose.TRIAGE):
        exceptions.end_exceptions([said], agency=agency, verb=ExceptionVerb.SHARE)


def wish_for(hana, said, agency):
    """The hub asked an hour ago that an agency may read it: the gate's clock stands still in a test."""
    now = timezone.now()
    with as_web(hana, Purpose.TRIAGE):
        told = {"agency": agency, "why": "They work with the family.", "by": hana}
        made = checking.ask_release(answer=said, **told, now=now)
    ReleaseRequest.objects.filter(pk=made.pk).update(asked_at=now - datetime.timedelta(hours=1))
    return made


def refuse(hetty, wish):
    with as_web(hetty, Purpose.TRIAGE):
        answering.refuse_release(request=wish, reason="Told in confidence.", by=hetty, now=timezone.now())


def reads(post):
    return HEADLINE in text_of(post, SHARED)


def test_at_an_agency_that_receives_who_receives_reads_it(everybody, said, hetty):
    assert let_out(hetty, said, everybody.early_help.pk).status_code == 302
    assert reads(everybody.esi)
    assert not reads(everybody.eddie) and not reads(everybody.amira)


@pytest.mark.parametrize("role", [Role.LEAD_PRACTITIONER, Role.TEAM_MEMBER, Role.SUPERVISOR, Role.REPORTER])
def test_at_another_agency_the_person_chosen_reads_it_and_a_colleague_does_not(said, hetty, kite, joss, role):
    chosen = cast.post("Ada", kite, role)
    assert let_out(hetty, said, key(chosen)).status_code == 302
    assert reads(chosen) and not reads(joss)


def test_a_name_that_is_not_open_to_the_reader_is_asked_of_the_owner(everybody, said, hetty, kim):
    let_out(hetty, said, key(kim))
    sentence = f"Not every name is open to you. Ask {everybody.health.name}"
    assert sentence in text_of(kim, SHARED) and "we cannot name" not in text_of(kim, SHARED)
    written = {"owner": kim.agency, "author": kim.practitioner, "happened_on": cast.today()}
    Identity.objects.create(person_id=said.about[0], given_name="Zuleika", **written)
    assert sentence not in text_of(kim, SHARED) and "Zuleika" in text_of(kim, SHARED)


def test_it_closes_after_its_last_day_and_when_it_is_ended(everybody, said, hetty, kim, kite):
    for reader, agency, sent in ((everybody.esi, everybody.early_help, ""), (kim, kite, key(kim))):
        let_out(hetty, said, sent or agency.pk)
        assert reads(reader)
        RecordException.objects.filter(agency=agency).update(until=cast.today() - DAY)
        assert not reads(reader)
        let_out(hetty, said, sent or agency.pk)
        assert reads(reader)
        assert Visitor(hetty).send(page_of(said, "keep-in"), agency=agency.pk).status_code == 302
        assert not reads(reader)


def choices(visitor, address):
    """What the select of a form offers, by the words, and what is chosen."""
    form = visitor.get(address).context["form"]
    field = form["reader"] if "reader" in form.fields else form["agency"]
    return {str(words): str(value) for value, words in field.field.choices if value}, str(field.value() or "")


def test_the_owner_is_offered_whoever_would_read_it_and_never_the_hub_nor_itself(everybody, said, hetty, kim, joss):
    found, chosen = choices(Visitor(hetty), page_of(said))
    assert found["Marlbeck Early Help"] == str(everybody.early_help.pk)
    assert found["Kite Family Support: Kim, Family support worker"] == key(kim)
    assert "Kite Family Support: Joss, Lead practitioner" in found
    whole = {"Kite Family Support", "Marlbeck Homes", everybody.hub.name, everybody.health.name}
    assert not whole & set(found) and not any(one.startswith(everybody.health.name) for one in found)
    assert chosen == ""


@pytest.mark.parametrize("restricted", [0, 1])
def test_the_way_back_leads_to_the_question_where_it_may_be_read(said, hetty, restricted):
    AgencyCheck.objects.filter(pk=said.check_asked_id).update(restricted=restricted, allowed=[])
    page = text_of(hetty, page_of(said))
    assert (str(said.check_asked_id) in page) == (not restricted)
    assert ("Back to the question" in page) == (not restricted)


def test_no_wish_is_told_about_an_answer_that_may_not_be_read(everybody, said, hetty):
    wish = wish_for(everybody.hana, said, everybody.early_help)
    assert wish.why in text_of(hetty, "/checks/")
    CheckAnswer.objects.filter(pk=said.pk).update(restricted=2, allowed=[])
    assert wish.why not in text_of(hetty, "/checks/")
    assert Visitor(hetty).get(f"/checks/releases/{wish.pk}/refuse/").status_code == 404


def test_an_agency_that_the_answer_is_hidden_from_is_not_offered(everybody, said, hetty):
    CheckAnswer.objects.filter(pk=said.pk).update(hidden_from=[everybody.early_help.no])
    found, _ = choices(Visitor(hetty), page_of(said))
    assert found and everybody.early_help.name not in found


def test_what_the_hub_wished_is_chosen_where_that_says_who_reads(everybody, said, hetty, kite, kim, joss):
    """The agency, the one person there is; nobody where there are two."""
    for agency, expected in (
        (everybody.early_help, str(everybody.early_help.pk)),
        (everybody.quarry_hill, key(everybody.amira)),
        (kite, ""),
    ):
        wish = wish_for(everybody.hana, said, agency)
        assert choices(Visitor(hetty), page_of(said))[1] == expected
        refuse(hetty, wish)


def test_an_agency_as_a_whole_is_refused_where_nobody_receives(said, hetty, kite, kim):
    shown = let_out(hetty, said, kite.pk)
    assert shown.status_code == 200 and "Select who may read it from the list" in shown.content.decode()
    assert not RecordException.objects.exists()


def test_what_was_let_out_names_the_person_and_says_whose_ending_it_is(said, hetty, kim):
    let_out(hetty, said, key(kim))
    page = text_of(hetty, page_of(said))
    assert "<strong>Kite Family Support: Kim</strong>" in page and "End it for everybody there" in page


def test_the_hub_can_ask_only_for_agencies_where_somebody_could_read_it(everybody, said, kite, kim):
    found, _ = choices(Visitor(everybody.hana), page_of(said, "ask-release"))
    assert set(found) == {
        "Kite Family Support",
        "Marlbeck Constabulary",
        "Marlbeck Early Help",
        "Oak Green Primary",
        "Quarry Hill Primary",
    }


def told(post, said):
    with as_web(post, Purpose.TRIAGE):
        return list(releases_granted([said.pk]).values())


def test_the_hub_reads_beside_the_answer_what_became_of_its_wish(everybody, contact, said, hetty, kite, kim):
    page = f"/contacts/{contact.pk}/"
    asked_at = ReleaseRequest.objects.get(pk=wish_for(everybody.hana, said, kite).pk).asked_at
    asked_on, last = (say(day, Precision.DAY) for day in (timezone.localdate(asked_at), cast.in_days(30)))
    waits = f"You asked on {asked_on} that Kite Family Support may read it; not answered yet."
    granted, over = f"Let out to Kite Family Support until {last}.", "It was let out to Kite Family Support until"
    before = text_of(everybody.hana, page)
    assert waits in before and granted not in before and "stays in the hub" not in before
    let_out(hetty, said, key(kim))
    after = text_of(everybody.hana, page)
    assert granted in after and waits not in after and over not in after
    assert "They lead the case" not in after and "Kim" not in after
    end(hetty, said, kite)
    ended = text_of(everybody.hana, page)
    assert f"{over} {asked_on}, and is no longer." in ended and waits not in ended and granted not in ended


def test_who_decides_reads_it_too_and_the_owner_reads_nothing_of_waiting(everybody, contact, said, hetty):
    wish_for(everybody.hana, said, everybody.early_help)
    decide = f"/contacts/{contact.pk}/children/{contact.report.children.get().pk}/decide/"
    assert "not answered yet" in text_of(everybody.hana, decide)
    assert "not answered yet" not in text_of(hetty, f"/checks/{said.check_asked_id}/answer/")


def test_only_who_receives_for_the_hub_that_asked_is_told(everybody, said, hetty, kim):
    wish_for(everybody.hana, said, everybody.early_help)
    assert told(everybody.hana, said) == []
    share(hetty, said, everybody.early_help)
    elsewhere = cast.agency("Northbeck MASH", AgencyType.HUB, host=everybody.early_help, controller="Northbeck Council")
    mona = cast.post("Mona", everybody.hub, Role.MANAGER)
    for post in (everybody.hana, everybody.hugo, mona):
        assert told(post, said) == [Granted(cast.in_days(30), is_open=True)]
    others = (
        cast.post("Nora", elsewhere, Role.DECISION_MAKER),
        cast.post("Gwen", everybody.hub, Role.GOVERNANCE_LEAD),
        cast.post("Tom", everybody.hub, Role.TEAM_MEMBER),
        *(everybody.esi, everybody.eddie, everybody.cleo, hetty, kim),
    )
    for post in others:
        assert told(post, said) == [], post.practitioner.name


def test_no_other_release_is_told(everybody, said, hetty, kite, kim):
    share(hetty, said, kite, kim)
    assert told(everybody.hana, said) == [], "the hub asked for nothing"
    wish_for(everybody.hana, said, everybody.early_help)
    assert told(everybody.hana, said) == [], "it asked for another agency"


@pytest.fixture
def more(everybody, contact):
    """What a school answered the hub about the same child."""
    (check,) = ask(contact, everybody.hugo, everybody.quarry_hill)
    return answer(check, everybody.amira)


def test_one_answer_let_out_grants_no_wish_about_another(everybody, said, more, hetty):
    for one in (said, more):
        wish_for(everybody.hana, one, everybody.early_help)
    share(hetty, said, everybody.early_help)
    assert told(everybody.hana, said) == [Granted(cast.in_days(30), is_open=True)] and told(everybody.hana, more) == []


def test_the_last_day_is_that_of_whoever_reads_it_longest(everybody, said, hetty, kite, kim, joss):
    wish_for(everybody.hana, said, kite)
    share(hetty, said, kite, kim, until=cast.today())
    share(hetty, said, kite, joss)
    assert told(everybody.hana, said) == [Granted(cast.in_days(30), is_open=True)]
    RecordException.objects.filter(practitioner=joss.practitioner).update(ended_at=timezone.now())
    assert told(everybody.hana, said) == [Granted(cast.today(), is_open=True)]


def test_when_all_is_over_the_last_day_is_the_latest_too(everybody, said, hetty, kite, kim, joss):
    wish = wish_for(everybody.hana, said, kite)
    ReleaseRequest.objects.filter(pk=wish.pk).update(
        asked_at=wish.asked_at - 9 * DAY, happened_on=cast.in_days(30) - 60 * DAY
    )
    for who, ago in ((kim, 2), (joss, 1)):
        share(hetty, said, kite, who)
        RecordException.objects.filter(practitioner=who.practitioner).update(ended_at=timezone.now() - ago * DAY)
    assert told(everybody.hana, said) == [Granted(cast.today() - DAY, is_open=False)]


def test_what_is_over_is_told_as_over(everybody, said, hetty):
    wish = wish_for(everybody.hana, said, everybody.early_help)
    ReleaseRequest.objects.filter(pk=wish.pk).update(happened_on=cast.today() - 9 * DAY)
    share(hetty, said, everybody.early_help)
    RecordException.objects.update(until=cast.today() - DAY)
    assert told(everybody.hana, said) == [Granted(cast.today() - DAY, is_open=False)]
    RecordException.objects.update(until=cast.in_days(30), ended_at=timezone.now())
    assert told(everybody.hana, said) == [Granted(cast.today(), is_open=False)]


@pytest.mark.parametrize(
    "before",
    [{"until": cast.yesterday}, {"ended_at": cast.SIGNED_AT}, {"verb": ExceptionVerb.WITHHOLD}],
)
def test_a_share_that_was_over_before_the_hub_asked_grants_nothing(everybody, said, hetty, before):
    share(hetty, said, everybody.early_help)
    RecordException.objects.update(**cast.said_today(before))
    wish_for(everybody.hana, said, everybody.early_help)
    assert told(everybody.hana, said) == []
    with as_web(hetty, Purpose.TRIAGE):
        assert len(releases_asked(hetty)) == 1, "and the owner is asked"


def test_a_share_that_ended_the_moment_the_hub_asked_grants_nothing(everybody, said, hetty):
    share(hetty, said, everybody.early_help)
    end(hetty, said, everybody.early_help)
    wish_for(everybody.hana, said, everybody.early_help)
    ReleaseRequest.objects.update(asked_at=RecordException.objects.get().ended_at)
    assert told(everybody.hana, said) == []
    with as_web(hetty, Purpose.TRIAGE):
        assert len(releases_asked(hetty)) == 1


@pytest.mark.parametrize(
    "close",
    [
        lambda said, hub: facts.restrict(person=said.about[0], why="A test."),
        lambda said, hub: CheckAnswer.objects.update(hidden_from=[hub.no]),
        lambda said, hub: ReleaseRequest.objects.update(hidden_from=[hub.no]),
    ],
)
def test_nothing_is_told_about_somebody_closed(everybody, said, hetty, close):
    wish_for(everybody.hana, said, everybody.early_help)
    share(hetty, said, everybody.early_help)
    assert told(everybody.hugo, said)
    close(said, everybody.hub)
    assert told(everybody.hugo, said) == []


def a_day_passes():
    """What was asked, made and ended is a day older."""
    ReleaseRequest.objects.update(asked_at=F("asked_at") - DAY, happened_on=F("happened_on") - DAY)
    RecordException.objects.update(made_at=F("made_at") - DAY, ended_at=F("ended_at") - DAY)


def test_the_same_is_not_asked_while_it_waits_or_is_let_out_and_may_be_when_it_is_over(everybody, said, hetty):
    def asked_again():
        with pytest.raises(Refused, match="release_asked"):
            wish_for(everybody.hana, said, everybody.early_help)

    wish = wish_for(everybody.hana, said, everybody.early_help)
    asked_again()
    refuse(hetty, wish)
    share(hetty, said, everybody.early_help)
    asked_again()
    end(hetty, said, everybody.early_help)
    a_day_passes()
    wish_for(everybody.hana, said, everybody.early_help)
    asked_again()
    share(hetty, said, everybody.early_help)
    asked_again()
    end(hetty, said, everybody.early_help)
    a_day_passes()
    assert wish_for(everybody.hana, said, everybody.early_help)


def test_the_owner_is_not_asked_again_when_what_it_let_out_is_over(everybody, said, hetty):
    wish = wish_for(everybody.hana, said, everybody.early_help)
    share(hetty, said, everybody.early_help)
    end(hetty, said, everybody.early_help)
    with as_web(hetty, Purpose.TRIAGE):
        assert releases_asked(hetty) == []
    with pytest.raises(Refused, match="release_settled"):
        refuse(hetty, wish)


def test_whoever_may_read_it_finds_that_in_my_work_until_they_have(everybody, said, hetty, kite, kim, joss):
    assert TOLD not in text_of(kim, WORK)
    let_out(hetty, said, key(kim))
    let_out(hetty, said, everybody.early_help.pk)
    for post in (kim, everybody.esi):
        for _ in range(2):
            page = text_of(post, WORK)
            assert f"An answer of {everybody.health.name} to the hub {TOLD}" in page and f'href="{SHARED}"' in page
            assert HEADLINE not in page
    for post in (joss, everybody.eddie, hetty):
        assert TOLD not in text_of(post, WORK)
    assert reads(kim)
    assert TOLD not in text_of(kim, WORK) and TOLD in text_of(everybody.esi, WORK)
    end(hetty, said, everybody.early_help)
    assert TOLD not in text_of(everybody.esi, WORK)


def unread(post, *answers):
    """Of these answers those that the page of what is shared has not shown to somebody."""
    with as_web(post, Purpose.EARLY_HELP), connection.cursor() as cursor:
        cursor.execute("select gate.not_looked_at(%s::uuid[], %s)", [[one.pk for one in answers], SHARED_PAGE])
        return {row[0] for row in cursor.fetchall()}


def test_each_answer_is_unread_by_itself_and_a_look_that_was_refused_reads_nothing(everybody, said, more, hetty, kim):
    assert let_out(hetty, said, key(kim)).status_code == 302
    look = {"what": f"GET {SHARED_PAGE}", "practitioner_id": kim.practitioner_id, "post_id": kim.pk}
    Disclosure.objects.create(**look, record_ids=[said.pk], outcome="not_found")
    assert unread(kim, said, more) == {said.pk, more.pk}
    assert reads(kim)
    assert unread(kim, said, more) == {more.pk}
    assert unread(everybody.esi, said, more) == {said.pk, more.pk}
    with connection.cursor() as cursor:
        cursor.execute("select gate.not_looked_at(%s::uuid[], %s)", [[said.pk], SHARED_PAGE])
        assert cursor.fetchall() == [], "without anybody who acts"


def test_a_contact_takes_as_many_questions_for_two_answers_let_out_as_for_one(everybody, contact, said, more, hetty):
    def questions():
        with CaptureQueriesContext(connection) as found:
            text_of(everybody.hana, f"/contacts/{contact.pk}/")
        return len(found)

    wish_for(everybody.hana, said, everybody.early_help)
    share(hetty, said, everybody.early_help)
    once = questions()
    for agency in (everybody.early_help, everybody.oak_green):
        wish_for(everybody.hana, more, agency)
    share(everybody.amira, more, everybody.early_help)
    assert questions() == once
