"""The pages' reads: what they hold, and that longer pages take no more queries."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import queries
from cases.actions import noting, planning
from cases.queries.pages.caseload import CaseloadPage, caseload_page
from cases.queries.pages.family_page import FamilyPage, family_page
from cases.queries.pages.family_top import family_top
from cases.queries.pages.my_work import WorkGroup, my_work
from cases.vocabulary import NoteKind, Seen
from sharing_agreements.models import Post
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
EARLY_HELP = Purpose.EARLY_HELP
PAGE = "cases:show_family"


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def busy(everybody: cast.Cast, home: factory.Household) -> None:
    """One more visit by Amira and one more action of hers."""
    with as_web(everybody.amira, EARLY_HELP):
        told = {"case": home.case, "by": everybody.amira, "now": factory.now()}
        noting.write_note(
            people=home.children,
            note_kind=NoteKind.HOME_VISIT,
            headline="Visit",
            text="Long",
            happened_on=cast.today(),
            seen={home.children[0]: Seen.ALONE},
            words={home.children[0]: "Hello"},
            worry=True,
            **told,
        )
        planning.add_action(
            title="Ring",
            doer=everybody.amira.practitioner,
            doer_agency=everybody.quarry_hill,
            due_on=cast.today(),
            measure="Somebody answered",
            **told,
        )


Found = TypeVar("Found")


def counted(post: Post, read: Callable[[], Found]) -> tuple[Found, int]:
    """What somebody reads, and in how many queries."""
    with as_web(post, EARLY_HELP), CaptureQueriesContext(connection) as asked:
        found = read()
    return found, len(asked)


def test_a_caseload_takes_as_many_queries_for_three_families_as_for_one(everybody):
    def read() -> CaseloadPage:
        return caseload_page(everybody.amira, today=cast.today(), state="", after="")

    busy(everybody, factory.plan_active(everybody))
    one, few = counted(everybody.amira, read)
    for _ in range(2):
        busy(everybody, factory.plan_active(everybody))
    three, many = counted(everybody.amira, read)
    assert (len(one.lines), len(three.lines)) == (1, 3)
    assert all(line.lead.practitioner == everybody.amira.practitioner_id for line in three.lines)
    assert {line.level for line in three.lines} == {2}
    assert many == few


def test_my_work_takes_as_many_queries_for_three_families_as_for_one(everybody):
    def read() -> list[WorkGroup]:
        return my_work(everybody.amira, now=factory.now(), today=cast.today(), page=PAGE)

    busy(everybody, factory.plan_active(everybody))
    _, few = counted(everybody.amira, read)
    for _ in range(2):
        busy(everybody, factory.plan_active(everybody))
    groups, many = counted(everybody.amira, read)
    assert [len(group.lines) for group in groups if group.title == "Your actions this week"] == [3]
    assert many == few


def test_a_family_page_takes_as_many_queries_for_four_visits_as_for_one(everybody):
    def read() -> FamilyPage:
        top = family_top(home.family.pk, for_post=everybody.amira, today=cast.today())
        return family_page(top, for_post=everybody.amira, today=cast.today(), page=PAGE)

    home = factory.plan_active(everybody)
    busy(everybody, home)
    _, few = counted(everybody.amira, read)
    for _ in range(3):
        busy(everybody, home)
    page, many = counted(everybody.amira, read)
    voice = next(one for one in page.voices if one.words)
    assert (voice.words, voice.seen_alone_on) == ("Hello", cast.today())
    assert page.leading.lead.practitioner == everybody.amira.practitioner_id
    assert len(page.next) + page.more_next == 4
    assert {child.person for child in page.children} == set(home.children)
    assert many == few


def test_nothing_heads_a_familys_page_for_somebody_outside(everybody):
    home = factory.plan_active(everybody)
    with as_web(everybody.dev, EARLY_HELP):
        assert family_top(home.family.pk, for_post=everybody.dev, today=cast.today()) is None


def test_the_hub_finds_the_case_a_child_has_and_none_where_there_is_none(everybody):
    home = factory.offered(everybody)
    stranger = factory.family(everybody, children=1).children
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert queries.case_for(home.children[:1]).pk == home.case.pk
        assert queries.case_for(stranger) is None


def test_who_oversees_an_agency_finds_its_families_without_a_lead(everybody):
    home = factory.waiting(everybody)
    with as_web(everybody.esi, EARLY_HELP):
        groups = my_work(everybody.esi, now=factory.now(), today=cast.today(), page=PAGE)
    without = next(group for group in groups if group.title == "No lead practitioner")
    assert [line.family for line in without.lines] == [home.family.pk]


def test_nobody_is_not_safe_to_tell_and_nobody_is_kept_apart_where_a_practitioner_sees_nobody(
    everybody: cast.Cast,
) -> None:
    """A school's lead of an unborn child opened the family's copies and met an error page."""
    with as_web(everybody.amira, EARLY_HELP):
        assert queries.not_safe_to_tell([]) == set()
        assert queries.kept_apart([]) == set()
