"""What a browser may load, and keep. Shaped like Django 6's own setting, so that moving there deletes this file.

The one inline script (the line in layouts/base.html that says script works) is allowed by its hash; a hash, unlike a
nonce, also holds for a page kept for use without a connection.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]


class CSP(StrEnum):
    """Sources with a fixed name."""

    SELF = "'self'"
    NONE = "'none'"


def sha256(script: str) -> str:
    """The source that allows exactly this inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


JS_ENABLED = (
    "document.body.className += ' js-enabled' + "
    "('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');"
)


def policy(directives: Mapping[str, Iterable[str]]) -> str:
    """The header's text."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class ContentSecurityPolicyMiddleware:
    """Adds the header from settings.SECURE_CSP, except to Django's own debugging pages."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the header."""
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault("Content-Security-Policy", policy(settings.SECURE_CSP))
        return response


class NoStoreMiddleware:
    """Pages stay in no cache and on no disk: the next person at a shared desk must not press Back into a family."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with `no-store` unless the view said otherwise."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
