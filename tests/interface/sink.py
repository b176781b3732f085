"""One page with everything in it, for looking at and for measuring. Only tests can open it."""

import datetime
from types import SimpleNamespace
from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path

from sharing_agreements.fields import BaseForm, DateBoxesField, PartKnownDateField
from sharing_agreements.vocabulary import Precision, Purpose, Role

KINDS = [("home", "At home"), ("school", "At school"), ("street", "In the street"), ("none", "None of these")]


class SinkForm(BaseForm):
    """One field of every kind."""

    template_name = "django/forms/form.html"
    name = forms.CharField(label="Child's name", help_text="As the family says it")
    email = forms.EmailField(label="Your e-mail address", required=False)
    age = forms.IntegerField(label="How many children live there?")
    birth = PartKnownDateField(label="Date of birth", help_text="For example, 27 3 2016", age=True, due=True)
    seen_on = DateBoxesField(label="When did you see the child?", past=True)
    account = forms.CharField(label="What you saw and heard", widget=forms.Textarea, max_length=200)
    notes = forms.CharField(label="Notes", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    danger = forms.ChoiceField(
        label="Is a child in danger now?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(label="Where did it happen?", choices=KINDS, widget=forms.CheckboxSelectMultiple)
    school = forms.ChoiceField(label="School", choices=[("", "Choose a school"), ("qh", "Quarry Hill Primary")])
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    told = forms.BooleanField(label="I have told my supervisor")

    components: ClassVar[dict] = {
        "age": {"classes": "govuk-input--width-2"},
        "danger": {"classes": "govuk-radios--inline"},
        "kinds": {"items": {"none": {"before": "or", "behaviour": "exclusive"}}},
    }


POST = SimpleNamespace(
    practitioner_id="",
    practitioner=SimpleNamespace(name="Amira Khan"),
    agency=SimpleNamespace(name="Quarry Hill Primary", type="school"),
    role=Role.LEAD_PRACTITIONER,
    get_role_display=lambda: Role.LEAD_PRACTITIONER.label,
)
MENU = [
    {"text": "My work", "href": "/", "current": True, "active": True},
    {"text": "Caseload", "href": "/cases/"},
    {"text": "Find", "href": "/find/"},
]
DATES = [
    (datetime.date(2016, 3, 2), Precision.DAY),
    (datetime.date(2016, 3, 1), Precision.MONTH),
    (datetime.date(2014, 1, 1), Precision.ESTIMATED),
    (None, Precision.UNKNOWN),
]
SHOWN = {
    "nav_items": MENU,
    "dates": DATES,
    "crumbs": [{"text": "My work", "href": "/"}, {"text": "Khan family", "href": "/khan/"}],
    "strip": [
        {"word": "Not safe to tell", "text": "do not write or ring before the hub says so"},
        {"word": "Dog at the address"},
    ],
    "parts": [{"text": "Overview", "href": "/", "current": True}, {"text": "Chronology", "href": "/c/"}],
    "lines": [
        "Physical harm. Danger now: no. Seen, spoken to alone",
        "4th in 12 months; last 12 March, no further action",
    ],
    "events": [
        {
            "when": "2 March 2016",
            "title": "Was not brought to an appointment",
            "source": "Marlbeck General",
            "text": "Two letters sent.",
        },
        {"when": "about 2014", "title": "Moved house", "inferred": True},
    ],
    "conflict": [
        {"key": "Action", "saved": "Ring the school", "yours": "Ring the nursery"},
        {"key": "By", "saved": "Ben", "yours": "Ben"},
    ],
    "facts": [
        {
            "key": {"text": "Name"},
            "value": {"text": "Mia <b>"},
            "actions": {"items": [{"href": "/", "text": "Change", "visuallyHiddenText": "name"}]},
        }
    ],
    "head": [{"text": "Name"}, {"text": "Age", "format": "numeric"}],
    "rows": [[{"text": "Mia"}, {"text": 6, "format": "numeric"}]],
    "tasks": [
        {"title": {"text": "The children"}, "href": "/", "status": {"text": "Completed"}},
        {
            "title": {"text": "What happened"},
            "href": "/",
            "status": {"tag": {"text": "Not started", "classes": "govuk-tag--blue"}},
        },
    ],
    "tabs": [{"label": "Plan", "panel": {"text": "Nothing yet"}}, {"label": "Reviews", "panel": {"text": "None"}}],
}


def show(request: HttpRequest) -> HttpResponse:
    """The page; posting to it shows the errors."""
    request.post, request.purpose = POST, Purpose.EARLY_HELP  # type: ignore[attr-defined]
    form = SinkForm(request.POST or None)
    if request.method == "POST":
        form.is_valid()
    return render(request, "sink.html", {**SHOWN, "form": form, "demonstration": True})


def refuse(request: HttpRequest, name: str) -> HttpResponse:
    """One of the pages that say no."""
    if name != "403":
        request.post, request.purpose = POST, Purpose.EARLY_HELP  # type: ignore[attr-defined]
    return render(request, f"refusals/{name}.html", {"nav_items": MENU})


def save(request: HttpRequest) -> HttpResponse:
    """Where drafts go."""
    return HttpResponse(status=204)


def waiting(request: HttpRequest) -> HttpResponse:
    """What the queue's notice asks."""
    return JsonResponse({"count": 2}, headers={"ETag": '"2"'})


IN_AND_OUT = [path("post/", show, name="choose_post"), path("out/", show, name="sign_out")]
urlpatterns = [
    path("", include((IN_AND_OUT, "sharing_agreements"))),
    path("", show, name="sink"),
    path("refusals/<str:name>/", refuse),
    path("save/", save, name="save"),
    path("waiting/", waiting, name="waiting"),
]
