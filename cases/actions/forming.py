"""Changing the form of an assessment: each save is the next version. Assessments begun before keep theirs."""

import datetime

from django.db import connection, transaction

from cases import permissions
from cases.models import AssessmentForm
from cases.queries.assessment_forms import newest
from cases.rules.assessment_form import Form, Section, as_kept, why_not_change_form
from sharing_agreements.models import Post
from sharing_agreements.refusals import require


@transaction.atomic
def change_section(*, section: Section, base: int, why: str, by: Post, now: datetime.datetime) -> Form | None:
    """Make the next version with this section in the place of the one of its code, or at the end.

    Gives None and makes nothing when somebody made a version after `base`. Refuses what
    `why_not_change_form` says, and whoever does not keep the form.
    """
    require(permissions.why_not_keep_form(by=by))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('assessment form', 0))")
    before = newest()
    if before.version != base:
        return None
    after = before.with_section(section)
    require(why_not_change_form(before, after))
    AssessmentForm(
        version=after.version, sections=as_kept(after), why=why[:300], made_at=now, made_by=by.practitioner
    ).save(force_insert=True)
    return after
