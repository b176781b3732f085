"""A refusal as a program reads it: one shape for all of them (RFC 9457), with our code and sentence in it."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse

from sharing_agreements.refusals import Refusal

PROGRAMS = "/api/"
"""Addresses under which every answer is for a program."""
CONTENT_TYPE = "application/problem+json"


def is_for_program(request: HttpRequest) -> bool:
    """Whether a refusal of this request is read by a program."""
    return request.path_info.startswith(PROGRAMS)


def problem(
    refusal: Refusal, *, errors: Iterable[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """The answer. `errors` name what is wrong and where: {"pointer": "#/children/0/born", "detail": "..."}.

    It says nothing of a request but what its sender sent: two refusals with one code are the same, byte for byte.
    """
    said: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": refusal.sentence,
        "code": refusal.code,
    }
    if found := list(errors):
        said["errors"] = found
    asks = {"WWW-Authenticate": "Bearer"} if refusal.status == HTTPStatus.UNAUTHORIZED else {}
    return JsonResponse(said, status=refusal.status, content_type=CONTENT_TYPE, headers={**asks, **(headers or {})})
