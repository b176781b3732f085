"""B3: a year of calls is loaded, families get a plan, and half a year later the board says what came of it, namelessly.

Nine families rang ten times each in the year before their plan, six of them in the last half of it, and four times each
in the half year after. A tenth was reported once before and never again.
"""

import datetime
import functools

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseMove, ChildInCase, FamilyMember
from referrals.models import Report, ReportedChild, WrongChildMark
from referrals.queries.board import BeforeAndAfter, reports_before_and_after
from sharing_agreements.actions import facts, record_systems
from sharing_agreements.models import Family, Identity
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.working_time import LONDON
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web
from tests.importing.files import line, mapped, written


@functools.cache
def month_began() -> datetime.date:
    """The first day of this month, the same in the whole of a run."""
    return cast.today().replace(day=1)


@functools.cache
def plan_began() -> datetime.datetime:
    """When the plan of every family here began."""
    return datetime.datetime.combine(month_began() - datetime.timedelta(days=190), datetime.time(12), LONDON)


BEFORE = (-340, -300, -260, -220, -170, -140, -110, -80, -50, -20)
AFTER = (15, 60, 100, 150)
OFTEN, IN_ALL = 9, 10


@pytest.fixture
def everybody(committed):
    found = cast.assemble()
    ada = cast.post("Ada", found.police, Role.ADMINISTRATOR)
    with as_web(ada, Purpose.GOVERNANCE):
        record_systems.add_record_system(name="Niche archive", by=ada)
    return found


def a_family_with_a_plan(everybody, number: int) -> dict[str, object]:
    """A child and a parent; the plan began half a year ago."""
    by, family = everybody.eddie, Family.objects.create()
    child = story.person(by, f"Kay{number}", f"Call{number}", datetime.date(2016, 5, 9))
    parent = story.person(by, "Sam", f"Call{number}", None, is_child=False)
    case = Case.objects.create(
        **story.written(by, family=family, about=[child.pk]), reference=f"EH-{number}", why="Calls."
    )
    place = ChildInCase.objects.create(
        **story.written(by, family=family, person=child), case=case, state="plan_active", since=plan_began()
    )
    for who, part in ((child, "child"), (parent, "parent")):
        FamilyMember.objects.create(**story.written(by, family=family, person=who), part=part)
    for at, to in ((plan_began(), "plan_active"), (plan_began() + datetime.timedelta(days=30), "plan_active")):
        CaseMove.objects.create(
            **story.written(by, family=family, person=child),
            case=case,
            child=place,
            from_state="assessing",
            to_state=to,
            at=at,
            reason="Agreed.",
        )
    return {"child": child, "parent": parent}


def load_calls(calls: list[tuple[int, int]], folder) -> None:
    """The calls come from the force's record system as a file: (family, days after its plan began)."""
    lines = []
    for number, (family, days) in enumerate(calls, 1):
        rang = plan_began() + datetime.timedelta(days=days)
        called = {"Occurrence": f"MC/26/{number:06}", "Reported": f"{rang:%d/%m/%Y %H:%M}", "When": f"{rang:%d/%m/%Y}"}
        lines.append(line(number, **{"Child_1": f"Kay{family} Call{family}"}) | called | {"Child 2": "", "DOB 2": ""})
    file = written(folder, lines)
    whose = ["--agency", "Marlbeck Constabulary", "--system", "Niche archive"]
    call_command("import_reports", str(file), *whose, "--mapping", str(mapped(folder)))
    assert Report.objects.count() == len(calls)


def link_to_families(families: list[dict[str, object]]) -> None:
    """The hub confirms that each child a call names is the child of the family."""
    for number, family in enumerate(families):
        named = Identity.objects.filter(given_name=f"Kay{number}").exclude(person=family["child"])
        for one in named:
            facts.link_person(duplicate=one.person_id, kept=family["child"].pk)


def rows_for(post) -> dict[tuple[int, bool], BeforeAndAfter]:
    with as_web(post, Purpose.EVALUATION):
        return {(row.months, row.often): row for row in reports_before_and_after(until=month_began())}


@pytest.fixture
def alan(everybody, tmp_path):
    """The analyst, after everything was loaded."""
    families = [a_family_with_a_plan(everybody, number) for number in range(IN_ALL)]
    calls = [(family, days) for family in range(OFTEN) for days in (*BEFORE, *AFTER)] + [(OFTEN, -30)]
    load_calls(calls, tmp_path)
    link_to_families(families)
    return cast.post("Alan", everybody.eddie.agency, Role.ANALYST)


def test_calls_of_a_year_before_and_half_a_year_after_are_counted(alan, everybody):
    rows = rows_for(alan)
    # 9 families, six calls each in the half year before and four in the one after: 54 and 36, to the nearest five
    assert rows[6, True] == BeforeAndAfter(6, True, 10, 55, 35)
    # the tenth has one call before: 55 and 36
    assert rows[6, False] == BeforeAndAfter(6, False, 10, 55, 35)
    assert rows[6, True].change == -36
    # no plan is a year old
    assert rows[12, False] == BeforeAndAfter(12, False, 0, 0, 0)
    for post in (everybody.esi, everybody.gita):
        assert rows_for(post) == rows


def test_the_board_reads_it_without_a_name(alan):
    page = Visitor(alan).get(reverse("referrals:show_board")).content.decode()
    assert "36 % fewer" in page
    assert "Call" not in page.replace("Called", "")


def test_nobody_else_is_answered_and_no_other_purpose_opens_it(alan, everybody):
    assert rows_for(everybody.eddie) == {}
    with as_web(alan, Purpose.EARLY_HELP):
        assert reports_before_and_after(until=month_began()) == []
    assert Visitor(everybody.eddie).get(reverse("referrals:show_board")).status_code == 404


def test_a_stranger_a_wrong_child_and_a_day_too_late_do_not_count(everybody, tmp_path):
    """Seven families are too few to be said; eight are said."""
    families = [a_family_with_a_plan(everybody, number) for number in range(8)]
    load_calls([(family, days) for family in range(8) for days in (-40, -30)] + [(0, 189)], tmp_path)
    alan = cast.post("Alan", everybody.eddie.agency, Role.ANALYST)
    # nothing is linked yet: no report is about anybody of these families
    assert rows_for(alan)[6, False] == BeforeAndAfter(6, False, 10, 0, 0)
    link_to_families(families)
    assert rows_for(alan)[6, False] == BeforeAndAfter(6, False, 10, 15, 0)
    for child in ReportedChild.objects.order_by("report__recorded_at")[:6]:
        marked = story.written(everybody.cleo, person=child.person, sent_to=everybody.hub)
        WrongChildMark.objects.create(**marked, reported_child=child)
    assert rows_for(alan)[6, False] == BeforeAndAfter(6, False, 10, 10, 0)
    CaseMove.objects.filter(case__reference="EH-7").update(at=timezone.now())
    assert rows_for(alan)[6, False] == BeforeAndAfter(6, False, None, None, None)


@pytest.mark.django_db
def test_no_number_from_one_to_seven_leaves_the_database_and_no_difference_gives_one_back():
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_gate")
        cursor.execute("select n, gate.publishable(n) from generate_series(0, 400) n")
        said = dict(cursor.fetchall())
        cursor.execute("set local role eh_owner")
    assert said[0] == 0
    assert {said[n] for n in range(1, 8)} == {None}
    assert all(said[n] % 5 == 0 and abs(said[n] - n) <= 2 for n in range(8, 401))
    for whole in range(8, 200):
        for small in range(1, min(8, whole - 7)):
            # what is said of the whole and of the rest leaves more than one number open for the small part
            fits = {
                a - b
                for a in range(max(whole - 4, 8), whole + 5)
                for b in range(max(whole - small - 4, 8), whole - small + 5)
                if said[a] == said[whole] and said[b] == said[whole - small] and a >= b
            }
            assert len(fits) >= 3, (whole, small)
