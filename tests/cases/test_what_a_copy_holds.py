"""What may be in a copy for the family, and what never is: the rule for random lines, and copies of random families
whose every record, of every kind, has a word of its own (users 2.6).
"""

import random
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from cases import models, queries
from cases.models import Objection
from cases.queries.pages.family_copies import compose_copy, reader_of
from cases.queries.pages.family_top import family_top
from cases.queries.pages.leading import Leading
from cases.rules import FOR_ONE_ALONE, NEVER_IN_A_COPY, CopyItem, CopyReader, mentions, why_not_in_copy
from cases.vocabulary import OutcomeHeading
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import Purpose
from tests import cast
from tests.conftest import as_web
from tests.every_door.planting import WORD, plant
from tests.sharing_agreements.test_canaries import forget_checks

KATE, LEE, ADA, JOE = (uuid.UUID(int=number) for number in range(1, 5))
PARENT = CopyReader(KATE, frozenset({KATE, ADA, JOE}), frozenset({"Lee", "Lee Stone"}))
YOUNG = CopyReader(ADA, frozenset({ADA}), frozenset({"Kate", "Lee", "Joe"}))
QUIET = CopyReader(KATE, frozenset({KATE, ADA}), frozenset({"Lee"}), frozenset({"Mill Lane", "Oak Green Primary"}))
SAFE = frozenset(OutcomeHeading) - NEVER_IN_A_COPY - FOR_ONE_ALONE


@pytest.mark.parametrize("heading", list(OutcomeHeading))
@pytest.mark.parametrize(
    ("about", "reader"),
    [({KATE}, PARENT), ({ADA}, PARENT), ({ADA, KATE}, PARENT), ({LEE}, PARENT), ({ADA}, YOUNG), ({JOE}, YOUNG)],
)
def test_whose_line_under_which_heading_may_be_read(heading, about, reader):
    told = why_not_in_copy(CopyItem("Mornings", frozenset(about), heading), reader) is None
    mine, childs = about == {reader.person}, reader is PARENT and about == {ADA}
    private = heading in FOR_ONE_ALONE
    expected = about <= reader.circle and heading not in NEVER_IN_A_COPY
    if private:
        expected = expected and (mine or (childs and heading != OutcomeHeading.SUBSTANCES))
    assert told == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ada is in school every day", None),
        ("LEE brings her", "names somebody else"),
        ("When Lee-Stone comes", "names somebody else"),
        ("Leeds United training", None),
        ("Sleep", None),
    ],
)
def test_a_line_that_names_somebody_else_is_left_out_and_a_word_that_begins_alike_is_not(text, says):
    found = why_not_in_copy(CopyItem(text, frozenset({ADA})), PARENT)
    assert (says in found) if says else found is None


@pytest.mark.parametrize(
    "text",
    ["Collect from Oak Green Primary", "12 mill  lane", "QG1 7XX", "qg17xx", "Ring 07700 900123", "+44 7700 900123"],
)
def test_where_somebody_is_hidden_or_kept_apart_no_line_tells_where(text):
    item = CopyItem(text, frozenset({ADA}))
    assert why_not_in_copy(item, PARENT) is None
    assert "may tell where" in why_not_in_copy(item, QUIET)


@pytest.mark.parametrize("closed", [{"is_kept_from_some": True}, {"is_sensitive": True}])
def test_what_is_kept_from_anybody_is_in_no_copy(closed):
    assert why_not_in_copy(CopyItem("Mornings", frozenset({KATE}), **closed), PARENT)


def test_a_line_about_nobody_is_in_no_copy():
    assert why_not_in_copy(CopyItem("Mornings", frozenset()), PARENT)


@pytest.mark.parametrize("seed", range(300))
def test_a_random_line_earns_its_place(seed):
    dice = random.Random(seed)
    people = [KATE, LEE, ADA, JOE]
    reader = dice.choice([PARENT, YOUNG, QUIET])
    about = frozenset(dice.sample(people, dice.randrange(5)))
    heading = dice.choice(["", *OutcomeHeading])
    name = dice.choice(["", "Lee", "Joe", "Kate", "Mill Lane"])
    item = CopyItem(f"Go with {name} ", about, heading, dice.random() < 0.2, dice.random() < 0.2)
    if why_not_in_copy(item, reader) is None:
        assert about and about <= reader.circle and not item.is_kept_from_some and not item.is_sensitive
        assert heading not in NEVER_IN_A_COPY
        assert heading in SAFE | {""} or about == {reader.person} or (reader is not YOUNG and KATE not in about)
        assert not mentions(item.text, reader.others_called)
        assert not mentions(item.text, reader.places or ())


MAY_BE_IN = {
    (models.Need, "title"),
    (models.Outcome, "title"),
    (models.Action, "title"),
    (Objection, "words"),
    (Objection, "answer"),
}
"""The only columns whose words a copy may hold; none of a report, decision, check, note, word of a child or place."""

SHOWN = {model for model, _ in MAY_BE_IN}


@pytest.mark.django_db
def test_copies_of_random_families_hold_words_of_the_plan_alone_and_only_of_the_readers_own_people(monkeypatch):
    """For whoever may read most of each random world; who is kept apart is known as the gate would know it."""
    forget_checks()
    held = 0
    for seed in range(24):
        with transaction.atomic():
            held += _copies_are_right(seed, monkeypatch)
            transaction.set_rollback(True)
    assert held > 20, "too few words were in any copy to prove anything"


def _copies_are_right(seed: int, monkeypatch: pytest.MonkeyPatch) -> int:
    garden = plant(random.Random(seed), much_of=SHOWN)
    rows = {row.pk: row for rows in garden.rows.values() for row in rows}
    apart = [(row.person_id, row.from_person_id) for row in garden.rows[models.KeepApart]]
    pairs = {frozenset(uuid.UUID(str(one)) for one in pair) for pair in apart if all(pair)}
    monkeypatch.setattr(queries, "kept_apart", lambda _: pairs)
    sensitive = set(Agency.objects.filter(sensitive=True).values_list("pk", flat=True))
    held = 0
    for post in garden.posts.values():
        with as_web(post, Purpose.EARLY_HELP):
            top = family_top(garden.family, for_post=post, today=cast.today())
        if top is None or top.case is None:
            continue
        for model in (models.Need, models.Action, models.Objection):  # a page reads one case's, so give it them all
            model.objects.update(case=top.case)
        for person in top.people:
            with as_web(post, Purpose.EARLY_HELP):
                reader = reader_of(top, person)
                composed = compose_copy(top, person, leading=Leading(), seers=[], now=timezone.now())
            for word in WORD.findall(" ".join(line.text for line in composed.lines)):
                row, column = garden.words[word.lower()]
                found = rows[row]
                assert (type(found), column) in MAY_BE_IN, (type(found), column)
                assert roots(top, found.about) <= reader.circle
                assert not found.hidden_from and found.owner_id not in sensitive
                if isinstance(found, Objection):
                    assert roots(top, [found.person_id]) == {person}
                heading = getattr(found, "heading", "") or getattr(getattr(found, "need", None), "heading", "")
                assert heading not in NEVER_IN_A_COPY
                held += 1
    return held


def roots(top, people):
    """The main anchors of planted people, whose ids are words."""
    return {top.anchors.get(uuid.UUID(str(one)), uuid.UUID(str(one))) for one in people}
