"""Which files are weakened, and which tests are asked to notice."""

import re
from collections.abc import Iterable
from fnmatch import fnmatch

from tests.database import ROOT
from tests.mutation import python_changes, sql_changes
from tests.mutation.mutants import Mutant, numbered
from tests.mutation.tokens import Statement, statements

SQL = ("sharing_agreements/sql/*.sql", "cases/sql/*.sql", "referrals/sql/*.sql")

PYTHON = (
    "sharing_agreements/permissions.py",
    "sharing_agreements/lifecycle.py",
    "sharing_agreements/row_security.py",
    "sharing_agreements/web/doors.py",
    "cases/permissions.py",
    "cases/lifecycle.py",
    "referrals/permissions/*.py",
    "earlyhelp/middleware.py",
)
DONE_BEFORE = ("access", "open_to_all", "sql_file", "AllAtOnce.")
"""Functions that have done their work before a mutant can come: tests/house/test_routes.py compares what access lines
did, and a database that was migrated otherwise fails every test."""

WORLDS = "tests/mutation/killing_worlds.py"
_SHARING = "tests/sharing_agreements/"
CENSUS = tuple(f"tests/house/test_{name}.py" for name in ("governed_models", "policies", "gate_functions", "grants"))
RULES = f"{_SHARING}test_which_clauses_apply.py"
FACTS = f"{_SHARING}test_facts_of_rows.py"
MASKS = f"{_SHARING}test_masks.py"
CORE = (WORLDS, *CENSUS, RULES, FACTS, MASKS, f"{_SHARING}test_canaries.py", f"{_SHARING}test_row_security.py")

AIMS: dict[str, tuple[str, ...]] = {
    "sharing_agreements/sql/0002_*": (
        *CORE,
        f"{_SHARING}test_principal.py",
        f"{_SHARING}test_identity_replay.py",
        f"{_SHARING}test_owing.py",
        f"{_SHARING}test_facts.py",
        f"{_SHARING}test_exceptions.py",
    ),
    "sharing_agreements/sql/0003_*": (*CORE, f"{_SHARING}test_agreement_life.py", f"{_SHARING}test_simulation.py"),
    "sharing_agreements/sql/0004_*": (
        *CORE,
        f"{_SHARING}test_wrong_facts.py",
        f"{_SHARING}test_facts.py",
        f"{_SHARING}test_facts_under_races.py",
    ),
    "sharing_agreements/sql/0005_*": (
        *CORE,
        f"{_SHARING}test_ways.py",
        f"{_SHARING}test_governing_a_table.py",
        f"{_SHARING}test_explain.py",
        f"{_SHARING}test_exceptions.py",
        f"{_SHARING}test_headlines.py",
        f"{_SHARING}test_whose_words_hang.py",
        "tests/cases/test_governed_tables.py",
    ),
    "sharing_agreements/sql/0006_*": (
        *CORE,
        f"{_SHARING}test_own_rows.py",
        f"{_SHARING}test_facts.py",
        f"{_SHARING}test_facts_under_races.py",
        f"{_SHARING}test_disclosure_log.py",
        f"{_SHARING}test_keeping.py",
    ),
    "sharing_agreements/sql/0007_*": (*CENSUS, f"{_SHARING}test_owing.py", f"{_SHARING}web/test_try_job_again.py"),
    "sharing_agreements/sql/0008_*": (
        *CENSUS,
        f"{_SHARING}test_name_words.py",
        f"{_SHARING}test_find_and_match.py",
        f"{_SHARING}test_canaries.py",
    ),
    "sharing_agreements/sql/0009_*": (*CENSUS, "tests/scenarios/test_load_events.py"),
    "sharing_agreements/sql/0010_agreement_*": (
        *CENSUS,
        f"{_SHARING}test_agreement_policy.py",
        f"{_SHARING}test_draft_being_moved.py",
        f"{_SHARING}test_agreement_life.py",
        f"{_SHARING}test_agreement_warnings.py",
        f"{_SHARING}web/test_write_agreement.py",
        f"{_SHARING}web/test_agree.py",
        f"{_SHARING}web/test_read_agreement.py",
    ),
    "sharing_agreements/sql/0010_law_packs.sql": (
        *CENSUS,
        f"{_SHARING}test_own_rows.py",
        f"{_SHARING}test_law.py",
    ),
    "sharing_agreements/sql/0011_agreement_request.sql": (
        *CENSUS,
        f"{_SHARING}test_requests_policy.py",
        f"{_SHARING}web/test_ask_for_sharing.py",
    ),
    "sharing_agreements/sql/0011_explain.sql": (
        *CENSUS,
        f"{_SHARING}test_explain.py",
        f"{_SHARING}test_explained_ways.py",
        f"{_SHARING}test_own_clauses.py",
        f"{_SHARING}test_rows_asked_about.py",
    ),
    "sharing_agreements/sql/0011_who_can_see.sql": (*CENSUS, f"{_SHARING}test_who_sees.py"),
    "sharing_agreements/sql/0012_*": (
        *CENSUS,
        f"{_SHARING}test_simulation_policy.py",
        f"{_SHARING}test_simulation.py",
        f"{_SHARING}web/test_simulate_agreement.py",
    ),
    "sharing_agreements/sql/0043_*": (*CENSUS, f"{_SHARING}test_simulation_policy.py"),
    "sharing_agreements/sql/0046_*": (
        *CENSUS,
        f"{_SHARING}test_told_of_agreements.py",
        f"{_SHARING}test_requests_policy.py",
        f"{_SHARING}test_conflicts.py",
        f"{_SHARING}test_conflict_rules.py",
    ),
    "sharing_agreements/sql/0045_*": (
        *CENSUS,
        f"{_SHARING}test_explained_ways.py",
        f"{_SHARING}test_explain.py",
    ),
    "sharing_agreements/sql/0044_*": (
        *CENSUS,
        f"{_SHARING}test_name_words.py",
        f"{_SHARING}test_find_and_match.py",
        f"{_SHARING}test_conflict_rules.py",
    ),
    "sharing_agreements/sql/0013_*": (
        *CORE,
        f"{_SHARING}test_own_rows.py",
        f"{_SHARING}test_hub_and_system_rows.py",
        f"{_SHARING}test_exceptions.py",
        f"{_SHARING}web/test_emergency.py",
    ),
    "sharing_agreements/sql/0014_looks.sql": (*CENSUS, f"{_SHARING}test_who_sees.py", "tests/cases/web/test_looks.py"),
    "sharing_agreements/sql/0014_seal.sql": (*CENSUS, f"{_SHARING}test_seal.py", f"{_SHARING}test_disclosure_log.py"),
    "sharing_agreements/sql/0015_*": (
        *CENSUS,
        f"{_SHARING}test_agreement_policy.py",
        f"{_SHARING}test_examples.py",
        f"{_SHARING}web/test_examples.py",
        f"{_SHARING}test_agreement_life.py",
        f"{_SHARING}web/test_write_agreement.py",
    ),
    "sharing_agreements/sql/0016_*": (
        *CORE,
        f"{_SHARING}test_facts_on_a_day.py",
        f"{_SHARING}test_facts_of_several.py",
        f"{_SHARING}test_sentences.py",
        f"{_SHARING}test_looking_back.py",
        f"{_SHARING}test_explain.py",
    ),
    "sharing_agreements/sql/0017_*": (
        *CENSUS,
        f"{_SHARING}test_requests_policy.py",
        "tests/referrals/web/test_checks.py",
        "tests/referrals/actions/test_checking.py",
    ),
    "sharing_agreements/sql/0018_*": (*CENSUS, "tests/cases/web/test_move_school.py", f"{_SHARING}test_facts.py"),
    "sharing_agreements/sql/0019_*": (
        *CORE,
        f"{_SHARING}test_simulation.py",
        f"{_SHARING}test_examples.py",
        f"{_SHARING}web/test_write_agreement.py",
    ),
    "sharing_agreements/sql/0020_*": (*CENSUS, f"{_SHARING}test_who_sees.py", "tests/cases/web/test_looks.py"),
    "sharing_agreements/sql/0021_*": (
        *CENSUS,
        f"{_SHARING}test_conflict_rules.py",
        f"{_SHARING}test_conflicts.py",
        f"{_SHARING}test_exceptions.py",
        f"{_SHARING}test_agreement_life.py",
        "tests/cases/web/test_governance_work.py",
    ),
    "sharing_agreements/sql/0023_*": (*CORE, f"{_SHARING}test_who_holds.py", f"{_SHARING}test_who_sees.py"),
    "sharing_agreements/sql/0042_*": (
        *CORE,
        f"{_SHARING}test_rows_asked_about.py",
        f"{_SHARING}test_who_holds.py",
        f"{_SHARING}test_explain.py",
    ),
    "sharing_agreements/sql/0024_*": (
        *CENSUS,
        RULES,
        f"{_SHARING}test_clauses_need_signatures.py",
        f"{_SHARING}test_simulation_readers.py",
        f"{_SHARING}test_simulation.py",
        f"{_SHARING}web/test_simulate_agreement.py",
    ),
    "sharing_agreements/sql/0025_*": (
        *CENSUS,
        f"{_SHARING}test_disclosure_log.py",
        f"{_SHARING}test_seal.py",
    ),
    "sharing_agreements/sql/0026_*": (
        *CENSUS,
        f"{_SHARING}test_rows_asked_about.py",
        f"{_SHARING}test_explain.py",
    ),
    "sharing_agreements/sql/0022_quick_questions.sql": (
        *CENSUS,
        f"{_SHARING}test_who_sees.py",
        "tests/cases/web/test_looks.py",
    ),
    "sharing_agreements/sql/0022_*": (
        *CORE,
        f"{_SHARING}test_identity_replay.py",
        f"{_SHARING}test_explain.py",
        f"{_SHARING}test_explained_ways.py",
        f"{_SHARING}test_exceptions.py",
        f"{_SHARING}test_agreement_life.py",
        f"{_SHARING}test_wrong_facts.py",
        f"{_SHARING}test_facts.py",
        f"{_SHARING}test_facts_under_races.py",
        f"{_SHARING}test_who_holds.py",
        f"{_SHARING}test_who_sees.py",
    ),
    "sharing_agreements/sql/0029_*": (
        *CENSUS,
        f"{_SHARING}test_hub_and_system_rows.py",
        f"{_SHARING}web/test_record_systems.py",
    ),
    "sharing_agreements/sql/0030_match_words.sql": (
        *CENSUS,
        f"{_SHARING}test_name_words.py",
        f"{_SHARING}test_own_rows.py",
        f"{_SHARING}test_matching.py",
        f"{_SHARING}test_find_and_match.py",
    ),
    "sharing_agreements/sql/0031_*": (
        *CENSUS,
        f"{_SHARING}test_name_words.py",
        f"{_SHARING}test_hub_and_system_rows.py",
        f"{_SHARING}test_matching.py",
    ),
    "sharing_agreements/sql/0037_*": (*CENSUS, f"{_SHARING}test_own_rows.py", f"{_SHARING}test_mailing.py"),
    "sharing_agreements/sql/0039_*": (*CENSUS, f"{_SHARING}test_cover_policy.py"),
    "sharing_agreements/permissions.py": (
        f"{_SHARING}test_permissions.py",
        f"{_SHARING}test_examples.py",
        f"{_SHARING}web/test_write_agreement.py",
        f"{_SHARING}web/test_agree.py",
        f"{_SHARING}web/test_sign_in.py",
        f"{_SHARING}web/test_emergency.py",
        f"{_SHARING}web/test_ask_for_sharing.py",
        f"{_SHARING}test_exceptions.py",
        f"{_SHARING}test_law.py",
    ),
    "sharing_agreements/lifecycle.py": (f"{_SHARING}test_agreement_life.py", f"{_SHARING}web/test_agree.py"),
    "sharing_agreements/row_security.py": (
        f"{_SHARING}test_signing.py",
        f"{_SHARING}test_identity_replay.py",
        f"{_SHARING}test_row_security.py",
        f"{_SHARING}test_facts.py",
        f"{_SHARING}test_owing.py",
    ),
    "sharing_agreements/web/doors.py": ("tests/cases/web/test_show_family.py", f"{_SHARING}test_disclosure_log.py"),
    "earlyhelp/middleware.py": (
        "tests/interface/test_doors_of_the_site.py",
        "tests/interface/test_doors_for_programs.py",
        f"{_SHARING}test_disclosure_log.py",
        "tests/cases/web/test_show_family.py",
        f"{_SHARING}web/test_sign_in.py",
        f"{_SHARING}web/test_emergency.py",
    ),
    "cases/permissions.py": (
        "tests/cases/test_what_a_post_may.py",
        "tests/cases/test_who_may.py",
        "tests/cases/test_permissions.py",
        "tests/cases/actions",
    ),
    "cases/lifecycle.py": ("tests/cases/test_rules.py", "tests/cases/test_permissions.py"),
    "referrals/permissions/*": (
        "tests/referrals/test_permissions.py",
        "tests/referrals/test_who_may.py",
        "tests/referrals/actions",
    ),
    "sharing_agreements/sql/*": (*CORE, f"{_SHARING}test_examples.py", f"{_SHARING}test_facts.py"),
    "cases/sql/0040_*": (*CENSUS, "tests/cases/test_told_of_step_ups.py"),
    "referrals/sql/0054_*": (*CENSUS, "tests/referrals/test_told_of_disagreements.py"),
    "cases/sql/*": (*CENSUS, "tests/cases"),
    "referrals/sql/*": (
        *CENSUS,
        "tests/referrals/test_policies.py",
        "tests/referrals/web",
        "tests/referrals/actions",
    ),
}
"""A pattern of files -> where the tests are that may kill its mutants. The first pattern that fits counts."""


def all_mutants() -> list[Mutant]:
    """Every mutant of every target, in the order of the files."""
    gone = made_again()
    found: list[Mutant] = []
    for pattern in (*SQL, *PYTHON):
        for path in sorted(ROOT.glob(pattern)):
            file, source = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            if path.suffix == ".py":
                changes = (c for c in python_changes.changes(source) if not c.within.startswith(DONE_BEFORE))
            else:
                changes = sql_changes.changes(s for s in statements(source) if (file, s.start) not in gone)
            found += numbered(file, source, changes)
    return found


def made_again() -> set[tuple[str, int]]:
    """File and place of each statement of which nothing stands any more.

    A later migration makes its function, policy or trigger again or drops it; or drops a function whose use it grants,
    or the policy by which it admits a job.
    """
    last: dict[str, tuple[str, int]] = {}
    gone: set[tuple[str, int]] = set()
    granted: list[tuple[set[str], tuple[str, int]]] = []
    for pattern in SQL:
        for path in sorted(ROOT.glob(pattern)):
            for one in statements(path.read_text(encoding="utf-8")):
                here = (path.relative_to(ROOT).as_posix(), one.start)
                dropped = _dropped(one)
                again = {one.name} if one.text.startswith("create") else dropped
                gone |= {last[name] for name in again if name in last}
                gone |= {there for names, there in granted if dropped & names}
                if one.text.startswith("create"):
                    last[one.name] = here
                elif one.text.startswith("call gate.admit_job"):
                    table, job = re.findall(r"'([^']+)'", one.text)
                    last[f"policy job_{job} on {table}"] = here
                elif one.text.startswith(("grant", "revoke")):
                    granted.append(({t.text for t in one.tokens}, here))
    return gone


def _dropped(one: Statement) -> set[str]:
    """The names of what a statement drops, as Statement.name gives them to what made it."""
    if not one.text.startswith("drop"):
        return set()
    if one.tokens[1].low in {"policy", "trigger"}:
        return {one.name.removeprefix("drop ")}
    return {t.text for t in one.tokens if not t.depth and t.text.startswith("gate.")}


def places(mutant: Mutant) -> tuple[str, ...]:
    """Where the tests are that may kill this mutant."""
    return next(where for pattern, where in AIMS.items() if fnmatch(mutant.file, pattern))


def aims(mutant: Mutant, tests: Iterable[str]) -> list[str]:
    """Of these tests, those that may kill this mutant."""
    where = places(mutant)
    return [test for test in tests if test.startswith(where)]
