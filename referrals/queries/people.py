"""People who may be one, who was said to be one, and how complete what is known of them is. Only what may be seen."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from referrals.models import Match
from referrals.queries.contacts import readable_matches
from referrals.vocabulary import MatchState
from sharing_agreements import queries
from sharing_agreements.models import Identity, PersonLink, Post

MOST = 50
"""Rows of a page."""


def open_likenesses(post: Post) -> QuerySet[Match]:
    """Pairs of the night's list that wait for somebody at this hub: likely ones first, then the oldest."""
    return (
        readable_matches()
        .filter(owner_id=post.agency_id, contact=None, state=MatchState.OPEN)
        .select_related("identity", "identity__owner")
        .order_by("-band", "recorded_at", "pk")
    )


@dataclass(frozen=True)
class Likeness:
    """One pair: the match, and the account of the other person as this reader may see it."""

    match: Match
    person: Identity


def likenesses(post: Post) -> list[Likeness]:
    """The pairs to look at, of which this reader may see both people."""
    rows = list(open_likenesses(post)[:MOST])
    names = queries.identities_of([one.main_person for one in rows], for_post=post)
    return [Likeness(one, names[one.main_person]) for one in rows if one.main_person in names]


@dataclass(frozen=True)
class Link:
    """That two were said to be one person, with the accounts this reader may see of each."""

    link: PersonLink
    said: Identity | None
    kept: Identity | None


def links(post: Post) -> list[Link]:
    """The newest links, standing and taken back, of people this reader may see at least one account of."""
    rows = list(PersonLink.objects.select_related("linked_by", "unlinked_by").order_by("-linked_at")[:MOST])
    anchors = {one.said_id for one in rows} | {one.kept_id for one in rows}
    accounts: dict[UUID, Identity] = {}
    visible = Identity.objects.visible().filter(person_id__in=anchors).select_related("owner").order_by("recorded_at")
    for account in visible:
        if account.owner_id == post.agency_id or account.main_person not in accounts:
            accounts[account.main_person] = account
    found = [Link(one, accounts.get(one.said_id), accounts.get(one.kept_id)) for one in rows]
    return [one for one in found if one.said or one.kept]


@dataclass(frozen=True)
class Completeness:
    """One agency's accounts of children: how many, and the share (0 to 100) in which each fact is known."""

    agency: str
    records: int
    names: int
    born: int
    sex: int
    home: int
    number: int
    score: int
    """The mean of the five."""


_COMPLETE = """
with account as (
    select i.id, i.owner_id,
           (i.given_name <> '' and i.family_name <> '')::int as names,
           (i.born_on is not null and i.born_precision = 'day' and to_char(i.born_on, 'MMDD') <> '0101')::int as born,
           (i.sex <> 'U')::int as sex,
           exists (select from sharing_agreements_address a
                    where a.person_id = i.person_id and a.folded <> '' and a.postcode <> '')::int as home,
           exists (select from sharing_agreements_identitydetail d
                    where d.identity_id = i.id
                      and (gate.nhs_number(d.nhs_number) is not null or gate.upn(d.upn) is not null))::int as number
      from sharing_agreements_identity i
     where (select gate.any_right()) and i.is_child and not i.is_unborn and {which}
)
"""
_BY_AGENCY = (
    _COMPLETE
    + """
select g.name, count(*), round(100 * avg(names)), round(100 * avg(born)), round(100 * avg(sex)), round(100 * avg(home)),
       round(100 * avg(number)), round(20 * avg(names + born + sex + home + number))
  from account join sharing_agreements_agency g on g.id = account.owner_id
 group by g.name order by 8, 1"""
)
_LEAST = (
    _COMPLETE
    + """
select id, names, born, sex, home, number from account
 where names + born + sex + home + number < 5
 order by names + born + sex + home + number, id limit %s"""
)
_OWN, _SENT = "i.owner_id = %s", "i.sent_to_id = %s"


def completeness(post: Post, *, sent: bool) -> list[Completeness]:
    """Least complete first: this agency's own accounts of children, or with `sent` those that others sent it."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_AGENCY.format(which=_SENT if sent else _OWN), [post.agency_id])
        return [Completeness(name, *map(int, figures)) for name, *figures in cursor.fetchall()]


@dataclass(frozen=True)
class Gap:
    """An account of a child and what is missing in it, as words."""

    identity: Identity
    score: int
    missing: tuple[str, ...]


FACTS = ("both names", "an exact date of birth", "sex", "an address with postcode", "an NHS or pupil number")
"""What the five parts of the score ask for, in their order."""


def gaps(post: Post, *, most: int = 25) -> list[Gap]:
    """This agency's least complete accounts of children, with what is missing."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAST.format(which=_OWN), [post.agency_id, most])
        rows = cursor.fetchall()
    accounts = Identity.objects.visible().in_bulk([row[0] for row in rows])
    return [
        Gap(accounts[pk], 20 * sum(known), tuple(fact for fact, has in zip(FACTS, known, strict=True) if not has))
        for pk, *known in rows
        if pk in accounts
    ]
