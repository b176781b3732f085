"""What to call somebody on a page, as far as their name is known. Pure functions: what was recorded in, words out."""

UNBORN_BABY = "Unborn baby"
NAMELESS_CHILD = "A child whose name is not known"
NAMELESS_ADULT = "An adult whose name is not known"
_NOT_BORN = ("not born yet", "unborn")
"""How an age begins that says no more than the words for an unborn baby say already."""


def name_in_words(given: str, family: str, *, is_unborn: bool = False, is_child: bool = True) -> str:
    """'Ada Marsh', 'Unborn baby', 'Unborn baby Norwood', or a sentence's subject where nobody knew a name."""
    if is_unborn and not given:
        return f"{UNBORN_BABY} {family}".strip()
    return f"{given} {family}".strip() or (NAMELESS_CHILD if is_child else NAMELESS_ADULT)


def within(name: str) -> str:
    """A name, with or without an age, inside a sentence: 'Decide for a child whose name is not known'."""
    stands_in = name.startswith((NAMELESS_CHILD, NAMELESS_ADULT, UNBORN_BABY))
    return name[0].lower() + name[1:] if stands_in else name


def age_beside(name: str, age: str) -> str:
    """The age as it stands beside a name: that a baby is unborn is said once."""
    if not name.startswith(UNBORN_BABY):
        return age
    for said in _NOT_BORN:
        age = age.removeprefix(said).removeprefix(", ")
    return age


def with_age(name: str, age: str) -> str:
    """'Ada Marsh, 8', 'Unborn baby, due 3 March 2027', 'Unborn baby'."""
    beside = age_beside(name, age)
    return f"{name}, {beside}" if beside else name
