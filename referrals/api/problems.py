"""Every no of the API in one shape (RFC 9457): what DRF raises, what our actions refuse, what a request lacks."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.decorators import api_view

from sharing_agreements.presenting.problems import problem
from sharing_agreements.refusals import NOT_THERE, Refusal, Refused

NOT_JSON = Refusal("not_json", "The body is not JSON.", 400)
NOT_AS_DESCRIBED = Refusal("not_as_described", "The request is not as /api/v1/schema/ describes it.", 400)
WRONG_METHOD = Refusal("wrong_method", "This address is not asked that way.", 405)
TOO_LARGE = Refusal("too_large", "A report is at most 1 MB.", 413)
WRONG_TYPE = Refusal("wrong_type", "Send JSON, with Content-Type: application/json.", 415)
NOT_SENDABLE = Refusal("not_sendable", "The report cannot be sent like this. Nothing was sent.", 422)
KEY_USED = Refusal("key_used", "This Idempotency-Key came before with another report. Nothing more was sent.", 422)
TOO_MANY = Refusal("too_many", "Too many requests. Wait as long as Retry-After says, then send it again.", 429)


class Faulty(Refused):
    """A refusal that names the parts which are wrong: (pointer into the body, sentence)."""

    def __init__(self, refusal: Refusal, errors: list[tuple[str, str]]) -> None:
        super().__init__(refusal)
        self.errors = errors


def require_http_methods(methods: list[str]) -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """Make a function a view of the API that takes these methods. Any other is refused in the same shape."""

    def make(function: Callable[..., Any]) -> Callable[..., HttpResponse]:
        view: Any = api_view(methods)(function)
        view.__name__, view.__wrapped__ = function.__name__, function
        made: Callable[..., HttpResponse] = view
        return made

    return make


def answer(raised: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The one exception handler. None for a fault of ours, which the root answers with 500 in the same shape."""
    said = _refusal_of(raised)
    if said is None:
        return None
    context["request"]._request.refusal_code = said.code
    headers: dict[str, str] = {}
    if isinstance(raised, exceptions.Throttled):
        headers["Retry-After"] = str(math.ceil(getattr(raised, "wait", None) or 1))
    return problem(said, errors=[{"pointer": at, "detail": why} for at, why in _errors_of(raised)], headers=headers)


def _refusal_of(raised: Exception) -> Refusal | None:
    if isinstance(raised, Refused):
        return raised.refusal
    for kind, refusal in _SAID.items():
        if isinstance(raised, kind):
            return refusal
    return None


_SAID: dict[type[Exception], Refusal] = {
    Http404: NOT_THERE,
    exceptions.ValidationError: NOT_AS_DESCRIBED,
    exceptions.ParseError: NOT_JSON,
    exceptions.MethodNotAllowed: WRONG_METHOD,
    exceptions.UnsupportedMediaType: WRONG_TYPE,
    exceptions.Throttled: TOO_MANY,
}


def _errors_of(raised: Exception) -> list[tuple[str, str]]:
    if isinstance(raised, Faulty):
        return raised.errors
    if isinstance(raised, exceptions.ValidationError):
        return list(_walk(raised.detail, "#"))
    return []


def _walk(detail: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """DRF's nested errors, as pointers into the body (RFC 6901)."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            part = "" if name == "non_field_errors" else f"/{str(name).replace('~', '~0').replace('/', '~1')}"
            yield from _walk(inner, pointer + part)
    elif isinstance(detail, list) and any(isinstance(inner, Mapping | list) for inner in detail):
        for place, inner in enumerate(detail):
            if inner:
                yield from _walk(inner, f"{pointer}/{place}")
    else:
        for sentence in detail if isinstance(detail, list) else [detail]:
            yield pointer, str(sentence)
