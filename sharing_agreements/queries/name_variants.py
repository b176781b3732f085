"""First names that stand for one another, as matching knows them."""

from django.db import connection
from django.db.models import Q, QuerySet

from sharing_agreements.models import NameVariant


def folded(*names: str) -> list[str]:
    """Names as matching writes them: no case, accents or apostrophes."""
    with connection.cursor() as cursor:
        cursor.execute("select array(select gate.folded(x) from unnest(%s::text[]) x)", [list(names)])
        found: list[str] = cursor.fetchone()[0]
    return found


def pairs() -> QuerySet[NameVariant]:
    """Every pair, by the name that is stood for."""
    return NameVariant.objects.order_by("stands_for", "name")


def pairs_with(name: str) -> QuerySet[NameVariant]:
    """The pairs a folded name is in, on either side."""
    return pairs().filter(Q(name=name) | Q(stands_for=name))


def are_paired(one: str, other: str) -> bool:
    """Whether two folded names stand for one another, in either order."""
    return pairs().filter(Q(name=one, stands_for=other) | Q(name=other, stands_for=one)).exists()
