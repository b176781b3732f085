"""The vendored GOV.UK Frontend files are what the manifest says, and hold nothing that only GOV.UK may use."""

import hashlib
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "earlyhelp" / "static" / "govuk-frontend" / "6.6.0"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text())


@pytest.mark.parametrize("name", sorted(MANIFEST["sha256"]))
def test_a_vendored_file_has_the_checksum_in_the_manifest(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == MANIFEST["sha256"][name]


def test_every_vendored_file_is_in_the_manifest() -> None:
    built = {path.name for path in FOLDER.iterdir()} - {"manifest.json", "LICENSE.txt"}
    assert built == set(MANIFEST["sha256"])


@pytest.mark.parametrize("name", sorted(MANIFEST["sha256"]))
@pytest.mark.parametrize("word", ["GDS Transport", "crest", "sourceMappingURL", "@font-face"])
def test_a_vendored_file_has_no_font_crest_or_missing_map(name: str, word: str) -> None:
    assert word.lower() not in (FOLDER / name).read_text().lower()


def test_the_licence_stands_beside_the_files_and_the_version_in_the_folder_name() -> None:
    assert "Permission is hereby granted, free of charge" in (FOLDER / "LICENSE.txt").read_text()
    assert MANIFEST["version"] == FOLDER.name
    assert MANIFEST["integrity"].startswith("sha512-")
