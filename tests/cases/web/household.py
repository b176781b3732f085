"""A household of nineteen in three generations, for the tests that draw it, with all that real families have."""

import datetime
from typing import Any

from cases.models import FamilyMember, Relationship
from sharing_agreements.models import Person
from sharing_agreements.vocabulary import Precision
from tests import cast
from tests.cases.web import story

ADULTS = (
    ("Nan", "Marsh", "F", 60), ("Pop", "Marsh", "M", 66), ("Gran", "Doyle", "F", 64), ("George", "Doyle", "M", 70),
    ("Sue", "Marsh", "F", 27), ("Dan", "Hale", "M", 33), ("Amy", "Stone", "F", 36), ("Rob", "Reed", "M", 40),
    ("Jo", "Finch", "F", 29),
)  # fmt: skip
CHILDREN = (
    ("Tom", "Doyle", "M", 12), ("Zoe", "Doyle", "F", 10), ("Max", "Reed", "M", 9), ("Sam", "Finch", "M", 6),
    ("Ivy", "Reed", "F", 5),
)  # fmt: skip
TIES = """
Nan parent Kate; Pop parent Kate; Nan parent Sue; Pop parent Sue; Gran parent Lee; George parent Lee
Gran former_partner George; Nan partner Pop
Lee parent Ada; Dan parent Joe; Dan partner Kate; Dan step_parent Ada; Kate parent Bump; Dan parent Bump
Lee parent Tom; Amy parent Tom; Lee parent Zoe; Amy parent Zoe; Lee former_partner Amy
Kate former_partner Rob; Rob parent Max; Kate parent Max; Rob partner Jo; Rob parent Ivy; Jo parent Ivy
Rob adoptive_parent Sam; Jo adoptive_parent Sam; Lee partner Kate ended
"""


def nineteen(marsh: story.Marshes, by: Any) -> dict[str, Person]:
    """The Marshes with grandparents, partners, half-brothers and half-sisters; everybody by given name."""
    people = {"Ada": marsh.ada, "Joe": marsh.joe, "Kate": marsh.kate, "Lee": marsh.lee}
    today = cast.today()
    for given, family_name, sex, age in (*ADULTS, *CHILDREN):
        more = {"sex": sex, "is_child": age < 18, "has_died": given == "Pop"}
        people[given] = story.person(by, given, family_name, today.replace(year=today.year - age, day=1), **more)
    due = today + datetime.timedelta(days=120)
    unborn = {"is_unborn": True, "born_precision": Precision.DUE}
    people["Bump"] = story.person(by, "", "Marsh", due, **unborn)
    for given, person in people.items():
        if given not in {"Ada", "Joe", "Kate", "Lee"}:
            part = (
                "unborn" if given == "Bump" else "other_child" if given in {c[0] for c in CHILDREN} else "other_adult"
            )
            FamilyMember.objects.create(**story.written(by, person=person, family=marsh.family), part=part)
    for said in TIES.replace("\n", ";").split(";"):
        if said.strip():
            relate(marsh, by, people, *said.split())
    return people


def relate(
    marsh: story.Marshes, by: Any, people: dict[str, Person], one: str, tie: str, other: str, *ended: str
) -> None:
    """One recorded tie."""
    ended_on = cast.today() - datetime.timedelta(days=400) if ended else None
    Relationship.objects.create(
        **story.written(by, person=people[one], about=[people[one].pk, people[other].pk], family=marsh.family),
        to_person=people[other], type=tie, ended_on=ended_on,
    )  # fmt: skip
