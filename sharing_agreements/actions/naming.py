"""Saying that two first names stand for one another, and that they no longer do. It counts from the next search on."""

from django.db import transaction

from sharing_agreements import permissions
from sharing_agreements.models import NameVariant, Post
from sharing_agreements.queries.name_variants import are_paired, folded
from sharing_agreements.refusals import require
from sharing_agreements.rules.name_variants import why_not_stand_for


@transaction.atomic
def pair_names(*, name: str, stands_for: str, why: str, by: Post) -> NameVariant:
    """Add a pair, kept folded. Refused `one_word_each`, `same_name_twice`, `names_paired`."""
    require(permissions.why_not_pair_names(by=by))
    one, other = folded(name, stands_for)
    require(why_not_stand_for(one, other, paired=are_paired(one, other)))
    return NameVariant.objects.create(name=one, stands_for=other, why=why)


@transaction.atomic
def part_names(*, pair: NameVariant, by: Post) -> None:
    """Take a pair away. Twice changes nothing. Matches that were offered stay as they are."""
    require(permissions.why_not_pair_names(by=by))
    NameVariant.objects.filter(pk=pair.pk).delete()
