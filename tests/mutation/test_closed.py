"""What is closed stays closed until its function changes."""

from tests.mutation import closed
from tests.mutation.mutants import Change, Mutant


def _mutants(*, new: str = "or") -> list[Mutant]:
    first = [Mutant("a.sql", Change("gate.one", "swap and", 2, 5, word), 1, "x and y") for word in (new, "")]
    return [*first, Mutant("a.sql", Change("gate.two", "swap and", 2, 5, "or"), 1, "x and y")]


def test_a_function_is_closed_when_nothing_of_it_is_left(tmp_path):
    mutants, path = _mutants(), tmp_path / "closed.txt"
    closed.write(mutants, {mutants[2].key}, path)
    assert closed.read(mutants, path) == {"a.sql:gate.two:swap and:1"}


def test_a_function_with_one_mutant_left_is_open(tmp_path):
    mutants, path = _mutants(), tmp_path / "closed.txt"
    other = Mutant("a.sql", Change("gate.one", "drop where", 0, 1, ""), 1, "x and y")
    closed.write([*mutants, other], {m.key for m in mutants}, path)
    assert closed.read([*mutants, other], path) == {"a.sql:gate.two:swap and:1"}


def test_what_was_closed_before_is_kept(tmp_path):
    mutants, path = _mutants(), tmp_path / "closed.txt"
    closed.write(mutants, {mutants[0].key}, path)
    closed.write(mutants, {mutants[2].key}, path)
    assert closed.read(mutants, path) == {m.key for m in mutants}


def test_a_changed_function_is_open_again(tmp_path):
    path = tmp_path / "closed.txt"
    closed.write(_mutants(), {m.key for m in _mutants()}, path)
    assert closed.read(_mutants(new="xor"), path) == {"a.sql:gate.two:swap and:1"}
