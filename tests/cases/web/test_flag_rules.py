"""The numbers of the watch's rules: tried first, then saved; and the list of flags by rule, age and team."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions import watching
from cases.models import Event, Flag, Threshold, ThresholdTrial
from sharing_agreements.models import Post, Team
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.stalled import Work, noon, work
from tests.cases.web.checks import comes_back, takes_no_other_method
from tests.cases.web.conftest import Visitor
from tests.conftest import as_worker

pytestmark = pytest.mark.django_db
RULES = reverse("cases:flag_rules")
SILENT = reverse("cases:set_flag_rule", args=["silent"])
NUMBERS = {"seen": "1 20 5", "is_on": "yes", "days": "15", "climbs_after": "0", "do": "save"}
FLAGS = reverse("cases:flags")


@pytest.fixture
def stalled(everybody) -> Work:
    today = timezone.localdate()
    one = work(everybody)
    one.review(today, today + datetime.timedelta(days=40))
    one.entry(today)
    one.note(today)
    one.action(today - datetime.timedelta(days=30))
    with as_worker(watching.JOB):
        watching.sweep(as_of=today, now=noon(today))
    return one


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_who_sets_them_tries_then_saves(everybody, role):
    setter = Visitor(cast.post("Mona", everybody.early_help, role))
    assert "After 20 working days." in setter.get(RULES).content.decode()
    answer = setter.send(SILENT, **NUMBERS | {"do": "try"})
    trial = ThresholdTrial.objects.get()
    assert answer.url == reverse("cases:show_trial", args=["silent", trial.pk])
    assert "The watch is counting" in setter.get(answer.url).content.decode()
    with as_worker(watching.JOB):
        watching.count_trial(trial=trial.pk, as_of=cast.today(), now=timezone.now())
    page = setter.get(answer.url).content.decode()
    assert "0 cases flagged with the numbers of today, 0 with" in page and 'value="15"' in page
    assert Threshold.objects.get(pk="silent").days == 20
    assert setter.send(SILENT, **NUMBERS).status_code == 302
    assert "After 15 working days." in setter.get(RULES).content.decode()


@pytest.mark.parametrize("name", ["hana", "cleo", "eddie", "ben", "gita"])
def test_it_is_not_there_for_others(everybody, name):
    visitor = Visitor(getattr(everybody, name))
    for address in (RULES, SILENT):
        assert visitor.get(address).status_code == 404
    assert visitor.send(SILENT, **NUMBERS).status_code == 404
    assert Threshold.objects.get(pk="silent").days == 20


def test_somebody_who_was_quicker_is_not_overwritten_and_what_was_typed_stays(everybody):
    esi = Visitor(everybody.esi)
    assert esi.send(SILENT, **NUMBERS).status_code == 302
    page = comes_back(esi, SILENT, NUMBERS | {"days": "30"}, "Somebody set other numbers while your page was open")
    assert 'value="30"' in page and 'value="1 15 0"' in page
    assert Threshold.objects.get(pk="silent").days == 15


def test_nonsense_and_unknown_rules(everybody):
    esi = Visitor(everybody.esi)
    comes_back(esi, SILENT, NUMBERS | {"days": "soon"}, "How many working days does it wait?")
    assert esi.get(reverse("cases:set_flag_rule", args=["no_such"])).status_code == 404
    takes_no_other_method(esi, SILENT)


def test_flags_are_filtered_by_rule_age_and_team(everybody, stalled):
    north = Team.objects.create(no=901, agency=everybody.early_help, name="North")
    esi = Visitor(everybody.esi)

    def shows(**query: str) -> bool:
        return stalled.case.reference in esi.get(FLAGS, **query).content.decode()

    assert shows() and shows(rule="actions_overdue") and not shows(rule="silent")
    assert shows(age="new") and not shows(age="old") and shows(rule="nonsense")
    assert not shows(team=str(north.pk))
    Post.objects.filter(pk=everybody.eddie.pk).update(team=north)
    assert shows(team=str(north.pk))
    Flag.objects.update(raised_on=cast.today() - datetime.timedelta(days=8))
    assert shows(age="weeks") and not shows(age="new")
    assert "Team of the lead" not in Visitor(everybody.eddie).get(FLAGS).content.decode()


def climb(one: Work) -> str:
    return reverse("cases:climb_flag", args=[one.family.pk, Flag.objects.get().pk])


def test_the_lead_takes_a_flag_to_the_manager_and_it_stands_in_the_chronology(everybody, stalled):
    eddie = Visitor(everybody.eddie)
    page = eddie.get(FLAGS).content.decode()
    assert climb(stalled) in page and reverse("cases:hand_over_case", args=[stalled.family.pk]) in page
    answers = {"reason": "Mother is in hospital.", "version": Flag.objects.get().version}
    assert eddie.send(climb(stalled), **answers).status_code == 302
    assert Flag.objects.get().climbed_at
    assert Event.objects.filter(title="Taken to the manager: actions overdue").count() == 1
    assert "With the manager" in Visitor(everybody.esi).get(FLAGS).content.decode()
    assert climb(stalled) not in eddie.get(FLAGS).content.decode()
    comes_back(eddie, climb(stalled), answers | {"idempotency_key": ""}, "gone to the manager already")


def test_a_manager_takes_it_without_leading_and_asks_another_to_lead(everybody, stalled):
    page = Visitor(everybody.esi).get(FLAGS).content.decode()
    assert reverse("cases:assign_lead", args=[stalled.family.pk]) in page
    answers = {"reason": "I want to see it.", "version": Flag.objects.get().version}
    assert Visitor(everybody.esi).send(climb(stalled), **answers).status_code == 302
    assert Flag.objects.get().climbed_at


def test_a_stale_page_and_an_empty_reason_come_back(everybody, stalled):
    eddie = Visitor(everybody.eddie)
    comes_back(eddie, climb(stalled), {"reason": "", "version": 1}, "Enter why it should not wait")
    comes_back(eddie, climb(stalled), {"reason": "Now.", "version": 77}, "There is a problem")
    assert Flag.objects.get().climbed_at is None


def test_strangers_find_nothing_there(everybody, stalled):
    for name in ("dev", "cleo", "hana"):
        stranger = Visitor(getattr(everybody, name))
        assert stranger.get(climb(stalled)).status_code == 404
        assert stranger.send(climb(stalled), reason="x", version=1).status_code == 404
    assert Flag.objects.get().climbed_at is None
