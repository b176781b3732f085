"""Tells PostgreSQL who is acting, in a way injected SQL cannot forge, and runs the SQL files of migrations.

The gate hands out a nonce per transaction; this process signs the principal and the nonce with a key only it
and the gate role hold; every policy checks both (docs/decisions/0006). Identity lives for one transaction.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from sharing_agreements.models.practitioner import Post

_BLOCK = 64


def _key_halves(key: bytes) -> tuple[bytes, bytes]:
    """Inner and outer padded keys of HMAC-SHA256, which the gate keeps too (RFC 2104)."""
    if len(key) > _BLOCK:
        key = hashlib.sha256(key).digest()
    key = key.ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)


def key_halves() -> tuple[bytes, bytes]:
    """The padded halves of this installation's identity key (settings.IDENTITY_KEY)."""
    return _key_halves(settings.IDENTITY_KEY.encode())


def _sign(payload: str) -> str:
    inner, outer = key_halves()
    return hashlib.sha256(outer + hashlib.sha256(inner + payload.encode()).digest()).hexdigest()


@dataclass(frozen=True)
class Principal:
    """A practitioner acting under one post for one purpose."""

    practitioner_no: int
    practitioner_id: str
    post_id: str
    agency_no: int
    agency_id: str
    team_no: int
    role: str
    purpose: str

    @classmethod
    def of(cls, post: Post, purpose: str) -> "Principal":
        """The principal for this post; `post` should be loaded with its practitioner, agency and team."""
        return cls(
            practitioner_no=post.practitioner.no,
            practitioner_id=str(post.practitioner_id),
            post_id=str(post.pk),
            agency_no=post.agency.no,
            agency_id=str(post.agency_id),
            team_no=post.team.no if post.team else 0,
            role=post.role,
            purpose=purpose,
        )


def signed(principal: Principal, nonce: str) -> str:
    """What the setting must hold for `principal` to act in the transaction the gate gave `nonce`."""
    payload = "|".join(
        [
            "p",
            nonce,
            str(principal.practitioner_no),
            principal.practitioner_id,
            principal.post_id,
            str(principal.agency_no),
            principal.agency_id,
            str(principal.team_no),
            principal.role,
            principal.purpose,
        ]
    )
    return f"{payload}#{_sign(payload)}"


def identify(principal: Principal) -> None:
    """Make `principal` the reader and writer of the rest of this transaction.

    Needs an open transaction. Warms the principal's masks. Raises nothing: a wrong key shows as no rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select gate.begin(%s::smallint, %s, %s)", [principal.agency_no, principal.role, principal.purpose]
        )
        setting = signed(principal, cursor.fetchone()[0])
        cursor.execute("select set_config('earlyhelp.principal', %s, true)", [setting])


def identify_job(job: str) -> None:
    """Make the named job the principal of the rest of this transaction (worker login only has its policies)."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.nonce()")
        payload = f"j|{cursor.fetchone()[0]}|{job}"
        cursor.execute("select set_config('earlyhelp.principal', %s, true)", [f"{payload}#{_sign(payload)}"])


def forget() -> None:
    """Nobody is acting from here on: no governed row can be read or written."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('earlyhelp.principal', '', true)")


@contextmanager
def _restoring() -> Iterator[None]:
    """Give the transaction back to whoever was acting before (a released savepoint would not)."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('earlyhelp.principal', true)")
        before = cursor.fetchone()[0] or ""
    yield
    with connection.cursor() as cursor:
        cursor.execute("select set_config('earlyhelp.principal', %s, true)", [before])


@contextmanager
def acting_as(post: Post, purpose: str) -> Iterator[Principal]:
    """Run a block as this post for this purpose, in a transaction of its own or a savepoint."""
    principal = Principal.of(post, purpose)
    with transaction.atomic(), _restoring():
        identify(principal)
        yield principal


@contextmanager
def as_job(job: str) -> Iterator[None]:
    """Run a block as the named job, in a transaction of its own or a savepoint."""
    with transaction.atomic(), _restoring():
        identify_job(job)
        yield


def sql_file(path: Path) -> RunSQL:
    """Migration operation that runs one .sql file as written. Forwards only: history is never un-run."""
    return RunSQL(path.read_text(encoding="utf-8"), RunSQL.noop)


class AllAtOnce(Operation):
    """Migration operation: make many tables as one step.

    Django draws every related model again after each operation, and here every model is related: a hundred tables
    took a minute. Taken together the models are drawn once before and once after. A table made inside is made as it
    is at the end, so later operations on it change only Django's own idea of it.
    """

    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Take all the operations into the state, undrawn."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the tables; change those that were there before."""
        made: set[str] = set()
        for operation in self.operations:
            subject = getattr(operation, "model_name_lower", getattr(operation, "name_lower", ""))
            if subject not in made:
                operation.database_forwards(app_label, schema_editor, from_state, to_state)
            if isinstance(operation, CreateModel):
                made.add(subject)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Forwards only."""
        raise NotImplementedError("These migrations go forwards only.")

    def describe(self) -> str:
        """One line for `migrate --plan`."""
        return f"{len(self.operations)} operations at once"
