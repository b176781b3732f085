"""What somebody is called whose name is known, in part, or not at all."""

import pytest

from sharing_agreements.naming import age_beside, name_in_words, with_age, within


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"given": "Ada", "family": "Marsh"}, "Ada Marsh"),
        ({"given": "", "family": ""}, "A child whose name is not known"),
        ({"given": "", "family": "", "is_child": False}, "An adult whose name is not known"),
        ({"given": "", "family": "", "is_unborn": True}, "Unborn baby"),
        ({"given": "", "family": "Norwood", "is_unborn": True}, "Unborn baby Norwood"),
        ({"given": "Rose", "family": "Norwood", "is_unborn": True}, "Rose Norwood"),
    ],
)
def test_a_name_is_said_as_far_as_it_is_known(said, expected):
    assert name_in_words(**said) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A child whose name is not known", "a child whose name is not known"),
        ("Unborn baby, due 3 March 2027", "unborn baby, due 3 March 2027"),
        ("A child whose name is not known, about 7", "a child whose name is not known, about 7"),
        ("Ada Marsh", "Ada Marsh"),
        ("Una Borne", "Una Borne"),
    ],
)
def test_only_a_name_keeps_its_capital_inside_a_sentence(name, expected):
    assert within(name) == expected


@pytest.mark.parametrize(
    ("name", "age", "expected"),
    [
        ("Ada Marsh", "8", "Ada Marsh, 8"),
        ("Unborn baby", "unborn", "Unborn baby"),
        ("Unborn baby", "unborn, due 3 March 2027", "Unborn baby, due 3 March 2027"),
        ("Unborn baby Norwood", "not born yet, due 3 March 2027", "Unborn baby Norwood, due 3 March 2027"),
        ("Rose Norwood", "unborn, due 3 March 2027", "Rose Norwood, unborn, due 3 March 2027"),
    ],
)
def test_that_a_baby_is_unborn_is_said_once(name, age, expected):
    assert with_age(name, age) == expected


def test_an_unborn_baby_without_a_due_date_has_no_age_beside_the_name():
    assert age_beside("Unborn baby", "not born yet") == ""
