"""Leads: how much each carries and what has stood still, whoever needs looking at first on top."""

import datetime
import html
import re
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import models
from cases.queries import leads
from cases.vocabulary import FlagRule
from sharing_agreements.models import Identity, Post, PostCover, Practitioner
from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method
from tests.factories import cases as factory

ADDRESS = "/families/leads/"
DAY = datetime.timedelta(days=1)


def flag(one: story.Marshes, by: Post, rule: FlagRule, *, climbed: bool = False, cleared: bool = False) -> None:
    """A flag as the watch raises it."""
    now = timezone.now()
    models.Flag.objects.create(
        **story.written(by, family=one.family, about=[one.ada.pk]),
        case=one.case,
        rule=rule,
        subject_id=one.case.pk,
        episode=uuid4(),
        raised_at=now,
        raised_on=now.date(),
        climbed_at=now if climbed else None,
        cleared_at=now if cleared else None,
    )


def lines(page: str) -> list[str]:
    """What each line of the table says, cell by cell."""
    found = []
    for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)[1:]:
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found.append(" | ".join(" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in cells))
    return found


def seen_by(post: Post, visit) -> list[str]:
    return lines(visit(post).get(ADDRESS).content.decode())


def counts(line: str) -> list[str]:
    """Running families, open flags, climbed, stood still."""
    return line.split(" | ")[1:5]


def test_it_counts_families_flags_and_what_stood_still(everybody, visit):
    one, other = story.marshes(everybody), story.marshes(everybody)
    flag(one, everybody.esi, FlagRule.SILENT, climbed=True)
    flag(one, everybody.esi, FlagRule.REVIEW_OVERDUE)
    flag(other, everybody.esi, FlagRule.RELEASE_DUE)
    flag(other, everybody.esi, FlagRule.NEVER_CONTACTED, cleared=True)
    (eddie,) = seen_by(everybody.esi, visit)
    assert eddie.startswith("Eddie |")
    assert counts(eddie) == ["2", "3", "1", "1"]


def test_each_rule_of_standing_still_counts_and_no_other(everybody, visit):
    for rule in FlagRule:
        flag(story.marshes(everybody), everybody.esi, rule)
    (eddie,) = seen_by(everybody.esi, visit)
    assert counts(eddie)[3] == "4"


def test_families_whose_lead_is_gone_come_first_then_what_stood_still_then_the_most(everybody, visit):
    busy, still, left = (
        cast.post(name, everybody.early_help, Role.LEAD_PRACTITIONER) for name in ("Busy", "Still", "Left")
    )
    for lead in (everybody.eddie, busy, busy, busy, left):
        story.marshes(everybody, lead=lead)
    flag(story.marshes(everybody, lead=still), everybody.esi, FlagRule.SILENT)
    Post.objects.filter(pk=left.pk).update(ends_on=cast.today() - DAY)
    found = seen_by(everybody.esi, visit)
    assert [line.split(" ")[0] for line in found] == ["Left", "Still", "Busy", "Eddie"]
    assert "Has left" in found[0] and not any("Has left" in line for line in found[1:])


def test_families_without_a_lead_have_a_line_beside_those_whose_lead_left(everybody, visit):
    story.marshes(everybody)
    factory.waiting(everybody)
    first, second = seen_by(everybody.esi, visit)
    assert first.startswith("No lead practitioner | 1 |") and second.startswith("Eddie")


def test_what_runs_no_more_is_not_counted_and_keeping_in_touch_is_counted_apart(everybody, visit):
    running, kept, closed, died = (story.marshes(everybody) for _ in range(4))
    models.ChildInCase.objects.filter(case=kept.case).update(state="stepped_down")
    models.ChildInCase.objects.filter(case=closed.case).update(state="closed")
    Identity.objects.filter(person__in=[died.ada, died.joe]).update(has_died=True)
    for one in (running, kept, closed, died):
        flag(one, everybody.esi, FlagRule.SILENT)
    (eddie,) = seen_by(everybody.esi, visit)
    assert counts(eddie)[:2] == ["1, and 1 being kept in touch with", "2"]
    models.ChildInCase.objects.filter(case=running.case).update(state="closed")
    assert seen_by(everybody.esi, visit) == []
    Practitioner.objects.filter(pk=everybody.eddie.practitioner_id).update(is_active=False)
    (eddie,) = seen_by(everybody.esi, visit)
    assert "Has left" in eddie and counts(eddie)[0] == "0, and 1 being kept in touch with"


def test_it_says_who_is_away_and_who_covers(marsh, everybody, visit):
    erin = cast.post("Erin", everybody.early_help, Role.LEAD_PRACTITIONER)
    days = {"starts_on": cast.today(), "ends_on": cast.today() + DAY, "reason": "On leave"}
    made = {"made_by": everybody.esi.practitioner, "made_at": timezone.now()}
    away = PostCover.objects.create(post=everybody.eddie, practitioner=erin.practitioner, **days, **made)
    (eddie,) = seen_by(everybody.esi, visit)
    assert "Away Cover until" in eddie and "Erin" in eddie
    who = {"practitioner": erin.practitioner, "agency": erin.agency}
    models.Cover.objects.create(
        **story.written(everybody.esi, family=marsh.family, about=[marsh.ada.pk]), case=marsh.case, **who, **days
    )
    assert "Away Cover for 1 family until" in seen_by(everybody.esi, visit)[0]
    PostCover.objects.filter(pk=away.pk).update(ended_at=timezone.now())
    assert "Away" not in seen_by(everybody.esi, visit)[0]


def test_it_says_whose_training_ran_out(marsh, everybody, visit):
    Practitioner.objects.filter(pk=everybody.eddie.practitioner_id).update(trained_until=cast.today() - DAY)
    assert "Training ran out" in seen_by(everybody.esi, visit)[0]


def test_a_lead_of_another_agency_is_named_with_it_and_one_who_moved_has_left(everybody, visit):
    factory.plan_active(everybody)
    assert seen_by(everybody.esi, visit)[0].startswith("Amira, Quarry Hill Primary |")
    Post.objects.filter(pk=everybody.amira.pk).update(ends_on=cast.today() - DAY)
    Post.objects.create(
        practitioner=everybody.amira.practitioner,
        agency=everybody.health,
        role=Role.LEAD_PRACTITIONER,
        starts_on=cast.LONG_AGO,
    )
    assert seen_by(everybody.esi, visit)[0].startswith("Amira, Quarry Hill Primary Has left")


def test_a_manager_of_another_agency_sees_nothing_of_ours(marsh, everybody, visit):
    for agency in (everybody.health, everybody.oak_green):
        page = visit(cast.post(f"M{agency.no}", agency, Role.MANAGER)).get(ADDRESS).content.decode()
        assert "Nobody leads a running family" in page
        assert "Eddie" not in page


def test_what_row_security_hides_is_not_counted(marsh, everybody, visit):
    models.Case.objects.update(hidden_from=[everybody.early_help.no])
    assert seen_by(everybody.esi, visit) == []


def test_it_is_for_managers_and_coordinators(marsh, everybody, visit):
    coordinator = cast.post("Cora", everybody.early_help, Role.COORDINATOR)
    assert len(seen_by(coordinator, visit)) == 1
    for post in (everybody.eddie, everybody.ben, everybody.cleo, everybody.hana):
        assert visit(post).get(ADDRESS).status_code == 404, post


def test_a_long_list_says_that_there_are_more(everybody, visit, monkeypatch):
    for name in ("Ann", "Bea", "Con"):
        story.marshes(everybody, lead=cast.post(name, everybody.early_help, Role.LEAD_PRACTITIONER))
    more = "There are more leads than this page shows"
    for limit in ("SHOWN", "READ"):
        with monkeypatch.context() as patched:
            patched.setattr(leads, limit, 2)
            page = visit(everybody.esi).get(ADDRESS).content.decode()
            assert len(lines(page)) == 2 and more in page
    assert more not in visit(everybody.esi).get(ADDRESS).content.decode()


def test_more_leads_and_flags_need_no_more_queries(marsh, everybody, visit):
    esi = visit(everybody.esi)
    esi.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        esi.get(ADDRESS)
    for name in ("Ann", "Bea", "Con"):
        lead = cast.post(name, everybody.early_help, Role.LEAD_PRACTITIONER)
        for _ in range(2):
            flag(story.marshes(everybody, lead=lead), everybody.esi, FlagRule.SILENT)
    factory.waiting(everybody)
    with CaptureQueriesContext(connection) as many:
        assert len(lines(esi.get(ADDRESS).content.decode())) == 5
    assert len(many) == len(few)


def test_my_work_leads_here(marsh, everybody, visit):
    assert ADDRESS in visit(everybody.esi).get("/families/my-work/").content.decode()


def test_it_takes_no_other_method(everybody, visit):
    takes_no_other_method(visit(everybody.esi), ADDRESS)
