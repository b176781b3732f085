"""What is changed, on a few lines one can read: the words of each mutant are what a person would be shown."""

import pytest

from tests.mutation import explained, python_changes, sql_changes, targets
from tests.mutation.mutants import numbered
from tests.mutation.tokens import read, statements


def of_sql(source: str) -> set[str]:
    return {
        f"{m.change.operator}: {m.words}" for m in numbered("a.sql", source, sql_changes.changes(statements(source)))
    }


def of_python(source: str) -> set[str]:
    return {f"{m.change.operator}: {m.words}" for m in numbered("a.py", source, python_changes.changes(source))}


def test_each_condition_of_a_policy_is_dropped_turned_round_and_joined_otherwise():
    found = of_sql("create policy p on t for select to eh_web using (a = 1 and b >= (select gate.today()))")
    assert found == {
        "drop statement: [create policy p on t for select to eh_web using (a = 1 and b >= (select gate.today())) -> ]",
        "drop for: create policy p on t [for select -> ] to eh_web using (a = 1 and b >= (select gate.today()))",
        "swap =: create policy p on t for select to eh_web using (a [= -> <>] 1 and b >= (select gate.today()))",
        "next number: create policy p on t for select to eh_web using (a = [1 -> 2] and b >= (select gate.today()))",
        "swap and: create policy p on t for select to eh_web using (a = 1 [and -> or] b >= (select gate.today()))",
        "drop conjunct: create policy p on t for select to eh_web using ([a = 1 and -> ]b >= (select gate.today()))",
        "drop conjunct: create policy p on t for select to eh_web using (a = 1 [and b >= (select gate.today()) -> ])",
        "swap >=: create policy p on t for select to eh_web using (a = 1 and b [>= -> >] (select gate.today()))",
    }


def test_the_words_of_a_policy_inside_a_function_are_changed_too():
    source = (
        "create function f() returns void language plpgsql as $$ begin execute "
        "format('create policy p on %I as restrictive using (not (kind = ''full'')) ', t); end $$"
    )
    found = of_sql(source)
    assert any(word.startswith("swap restrictive: ") and "[restrictive -> permissive]" in word for word in found)
    assert any(word.startswith("drop not: ") and "using ([not -> ](kind" in word for word in found)
    assert any(word.startswith("other level: ") and "[''full'' -> ''summary'']" in word for word in found)


def test_locks_conditions_and_whole_statements_are_forgotten():
    source = (
        "create function f() returns void language plpgsql security definer as $$ begin "
        "perform from t where a = b for share; raise exception 'this or that and more'; end $$; "
        "revoke execute on function f() from public; grant select on t to eh_web"
    )
    found = {word.partition(":")[0] for word in of_sql(source)}
    assert found == {
        *("swap security definer", "drop perform", "drop where", "swap =", "drop for", "drop raise"),
        *("drop statement", "widen grant"),
    }


def test_assignments_between_and_messages_are_left_alone():
    source = (
        "create function f() returns void language plpgsql as $$ begin "
        "update t set a = b, c = d where e between 1 and 2; raise exception 'a = b or gate.c()'; end $$"
    )
    found = of_sql(source)
    assert not any("swap =" in word or "swap and" in word or "swap or" in word for word in found)


def test_what_a_later_migration_makes_again_is_not_changed_where_nothing_hangs_on_it():
    keys = {m.key.rpartition(":")[0] for m in targets.all_mutants()}
    file = "sharing_agreements/sql/0010_agreement_life.sql"
    assert f"{file}:gate.end_agreement:drop perform" in keys
    assert f"{file}:gate.sign_agreement:drop perform" not in keys
    assert "sharing_agreements/sql/0015_examples.sql:gate.sign_agreement:drop perform" in keys


@pytest.mark.parametrize("pattern", targets.SQL)
def test_every_file_of_sql_is_read_whole(pattern):
    for path in targets.ROOT.glob(pattern):
        source = path.read_text(encoding="utf-8")
        for region in read(source).all():
            assert not region.tokens or region.tokens[-1].depth == 0, path
        said = "".join("".join(s.text.split()) for s in statements(source) if "--" not in s.text)
        assert said


def test_python_loses_conditions_members_and_guards():
    found = of_python("def f(a):\n    if a in {1, 2} or not a:\n        raise ValueError\n    return g(a)\n")
    assert "never: if [a in {1, 2} or not a -> False]:" in found
    assert "drop member: if a in [{1, 2} -> {2}] or not a:" in found
    assert "drop part of or: if [a in {1, 2} or not a -> ((a in {1, 2}))]:" in found
    assert "drop statement: [raise ValueError -> pass]" in found
    assert "return nothing: [return g(a) -> return None]" in found


def test_every_mutant_has_a_name_of_its_own_and_every_explanation_a_mutant():
    everything = targets.all_mutants()
    keys = [m.key for m in everything]
    assert len(keys) == len(set(keys))
    assert all(targets.places(m) for m in everything)
    assert explained.faults(everything) == []


def test_an_explanation_whose_mutant_is_gone_is_a_fault(monkeypatch):
    everything = targets.all_mutants()[:3]
    said = {
        "gone": ("", "why"),
        everything[0].key: ("other words", "why"),
        everything[1].key: (everything[1].words, ""),
    }
    monkeypatch.setattr(explained, "explanations", lambda: said)
    assert explained.faults(everything) == [
        "gone is explained but is not there any more",
        f"{everything[0].key} is explained but changes something else now",
    ]
