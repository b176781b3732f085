"""The form of an assessment: what a new version may change, and what becomes of an answer. No database."""

import itertools
from dataclasses import replace

import pytest

from cases import refusals
from cases.queries.assessment_forms import shipped
from cases.rules.assessment_form import (
    Form,
    Keep,
    Question,
    Said,
    Section,
    as_kept,
    code_for,
    read_form,
    what_to_keep,
    why_not_answer,
    why_not_change_form,
)
from cases.vocabulary import AnswerSort, AskedOf, OutcomeHeading

SLEEP = Question("sleep", "How do they sleep?", AskedOf.CHILD, AnswerSort.SCALE, low="Never", high="Well")
HOPES = Question("hopes", "What do they hope for?", AskedOf.CHILD, AnswerSort.WORDS)
FORM = Form(4, (Section("child", "The child", (SLEEP, HOPES)), Section("old", "Old", (), is_retired=True)))


def changed(*questions, title="The child", is_retired=False):
    """The form after its first section was changed."""
    return FORM.with_section(Section("child", title, questions, is_retired))


@pytest.mark.parametrize(
    ("after", "refusal"),
    [
        (changed(replace(SLEEP, ask="How is their sleep?"), HOPES), None),
        (changed(replace(SLEEP, low="Awake all night"), HOPES), None),
        (changed(replace(SLEEP, is_retired=True), HOPES), None),
        (changed(SLEEP, HOPES, Question("play", "Where do they play?")), None),
        (changed(SLEEP, HOPES, title="Each child"), None),
        (FORM.with_section(Section("home", "Home", (Question("damp", "Is it dry?"),))), None),
        (changed(SLEEP), refusals.QUESTION_GONE),
        (Form(5, FORM.sections[:1]), refusals.QUESTION_GONE),
        (changed(replace(SLEEP, sort=AnswerSort.WORDS), HOPES), refusals.QUESTION_OTHERWISE),
        (changed(replace(SLEEP, of=AskedOf.ADULT), HOPES), refusals.QUESTION_OTHERWISE),
        (changed(SLEEP, HOPES, is_retired=True), refusals.NOTHING_ASKED),
        (changed(replace(SLEEP, is_retired=True), replace(HOPES, is_retired=True)), refusals.NOTHING_ASKED),
        (changed(SLEEP, HOPES, Question("again", "how do they SLEEP? ")), refusals.ASKED_TWICE),
        (changed(replace(SLEEP, low=" "), HOPES), refusals.NO_ANCHORS),
        (changed(replace(SLEEP, high=""), HOPES), refusals.NO_ANCHORS),
        (changed(replace(SLEEP, high="", is_retired=True), HOPES), None),
        (changed(SLEEP, HOPES), refusals.NOTHING_CHANGED),
        (changed(SLEEP, HOPES, *(Question(f"q{n}", f"Q{n}?") for n in range(59))), refusals.TOO_MANY_QUESTIONS),
        (changed(SLEEP, HOPES, *(Question(f"q{n}", f"Q{n}?") for n in range(58))), None),
    ],
)
def test_what_a_new_version_may_change(after, refusal):
    assert why_not_change_form(FORM, after) == refusal


def test_a_new_version_has_the_next_number_and_leaves_the_old_one_alone():
    before = as_kept(FORM)
    assert changed(SLEEP, HOPES, title="Each child").version == 5
    assert as_kept(FORM) == before


def test_a_form_is_read_back_as_it_was_kept():
    assert read_form(4, as_kept(FORM)) == FORM


SAID = (None, Said("Well", 7), Said("Badly", 7), Said("Well", 2))


@pytest.mark.parametrize(("now", "earlier", "still_right"), list(itertools.product(SAID, SAID, (True, False))))
def test_what_becomes_of_an_answer(now, earlier, still_right):
    for said in (Said(), *SAID[1:]):
        kept = what_to_keep(said, now=now, earlier=earlier, still_right=still_right)
        standing = now or earlier or Said()
        if said != standing:
            assert kept == Keep.WRITTEN
        elif now is None and earlier is not None and still_right:
            assert kept == Keep.CONFIRMED
        else:
            assert kept == Keep.NOTHING


@pytest.mark.parametrize(
    ("question", "score", "refusal"),
    [
        (SLEEP, None, None),
        (SLEEP, 0, None),
        (SLEEP, 10, None),
        (SLEEP, -1, refusals.OFF_THE_SCALE),
        (SLEEP, 11, refusals.OFF_THE_SCALE),
        (HOPES, None, None),
        (HOPES, 5, refusals.OFF_THE_SCALE),
        (None, None, refusals.NOT_ASKED_HERE),
    ],
)
def test_an_answer_is_to_a_question_and_on_its_scale(question, score, refusal):
    assert why_not_answer(question, Said("Words", score)) == refusal


def test_a_code_is_made_of_the_first_words_and_nobody_has_it():
    assert code_for("Who is round the family, and why?", ()) == "who_is_round_the"
    assert code_for("Sleep?", {"sleep", "sleep_2"}) == "sleep_3"
    assert code_for("???", ()) == "question"


def test_the_form_that_ships_asks_what_an_assessment_must_ask():
    form = shipped()
    assert [one.title for one in form.asked] == [
        "The child's development",
        "Parents and carers",
        "Family and environment",
        "What is working well",
        "What we are worried about",
        "What needs to happen",
    ]
    asked = [question for section in form.asked for question in section.asked]
    assert why_not_change_form(Form(0, ()), form) is None
    assert {one.of for one in asked if one.sort == AnswerSort.WORDS} == set(AskedOf)
    scales = [one for one in asked if one.is_scale]
    assert all(one.heading in OutcomeHeading and one.middle for one in scales)
    assert len({one.code for one in asked}) == len(asked)
