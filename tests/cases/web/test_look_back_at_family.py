"""The time machine: who could have seen how much of a family on an earlier day, for whom, and when all of it."""

import csv
import datetime
import re
from dataclasses import dataclass
from uuid import uuid4

import pytest

from cases.models import Event, EventDetail
from cases.vocabulary import EventSource
from sharing_agreements.models import Agreement, AgreementMove, Disclosure, Family, Person
from sharing_agreements.vocabulary import AgencyType, Kind, Level, Purpose, Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Quiet:
    """A family of one child of whom nobody has written anything yet."""

    anchor: Family
    child: Person

    @property
    def address(self) -> str:
        return f"/families/{self.anchor.pk}/"


@pytest.fixture
def family(everybody) -> Quiet:
    """None of the usual agreements is in force, so that each test says what is."""
    usual = [everybody.triage.pk, everybody.team_agreement.pk]
    Agreement.objects.filter(pk__in=usual).update(ends_on=cast.LONG_AGO)
    return Quiet(Family.objects.create(), cast.person())


def told(family, by, days_ago, *, kind, title="Something happened", happening=None, **more):
    """An entry of one agency's chronology about the child, headline and detail, written down so many days ago."""
    at = datetime.datetime.combine(cast.today() - days_ago * DAY, datetime.time(12), datetime.UTC)
    row = story.written(by, family=family.anchor, person=family.child, kind=kind, recorded_at=at, happened_on=at.date())
    row |= more
    event = Event.objects.create(**row, title=title, event_id=happening, source_kind=EventSource.WRITTEN)
    EventDetail.objects.create(**row, event=event, text="In full.")
    return event


def learning(everybody, *providers, roles=(Role.GOVERNANCE_LEAD,), **more):
    """An agreement that lets early help know for a learning review what others hold."""
    return cast.agreement(
        everybody.early_help,
        *providers,
        purposes=[Purpose.EVALUATION],
        title="Learning review agreement",
        clauses=[
            {
                "provider_agency": provider,
                "recipient_agency": everybody.early_help,
                "recipient_roles": list(roles),
                "kind": kind,
                "level": Level.EXISTENCE,
                "needs_involvement": False,
            }
            for provider in providers
            for kind in (Kind.POLICE, Kind.HEALTH)
        ],
        **more,
    )


def in_force_since(agreement, day):
    """Set back by maintenance: it was signed on that day and not before."""
    at = datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
    agreement.parties.update(signed_at=at)
    AgreementMove.objects.filter(agreement=agreement).update(moved_at=at)


def police_to_health(everybody, since):
    """Health visitors read in summary what police hold, from a day on."""
    made = cast.agreement(
        everybody.police,
        everybody.health,
        purposes=[Purpose.EARLY_HELP],
        title="Police and health",
        clauses=[
            {
                "provider_type": AgencyType.POLICE,
                "recipient_type": AgencyType.COMMUNITY_HEALTH,
                "recipient_roles": [Role.TEAM_MEMBER],
                "kind": Kind.POLICE,
                "level": Level.SUMMARY,
                "needs_involvement": False,
            }
        ],
    )
    in_force_since(made, since)
    return made


@pytest.fixture
def history(family, everybody):
    """Police wrote ten and five days ago, health six days ago; from the fourth day before today health may read."""
    told(family, everybody.cleo, 10, kind=Kind.POLICE)
    told(family, everybody.ben, 6, kind=Kind.HEALTH)
    told(family, everybody.cyrus, 5, kind=Kind.POLICE)
    return police_to_health(everybody, cast.today() - 4 * DAY)


def asked(post, family, day, by="recorded", path="look-back/"):
    """The answer for a day."""
    boxes = {"on_day": day.day, "on_month": day.month, "on_year": day.year, "by": by}
    return Visitor(post).get(family.address + path, **boxes)


def words(answer):
    """What the main part of a page says."""
    assert answer.status_code == 200
    shown = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert shown
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown[0]))


def row_of(page, agency):
    """What the table by agency says of an agency: what it held, and could have read."""
    found = re.search(rf"{agency} (\d+) (\d+) of (\d+)", page)
    return found and tuple(map(int, found.groups()))


def test_a_governance_lead_sees_numbers_by_agency_as_the_agreements_were_that_day(family, everybody, history):
    learning(everybody, everybody.police, everybody.health)
    before = words(asked(everybody.gita, family, cast.today() - 5 * DAY))
    assert row_of(before, "Marlbeck Constabulary") == (2, 2, 3)
    assert row_of(before, "Marlbeck Community Health") == (1, 1, 3)
    after = words(asked(everybody.gita, family, cast.today() - 4 * DAY))
    assert row_of(after, "Marlbeck Constabulary") == (2, 2, 3)
    assert row_of(after, "Marlbeck Community Health") == (1, 3, 3)
    assert f"Police and health ({history.reference})" in after
    assert "clause 1.1, for team member" in after


def test_the_first_day_of_the_whole_is_the_day_the_agreement_came_into_force(family, everybody, history):
    learning(everybody, everybody.police, everybody.health)
    for ago in (5, 4, 0):
        page = words(asked(everybody.gita, family, cast.today() - ago * DAY))
        assert "all 3: " + story_day(cast.today() - 4 * DAY) in page
        assert "Marlbeck Community Health: team member, for early help with a family" in page
    Agreement.objects.filter(pk=history.pk).update(ends_on=cast.today() - 400 * DAY, starts_on=cast.today() - 500 * DAY)
    assert "On no day until today" in words(asked(everybody.gita, family, cast.today()))


def story_day(day):
    """A day as pages say it."""
    return f"{day.day} {day:%B %Y}"


def test_one_happening_that_two_agencies_know_of_is_one(family, everybody):
    learning(everybody, everybody.police, everybody.health)
    same = uuid4()
    told(family, everybody.cleo, 3, kind=Kind.POLICE, happening=same)
    told(family, everybody.ben, 2, kind=Kind.HEALTH, happening=same)
    page = words(asked(everybody.gita, family, cast.today()))
    assert "1 entry" in page
    assert row_of(page, "Marlbeck Constabulary") == row_of(page, "Marlbeck Community Health") == (1, 1, 1)
    assert "without any agreement" in page


def test_without_an_agreement_for_learning_a_lead_asks_about_their_own_agency_alone(family, everybody, history):
    assert asked(everybody.gita, family, cast.today()).status_code == 404
    told(family, everybody.eddie, 3, kind=Kind.NOTE)
    page = words(asked(everybody.gita, family, cast.today()))
    assert "1 entry" in page
    assert "Constabulary" not in page
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    assert "2 entries" in words(asked(pia, family, cast.today()))


def test_a_manager_needs_the_purpose_too(family, everybody, history):
    told(family, everybody.eddie, 3, kind=Kind.NOTE)
    assert "1 entry" in words(asked(everybody.esi, family, cast.today()))
    learning(everybody, everybody.police, everybody.health, roles=[Role.MANAGER])
    assert "4 entries" in words(asked(everybody.esi, family, cast.today()))


@pytest.mark.parametrize("name", ["eddie", "ben", "cleo", "hana", "dev", "amira"])
def test_nobody_else_may_look_back(family, everybody, history, name):
    for path in ("look-back/", "look-back/export/"):
        assert asked(getattr(everybody, name), family, cast.today(), path=path).status_code == 404


def test_what_is_closed_to_whoever_asks_and_the_hub_only_box_are_not_counted(family, everybody):
    learning(everybody, everybody.police, everybody.health)
    told(family, everybody.cleo, 3, kind=Kind.POLICE)
    told(family, everybody.cleo, 3, kind=Kind.POLICE, hidden_from=[everybody.early_help.no])
    told(family, everybody.eddie, 3, kind=Kind.HUB_ONLY)
    assert "1 entry" in words(asked(everybody.gita, family, cast.today()))


def test_an_entry_counts_from_the_day_it_was_written_down_or_from_the_day_it_happened(family, everybody):
    told(family, everybody.eddie, 1, kind=Kind.NOTE, happened_on=cast.today() - 900 * DAY)
    day = cast.today() - 800 * DAY
    assert "There was nothing by then" in words(asked(everybody.gita, family, day))
    assert "1 entry" in words(asked(everybody.gita, family, day, by="happened"))


def test_it_opens_on_the_newest_day_and_a_wrong_day_is_said(family, everybody):
    told(family, everybody.eddie, 3, kind=Kind.NOTE)
    assert f"On {story_day(cast.today() - 3 * DAY)}" in words(
        Visitor(everybody.gita).get(family.address + "look-back/")
    )
    page = words(asked(everybody.gita, family, cast.today() + DAY))
    assert "must be today or in the past" in page


def test_the_file_has_the_same_lines_and_nothing_that_runs_as_a_formula(family, everybody, history):
    learning(everybody, everybody.police, everybody.health)
    Agreement.objects.filter(pk=history.pk).update(reference="=1+1")
    answer = asked(everybody.gita, family, cast.today(), path="look-back/export/")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    police = [row for row in rows if row["Agency"] == "Marlbeck Constabulary"]
    assert [(row["Way"], row["Kind"], row["Entries"]) for row in police] == [("its own", "Police information", "2")]
    health = [row for row in rows if row["Agency"] == "Marlbeck Community Health" and row["Way"] == "by an agreement"]
    assert [(row["How much"], row["Entries"], row["Agreement"]) for row in health] == [("summary", "2", "'=1+1")]
    assert rows[-1]["First day of all"] == str(cast.today() - 4 * DAY)


def test_every_look_back_is_in_the_disclosure_log_with_its_purpose(family, everybody, history):
    learning(everybody, everybody.police, everybody.health)
    asked(everybody.gita, family, cast.today())
    asked(everybody.gita, family, cast.today(), path="look-back/export/")
    asked(everybody.dev, family, cast.today())
    lines = Disclosure.objects.filter(family_id=family.anchor.pk, what__contains="look_back").order_by("at")
    assert [(one.practitioner_id, one.purpose, one.outcome) for one in lines] == [
        (everybody.gita.practitioner_id, Purpose.EVALUATION, "seen"),
        (everybody.gita.practitioner_id, Purpose.EVALUATION, "seen"),
        (everybody.dev.practitioner_id, Purpose.EVALUATION, "not_this_role"),
    ]


def test_it_is_linked_from_who_can_see_for_those_who_may(marsh, everybody):
    assert "look-back/" in Visitor(everybody.gita).get(marsh.address + "who-can-see/").content.decode()
    assert "look-back/" not in Visitor(everybody.ben).get(marsh.address + "who-can-see/").content.decode()
