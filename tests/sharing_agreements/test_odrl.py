"""Agreements as ODRL 2.2: what is written is read back whole, and every document fits the schema we publish."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from sharing_agreements.rules.odrl import Unreadable, read, written
from sharing_agreements.vocabulary import (
    AgencyType,
    Capacity,
    ExampleGroup,
    HowFarBack,
    Kind,
    Level,
    Purpose,
    RecordAge,
    Role,
    Stage,
)

SCHEMA = json.loads((Path(settings.BASE_DIR) / "docs" / "odrl_agreement.schema.json").read_text("utf-8"))
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
days = st.dates().map(str)


def some(choices, **bounds):
    return st.lists(st.sampled_from([getattr(one, "value", one) for one in choices]), unique=True, **bounds)


SIDES = ("provider", "recipient")
sides = st.one_of(st.integers(1, 300), st.sampled_from([one.value for one in AgencyType]))
clauses = st.fixed_dictionaries(
    {
        "number": st.from_regex(r"\d{1,2}\.\d{1,2}", fullmatch=True),
        "provider": sides,
        "recipient": sides,
        "provider_district": text,
        "recipient_district": text,
        "roles": some(Role, min_size=1),
        "kind": st.sampled_from([one.value for one in Kind]),
        "level": st.sampled_from([one.value for one in Level]),
        "needs_involvement": st.booleans(),
        "needs_consent": st.booleans(),
        "stages": some(Stage),
        "how_far_back": st.sampled_from([one.value for one in HowFarBack]),
    }
).map(lambda said: {**said, **{f"{side}_district": "" for side in SIDES if isinstance(said[side], int)}})
examples = st.fixed_dictionaries(
    {
        "number": st.integers(1, 99),
        "must_see": st.booleans(),
        "provider": sides,
        "recipient": sides,
        "recipient_name": text,
        "group": st.sampled_from(["", *(one.value for one in ExampleGroup)]),
        "district": text,
        "role": st.sampled_from([one.value for one in Role]),
        "purpose": st.sampled_from([one.value for one in Purpose]),
        "kind": st.sampled_from([one.value for one in Kind]),
        "level": st.sampled_from([one.value for one in Level]),
        "is_involved": st.booleans(),
        "agrees": st.booleans(),
        "stage": st.sampled_from([one.value for one in Stage]),
        "age": st.sampled_from([one.value for one in RecordAge]),
    }
)
agreements = st.fixed_dictionaries(
    {
        "uid": st.uuids().map(lambda one: f"urn:uuid:{one}"),
        "signed": st.booleans(),
        "reference": text,
        "version": st.integers(1, 99),
        "title": text,
        "overarching": st.booleans(),
        **dict.fromkeys(
            ("parent", "aim", "lawful_basis", "retention", "incident_contact", "rights_contact", "dpia_reference"), text
        ),
        **dict.fromkeys(("starts_on", "ends_on", "review_on"), days),
        "purposes": some(Purpose, min_size=1),
        "powers": st.dictionaries(st.sampled_from([one.value for one in Purpose]), some(["a_s1", "b_s2"])),
        "parties": st.lists(
            st.fixed_dictionaries(
                {
                    "no": st.integers(1, 300),
                    "name": text,
                    "capacity": st.sampled_from([one.value for one in Capacity]),
                }
            )
        ),
        "documents": st.lists(st.fixed_dictionaries({"title": text, "digest": text})),
        "clauses": st.lists(clauses, min_size=1, max_size=5),
        "examples": st.lists(examples, max_size=3),
    }
)


@run(deadline=None)  # a busy machine is not a fault of the file
@given(agreements)
def test_what_is_written_is_read_back_whole_and_fits_the_schema(words):
    document = json.loads(json.dumps(written(words)))
    jsonschema.validate(document, SCHEMA)
    assert read(document) == words


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | text,
        lambda inner: st.lists(inner) | st.dictionaries(text, inner),
        max_leaves=10,
    )
)
def test_anything_else_is_refused_in_words(document):
    with pytest.raises(Unreadable, match="agreement"):
        read(document)


@given(agreements)
def test_a_condition_that_is_not_known_here_is_refused_and_never_dropped(words):
    document = written(words)
    document["permission"][0]["constraint"].append({"leftOperand": "count", "operator": "lt", "rightOperand": 3})
    with pytest.raises(Unreadable, match="would open more"):
        read(document)
