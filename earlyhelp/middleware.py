"""One transaction round the whole response, one acting post inside it, one disclosure row at its end."""

import json
import logging
import random
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import urlencode

from earlyhelp import views
from earlyhelp.looking import Looks, looking
from sharing_agreements.models import Post
from sharing_agreements.presenting.problems import problem
from sharing_agreements.queries.exceptions import running_emergency
from sharing_agreements.queries.record_systems import post_of_key
from sharing_agreements.refusals import NO_KEY, Refused
from sharing_agreements.row_security import Principal, identify
from sharing_agreements.rules.system_keys import read
from sharing_agreements.vocabulary import CASEWORK_ROLES, Purpose
from sharing_agreements.web.doors import Access

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]
ACTING_POST = "acting_post"
READING = frozenset({"GET", "HEAD"})
CHANCE = random.SystemRandom()


def _access(request: HttpRequest) -> Access | None:
    try:
        return getattr(resolve(request.path_info).func, "access", None)
    except Resolver404:
        return None


class OneTransactionMiddleware:
    """Opens the transaction before anything is read and closes it after the page is rendered.

    A refusal (any answer of 400 or above) takes the whole transaction back; the row of the disclosure log that says
    so has a transaction of its own (decision 0007). Routes open to all get no transaction: they read no governed row.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        access = _access(request)
        if access is None or access.open_to_all:
            return self.get_response(request)
        began = time.monotonic()
        request.look = uuid.uuid4()  # type: ignore[attr-defined]
        with transaction.atomic(), looking() as looks:
            request.looks = looks  # type: ignore[attr-defined]
            response = self.get_response(request)
            if getattr(response, "streaming", False):
                response = HttpResponse(b"".join(response), headers=dict(response.headers))  # type: ignore[arg-type]
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                self._log(request, response, looks)
        principal: Principal | None = getattr(request, "principal", None)
        if principal and response.status_code >= 400:
            with transaction.atomic():
                identify(principal)  # the identity went with the transaction; the log row is stamped from it
                self._log(request, response, looks)
        if response.status_code == HTTPStatus.NOT_FOUND or (access.on_the_beat and request.method == "POST"):
            wait_for_the_beat(began)
        return response

    @staticmethod
    def _log(request: HttpRequest, response: HttpResponseBase, looks: Looks) -> None:
        principal: Principal | None = getattr(request, "principal", None)
        if principal is None or response.status_code == HTTPStatus.NOT_MODIFIED:
            return  # nobody acted, or the page said only that nothing changed since it was last written down
        match = request.resolver_match
        with connection.cursor() as cursor:
            cursor.execute(
                _WRITE_DOWN,
                {
                    "what": f"{request.method} {match.view_name if match else 'unknown'}"[:80],
                    "outcome": _outcome(request, response),
                    "tables": json.dumps(looks.tables),
                    "ids": f"{{{','.join(map(str, looks.ids))}}}" if response.status_code < 400 else "{}",
                    "family": match.kwargs.get("family") if match else None,
                    "look": request.look,  # type: ignore[attr-defined]
                    "request": uuid.uuid4().hex,
                },
            )


def wait_for_the_beat(began: float) -> None:
    """Hold an answer back to the next full beat since its request came, and a little more by chance (decision 0053).

    Finding that a row exists and is closed takes a little longer than finding none. Nothing is held open meanwhile.
    """
    if settings.REFUSAL_BEAT:
        rest = -(time.monotonic() - began) % settings.REFUSAL_BEAT
        time.sleep(rest + CHANCE.uniform(0, settings.REFUSAL_BEAT / 10))


_WRITE_DOWN = """
insert into sharing_agreements_disclosure
       (id, at, role, purpose, job, what, outcome, tables, record_ids, family_id, request_id, basis)
values (%(look)s, now(), '', '', '', %(what)s, %(outcome)s, %(tables)s, %(ids)s::uuid[], %(family)s,
        %(request)s, '')
"""
"""Who, under which post, for which purpose and when are the database's to say (gate.stamp_disclosure). In plain SQL,
for every page pays for it."""


def _outcome(request: HttpRequest, response: HttpResponseBase) -> str:
    if response.status_code < 400:
        return "seen" if request.method in READING else "done"
    return getattr(request, "refusal_code", f"refused_{response.status_code}")


class ActingPostMiddleware:
    """Finds the one post this request acts under, and tells PostgreSQL. Deny by default.

    Sets `request.post`, `request.purpose` and `request.principal`; see sharing_agreements.web.doors.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Refuse, send to sign-in, or set who is acting and go on."""
        access: Access | None = getattr(view_func, "access", None)
        if access is None:
            log.error("view without an access line refused")
            return views.not_found(request)
        if access.open_to_all:
            return None
        post = _who(request, access)
        if isinstance(post, HttpResponse):
            return post
        purpose = access.purpose_for(post.role)
        if post.role not in access.roles or purpose is None:
            self._become(request, post, purpose or Purpose.OWN_ACCOUNT)
            request.refusal_code = "not_this_role"  # type: ignore[attr-defined]
            return views.not_found(request)
        self._become(request, post, purpose)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page: here and nowhere else."""
        if not isinstance(exception, Refused):
            return None
        request.refusal_code = exception.refusal.code  # type: ignore[attr-defined]
        if exception.refusal.status == 404:
            return views.not_found(request)
        return views.not_now(request, exception.refusal)

    @staticmethod
    def _become(request: HttpRequest, post: Post, purpose: Purpose) -> None:
        principal = Principal.of(post, purpose)
        identify(principal)
        request.post = post  # type: ignore[attr-defined]
        request.purpose = Purpose(purpose)  # type: ignore[attr-defined]
        request.principal = principal  # type: ignore[attr-defined]
        if post.role in CASEWORK_ROLES:
            request.emergency = running_emergency(post, now=timezone.now())  # type: ignore[attr-defined]


def _who(request: HttpRequest, access: Access) -> Post | HttpResponse:
    """The post that acts, or what is said to somebody who has none.

    A program comes with a key. Without one a session may read what a program may, and sends nothing: a cookie alone
    never writes where no form carries a token.
    """
    if access.systems and ("Authorization" in request.headers or request.method not in READING):
        shown = read(request.headers.get("Authorization", ""))
        return (post_of_key(shown, timezone.localdate()) if shown else None) or problem(NO_KEY)
    if not request.user.is_authenticated:
        asked = urlencode({"next": request.get_full_path()})
        return problem(NO_KEY) if access.systems else redirect(f"{views.sign_in_address()}?{asked}")
    return acting_post(request) or views.no_post(request)


def acting_post(request: HttpRequest) -> Post | None:
    """The post chosen in this session while it is still held, else the newest one held today."""
    posts = list(
        Post.objects.held_on(timezone.localdate())
        .filter(practitioner_id=request.user.pk)
        .select_related("practitioner", "agency", "team")
    )
    chosen = request.session.get(ACTING_POST)
    request.posts = posts  # type: ignore[attr-defined]
    return next((post for post in posts if str(post.pk) == chosen), posts[0] if posts else None)
