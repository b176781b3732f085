"""The half of bin/vendor-govuk that writes the manifest and packs the conformance fixtures."""

import gzip
import hashlib
import json
import sys
from pathlib import Path

KEPT = ("name", "options", "html")


def main(version: str, sass: str, integrity: str, out: str, package: str, fixtures: str) -> None:
    """Write manifest.json beside the built files, and every component's fixtures into one compressed file."""
    folder = Path(out)
    built = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in BUILT}
    manifest = {
        "package": "govuk-frontend",
        "version": version,
        "integrity": integrity,
        "licence": "MIT (LICENSE.txt)",
        "build": f"bin/vendor-govuk {version} (sass {sass}, --style=compressed, bin/govuk.scss)",
        "sha256": built,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    packed = {
        path.parent.name: read(path) for path in sorted(Path(package).glob("dist/govuk/components/*/fixtures.json"))
    }
    text = json.dumps(packed, separators=(",", ":")).encode()
    Path(fixtures).write_bytes(gzip.compress(text, mtime=0))


def read(path: Path) -> list[dict]:
    """One component's fixtures: name, options in, HTML out."""
    return [{key: fixture[key] for key in KEPT} for fixture in json.loads(path.read_text())["fixtures"]]


BUILT = ("govuk-frontend.min.css", "govuk-frontend.min.js")

if __name__ == "__main__":
    main(*sys.argv[1:])
