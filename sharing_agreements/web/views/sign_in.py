"""In and out: signing in, choosing which post to act under, the demonstration's personas, signing out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from sharing_agreements import presenting
from sharing_agreements.models import Post, Practitioner
from sharing_agreements.permissions import why_not_use_personas
from sharing_agreements.vocabulary import CASEWORK_ROLES, PARTNERS, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access, open_to_all
from sharing_agreements.web.forms.sign_in import SignInForm

ACTING_POST = "acting_post"
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def _onward(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


@open_to_all
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and password; on a demonstration, offer the personas instead."""
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        login(request, form.practitioner, backend=BACKEND)
        return redirect(_onward(request))
    offers_personas = why_not_use_personas(is_demonstration=settings.DEMONSTRATION) is None
    context = {"form": form, "next": _onward(request), "offers_personas": offers_personas}
    return render(request, "sharing_agreements/sign_in.html", context, status=422 if form.errors else 200)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. The device forgets everything, but only when it says that no report waits there to be sent."""
    logout(request)
    answer = redirect("sharing_agreements:sign_in")
    if request.POST.get("outbox") == "empty":
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@access(purpose=Purpose.OWN_ACCOUNT)
@require_http_methods(["GET", "POST"])
def choose_post(request: PractitionerRequest) -> HttpResponse:
    """Say which of your posts you are acting under."""
    if request.method == "POST":
        held = Post.objects.held_on(timezone.localdate()).filter(practitioner=request.post.practitioner)
        chosen = get_object_or_404(held, pk=request.POST.get("post"))
        request.session[ACTING_POST] = str(chosen.pk)
        return redirect("home")
    context = {"posts": request.posts, "is_caseworker": request.post.role in CASEWORK_ROLES}
    return render(request, "sharing_agreements/choose_post.html", context)


@open_to_all
@require_http_methods(["GET", "POST"])
def personas(request: HttpRequest) -> HttpResponse:
    """One-click sign-in as somebody of the demonstration district. Does not exist anywhere else."""
    if why_not_use_personas(is_demonstration=settings.DEMONSTRATION):
        raise Http404
    posts = (
        Post.objects.held_on(timezone.localdate())
        .filter(practitioner__is_demonstration=True, practitioner__is_active=True, role__in=PARTNERS)
        .select_related("practitioner", "agency")
        .order_by("practitioner__no", "starts_on")
    )
    if request.method == "POST":
        post = get_object_or_404(posts, pk=request.POST.get("post"))
        login(request, Practitioner.objects.get(pk=post.practitioner_id), backend=BACKEND)
        request.session[ACTING_POST] = str(post.pk)
        return redirect("home")
    paths, others = presenting.persona_paths(list(posts))
    return render(request, "sharing_agreements/personas.html", {"paths": paths, "others": others})
