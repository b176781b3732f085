"""How well people are matched: FEBRL 1 to 4 beside Splink and the recordlinkage toolkit in one run, and made-up
households with twins. Our side is gate.match_people, which the matching jobs ask.

    bench/matching [--quick] [--people N]

FEBRL: weights are learned from labelled pairs of the other three sets only; a pair counts from even odds on (sum 0),
which nobody chose by looking. Households: the weights in force, learned with another seed, and the product's bands.
The two other tools are installed into .data/matching, an environment of their own, the first time. The last line is one
JSON object: F1 and seconds of each tool on each set; precision and recall of each band; twins_per_1000, false links
between twins in a thousand pairs of them.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2

from bench import matching_sets as sets
from bench.database import prepared
from sharing_agreements.rules.learning import learn

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".data" / "matching"
OTHERS = ["splink==5.0.0", "duckdb==2.0.1", "recordlinkage==0.16", "pandas==2.3.3"]
SEED = 11
"""Not the seed the weights were learned with."""


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="How well people are matched.")
    parser.add_argument("--quick", action="store_true", help="4,000 made-up people instead of 100,000")
    parser.add_argument("--people", type=int, default=100_000)
    chosen = parser.parse_args()
    chosen.people = min(chosen.people, 4_000) if chosen.quick else chosen.people
    return chosen


def others_python() -> str:
    """The interpreter of the environment with the other tools; makes it when it is not there or is another."""
    python, stamp = PLACE / "bin" / "python", PLACE / "made-for"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != " ".join(OTHERS):
        print("Installing Splink and the recordlinkage toolkit beside the project (once).", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(PLACE)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *OTHERS]
        subprocess.run(install, check=True, env={**os.environ, "PYTHONPATH": ""})
        stamp.write_text(" ".join(OTHERS), encoding="utf-8")
    return str(python)


def ask_others(verb: str, *words: str) -> str:
    """Run the other side of the comparison."""
    command = [others_python(), str(ROOT / "bench" / "matching_others.py"), verb, *words]
    return subprocess.run(
        command, check=True, env={**os.environ, "PYTHONPATH": ""}, stdout=subprocess.PIPE, text=True
    ).stdout


def f1(precision: float, recall: float) -> float:
    """The harmonic mean of the two."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def quality(found: set[tuple[int, int]], links: frozenset[tuple[int, int]]) -> tuple[float, float]:
    """Precision and recall."""
    right = len(found & links)
    return right / max(len(found), 1), right / max(len(links), 1)


def measure_febrl(owner: Any) -> dict[str, float]:
    """Ours on every set, with weights that never saw it; then the two others."""
    file = PLACE / "febrl.json"
    ask_others("write", str(file))
    febrl, labels = sets.febrl(file), {}
    for name, one in febrl.items():
        sets.put(owner, one.accounts)
        asked = range(len(one.accounts))
        with sets.weights_in_force(owner, {}, sets.EVERYTHING):
            labels[name] = sets.labelled(
                filter(lambda f, s=one: s.may_pair(f.pair), sets.offered(owner, asked)), one.links
            )
    figures: dict[str, float] = {}
    for name, one in febrl.items():
        weights = learn([pair for other, pairs in labels.items() if other != name for pair in pairs])
        sets.put(owner, one.accounts)
        begun = time.perf_counter()
        with sets.weights_in_force(owner, weights, 0):
            found = {each.pair for each in sets.offered(owner, range(len(one.accounts))) if one.may_pair(each.pair)}
        seconds = time.perf_counter() - begun
        figures |= say(name, "", *quality(found, one.links), seconds)
    for name, (precision, recall, seconds) in json.loads(ask_others("measure")).items():
        figures |= say(name.partition("_")[0], "_" + name.partition("_")[2], precision, recall, seconds)
    return figures


def say(name: str, tool: str, precision: float, recall: float, seconds: float) -> dict[str, float]:
    """Print one line; give its figures."""
    whole = f1(precision, recall)
    print(
        f"{name}{tool:<8} precision {precision:.4f}  recall {recall:.4f}  F1 {whole:.4f}  {seconds:.1f} s", flush=True
    )
    return {f"{name}_f1{tool}": round(whole, 4), f"{name}_seconds{tool}": round(seconds, 2)}


def measure_households(owner: Any, people: int) -> dict[str, float]:
    """Everybody against everybody, in the product's bands."""
    from referrals.rules.matching import Agreement, band_of

    _, accounts, twins = sets.households(SEED, people, 0.06)
    links = sets.same_person(accounts)
    sets.put(owner, accounts)
    with owner, owner.cursor() as cursor:
        cursor.execute("select likely_from from sharing_agreements_matchweights order by version desc limit 1")
        likely_from = cursor.fetchone()[0]
    begun = time.perf_counter()
    found = sets.offered(owner, range(len(accounts)))
    seconds = time.perf_counter() - begun
    bands: dict[str, set[tuple[int, int]]] = {"sure": set(), "check": set()}
    for one in found:
        band = band_of(Agreement(tuple(one.levels), one.score, likely_from))
        if band:
            bands[band].add(one.pair)
    figures: dict[str, float] = {"people": people, "households_seconds": round(seconds, 1)}
    for name, label in (("sure", "likely"), ("check", "ask")):
        precision, recall = quality(bands[name], frozenset(links))
        print(f"households, {label:<7} {len(bands[name]):>6} pairs  precision {precision:.4f}  recall {recall:.4f}")
        figures |= {f"{label}_precision": round(precision, 4), f"{label}_recall": round(recall, 4)}
    pairs_of_twins, linked = twin_pairs(accounts, twins, bands["sure"])
    print(f"twins: {linked} of {pairs_of_twins} pairs of accounts of twins are linked as likely")
    figures["twins_per_1000"] = round(1000 * linked / max(pairs_of_twins, 1), 3)
    for changes in range(4):
        those = {pair for pair in links if accounts[pair[1]].changes == changes}
        known = len(those & bands["sure"]), len(those & (bands["sure"] | bands["check"]))
        print(f"  {changes} changes: {known[0] / len(those):.3f} likely, {known[1] / len(those):.3f} likely or ask")
    return figures


def twin_pairs(accounts: list[Any], twins: set[tuple[int, int]], linked: set[tuple[int, int]]) -> tuple[int, int]:
    """How many pairs of accounts are of two twins, and how many of those are linked."""
    of: dict[int, list[int]] = {}
    for at, one in enumerate(accounts):
        of.setdefault(one.of, []).append(at)
    pairs = {(min(a, b), max(a, b)) for one, other in twins for a in of[one] for b in of.get(other, [])}
    return len(pairs), len(pairs & linked)


def main() -> None:
    """Prepare, measure, print."""
    chosen = options()
    with prepared("eh_bench_matching") as address:
        owner = psycopg2.connect(address("eh_migrator"))
        figures = measure_febrl(owner) | measure_households(owner, chosen.people)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
