"""What is shown before an answer is recorded is what happens: compared with what each agency reads before and after."""

import html
from collections import Counter

import pytest
from django.apps import apps

from cases.actions import consenting
from cases.queries.pages.consent import preview_of_help, preview_of_sharing
from cases.queries.pages.family_top import family_top
from cases.rules import asks_about_risk, ends_sharing, shows_first
from cases.vocabulary import ConsentState
from sharing_agreements.actions import facts
from sharing_agreements.models import SharedRecord, SharingConsent
from sharing_agreements.queries.explaining import suppose_consent
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
TABLES = [model for model in apps.get_models() if issubclass(model, SharedRecord)]


@pytest.fixture
def everybody():
    return cast.assemble()


@pytest.fixture
def marsh(everybody):
    """The Marshes agreed to sharing; Oak Green reads plans of whoever agrees, in a case or not."""
    home = story.marshes(everybody)
    cast.agreement(
        everybody.early_help,
        everybody.oak_green,
        everybody.police,
        purposes=[Purpose.EARLY_HELP],
        title="Plans, where the family agrees",
        clauses=[
            {
                "provider_type": AgencyType.EARLY_HELP,
                "recipient_type": recipient,
                "recipient_roles": [Role.TEAM_MEMBER, Role.REPORTER],
                "kind": kind,
                "level": level,
                "needs_involvement": False,
                "needs_consent": True,
            }
            for recipient, kind, level in (
                (AgencyType.SCHOOL, Kind.PLAN, Level.FULL),
                (AgencyType.SCHOOL, Kind.IDENTITY, Level.SUMMARY),
                (AgencyType.POLICE, Kind.PLAN, Level.SUMMARY),
            )
        ],
    )
    facts.record_sharing_consent(people=[home.ada.pk, home.joe.pk, home.kate.pk], until=cast.in_days(60))
    return home


def readable(marsh, post):
    """Which records of the family's people the post reads, as the policy has it."""
    people = [marsh.ada.pk, marsh.joe.pk, marsh.kate.pk, marsh.lee.pk]
    with as_web(post, Purpose.EARLY_HELP):
        return {
            row.pk: (Kind(row.kind), str(model.LEVEL))
            for model in TABLES
            for row in model.objects.filter(about__overlap=people)
        }


def foretold(lines, post, part):
    """How many records of each kind and level the preview says for a post."""
    found = Counter()
    for line in lines:
        if post.pk in line.posts and getattr(line, part):
            level = {1: "existence", 2: "summary", 3: "full"}[line.level]
            found[line.kind, level] += getattr(line, part)
    return found


@pytest.mark.parametrize("lasts", [None, 69])
@pytest.mark.parametrize("whose", ["ada", "joe", "kate"])
def test_what_is_foretold_of_sharing_is_what_happens(everybody, marsh, whose, lasts):
    until = cast.in_days(lasts) if lasts else None
    person = getattr(marsh, whose).pk
    readers = [everybody.dev, everybody.cleo, everybody.ben, everybody.eddie, everybody.amira, everybody.esi]
    askable = readable(marsh, everybody.eddie)
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        lines = suppose_consent(family=marsh.family.pk, person=person, until=until)
    before = {post: readable(marsh, post) for post in readers}
    assert SharingConsent.objects.filter(person_id=person).count() == 1, "nothing was recorded by looking"
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        consenting.record_sharing(person=person, case=marsh.case, until=until, by=everybody.eddie, now=factory.now())
    closed = Counter()
    for post in readers:
        after = readable(marsh, post)
        lost = {row: what for row, what in before[post].items() if row not in after and row in askable}
        kept = {row: what for row, what in before[post].items() if row in after and row in askable}
        assert foretold(lines, post, "closes") == Counter(lost.values()), post
        assert foretold(lines, post, "stays") == Counter(kept.values()), post
        closed += Counter(lost.values())
    assert bool(closed) == (until is None), "the world of this test must have something to close, and only then"


def test_the_page_says_who_stops_reading_what_and_who_goes_on(everybody, marsh):
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        top = family_top(marsh.family.pk, for_post=everybody.eddie, today=cast.today())
        found = preview_of_sharing(top, marsh.ada.pk, None, today=cast.today())
    stops = {(one.agency, one.role) for one in found.sharing.stops}
    stays = {(one.agency, one.role) for one in found.sharing.carries_on}
    assert ("Oak Green Primary", "Team member") in stops
    assert ("Marlbeck Community Health", "Team member") in stays - stops
    assert found.stops == ["The lead is asked today whether risk now justifies step up."]


def test_the_page_says_it_in_short_and_keeps_every_line_in_a_fold(everybody, marsh):
    page = (
        Visitor(everybody.eddie)
        .send(f"{marsh.address}sharing/record/", person=str(marsh.ada.pk), agrees="no")
        .content.decode()
    )
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        top = family_top(marsh.family.pk, for_post=everybody.eddie, today=cast.today())
        found = preview_of_sharing(top, marsh.ada.pk, None, today=cast.today()).sharing
    said = html.unescape(" ".join(page.split()))
    short, _, folds = said.partition("<details")
    assert "Oak Green Primary: " in short and "Who stops reading what" in folds and "agencies read as before" in folds
    lines = found.role_by_role
    for one in (*lines["stops"], *lines["carries_on"]):
        assert f"{one.agency}, {one.role.lower()}: {'; '.join(one.what)}" in folds
        assert f"{one.agency}, {one.role.lower()}:" not in short


def test_a_withdrawal_from_help_shows_what_it_does_to_sharing_and_a_no_does_nothing_to_it(everybody, marsh):
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        top = family_top(marsh.family.pk, for_post=everybody.eddie, today=cast.today())
        told = {"today": cast.today()}
        withdrawn = preview_of_help(top, marsh.ada.pk, ConsentState.WITHDRAWN, **told)
        declined = preview_of_help(top, marsh.ada.pk, ConsentState.DECLINED, **told)
        assert preview_of_help(top, marsh.ada.pk, ConsentState.AGREED, **told) is None
    assert withdrawn.sharing.stops
    assert "Their agreement to sharing ends." in withdrawn.stops
    assert declined.sharing is None
    assert "Closing takes a manager's yes." in declined.carries_on


def test_whoever_may_not_change_it_foresees_nothing(everybody, marsh):
    with as_web(everybody.dev, Purpose.EARLY_HELP), pytest.raises(Refused):
        suppose_consent(family=marsh.family.pk, person=marsh.ada.pk, until=None)


@pytest.mark.parametrize("state", ConsentState)
@pytest.mark.parametrize("before", [None, *ConsentState])
def test_what_is_shown_first(before, state):
    ends = state in {ConsentState.DECLINED, ConsentState.WITHDRAWN}
    assert shows_first(before, state) == (ends or before not in {None, state})
    assert ends_sharing(state) == (state == ConsentState.WITHDRAWN)
    assert asks_about_risk(state=state) == (state == ConsentState.WITHDRAWN)
