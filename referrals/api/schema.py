"""The description of the API (OpenAPI 3), drawn from its views and served to whoever asks: it holds nobody's data."""

import json
from functools import cache
from threading import Lock
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiResponse, extend_schema

from referrals.api.telling import ProblemOut
from sharing_agreements.presenting.problems import CONTENT_TYPE
from sharing_agreements.web.doors import open_to_all

KEY: Any = [{"systemKey": []}]
MEANS = {
    400: "Not JSON, or not as this schema describes it",
    401: "No key, or one that opens nothing",
    404: "Nothing there that this key may know of",
    409: "Not now: the code and sentence say why",
    413: "More than 1 MB",
    415: "Not sent as JSON",
    422: "Well formed, and no report that can be sent; or this Idempotency-Key came before with another report",
    429: "Too many requests in this minute; Retry-After says how many seconds to wait",
}


def described(*statuses: int, method: str, **more: Any) -> Any:
    """What the schema says of one method of a view: its own answers, and each of these refusals."""
    answers = more.pop("responses")
    refusals = {
        (status, CONTENT_TYPE): OpenApiResponse(ProblemOut, description=MEANS[status]) for status in (401, *statuses)
    }
    return extend_schema(methods=[method], auth=KEY, tags=["reports"], responses={**answers, **refusals}, **more)


def closed(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Say of everything a program sends that other names are refused (fields.Closed does)."""
    for name, part in result["components"]["schemas"].items():
        if name.endswith("In") and "properties" in part:
            part["additionalProperties"] = False
    return cast(dict[str, Any], _without_marks(result))


def _without_marks(part: Any) -> Any:
    """The same without the generator's own marks on lists of codes."""
    if isinstance(part, dict):
        return {name: _without_marks(inner) for name, inner in part.items() if name != "x-spec-enum-id"}
    return [_without_marks(inner) for inner in part] if isinstance(part, list) else part


_ONE_AT_A_TIME = Lock()


@cache
def _drawn() -> str:
    return json.dumps(SchemaGenerator().get_schema(request=None, public=True), ensure_ascii=False)


def _text() -> str:
    """Drawn once in a process; the generator cannot draw twice at the same time."""
    with _ONE_AT_A_TIME:
        return _drawn()


@open_to_all
@require_safe
def api_schema(request: HttpRequest) -> HttpResponse:
    """The description, as JSON."""
    return HttpResponse(_text(), content_type="application/vnd.oai.openapi+json; charset=utf-8")
