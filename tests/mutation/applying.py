"""Makes one mutant of the SQL true in a migrated database, without migrating again.

What the statement made is taken back and the mutated statement is run in its place; where it makes the policies of
governed tables, those are taken down and made again by the statements that made them. A test runs every statement
through this unchanged and finds the same database (tests/mutation/test_applying.py).
"""

import re
from functools import cache
from pathlib import Path

from tests.database import ROOT
from tests.mutation.mutants import Mutant
from tests.mutation.tokens import Statement, statements

MAKERS = {"gate.protect", "gate.hang"}
"""What governs a table: a change of one is a change of every governed table."""

SENTENCES = {"gate.ways", "gate.predicate", "gate.denial"}
"""Functions whose words become the two policies that decide who reads a row of a governed table."""

WRITERS = {"gate.write_fan_out", "gate.write_rows_asked_about", "gate.write_rows_about"}
EXPLAINED_WITH = {"gate.explaining", "gate.ways_of_row", "gate.opened_by", "gate.write_explain"}
"""What gate.explain_rows is written from, besides the sentences."""

_SAID_AGAIN = """
do $$
declare one record;
begin
    for one in select g.table_name, array_position('{existence,summary,full}', g.level) as level from gate.governed g
    loop
        execute format('alter policy may_be_read on %I using %s', one.table_name, gate.predicate(one.level));
        execute format('alter policy is_closed on %I using %s', one.table_name, gate.denial());
    end loop;
end $$
"""

ADDED_LATER = {
    "cases_action": "measure, sort, power, power_reason",
    "cases_assessment": "form_version",
    "cases_cover": "post_cover_id",
    "cases_event": "headings",
    "referrals_contact": (
        "danger, reported, watched_since, looked_at, chased_at, lead_left_out_at, feedback_due_at, half_at, most_at"
    ),
    "referrals_decision": "way, case_id, held_for, returned, team_words",
    "referrals_match": "identity_id",
    "sharing_agreements_identity": "given_words, family_words, match_keys, matched_at",
}
"""Columns that a migration added after the table was governed, and that gate.protect therefore granted to nobody."""

ALTERED_LATER = {
    "gate.begin_emergency": "gate.begin_emergency no longer asks",
    "gate.protect": "gate.brings_facts()",
    "gate.raise_flags": "gate.raise_flags no longer says",
    "gate.waiting_with_families": "gate.waiting_with_families no longer says",
}
"""What an earlier statement makes -> words of the later loops that alter it, which are run again after it."""

FILLED_EARLIER = {"gate.role": "role <> 'outside_reporter'"}
"""Which rows of a table the block that fills it put there, where a later migration added others."""

_UNPROTECT = """
do $$
declare one record;
begin
    for one in select policyname from pg_policies where tablename = '{table}'
                  and policyname = any('{{gate_sees_all,maintenance,may_be_read,is_closed,writes_own,changes_own}}')
    loop execute format('drop policy %I on {table}', one.policyname); end loop;
    for one in select tgname from pg_trigger where tgrelid = '{table}'::regclass
                  and (tgname = 'stamp' or tgname like 'under\\_headline\\_%')
    loop execute format('drop trigger %I on {table}', one.tgname); end loop;
    for one in select unnest('{{_about,_person_day,_family_day,_owner_newest,_sent_newest}}'::text[]) as ending
    loop execute format('drop index if exists %I', '{table}' || one.ending); end loop;
    alter table {table} no force row level security;
    alter table {table} disable row level security;
    revoke all on {table} from eh_gate, eh_web, eh_worker;
    delete from gate.governed where table_name = '{table}';
end $$
"""


def script(mutant: Mutant) -> str:
    """The SQL that turns a migrated database into the mutant. Run by the administrator in one transaction."""
    was, now = _changed(mutant)
    return swap(was, now.text)


def back(mutant: Mutant) -> str:
    """The SQL that makes the mutant the migrated database again, as far as this can be said; see STATE."""
    was, now = _changed(mutant)
    if tables := [table for table, one in _calls() if one.text == was.text]:
        return _script(_governed_again(tables))
    if now.text == "nothing" or was.text.startswith(("grant", "revoke")):
        return _script(["reset role", f"set role {was.role}", _undone(now), was.text])
    return swap(now, was.text)


def is_replaced_whole(mutant: Mutant) -> bool:
    """Whether nothing but one function is changed, so that its own words put everything back."""
    was, _ = _changed(mutant)
    acts_elsewhere = was.name in MAKERS | SENTENCES | EXPLAINED_WITH | WRITERS | ALTERED_LATER.keys()
    return was.text.startswith(("create function", "create or replace function")) and not acts_elsewhere


def _changed(mutant: Mutant) -> tuple[Statement, Statement]:
    for was, now in zip(statements(mutant.source), statements(_whole(mutant)), strict=True):
        if was.text != now.text:
            return was, now
    raise ValueError(f"{mutant.key} changes no statement")


def _whole(mutant: Mutant) -> str:
    """The mutated file; a dropped statement stays as an empty one, so that statements keep their places."""
    if mutant.change.operator == "drop statement":
        return mutant.source[: mutant.change.start] + "nothing" + mutant.source[mutant.change.end :]
    return mutant.mutated


def swap(was: Statement, now: str) -> str:
    """Take back what `was` did and do `now` instead; "nothing" for nothing."""
    if tables := [table for table, one in _calls() if one.text == was.text]:
        return _script(_governed_again(tables, replacing=(was.text, "" if now == "nothing" else now)))
    steps = ["reset role", _taken_back(was), f"set role {was.role}"]
    steps.append(_again(was, now) if now != "nothing" else _undone(was))
    if was.name in SENTENCES:
        steps += ["reset role", "set role eh_owner", _SAID_AGAIN]
    if was.name in SENTENCES | EXPLAINED_WITH:
        steps += ["reset role", "set role eh_gate", "select gate.write_explain()"]
    if was.name in WRITERS:
        steps += [f"select {was.name}()"]
    if was.name in ALTERED_LATER:
        steps += _altered(was.name)
    if was.name in MAKERS:
        steps += _governed_again(list(dict.fromkeys(table for table, _ in _calls())))
    return _script(steps)


def _script(steps: list[str]) -> str:
    return ";\n".join(step for step in [*steps, "reset role"] if step)


def _taken_back(was: Statement) -> str:
    words = [t.text for t in was.tokens]
    if words[:2] in (["create", "policy"], ["create", "trigger"]):
        return f"drop {words[1]} {words[2]} on {words[words.index('on') + 1]}"
    if words[:2] == ["call", "gate.admit_job"]:
        table, job = re.findall(r"'([^']+)'", was.text)
        return f"drop policy job_{job} on {table}"
    if words[0] == "do" and (filled := re.search(r"insert into (gate\.\w+) values", was.text)):
        return f"delete from {filled[1]} where {FILLED_EARLIER.get(filled[1], 'true')}"
    if words[0] == "do" and (tables := re.search(r"array '\{([a-z,]+)\}'", was.text)):
        return ";".join(_open_again(f"sharing_agreements_{name}", was.text) for name in tables[1].split(","))
    return ""


def _open_again(table: str, loop: str) -> str:
    """A table without the row security that a loop over tables gave it."""
    names = dict.fromkeys(re.findall(r"create policy (\w+) on %I", loop))
    dropped = "".join(f"drop policy if exists {name} on {table};" for name in names)
    return f"{dropped} alter table {table} no force row level security; alter table {table} disable row level security"


def _again(was: Statement, now: str) -> str:
    if [t.text for t in was.tokens[:2]] in (["create", "function"], ["create", "procedure"]):
        return now.replace("create ", "create or replace ", 1)
    return now


def _undone(was: Statement) -> str:
    """The opposite of a statement that leaves no object behind to drop."""
    text = was.text
    if text.startswith("grant"):
        return re.sub(r"\bto\b(?=[^)]*$)", "from", text.replace("grant", "revoke", 1))
    if text.startswith("revoke"):
        return re.sub(r"\bfrom\b(?=[^)]*$)", "to", text.replace("revoke", "grant", 1))
    if text.startswith("alter table") and text.endswith("enable row level security"):
        return text.replace("enable row", "disable row")
    if text.startswith("alter table") and text.endswith("force row level security"):
        return text.replace("force row", "no force row")
    return ""


STATE = """
select 'policy', tablename || ' ' || policyname, concat_ws(' ', permissive, roles::text, cmd, qual, with_check)
  from pg_policies
union all select 'trigger', tgrelid::regclass::text || ' ' || tgname, pg_get_triggerdef(oid)
  from pg_trigger where not tgisinternal
union all select 'function', oid::regprocedure::text, pg_get_functiondef(oid)
  from pg_proc where pronamespace = 'gate'::regnamespace
union all select 'governed', table_name, level || coalesce(kind, 0) from gate.governed
union all select 'role', role, r::text from gate.role r
union all select 'forced', relname, relrowsecurity::text || relforcerowsecurity from pg_class where relkind = 'r'
union all
select 'may', concat_ws(' ', o.what, a.grantee::regrole, a.privilege_type), ''
  from (select oid::regclass::text as what, relacl as acl from pg_class
        union all select oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner)) from pg_proc
         where pronamespace = 'gate'::regnamespace
        union all select attrelid::regclass || '.' || attname, attacl from pg_attribute) o
 cross join lateral aclexplode(o.acl) a where a.grantee <> 0 or o.what like 'gate.%'
 order by 1, 2, 3
"""
"""All that mutants change: who may do what, and by which words."""


@cache
def _calls() -> tuple[tuple[str, Statement], ...]:
    """What was done to each governed table, in the order of the migrations: governed, hung, granted, stamped."""
    found: list[tuple[str, Statement]] = []
    governed: set[str] = set()
    for app in ("sharing_agreements", "cases", "referrals"):
        for path in sorted(Path(ROOT, app, "sql").glob("*.sql")):
            for one in statements(path.read_text(encoding="utf-8")):
                if call := re.match(r"call gate\.(?:protect|hang)\('(\w+)'", one.text):
                    governed.add(call[1])
                    found.append((call[1], one))
                elif one.text.startswith(("grant", "revoke", "drop trigger stamp", "create trigger stamp")):
                    named = {t.text for t in one.tokens} & governed
                    found += [(table, one) for table in sorted(named)]
    return tuple(found)


def _governed_again(tables: list[str], replacing: tuple[str, str] = ("", "")) -> list[str]:
    """Take down all that governs these tables and put it up again, one statement of it replaced."""
    was, now = replacing
    steps = ["reset role", *(_UNPROTECT.format(table=table) for table in tables)]
    done: set[int] = set()
    for table, one in _calls():
        if table in tables and id(one) not in done:
            done.add(id(one))
            steps += [f"set role {one.role}", now if one.text == was else one.text]
            if table in ADDED_LATER and one.text.startswith("call gate.protect"):
                steps.append(f"revoke update ({ADDED_LATER[table]}) on {table} from eh_web, eh_worker")
    return [*steps, *_altered("gate.protect")]


@cache
def _altered(name: str) -> list[str]:
    """The later loops that alter what this made, as steps."""
    steps: list[str] = []
    for path in sorted(ROOT.glob("*/sql/*.sql")):
        for one in statements(path.read_text(encoding="utf-8")):
            if one.text.startswith("do ") and ALTERED_LATER[name] in one.text:
                steps += ["reset role", f"set role {one.role}", one.text]
    if steps:
        return steps
    raise LookupError(name)
