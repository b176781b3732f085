"""The pages' reads: what they hold, and that they take a fixed number of queries."""

import pytest

from cases import queries
from cases.actions import noting, planning
from cases.actions.recording import write_event
from cases.vocabulary import EventSource, NoteKind, Seen
from sharing_agreements.vocabulary import Kind, Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db
EARLY_HELP = Purpose.EARLY_HELP


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.assemble()


def busy(everybody, home, times=1):
    with as_web(everybody.amira, EARLY_HELP):
        told = {"case": home.case, "by": everybody.amira, "now": factory.now()}
        for _ in range(times):
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
                **told,
            )


@pytest.mark.parametrize("families", [1, 3])
def test_a_caseload_takes_six_queries_however_long(everybody, families, django_assert_num_queries):
    for _ in range(families):
        busy(everybody, factory.plan_active(everybody))
    with as_web(everybody.amira, EARLY_HELP), django_assert_num_queries(6):
        lines = queries.caseload(everybody.amira, cast.today())
    assert len(lines) == families
    assert all(line.leads and line.next_action and len(line.levels) == 2 for line in lines)


@pytest.mark.parametrize("families", [1, 3])
def test_a_work_list_takes_fourteen_queries_at_most(everybody, families, django_assert_max_num_queries):
    for _ in range(families):
        busy(everybody, factory.plan_active(everybody))
    with as_web(everybody.amira, EARLY_HELP), django_assert_max_num_queries(14):
        lines = queries.work_list(everybody.amira, cast.today())
    assert [line.what for line in lines] == ["complete_action"] * families


@pytest.mark.parametrize("times", [1, 4])
def test_a_family_page_takes_a_fixed_number_of_queries(everybody, times, django_assert_max_num_queries):
    home = factory.plan_active(everybody)
    busy(everybody, home, times)
    with as_web(everybody.amira, EARLY_HELP), django_assert_max_num_queries(24):
        page = queries.family_page(
            home.family.pk, for_post=everybody.amira, now=factory.now(), since=factory.now() - cast_day()
        )
    child = home.children[0]
    assert page.lead == everybody.amira.practitioner
    assert len(page.worries) == min(times, 3)
    assert page.words[child].words == "Hello"
    assert page.seen_alone[child].happened_on == cast.today()
    assert len(page.actions) == times
    assert set(page.people) == set(home.children)
    assert set(page.identities) == set(home.children)


def cast_day():
    import datetime

    return datetime.timedelta(days=1)


def test_a_family_page_shows_nothing_to_somebody_outside(everybody):
    home = factory.plan_active(everybody)
    with as_web(everybody.dev, EARLY_HELP):
        page = queries.family_page(home.family.pk, for_post=everybody.dev, now=factory.now(), since=factory.now())
    assert (page.case, page.children, page.identities, page.actions) == (None, [], {}, [])


def test_the_chronology_pages_by_key_and_folds_accounts_of_one_event(everybody, django_assert_num_queries):
    home = factory.offered(everybody, children=2)
    with as_web(everybody.hana, Purpose.TRIAGE):
        for number in range(60):
            write_event(
                people=home.children,
                family=home.family.pk,
                kind=Kind.CASE,
                title=f"Event {number}",
                text="in full",
                source=EventSource.WRITTEN,
                source_id=home.case.pk,
                by=everybody.hana,
                now=factory.now(),
            )
        with django_assert_num_queries(1):
            first = queries.chronology(family=home.family.pk)
        titles, after = [], None
        while True:
            page = queries.chronology(family=home.family.pk, after=after)
            titles += [(line.event.title, len(line.people)) for line in page.lines]
            after = page.after
            if after is None:
                break
    assert len(first.lines) <= queries.PAGE
    assert len({title for title, _ in titles}) == 61
    assert sum(people for _, people in titles) == 122
    assert first.lines[0].text in {"in full", ""}


def test_a_person_s_chronology_leaves_a_sibling_out(everybody):
    home = factory.offered(everybody, children=2)
    with as_web(everybody.hana, Purpose.TRIAGE):
        page = queries.chronology(people=home.children[:1])
    assert {p for line in page.lines for p in line.people} == {home.children[0]}


def test_the_hub_finds_the_case_a_child_has_and_none_where_there_is_none(everybody):
    home = factory.offered(everybody)
    stranger = factory.family(everybody, children=1).children
    with as_web(everybody.hana, Purpose.TRIAGE):
        assert queries.case_for(home.children[:1]).pk == home.case.pk
        assert queries.case_for(stranger) is None


def test_the_coordinators_list_holds_families_without_a_lead(everybody):
    home = factory.waiting(everybody)
    with as_web(everybody.esi, EARLY_HELP):
        assert [line.case.pk for line in queries.waiting_for_lead(everybody.esi)] == [home.case.pk]
