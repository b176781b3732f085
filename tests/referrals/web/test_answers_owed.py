"""My work says which answers the agency owes the hub, until they are given; to who may give them."""

import pytest

from sharing_agreements.vocabulary import Role
from tests import cast
from tests.cases.web.conftest import Visitor
from tests.referrals.arriving import arrive
from tests.referrals.checking import answer, ask, grade, open_checks

pytestmark = pytest.mark.django_db
TITLE = "Answers owed to the hub"


def my_work(post) -> str:
    page = Visitor(post).get("/families/my-work/")
    assert page.status_code == 200
    return page.content.decode()


def test_an_answer_owed_stands_first_in_my_work_until_it_is_given(everybody):
    hetty = cast.post("Hetty", everybody.health, Role.MANAGER)
    contact = arrive(everybody.cleo, everybody.hub)
    grade(contact, everybody.hana)
    open_checks(contact, everybody.hugo)
    assert TITLE not in my_work(hetty)
    (check,) = ask(contact, everybody.hugo, everybody.health)
    page = my_work(hetty)
    assert TITLE in page and f"/checks/{check.pk}/answer/" in page and "Jo Smith" in page
    for name in ("amira", "dev", "eddie", "cleo"):
        assert TITLE not in my_work(getattr(everybody, name)), name
    answer(check, hetty)
    assert TITLE not in my_work(hetty)
