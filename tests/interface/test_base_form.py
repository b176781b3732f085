"""The base form: one key per page, a version, drafts word for word, and messages that name the question."""

import datetime
import uuid

from django import forms
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from sharing_agreements.fields import BaseForm, DateBoxesField, PartKnownDateField, VersionedForm
from sharing_agreements.models import Agency
from sharing_agreements.part_known import PartKnownDate
from sharing_agreements.vocabulary import Precision


class ChildForm(BaseForm):
    name = forms.CharField(label="Name of the child", max_length=10)
    age = forms.IntegerField(label="How many children?", min_value=1, required=False)
    school = forms.ChoiceField(
        label="School", choices=[("qh", "Quarry Hill")], error_messages={"required": "Which school?"}
    )
    kinds = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    told = forms.BooleanField(label="I told my supervisor", required=False)
    birth = PartKnownDateField(label="Date of birth", required=False)


class NoteForm(VersionedForm):
    text = forms.CharField()


class ActionForm(VersionedForm):
    what = forms.CharField(label="What")
    by = forms.ChoiceField(label="Who", choices=[("Team", [("1", "Ben Okoro"), ("2", "Esi Boateng")])])
    signs = forms.MultipleChoiceField(label="Signs", choices=[("a", "Tired"), ("b", "Hungry")], required=False)
    due = DateBoxesField(label="Due")
    born = PartKnownDateField(label="Born", required=False)
    told = forms.BooleanField(label="Told", required=False)


def test_the_same_page_sent_twice_carries_the_same_key() -> None:
    page = ChildForm()
    key = str(page["idempotency_key"].value())
    sent = [ChildForm({"name": "Mia", "school": "qh", "idempotency_key": key}) for _ in range(2)]
    assert [form.is_valid() for form in sent] == [True, True]
    assert {form.cleaned_data["idempotency_key"] for form in sent} == {uuid.UUID(key)}
    assert str(ChildForm()["idempotency_key"].value()) != key


def test_a_lost_or_broken_key_is_replaced_and_never_an_error() -> None:
    for key in ("", "nonsense", "0" * 500):
        form = ChildForm({"name": "Mia", "school": "qh", "idempotency_key": key})
        assert form.is_valid()
        assert isinstance(form.cleaned_data["idempotency_key"], uuid.UUID)


def test_a_version_comes_back_and_nonsense_matches_no_record() -> None:
    assert 'name="version" value="7"' in str(NoteForm(initial={"version": 7}))
    for sent, version in (("7", 7), ("", -1), ("7; drop", -1), ("9" * 40, -1)):
        form = NoteForm({"text": "x", "version": sent})
        assert form.is_valid()
        assert form.cleaned_data["version"] == version


def test_a_stale_save_shows_both_versions_in_words() -> None:
    typed = {
        "what": "Ring the nursery",
        "by": "2",
        "due_day": "3",
        "due_month": "5",
        "due_year": "2027",
        "born_year": "2016",
    }
    form = ActionForm(MultiValueDict({key: [value] for key, value in typed.items()} | {"signs": ["a", "b"]}))
    assert form.is_valid()
    saved = {
        "what": "Ring the school",
        "by": 1,
        "signs": ["b"],
        "due": datetime.date(2027, 5, 2),
        "born": PartKnownDate(datetime.date(2016, 1, 1), Precision.YEAR),
        "told": True,
    }
    rows = form.side_by_side(saved)
    assert [(row["key"], row["saved"], row["yours"]) for row in rows] == [
        ("What", "Ring the school", "Ring the nursery"),
        ("Who", "Ben Okoro", "Esi Boateng"),
        ("Signs", "Hungry", "Tired, Hungry"),
        ("Due", "2 May 2027", "3 May 2027"),
        ("Born", "2016 (year known)", "2016 (year known)"),
        ("Told", "Yes", "No"),
    ]


def test_a_draft_comes_back_word_for_word_without_errors() -> None:
    typed = MultiValueDict(
        {
            "name": ["A name far too long for the box"],
            "age": ["none"],
            "kinds": ["a", "b"],
            "told": ["on"],
            "birth_day": ["ab"],
            "birth_unknown": ["on"],
            "csrfmiddlewaretoken": ["secret"],
            "idempotency_key": [str(uuid.uuid4())],
        }
    )
    kept = ChildForm(typed).as_typed()
    assert set(kept) == {"name", "age", "kinds", "told", "birth_day", "birth_unknown"}
    page = str(ChildForm(typed=kept))
    for text in ("A name far too long for the box", "none", "ab"):
        assert f'value="{text}"' in page
    assert page.count(" checked") == 4
    assert "error" not in page


def test_a_draft_without_ticks_shows_no_ticks_even_where_the_form_begins_with_one() -> None:
    page = str(ChildForm(typed={"name": ["Mia"]}, initial={"told": True}))
    assert " checked" not in page


def test_drafts_of_several_children_do_not_mix() -> None:
    typed = MultiValueDict({"1-name": ["Mia"], "2-name": ["Tom"]})
    assert ChildForm(typed, prefix="2").as_typed() == {"2-name": ["Tom"]}
    assert 'value="Tom"' in str(ChildForm(typed={"2-name": ["Tom"]}, prefix="2"))


def test_messages_name_the_question_and_keep_what_a_form_says_itself() -> None:
    form = ChildForm({"name": "x" * 12, "age": "0"})
    assert form.errors["name"] == ["Name of the child must be 10 characters or fewer; you typed 12"]
    assert form.errors["age"] == ["How many children must be 1 or more"]
    assert form.errors["school"] == ["Which school?"]
    assert ChildForm({}).errors["name"] == ["Enter name of the child"]
    assert ChildForm({"age": "many"}).errors["age"] == ["How many children must be a whole number"]


def test_the_error_summary_leads_to_the_first_wrong_box() -> None:
    form = ChildForm({"name": "Mia", "school": "qh", "birth_day": "2", "birth_year": "2016"})
    summary = Template("{% error_summary form %}").render(Context({"form": form}))
    assert 'href="#id_birth_month"' in summary
    assert 'id="id_birth_month"' in str(form)


def test_every_line_of_the_error_summary_leads_to_a_box_on_the_page() -> None:
    form = ChildForm({"age": "x", "kinds": ["z"], "birth_year": "16"})
    page = str(form)
    wrong = [name for name in form.errors]
    assert wrong == ["name", "age", "school", "kinds", "birth"]
    for name in wrong:
        assert f'id="{form[name].first_faulty_id()}"' in page


def test_a_page_without_errors_has_no_summary() -> None:
    assert Template("{% error_summary form missing %}").render(Context({"form": ChildForm()})) == ""


def test_a_formset_lists_the_errors_of_each_child() -> None:
    children = forms.formset_factory(ChildForm, extra=0)
    sent = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "Mia",
        "form-0-school": "qh",
        "form-1-age": "x",
    }
    summary = Template("{% error_summary children %}").render(Context({"children": children(sent)}))
    assert 'href="#id_form-1-age"' in summary
    assert "form-0" not in summary


def test_what_is_typed_is_escaped_wherever_it_is_shown() -> None:
    form = ChildForm({"name": "<script>alert(1)</script>", "school": "<i>", "age": '"><b>'})
    page = str(form) + Template("{% error_summary form %}").render(Context({"form": form}))
    for tag in ("<script>", "<i>", "<b>"):
        assert tag not in page


def test_a_list_to_choose_from_begins_with_a_word_and_not_with_dashes() -> None:
    class AgencyForm(BaseForm):
        agency = forms.ModelChoiceField(Agency.objects.none())
        other = forms.ModelChoiceField(Agency.objects.none(), required=False, empty_label="Every agency")

    form = AgencyForm()
    assert [form.fields[name].empty_label for name in ("agency", "other")] == ["Choose", "Every agency"]
