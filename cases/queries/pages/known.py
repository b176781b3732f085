"""Who the people on a page are, as far as the reader may know it. Two queries, however many people."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sharing_agreements.models import Identity, Post
from sharing_agreements.naming import age_beside, name_in_words
from sharing_agreements.part_known import say_age
from sharing_agreements.queries import identities_of

CANNOT_NAME = "Someone we cannot name"
CANNOT_NAME_FAMILY = "A family we cannot name"


@dataclass(frozen=True)
class Known:
    """One person as this reader may know them."""

    person: UUID
    name: str
    family_name: str
    age: str
    source: str
    is_unborn: bool = False
    sex: str = "U"
    has_died: bool = False
    born: datetime.date | None = None

    @property
    def name_and_age(self) -> str:
        """Ada Marsh (7)."""
        return f"{self.name} ({self.age})" if self.age else self.name


class KnownPeople(dict[UUID, Known]):
    """People by anchor; whoever is not in it cannot be named."""

    def __missing__(self, person: UUID) -> Known:
        return Known(person, CANNOT_NAME, "", "", "")

    def names(self, people: Iterable[UUID]) -> str:
        """Names in a sentence, each once; people who cannot be named are counted together."""
        known = list(dict.fromkeys(self[person].name for person in people if person in self))
        hidden = sum(1 for person in people if person not in self)
        if hidden:
            known.append(CANNOT_NAME if hidden == 1 else f"{hidden} people we cannot name")
        return join(known)


def join(words: Iterable[str]) -> str:
    """One, two and three."""
    listed = list(words)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def full_name(identity: Identity) -> str:
    """The name people use, with the family name."""
    said = {"is_unborn": identity.is_unborn, "is_child": identity.is_child}
    return name_in_words(identity.known_as or identity.given_name, identity.family_name, **said)


def known_people(people: Iterable[UUID], *, for_post: Post, today: datetime.date) -> KnownPeople:
    """Name and age of each person the reader may know."""
    return known_as(identities_of(people, for_post=for_post), today=today)


def known_as(found: Mapping[UUID, Identity], *, today: datetime.date) -> KnownPeople:
    """Name and age of each person from the account to show."""
    return KnownPeople({person: _known(person, identity, today) for person, identity in found.items()})


def _known(person: UUID, identity: Identity, today: datetime.date) -> Known:
    age = "has died" if identity.has_died else say_age(identity.born_on, identity.born_precision, today)
    if identity.is_unborn and identity.has_died:
        age = "the pregnancy ended"
    elif identity.is_unborn and not age.startswith("not born"):
        age = "not born yet"
    if not identity.is_child and age == "age not known":
        age = ""
    name = full_name(identity)
    return Known(
        person,
        name,
        identity.family_name,
        age_beside(name, age),
        identity.owner.name,
        is_unborn=identity.is_unborn,
        sex=identity.sex,
        has_died=identity.has_died,
        born=identity.born_on,
    )


def family_name(children: Iterable[UUID], known: KnownPeople) -> str:
    """What a page calls a family: the children's family names, most common first."""
    children = list(children)
    names = [known[child].family_name for child in children if known[child].family_name]
    different = sorted(set(names), key=lambda name: (-names.count(name), name))
    if different:
        return f"{join(different)} family"
    return "A family whose name is not known" if any(child in known for child in children) else CANNOT_NAME_FAMILY
