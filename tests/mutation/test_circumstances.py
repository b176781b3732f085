"""The worlds that are to kill mutants hold everything that can decide; and so does what the generator makes."""

from tests import cast, proving, worlds
from tests.mutation.circumstances import WITHOUT, decided
from tests.mutation.killing_worlds import NUMBERS


def test_each_circumstance_decides_about_a_row_in_one_of_the_worlds_that_are_to_kill():
    found: set[str] = set()
    for number in NUMBERS:
        found |= decided(worlds.make(proving.seeded(number), cast.today()))
    assert set(WITHOUT) - found == set(), "the generator has changed: `bin/mutate --worlds` names others"
