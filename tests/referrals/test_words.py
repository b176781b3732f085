"""Words of the hub's and the reporter's pages that a function decides."""

import pytest

from referrals.models import Contact
from referrals.web import cards
from referrals.web.reading import in_row
from sharing_agreements.models import Practitioner

HANA = Practitioner(name="Hana")


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ({"danger": True, "reported": "red"}, "Danger acknowledged by Hana"),
        ({"reported": "red", "grade": "amber"}, "Red acknowledged by Hana"),
        ({"reported": "amber", "grade": "red"}, "Red acknowledged by Hana"),
        ({"reported": "amber", "grade": "green"}, ""),
    ],
)
def test_only_a_danger_or_a_red_is_said_to_be_acknowledged(contact, expected):
    assert cards.in_hand(Contact(acknowledged_by=HANA, **contact)) == expected


def test_what_nobody_acknowledged_is_not_said_to_be():
    assert cards.in_hand(Contact(danger=True, reported="red")) == ""


@pytest.mark.parametrize(
    ("field", "answer", "is_child", "expected"),
    [
        ("name", "not known", True, "A child whose name is not known"),
        ("name", "Not  known", False, "An adult whose name is not known"),
        ("name", "Unborn baby", True, "Unborn baby"),
        ("name", "Kayden Marsh", True, "Kayden Marsh"),
        ("born", "not known", True, "Date of birth not known"),
        ("born", "9 May 2016", True, "9 May 2016"),
        ("seen", "Not seen", True, "Not seen"),
    ],
)
def test_an_answer_that_stands_without_its_question_says_what_is_not_known(field, answer, is_child, expected):
    assert in_row(field, answer, is_child=is_child) == expected
