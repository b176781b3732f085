"""New information about a family kept in touch with: who leads, covers or manages rings the hub, and says so."""

import datetime

import pytest
from django.utils import timezone

from cases.actions import leading
from cases.models import LeadNotice, Watch
from cases.vocabulary import CaseState
from referrals.actions import watching
from sharing_agreements.actions import facts
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.stalled import work
from tests.cases.web.checks import is_not_there_for, takes_no_other_method
from tests.conftest import as_web, as_worker
from tests.referrals.arriving import arrive

DAY = datetime.timedelta(days=1)


@pytest.fixture
def home(everybody):
    """A family whom Eddie keeps in touch with and Amira, of another agency, covers today; then a report comes."""
    one = work(everybody, state=CaseState.STEPPED_DOWN)
    one.in_touch(due=cast.today() + 20 * DAY)
    Watch.objects.update(starts_on=cast.today() - 30 * DAY)
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        leading.arrange_cover(
            case=one.case,
            practitioner=everybody.amira.practitioner,
            agency=everybody.quarry_hill,
            starts_on=cast.today(),
            ends_on=cast.today() + 9 * DAY,
            reason="On leave",
            by=everybody.eddie,
            now=timezone.now(),
        )
    contact = arrive(everybody.cleo, everybody.hub)
    facts.link_person(duplicate=contact.report.children.get().person_id, kept=one.child.pk)
    sweep()
    return one


def sweep():
    with as_worker(watching.JOB):
        watching.sweep(as_of=cast.today(), now=timezone.now())


def address(home, post):
    notice = LeadNotice.objects.filter(sent_to=post.agency).first()
    return f"/families/{home.family.pk}/notices/{notice.pk if notice else home.case.pk}/rung/"


def who_rings(everybody, name):
    return cast.post("Mo", everybody.early_help, Role.MANAGER) if name == "manager" else getattr(everybody, name)


@pytest.mark.parametrize("name", ["eddie", "amira", "manager"])
def test_who_leads_covers_or_manages_says_it_and_nobody_waits_any_more(home, visit, everybody, name):
    ringer = who_rings(everybody, name)
    assert LeadNotice.objects.count() == 2
    there = address(home, ringer)
    assert there in visit(ringer).get("/families/my-work/").content.decode()
    assert visit(ringer).send(there).status_code == 302
    assert not LeadNotice.objects.filter(rung_at=None).exists()
    assert "rung/" not in visit(everybody.eddie).get("/families/my-work/").content.decode()


def test_whoever_covered_is_told_nothing_once_cover_has_ended(home, visit, everybody):
    there = address(home, everybody.amira)
    with as_web(everybody.eddie, Purpose.EARLY_HELP):
        leading.end_cover(cover=home.case.covers.get(), by=everybody.eddie, now=timezone.now())
    sweep()
    assert LeadNotice.objects.get(sent_to=everybody.quarry_hill).withdrawn_at is not None
    assert visit(everybody.amira).send(there).status_code == 404


def test_it_is_not_there_for_somebody_who_was_not_told(home, visit, everybody):
    for stranger in (everybody.ben, everybody.dev):
        is_not_there_for(visit(stranger), address(home, everybody.eddie), {})


def test_it_takes_no_other_method(home, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), address(home, everybody.eddie))
