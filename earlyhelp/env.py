"""Reads environment variables, and says which one is missing and how to mend it."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
CONNECTION_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey"}


def text(name: str, default: str | None = None) -> str:
    """The variable as text. Without a default a missing one refuses to start."""
    value = os.environ.get(name, default)
    if value is None or (value == "" and default is None):
        raise ImproperlyConfigured(f"Set the environment variable {name}; .env.example says what it is for.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no. Any other word refuses to start, so a typing slip never switches a guard off."""
    value = text(name, "1" if default else "0").strip().lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be 1 (yes) or 0 (no); it is {value!r}.")
    return value in YES


def number(name: str, default: int) -> int:
    """The variable as a whole number from 1."""
    value = text(name, str(default)).strip()
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise ImproperlyConfigured(f"{name} must be a whole number from 1; it is {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, split at commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str = "DATABASE_URL") -> dict[str, Any]:
    """A postgresql:// address as Django's database settings. Host may be a socket folder (?host=/path)."""
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://")
    query = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.get("host", unquote(url.hostname or "")),
        "PORT": str(url.port or query.get("port", "")),
        "OPTIONS": {key: value for key, value in query.items() if key in CONNECTION_OPTIONS},
    }
