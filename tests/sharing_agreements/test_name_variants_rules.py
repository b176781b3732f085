"""Which two first names may be said to stand for one another: every combination."""

from itertools import product

import pytest

from sharing_agreements import permissions
from sharing_agreements.models import Post
from sharing_agreements.rules.name_variants import why_not_stand_for
from sharing_agreements.vocabulary import Role


@pytest.mark.parametrize(
    ("name", "stands_for", "paired"), list(product(("", "molly", "mary ann"), ("", "molly", "mary"), (True, False)))
)
def test_two_single_names_that_are_not_one_and_not_paired_yet(name, stands_for, paired):
    said = why_not_stand_for(name, stands_for, paired=paired)
    code = said and said.code
    if name in {"", "mary ann"} or not stands_for:
        assert code == "one_word_each"
    elif name == stands_for:
        assert code == "same_name_twice"
    else:
        assert code == ("names_paired" if paired else None)


@pytest.mark.parametrize("role", Role)
def test_administrators_alone_pair_names(role):
    assert (permissions.why_not_pair_names(by=Post(role=role)) is None) == (role == Role.ADMINISTRATOR)
