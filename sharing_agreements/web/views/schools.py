"""Schools of the district, and more of them from a file: looked through first, added on a yes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sharing_agreements.actions.schools import add_schools
from sharing_agreements.actions.submitting import once
from sharing_agreements.queries.schools import schools_of, what_is_here
from sharing_agreements.rules.schools import Read, read_file
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.web.forms.schools import AddSchoolsForm, SchoolsFileForm


@access(purpose=Purpose.GOVERNANCE, roles=[Role.ADMINISTRATOR])
@require_http_methods(["GET", "HEAD", "POST"])
def list_schools(request: PractitionerRequest) -> HttpResponse:
    """The schools there are; a file of more is looked through and nothing is added."""
    form = SchoolsFileForm(request.POST, request.FILES) if request.method == "POST" else SchoolsFileForm()
    found, yes = Read(), None
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["file"]
        found = read_file(words, what_is_here(request.post))
        if found.unreadable:
            form.add_error("file", found.unreadable)
        else:
            yes = AddSchoolsForm(initial={"words": words})
    context = {"form": form, "found": found, "yes": yes, "schools": schools_of(request.post.agency.district)}
    return render(request, "sharing_agreements/list_schools.html", context, status=422 if form.errors else 200)


@access(purpose=Purpose.GOVERNANCE, roles=[Role.ADMINISTRATOR])
@require_http_methods(["POST"])
def add_schools_of_file(request: PractitionerRequest) -> HttpResponse:
    """Add what the file that was shown holds, as it compares with what is here by now."""
    form = AddSchoolsForm(request.POST)
    if not form.is_valid():
        return redirect("sharing_agreements:list_schools")

    def work() -> str:
        found = read_file(form.cleaned_data["words"], what_is_here(request.post))
        made = add_schools(schools=found.schools, by=request.post)
        messages.success(request, f"{made} {'school was' if made == 1 else 'schools were'} added.")
        return str(made)

    once(form.cleaned_data["idempotency_key"], by=request.post, body=request.POST.dict(), do=work)
    return redirect("sharing_agreements:list_schools")
