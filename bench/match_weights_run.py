"""Learn what each kind of agreement between two accounts weighs, from labelled pairs of made-up households, and write
the file that a migration loads. The seed is never one that bench/matching measures.

    bench/match_weights [--version N] [--people N]

Labels come from the generator (bench/made_up_people.py): candidates that the product's own SQL offers, each known to be
one person or two. Once people have settled enough matches, those are the better labels: manage.py learn_match_weights.
"""

import argparse
import datetime
from pathlib import Path

import psycopg2

from bench import matching_sets as sets
from bench.database import prepared
from sharing_agreements.rules.learning import learn

SEED = 7
FOLDER = Path(__file__).resolve().parent.parent / "sharing_agreements" / "matching"


def main() -> None:
    """Fill, ask, learn, write."""
    parser = argparse.ArgumentParser(description="Learn the weights of matching from made-up households.")
    parser.add_argument("--version", type=int, default=1)
    parser.add_argument("--people", type=int, default=60_000)
    chosen = parser.parse_args()
    with prepared("eh_bench_matching") as address:
        owner = psycopg2.connect(address("eh_migrator"))
        _, accounts, _ = sets.households(SEED, chosen.people, 0.1)
        sets.put(owner, accounts)
        asked = range(chosen.people, len(accounts))
        with sets.weights_in_force(owner, {}, sets.EVERYTHING):
            pairs = sets.labelled(sets.offered(owner, asked), sets.same_person(accounts))
    weights = learn(pairs)
    same = sum(label for _, label, _ in pairs)
    how = (
        f"Logistic regression (bench/match_weights, seed {SEED}) on {len(pairs):,} candidate pairs of {chosen.people:,}"
        f" made-up people in households with twins; {same:,} of them are one person."
    )
    lines = [f"{code} = {weight}" for code, weight in weights.items()]
    text = "\n".join(
        [
            "# What agreement weighs: natural logarithms of odds. Made by bench/match_weights; never edited.",
            f'how_learned = "{how}"',
            f"learned_on = {datetime.datetime.now(datetime.UTC).date()}",
            "# 19 to 1, 1 to 4, and 1 to 50.",
            "likely_from = 2.94",
            "ask_from = -1.39",
            "show_from = -3.91",
            "",
            "[weights]",
            *lines,
            "",
        ]
    )
    (FOLDER / f"weights_{chosen.version}.toml").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
