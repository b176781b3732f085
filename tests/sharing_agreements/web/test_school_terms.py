"""School terms are entered by those who set things up; everybody else finds nothing there."""

import datetime

import pytest
from django.db.utils import DatabaseError
from django.urls import reverse

from sharing_agreements.actions import terms
from sharing_agreements.models import SchoolTerm
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import Purpose, Role
from tests import cast
from tests.cases.web.checks import boxes, comes_back, takes_no_other_method
from tests.cases.web.conftest import Visitor
from tests.conftest import as_web

pytestmark = pytest.mark.django_db
TERMS = reverse("sharing_agreements:school_terms")
AUTUMN = (datetime.date(2026, 9, 2), datetime.date(2026, 10, 23))


@pytest.fixture
def everybody(db) -> cast.Cast:
    SchoolTerm.objects.all().delete()
    return cast.assemble()


def answers(first: datetime.date, last: datetime.date) -> dict[str, str]:
    return boxes("first_day", first) | boxes("last_day", last)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_a_term_is_added_read_and_removed(everybody, role):
    setter = Visitor(cast.post("Mona", everybody.early_help, role))
    assert "No term is entered." in setter.get(TERMS).content.decode()
    assert setter.send(TERMS, **answers(*AUTUMN)).status_code == 302
    assert "2 September 2026 to 23 October 2026" in setter.get(TERMS).content.decode()
    remove = reverse("sharing_agreements:remove_school_term", args=["2026-09-02"])
    assert setter.send(remove).status_code == 302 and setter.send(remove).status_code == 302
    assert not SchoolTerm.objects.exists()


def test_terms_that_meet_and_crossed_days_come_back_as_typed(everybody):
    esi = Visitor(everybody.esi)
    assert esi.send(TERMS, **answers(*AUTUMN)).status_code == 302
    for days in ((AUTUMN[1], datetime.date(2026, 12, 18)), (datetime.date(2027, 2, 2), datetime.date(2027, 1, 4))):
        page = comes_back(esi, TERMS, answers(*days), "These days meet another term")
        assert f'value="{days[0].day}"' in page
    assert SchoolTerm.objects.count() == 1
    takes_no_other_method(esi, TERMS)
    for nonsense in ("never", "2026-13-45"):
        assert esi.send(f"{TERMS}{nonsense}/remove/").status_code == 404


@pytest.mark.parametrize("name", ["eddie", "hana", "cleo", "gita"])
def test_others_find_nothing_there_and_the_gate_refuses_them(everybody, name):
    post = getattr(everybody, name)
    assert Visitor(post).get(TERMS).status_code == 404
    assert Visitor(post).send(TERMS, **answers(*AUTUMN)).status_code == 404
    for verb, days in ((terms.add_term, {"last_day": AUTUMN[1]}), (terms.remove_term, {})):
        with pytest.raises(Refused), as_web(post, Purpose.OVERSIGHT):
            verb(first_day=AUTUMN[0], **days)
    assert not SchoolTerm.objects.exists()


def test_no_login_writes_the_table_itself(everybody):
    with pytest.raises(DatabaseError), as_web(everybody.esi, Purpose.OVERSIGHT):
        SchoolTerm.objects.create(first_day=AUTUMN[0], last_day=AUTUMN[1])
