"""Cover for a post: what is told to its holder goes to whoever covers, who also sees the families its holder leads."""

import datetime

from django.db import transaction

from cases import permissions, refusals
from cases.actions.leading import arrange_cover, end_cover
from cases.models import Case, Cover
from cases.queries.pages.away import cases_led_by
from sharing_agreements.models import Post, PostCover
from sharing_agreements.refusals import Refused, require


@transaction.atomic
def cover_post(
    *,
    post: Post,
    covering: Post,
    starts_on: datetime.date,
    ends_on: datetime.date,
    reason: str,
    by: Post,
    now: datetime.datetime,
) -> list[Case]:
    """Somebody is away from a post, and a colleague stands in; gives the cases that are not covered by it.

    Cover is arranged for every family the holder leads and nobody covers on any of those days. A case whose cover is
    refused (its agreements show leads of this agency nothing, or it is not the acting post's to arrange) is left, and
    said. Refused to others than the holder and those who oversee at the agency, and for crossed dates.
    """
    require(permissions.why_not_cover_post(by=by, post=post, covering=covering))
    require(None if starts_on <= ends_on else refusals.DATES_CROSSED)
    made = PostCover(
        post=post,
        practitioner=covering.practitioner,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason[:160],
        made_by_id=by.practitioner_id,
        made_at=now,
    )
    made.save()
    left = []
    for case in cases_led_by(post):
        if Cover.objects.filter(case=case, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
            continue
        try:
            arrange_cover(
                case=case,
                practitioner=covering.practitioner,
                agency=covering.agency,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=reason,
                by=by,
                now=now,
                post_cover=made,
            )
        except Refused:
            left.append(case)
    return left


@transaction.atomic
def end_post_cover(*, cover: PostCover, by: Post, now: datetime.datetime) -> None:
    """They are back: cover for the post ends, and with it the cover of each family that was arranged by it."""
    require(permissions.why_not_end_post_cover(by=by, cover=cover))
    ended = PostCover.objects.filter(pk=cover.pk, ended_at=None).update(ended_at=now)
    require(None if ended else refusals.COVER_NOT_YOURS)
    for one in Cover.objects.filter(post_cover=cover, ended_at=None).select_related("case"):
        end_cover(cover=one, by=by, now=now)
