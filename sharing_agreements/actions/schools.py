"""Adding schools as agencies, many at once. The gate checks again who may."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from django.db import connection, transaction

from sharing_agreements.models import Post
from sharing_agreements.permissions import why_not_add_schools
from sharing_agreements.refusals import require
from sharing_agreements.rules.schools import School


@transaction.atomic
def add_schools(*, schools: Sequence[School], by: Post) -> int:
    """Make agencies of these in the district of `by`'s agency. One that is here is left alone. Answers how many."""
    require(why_not_add_schools(by=by))
    rows = [asdict(one) | {"short_name": one.short_name} for one in schools]
    with connection.cursor() as cursor:
        cursor.execute("select gate.add_schools(%s)", [json.dumps(rows)])
        made: int = cursor.fetchone()[0]
    return made
