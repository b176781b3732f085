"""Start-up refusals: what must never reach real families' records.

Two gates. Django's own checks (`manage.py check --deploy`) report the settings. `refuse_unsafe_start` adds the
database login and is called where a process begins to serve (wsgi.py, the worker and beat), so that it cannot be
forgotten in a command line. Development (DEBUG on, this machine only) is let through.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

HERE_ONLY = {"localhost", "127.0.0.1", "[::1]", "testserver"}
SHORTEST_KEY = 32
FEWEST_LETTERS = 8
GIVEN_AWAY = ("insecure", "changeme", "change-me", "example", "default", "password")

LOGIN_FACTS = """
    select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
           exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                     and n.nspname not like 'pg_toast%%' and n.nspname not like 'pg_temp%%'
                     and pg_has_role(session_user, c.relowner, 'member'))
    from pg_roles r where r.rolname = session_user
"""


def is_development() -> bool:
    """DEBUG is on and the app answers to this machine's own names only."""
    return settings.DEBUG and set(settings.ALLOWED_HOSTS) <= HERE_ONLY


def why_key_is_weak(name: str, key: str) -> str | None:
    """One sentence when a key is short, of few different letters, or looks like one from a manual."""
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS:
        return f"{name} is too short or too plain: use at least {SHORTEST_KEY} random characters."
    if any(word in key.lower() for word in GIVEN_AWAY):
        return f"{name} looks like an example key: make a random one of your own."
    return None


def settings_faults() -> list[str]:
    """What is unsafe in the settings, one sentence each."""
    faults = []
    if settings.DEBUG and not is_development():
        faults.append("DEBUG is on while ALLOWED_HOSTS names a real host: set DEBUG=0.")
    if "*" in settings.ALLOWED_HOSTS:
        faults.append("ALLOWED_HOSTS lets any host in: name the hosts.")
    keys = {"SECRET_KEY": settings.SECRET_KEY, "IDENTITY_KEY": settings.IDENTITY_KEY}
    faults += [fault for name, key in keys.items() if (fault := why_key_is_weak(name, key))]
    if settings.SECRET_KEY == settings.IDENTITY_KEY:
        faults.append("SECRET_KEY and IDENTITY_KEY are the same: make two.")
    return faults


def login_faults() -> list[str]:
    """What is unsafe about the database login of this process, one sentence each."""
    with connection.cursor() as cursor:
        cursor.execute(LOGIN_FACTS)
        login, superuser, bypasses, makes_roles, owns = cursor.fetchone()
    found = {
        "is a superuser": superuser,
        "bypasses row security": bypasses,
        "may create roles": makes_roles,
        "owns tables, or may become their owner": owns,
    }
    return [
        f"The database login {login} {fault}: use eh_web or eh_worker in DATABASE_URL."
        for fault, is_so in found.items()
        if is_so
    ]


def refuse_unsafe_start(**_signal: Any) -> None:
    """Stop this process before it serves anyone. Raises ImproperlyConfigured with every fault; silent when safe."""
    if is_development():
        return
    try:
        faults = settings_faults() + login_faults()
    finally:
        connection.close()
    if faults:
        raise ImproperlyConfigured("Early Help does not start. " + " ".join(faults))


@register(Tags.security, deploy=True)
def production_settings(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """`manage.py check --deploy` names each unsafe setting."""
    return [Error(fault, id=f"earlyhelp.E{number:03}") for number, fault in enumerate(settings_faults(), start=1)]
