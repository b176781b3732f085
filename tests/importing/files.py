"""A police force's old reports as its record system writes them, good lines and bad. Shared by these tests."""

import csv
import json
from pathlib import Path
from typing import Any

MAPPING: dict[str, Any] = {
    "reference": "Occurrence",
    "sent": "Reported",
    "happened": "When",
    "account": "Narrative",
    "concern": {"column": "Type", "codes": {"DA": "domestic_abuse", "NEG": "neglect"}},
    "writer": "Officer",
    "home_line": "Address",
    "home_postcode": "Postcode",
    "children": [{"name": "Child 1", "born": "DOB 1"}, {"name": "Child 2", "born": "DOB 2"}],
}
_CHILDREN = ["Child 1", "DOB 1", "Child 2", "DOB 2"]
COLUMNS = [*"Occurrence Reported When Type Narrative Officer Address Postcode".split(), *_CHILDREN, "Of no use"]


def line(number: int, **changed: str) -> dict[str, str]:
    """One good line; `changed` replaces fields, with _ for a space."""
    good = {
        "Occurrence": f"MC/19/{number:06}",
        "Reported": f"{1 + number % 28:02}/03/2019 21:40",
        "When": "02/03/2019",
        "Type": "DA",
        "Narrative": f"Shouting heard, call {number}.\nNobody hurt.",
        "Officer": "PC 4471 Reed",
        "Address": f"{number} Fen Lane",
        "Postcode": "ZZ1 1ZZ",
        "Child 1": f"Kay Marsh{number}",
        "DOB 1": "09/05/2016",
        "Child 2": "Ellie Marsh" if number % 2 else "",
        "DOB 2": "2018" if number % 2 else "",
        "Of no use": "x",
    }
    return good | {name.replace("_", " "): text for name, text in changed.items()}


def written(folder: Path, lines: list[dict[str, str]], name: str = "old.csv") -> Path:
    """The lines as a file: CSV, or JSON lines by its name."""
    path = folder / name
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
        return path
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(lines)
    return path


def mapped(folder: Path, **changed: Any) -> Path:
    """The mapping as a file."""
    path = folder / "mapping.json"
    path.write_text(json.dumps(MAPPING | changed), encoding="utf-8")
    return path
