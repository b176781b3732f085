"""Pages that only tests open: each answers as it is asked to, behind the site's own doors."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from earlyhelp.urls import urlpatterns as site
from sharing_agreements.models import Family, Identity
from sharing_agreements.refusals import Refusal, require
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import access, open_to_all

INSIDE = access(
    purpose=Purpose.REPORTING,
    roles=[Role.REPORTER, Role.MANAGER, Role.GOVERNANCE_LEAD],
    by_role={Role.MANAGER: Purpose.OVERSIGHT},
)


@INSIDE
def answer(request: HttpRequest, status: int, family: UUID | None = None) -> HttpResponse:
    """Read an identity, make a family, and answer with this status."""
    list(Identity.objects.all())
    Family.objects.create()
    said = {
        "post": str(request.post.pk),
        "purpose": request.purpose,
        "posts": [str(post.pk) for post in request.posts],
        "looked_for_an_emergency": hasattr(request, "emergency"),
    }
    return JsonResponse(said, status=status)


@INSIDE
def refuse(request: HttpRequest, status: int) -> HttpResponse:
    """Refuse in words of this page's own."""
    require(Refusal("said_no", "Not while it rains.", status))
    raise AssertionError("a refusal goes no further")


@INSIDE
def fail(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise ZeroDivisionError


@INSIDE
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Read an identity while the answer is on its way."""
    return StreamingHttpResponse((str(one.pk) for one in Identity.objects.all()), headers={"X-Way": "stream"})


@access(purpose=Purpose.REPORTING, roles=[Role.REPORTER], on_the_beat=True)
def search(request: HttpRequest) -> HttpResponse:
    """Find nothing."""
    return HttpResponse("nothing")


@access(purpose=Purpose.REPORTING, roles=[Role.REPORTER], systems=True)
def for_programs(request: HttpRequest) -> HttpResponse:
    """Say which post acts."""
    return JsonResponse({"post": str(request.post.pk)})


def without_access_line(request: HttpRequest) -> HttpResponse:
    """A view whose maker forgot to say who may open it."""
    return HttpResponse("seen")


@access(purpose=None, roles=[Role.REPORTER])
def for_no_purpose(request: HttpRequest) -> HttpResponse:
    """A page whose maker forgot what it is for."""
    return HttpResponse("seen")


@open_to_all
def for_everybody(request: HttpRequest, status: int) -> HttpResponse:
    """Says whether the site opened a transaction for it."""
    return HttpResponse(str(hasattr(request, "look")), status=status)


urlpatterns = [
    path("tried/answer/<int:status>/", answer, name="tried_answer"),
    path("tried/about/<uuid:family>/<int:status>/", answer, name="tried_about"),
    path("tried/refuse/<int:status>/", refuse, name="tried_refuse"),
    path("tried/long/<int:status>/", answer, name=f"tried_{'long' * 25}"),
    path("tried/search/", search, name="tried_search"),
    path("tried/programs/", for_programs, name="tried_programs"),
    path("tried/fail/", fail, name="tried_fail"),
    path("tried/stream/", stream, name="tried_stream"),
    path("tried/nobody/", without_access_line, name="tried_nobody"),
    path("tried/no-purpose/", for_no_purpose, name="tried_no_purpose"),
    path("tried/everybody/<int:status>/", for_everybody, name="tried_everybody"),
    *site,
]
