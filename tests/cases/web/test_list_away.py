"""Cover for any post: what is told to its holder goes to whoever covers, who sees the families its holder leads."""

import datetime
import uuid

import pytest
from django.db.utils import DatabaseError
from django.urls import reverse

import cases.tasks  # noqa: F401  says what else is asked
from cases.models import Case, Cover, LeadNotice
from sharing_agreements.actions import notifying
from sharing_agreements.models import PostCover
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.web.checks import boxes, comes_back, takes_no_other_method
from tests.conftest import as_web, as_worker

pytestmark = pytest.mark.django_db
AWAY = reverse("cases:list_away")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def erin(everybody):
    """A colleague of Eddie's."""
    return cast.post("Erin", everybody.early_help, Role.LEAD_PRACTITIONER)


def answers(post, covering, *, first=None, last=None):
    first, last = first or cast.today(), last or cast.today() + 10 * DAY
    said = {"post": str(post.pk), "covering": str(covering.pk), "reason": "On leave"}
    return said | boxes("starts_on", first) | boxes("ends_on", last)


def sees(post, marsh) -> bool:
    with as_web(post, Purpose.EARLY_HELP):
        return Case.objects.visible().filter(pk=marsh.case.pk).exists()


def test_a_lead_arranges_their_own_cover_and_every_family_they_lead_is_covered(marsh, visit, everybody, erin):
    other = cast.post("Olu", everybody.quarry_hill, Role.LEAD_PRACTITIONER)
    assert not sees(other, marsh)
    assert visit(everybody.eddie).send(AWAY, **answers(everybody.eddie, erin)).status_code == 302
    cover = Cover.objects.get(case=marsh.case)
    assert (cover.practitioner_id, cover.ends_on) == (erin.practitioner_id, cast.today() + 10 * DAY)
    assert sees(erin, marsh)
    page = visit(everybody.eddie).get(AWAY).content.decode()
    assert "Erin covers," in page and "On leave" in page


def test_what_waits_is_told_to_whoever_covers_and_to_the_holder_again_afterwards(marsh, visit, everybody, erin):
    visit(everybody.eddie).send(AWAY, **answers(everybody.eddie, erin, first=cast.today() + DAY))
    moment = datetime.datetime.now(datetime.UTC)

    def told(day: datetime.date) -> set:
        with as_worker(notifying.TELL):
            return set(notifying.what_waits(day))

    LeadNotice.objects.create(
        owner=everybody.hub,
        family=marsh.family,
        person=marsh.ada,
        happened_on=cast.today(),
        recorded_at=moment,
        case=marsh.case,
        sent_to=everybody.early_help,
        sent_to_practitioner=everybody.eddie.practitioner,
    )
    eddie, covering = everybody.eddie.practitioner_id, erin.practitioner_id
    assert eddie in told(cast.today())
    assert eddie not in told(cast.today() + 2 * DAY) and covering in told(cast.today() + 2 * DAY)
    assert eddie in told(cast.today() + 11 * DAY)


def test_a_manager_arranges_it_for_others_and_ends_it_with_the_families(marsh, visit, everybody, erin):
    esi = visit(everybody.esi)
    assert esi.send(AWAY, **answers(everybody.eddie, erin)).status_code == 302
    one = PostCover.objects.get()
    end = reverse("cases:end_post_cover", args=[one.pk])
    assert esi.send(end).status_code == 302 and esi.send(end).status_code == 302
    one.refresh_from_db()
    assert one.ended_at and Cover.objects.get(case=marsh.case).ended_at
    assert "Nobody at your agency has cover" in esi.get(AWAY).content.decode()


def test_it_ends_what_it_arranged_and_no_cover_that_looks_the_same(marsh, visit, everybody, erin):
    esi = visit(everybody.esi)
    esi.send(AWAY, **answers(everybody.eddie, erin))
    one, own = PostCover.objects.get(), Cover.objects.get(case=marsh.case)
    assert own.post_cover == one
    alone = Cover.objects.get(pk=own.pk)
    alone.pk, alone.post_cover, alone._state.adding = None, None, True
    alone.id = uuid.uuid4()
    alone.save()
    assert esi.send(reverse("cases:end_post_cover", args=[one.pk])).status_code == 302
    own.refresh_from_db()
    alone.refresh_from_db()
    assert own.ended_at and alone.ended_at is None


@pytest.mark.parametrize("name", ["gita", "hana", "cleo", "amira"])
def test_any_post_has_cover(visit, everybody, name):
    post = getattr(everybody, name)
    colleague = cast.post("Coral", post.agency, post.role)
    assert visit(post).send(AWAY, **answers(post, colleague)).status_code == 302
    assert PostCover.objects.get().practitioner_id == colleague.practitioner_id
    assert "Coral covers" in visit(colleague).get(AWAY).content.decode()


def test_nobody_arranges_it_for_a_colleague_without_overseeing_nor_across_agencies(visit, everybody, erin):
    for post, covering in ((everybody.eddie, erin), (everybody.ben, everybody.ben)):
        comes_back(visit(erin), AWAY, answers(post, covering), "There is a problem")
    for maker, post, covering in (
        (erin, everybody.eddie, erin),
        (everybody.esi, everybody.ben, erin),
        (everybody.esi, everybody.eddie, everybody.ben),
        (everybody.esi, everybody.eddie, everybody.eddie),
    ):
        with pytest.raises(DatabaseError), as_web(maker, Purpose.EARLY_HELP):
            PostCover.objects.create(
                post=post,
                practitioner=covering.practitioner,
                starts_on=cast.today(),
                ends_on=cast.today(),
                reason="x",
                made_by=maker.practitioner,
                made_at=datetime.datetime.now(datetime.UTC),
            )


def test_another_agency_reads_nothing_of_it_and_ends_nothing(marsh, visit, everybody, erin):
    visit(everybody.eddie).send(AWAY, **answers(everybody.eddie, erin))
    one = PostCover.objects.get()
    end = reverse("cases:end_post_cover", args=[one.pk])
    assert "Erin" not in visit(everybody.ben).get(AWAY).content.decode()
    assert visit(everybody.ben).send(end).status_code == 404
    assert visit(cast.post("Lou", everybody.early_help, Role.LEAD_PRACTITIONER)).send(end).status_code == 404
    one.refresh_from_db()
    assert one.ended_at is None


def test_wrong_answers_come_back(visit, everybody, erin):
    eddie = visit(everybody.eddie)
    comes_back(eddie, AWAY, answers(everybody.eddie, everybody.eddie), "nobody covers for themselves")
    crossed = answers(everybody.eddie, erin, first=cast.today() + 20 * DAY)
    comes_back(eddie, AWAY, crossed, "The last day is before the first")
    takes_no_other_method(eddie, AWAY)
