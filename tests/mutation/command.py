"""`bin/mutate`: tries mutants and says which no test noticed. The last line is one JSON object.

Exit status 0 when every mutant that was tried is killed or explained, 1 otherwise.
"""

import argparse
import contextlib
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests import database
from tests.mutation import closed, explained, reach, targets
from tests.mutation.mutants import Mutant
from tests.mutation.verdicts import INVALID, KILLED, SURVIVED, Ledger, Verdict

LOOKED_AT = 600
UNTRIED = "not tried yet"
DONE = (KILLED, INVALID)
KEPT = database.ROOT / ".data" / "mutate" / "verdicts.jsonl"


def main(words: Sequence[str] | None = None) -> int:
    """Read the command line, try the mutants, tell."""
    asked = _wishes(words)
    if asked.worlds:
        return _name_worlds()
    everything = targets.all_mutants()
    faults = explained.faults(everything)
    wanted = _chosen(everything, asked)
    if asked.list:
        _say("\n".join(f"{m.key}  {m.words}" for m in wanted))
        return 0
    reasons = {} if asked.explained else explained.explanations()
    ledger = Ledger(asked.kept)
    before = closed.read(everything) if asked.resume and not asked.explained else set()
    if asked.resume:
        ledger.load()
    waiting = [m for m in wanted if m.key not in reasons and m.key not in before]
    if asked.resume:
        waiting = _go_on(waiting, ledger, again=not asked.seconds)
    red = _try(waiting, ledger, asked)
    if asked.close:
        closed.write(everything, {m.key for m in everything if m.key in reasons or _outcome(ledger.of(m)) in DONE})
    shown = [m for m in wanted if m.key not in before]
    if before:
        _say(f"{len(wanted) - len(shown)} are closed: tests/mutation/closed.txt.")
    return _report(shown, reasons, ledger, faults + [f"without any mutant this fails: {test}" for test in red])


def _wishes(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/mutate", description="Weaken the rules and see whether a test notices.")
    parser.add_argument(
        "--only", action="append", default=[], help="part of a mutant's id, as a file's name; repeatable"
    )
    parser.add_argument("--policy", action="store_true", help="policies, triggers, what they reach, and Python alone")
    parser.add_argument("--sample", type=int, default=0, help="so many of them, chosen by chance")
    parser.add_argument("--seed", type=int, default=1, help="of the chance (1)")
    parser.add_argument("--resume", action="store_true", help="what is killed or closed is done: new, then survivors")
    parser.add_argument("--close", action="store_true", help="keep in closed.txt the functions that have none left")
    parser.add_argument("--explained", action="store_true", help="try those with an explanation too")
    parser.add_argument("--jobs", type=int, default=1, help="so many mutants at a time (1)")
    parser.add_argument("--minutes", type=float, default=0, help="start no mutant after so many minutes")
    parser.add_argument("--seconds", type=float, default=0, help="ask new mutants only, each for so long")
    parser.add_argument("--tests", action="append", default=[], help="ask only these tests ('none': no test at all)")
    parser.add_argument("--list", action="store_true", help="say which mutants there are, and try none")
    parser.add_argument("--worlds", action="store_true", help="name the worlds for killing_worlds.py, and try nothing")
    parser.add_argument("--kept", type=Path, default=KEPT, help="the file with the verdicts")
    return parser.parse_args(words)


def _name_worlds() -> int:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "earlyhelp.settings"
    django.setup()
    from tests import cast
    from tests.mutation import circumstances

    _say(str(circumstances.few(LOOKED_AT, cast.today())))
    return 0


def _chosen(everything: list[Mutant], asked: argparse.Namespace) -> list[Mutant]:
    within = reach.of_policy(everything) if asked.policy else everything
    wanted = [m for m in within if not asked.only or any(part in m.key for part in asked.only)]
    if asked.sample and asked.sample < len(wanted):
        keys = set(random.Random(asked.seed).sample([m.key for m in wanted], asked.sample))
        wanted = [m for m in wanted if m.key in keys]
    return wanted


def _go_on(wanted: list[Mutant], ledger: Ledger, again: bool) -> list[Mutant]:
    new = [m for m in wanted if ledger.of(m) is None]
    survivors = [m for m in wanted if (known := ledger.of(m)) and known.outcome == SURVIVED]
    return new + survivors if again else new


def _try(waiting: list[Mutant], ledger: Ledger, asked: argparse.Namespace) -> list[str]:
    """Run the trial. Tests that fail without a mutant, of which there should be none."""
    if not waiting:
        return []
    import pytest

    from tests.mutation.trial import Trial

    done = Counter[str]()
    began = time.monotonic()

    _say(f"{len(waiting)} mutants")

    def tell(mutant: Mutant, verdict: Verdict) -> None:
        done[verdict.outcome] += 1
        if verdict.outcome != KILLED:
            _say(f"{verdict.outcome} {verdict.by}\n  {mutant.key} (line {mutant.line})\n  {mutant.words}")
        if sum(done.values()) % 25 == 0:
            each = (time.monotonic() - began) / sum(done.values())
            _say(f"{sum(done.values())} of {len(waiting)}, {each:.2f} s each: {dict(done)}")

    until = began + asked.minutes * 60 if asked.minutes else float("inf")

    def aims(mutant: Mutant, tests: Iterable[str]) -> list[str]:
        return [t for t in tests if t.startswith(tuple(asked.tests))] if asked.tests else targets.aims(mutant, tests)

    trial = Trial(waiting, ledger, aims, tell, asked.jobs, until, asked.seconds or float("inf"))
    places = sorted({place for m in waiting for place in targets.places(m)})
    paths = [targets.WORLDS if place == "none" else place for place in asked.tests or places]
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        code = pytest.main(
            [*paths, "-q", "--capture=no", "-p", "no:cacheprovider", "-W", "ignore:Module already imported"],
            plugins=[trial],
        )
    return trial.red or ([f"pytest ended with {code}"] if code else [])


def _report(wanted: list[Mutant], reasons: dict[str, tuple[str, str]], ledger: Ledger, faults: list[str]) -> int:
    became = {m.key: "explained" if m.key in reasons else _outcome(ledger.of(m)) for m in wanted}
    outcomes = Counter(became.values())
    for mutant in wanted:
        if became[mutant.key] == SURVIVED:
            _say(f"\nsurvived: {mutant.key} (line {mutant.line})\n{mutant.diff()}")
    killers = Counter(known.by.partition("[")[0] for m in wanted if (known := ledger.of(m)) and known.outcome == KILLED)
    for test, kills in killers.most_common(12):
        _say(f"{kills} killed by {test}")
    for fault in faults:
        _say(fault)
    if outcomes[UNTRIED]:
        _say(f"{outcomes[UNTRIED]} {UNTRIED}: go on with --resume.")
    names = (KILLED, "explained", SURVIVED, INVALID)
    _say(json.dumps({"mutants": len(wanted), **{name: outcomes[name] for name in names}}))
    return 1 if outcomes[SURVIVED] or outcomes[UNTRIED] or faults else 0


def _outcome(known: Verdict | None) -> str:
    return known.outcome if known else UNTRIED


def _say(words: str) -> None:
    sys.__stdout__.write(words + "\n")
    sys.__stdout__.flush()


if __name__ == "__main__":
    sys.exit(main())
