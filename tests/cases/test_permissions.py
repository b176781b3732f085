"""Cast x verb x state: who may make which move, read from real rows."""

import pytest

from cases import lifecycle, permissions, queries
from cases.lifecycle import MOVES
from cases.models import Case, ChildInCase
from cases.vocabulary import CaseState
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db

OFFER = {"accept_offer"}
RECEIPT = {"confirm_receipt"}
ALLOWED = {
    CaseState.OFFERED: {
        "hana": OFFER | RECEIPT,
        "esi": OFFER | RECEIPT | {"decline_at_start"},
    },
    CaseState.WAITING: {
        "hana": RECEIPT,
        "esi": RECEIPT | {"decline_at_start", "close_case"},
    },
    CaseState.ASSESSING: {
        "amira": RECEIPT | {"finish_assessment", "close_case"},
        "hana": RECEIPT,
        "esi": RECEIPT | {"close_case"},
    },
    CaseState.PLAN_ACTIVE: {
        "amira": RECEIPT | {"assess_again", "step_down", "close_case"},
        "hana": RECEIPT,
        "esi": RECEIPT | {"step_down", "close_case"},
    },
}
CAST = ("amira", "ben", "cleo", "dev", "eddie", "esi", "hana", "gita")
VERBS = sorted({move.verb for move in MOVES})


@pytest.mark.parametrize("state", list(ALLOWED))
def test_who_may_move_a_child_from_each_state(state):
    everybody = cast.assemble()
    home = factory.case_at(state, everybody)
    for name in CAST:
        post = getattr(everybody, name)
        with as_web(post, Purpose.EARLY_HELP):
            child = ChildInCase.objects.filter(case=home.case).first()
            allowed = {
                verb
                for verb in VERBS
                if child and permissions.why_not_move(by=post, child=child, verb=verb, today=factory.now()) is None
            }
        assert allowed == ALLOWED[state].get(name, set()), name


def test_nobody_outside_the_work_is_told_more_than_that_they_do_not_work_with_the_family():
    everybody = cast.assemble()
    home = factory.plan_active(everybody)
    for name, code in [("ben", "not_open"), ("dev", "not_open"), ("amira", None), ("esi", None), ("hana", None)]:
        post = getattr(everybody, name)
        with as_web(post, Purpose.EARLY_HELP):
            refusal = permissions.why_not_work_on(by=post, case=home.case, today=factory.now())
        assert (refusal and refusal.code) == code, name


def test_no_fact_is_left_stale_by_the_walk_to_a_plan():
    from django.db import connection

    everybody = cast.assemble()
    home = factory.plan_active(everybody)
    newcomer = factory.family(everybody, children=1).children[0]
    with as_web(everybody.hana, Purpose.TRIAGE):
        from cases.actions import opening

        opening.join_case(
            case=Case.objects.get(pk=home.case.pk),
            children=[newcomer],
            reason="At home now",
            levels={newcomer: 2},
            by=everybody.hana,
            now=factory.now(),
        )
    with connection.cursor() as cursor:
        cursor.execute("select * from gate.wrong_facts()")
        assert cursor.fetchall() == []
    assert set(lifecycle.WITH_A_LEAD) < set(lifecycle.WORKING)
    assert queries.adults_of(None) == []
