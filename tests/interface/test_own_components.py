"""Our own patterns: never colour alone, nothing unescaped, nothing when there is nothing to say."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateDoesNotExist
from django.urls import path, reverse

from earlyhelp import components, context, nav
from earlyhelp.templatetags.interface import nest
from sharing_agreements.vocabulary import AgencyType, Purpose, Role
from sharing_agreements.web.doors import access


@pytest.mark.parametrize("urgency", ["red", "amber", "green", "blue"])
def test_urgency_is_a_word_as_well_as_a_colour(urgency: str) -> None:
    card = components.render("card", {"urgency": urgency, "title": "Mia, 6"})
    assert f">{urgency.capitalize()}</strong>" in card


def test_a_report_nobody_graded_says_so() -> None:
    assert ">Ungraded</strong>" in components.render("card", {"title": "Mia, 6"})


def test_a_safety_strip_with_nothing_to_say_is_not_there() -> None:
    assert components.render("safety-strip", {"items": []}).strip() == ""


def test_what_is_inferred_is_said_in_words() -> None:
    page = components.render("timeline", {"items": [{"when": "about 2014", "title": "Moved", "inferred": True}]})
    assert "(inferred)" in page


def test_two_versions_mark_only_what_differs() -> None:
    rows = [{"key": "Action", "saved": "Ring", "yours": "Visit"}, {"key": "By", "saved": "Ben", "yours": "Ben"}]
    page = components.render("versions", {"rows": rows})
    assert page.count("<mark>") == 2
    assert page.count("(differs)") == 2


@pytest.mark.parametrize(
    ("component", "options"),
    [
        ("card", {"title": "<b>", "lines": ["<b>"], "due": "<b>", "reference": "<b>"}),
        ("timeline", {"items": [{"when": "<b>", "title": "<b>", "text": "<b>", "source": "<b>"}]}),
        ("safety-strip", {"items": [{"word": "<b>", "text": "<b>"}]}),
        ("versions", {"rows": [{"key": "<b>", "saved": "<b>", "yours": "<b>!"}]}),
        ("inset-text", {"html": "<b>"}),
        ("button", {"text": "<b>", "attributes": {"data-x": '"><b>'}}),
        ("button", {"text": "Go", "attributes": {"x><b>": "1"}}),
    ],
)
def test_a_component_escapes_what_it_is_given_even_as_html(component: str, options: dict) -> None:
    assert "<b>" not in components.render(component, options)


def test_a_component_we_do_not_have_is_an_error_and_not_an_empty_page() -> None:
    with pytest.raises(TemplateDoesNotExist):
        components.render("crest", {})


def test_an_option_may_be_reached_inside_another() -> None:
    assert nest({"label": {"text": "Name"}}, {"label__classes": "big", "id": "x"}) == {
        "label": {"text": "Name", "classes": "big"},
        "id": "x",
    }


def test_an_option_given_in_a_template_changes_no_dict_of_the_view() -> None:
    given = {"label": {"text": "Name"}, "name": "x"}
    page = Template('{% component "input" given label__classes="big" %}').render(Context({"given": given}))
    assert "big" in page
    assert given == {"label": {"text": "Name"}, "name": "x"}


@access(purpose=Purpose.GOVERNANCE, roles=[Role.MANAGER])
def agreements(request: object) -> None:
    """A screen for managers."""


class Addresses:
    """A site with one screen of the menu."""

    urlpatterns = [path("agreements/", agreements, name="agreements")]


def test_a_managers_menu_has_the_queue_only_at_the_hub() -> None:
    for agency_type, has_it in ((AgencyType.HUB, True), (AgencyType.SCHOOL, False)):
        menu = nav.everything_for(Role.MANAGER, "/agreements/", agency_type=agency_type)
        assert ("Queue" in [item["text"] for item in menu]) is has_it


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("agency_type", [AgencyType.HUB, AgencyType.SCHOOL])
def test_every_screen_is_in_a_menu_of_one_line_or_under_more_with_what_one_finds_there(role, agency_type) -> None:
    who = {"role": role, "path": "/", "agency_type": agency_type}
    everything, top, more = nav.everything_for(**who), nav.items_for(**who), nav.more_for(**who)
    assert len(top) <= nav.AT_THE_TOP
    at_the_top = [item["text"] for item in top if item["text"] != "More"]
    assert at_the_top + [item["text"] for item in more] == [item["text"] for item in everything]
    assert all(item["about"].endswith(".") for item in everything)
    assert bool(more) is ("More" in [item["text"] for item in top])


def test_more_is_the_present_part_on_a_page_that_stands_under_it() -> None:
    menu = nav.items_for(Role.MANAGER, reverse("cases:flag_rules"), agency_type=AgencyType.EARLY_HELP)
    assert [item["text"] for item in menu if item["active"]] == ["More"]


def test_the_menu_shows_the_screens_that_exist_to_the_roles_they_are_for(settings, monkeypatch) -> None:
    settings.ROOT_URLCONF = Addresses
    entries = (
        nav.Entry("Agreements", "agreements", frozenset({Role.MANAGER, Role.REPORTER})),
        nav.Entry("Not built", "nowhere", frozenset({Role.MANAGER})),
    )
    monkeypatch.setattr(nav, "MENU", entries)
    manager = nav.items_for(Role.MANAGER, "/agreements/5/")
    assert [(item["text"], item["current"], item["active"]) for item in manager] == [("Agreements", False, True)]
    assert nav.items_for(Role.ANALYST, "/") == []
    assert nav.items_for(Role.REPORTER, "/") == [], "the screen's own access line refuses reporters"


def test_a_page_says_who_is_acting_and_why(rf) -> None:
    request = rf.get("/")
    request.post = SimpleNamespace(practitioner_id=1, role=Role.MANAGER, agency=SimpleNamespace(type=AgencyType.SCHOOL))
    request.purpose = Purpose.TRIAGE
    page = context.page(request)
    assert page["acting"] is request.post
    assert page["purpose"] == "Deciding what a concern needs"


@pytest.mark.parametrize(("agency", "word"), [(AgencyType.SCHOOL, "999"), (AgencyType.POLICE, "powers")])
def test_words_for_danger_fit_the_reader(rf, agency: AgencyType, word: str) -> None:
    request = rf.get("/")
    request.post = SimpleNamespace(practitioner_id=1, role=Role.REPORTER, agency=SimpleNamespace(type=agency))
    assert word in context.page(request)["in_danger"]
