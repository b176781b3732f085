"""A variant changes words, order and a few questions, and nothing a decision rests on."""

import pytest

from referrals.queries.variants import variants
from referrals.rules.signs import HEADINGS
from referrals.web.forms.rows import RowSet
from referrals.web.steps import BY_SLUG, STEPS
from sharing_agreements.vocabulary import AgencyType

pytestmark = pytest.mark.django_db
each_variant = pytest.mark.parametrize("variant", variants(), ids=lambda one: one.name)


def fields(kind):
    """The fields of a page as the general form has them."""
    return kind.form.base_fields | kind().forms[0].fields if issubclass(kind, RowSet) else kind().fields


def general():
    return {name: field for step in STEPS for name, field in fields(step.form).items()}


@each_variant
def test_it_speaks_of_fields_and_pages_there_are(variant):
    assert set(variant.fields) | variant.leave_out <= set(general())
    assert set(variant.pages) <= set(BY_SLUG)
    assert set(variant.signs_first) <= {heading[0] for heading in HEADINGS}
    assert {BY_SLUG[slug].required for slug in variant.offers_first} <= {False}


@each_variant
def test_it_leaves_out_nothing_that_must_be_answered(variant):
    assert not [name for name in variant.leave_out if general()[name].required]


@each_variant
def test_its_words_differ_from_the_general_ones_and_are_not_empty(variant):
    for name, words in variant.fields.items():
        field = general()[name]
        assert words.label or words.hint, name
        assert not words.label or words.label != field.label, name
        assert not words.hint or words.hint != field.help_text, name


@each_variant
def test_its_questions_stand_on_pages_that_ask_them(variant):
    for question in variant.questions:
        assert BY_SLUG[question.page].form.page == question.page, question.code
        assert not BY_SLUG[question.page].required, "the straight run stays eleven questions"


def test_an_agency_has_one_variant_and_a_code_one_question():
    types = [one for variant in variants() for one in variant.agency_types]
    codes = [question.code for variant in variants() for question in variant.questions]
    assert len(types) == len(set(types)) and set(types) <= set(AgencyType.values)
    assert len(codes) == len(set(codes))
