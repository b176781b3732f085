"""Who of a school hears of domestic abuse at a child's home. The gate checks again who may say so."""

from django.db import connection, transaction

from sharing_agreements import permissions
from sharing_agreements.models import Post
from sharing_agreements.refusals import not_yours, require


@transaction.atomic
def name_key_adult(*, post: Post, is_one: bool, by: Post) -> None:
    """The holder of this post of `by`'s agency is a key adult from now on, or no longer. They read the card, too."""
    require(permissions.why_not_name_key_adults(by=by))
    with connection.cursor() as cursor:
        cursor.execute("select gate.name_key_adult(%s, %s)", [post.pk, is_one])
        require(None if cursor.fetchone()[0] else not_yours())
