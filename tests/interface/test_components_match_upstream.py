"""Every component prints what GOV.UK Frontend's own fixtures say it should."""

import gzip
import json
from pathlib import Path

import pytest
from django.utils.safestring import mark_safe

from earlyhelp import components
from tests.interface.canonical import tokens

HERE = Path(__file__).parent
FIXTURES = json.loads(gzip.decompress((HERE / "govuk-frontend-6.6.0-fixtures.json.gz").read_bytes()))
OURS = sorted(
    path.stem for path in (HERE.parents[1] / "templates" / "components").glob("*.html") if path.stem in FIXTURES
)
KNOWN_GAPS: dict[tuple[str, str], str] = {}
CASES = [(component, fixture) for component in OURS for fixture in FIXTURES[component]]


def trusted(options: object, key: str = "") -> object:
    """Options as a screen would hand them in: what upstream takes as HTML is marked safe on purpose."""
    if isinstance(options, dict):
        return {name: trusted(value, name) for name, value in options.items()}
    if isinstance(options, list):
        return [trusted(value, key) for value in options]
    if isinstance(options, str) and (key == "html" or key.endswith("Html")):
        return mark_safe(options)
    return options


@pytest.mark.parametrize(("component", "fixture"), CASES, ids=[f"{c}: {f['name']}" for c, f in CASES])
def test_a_component_prints_what_upstream_prints(component: str, fixture: dict) -> None:
    ours = tokens(components.render(component, trusted(fixture["options"])))
    same = ours == tokens(fixture["html"])
    if (component, fixture["name"]) in KNOWN_GAPS:
        assert not same, f"{component}: {fixture['name']} passes now; take it out of KNOWN_GAPS"
    else:
        assert ours == tokens(fixture["html"])


def test_every_known_gap_names_a_fixture() -> None:
    assert KNOWN_GAPS.keys() <= {(component, fixture["name"]) for component, fixture in CASES}
