"""Notices to schools in words: what a school is told, and how far a notice is."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from referrals.actions.noticing import standing_of
from referrals.models import NoticeCopy, Report, SchoolNotice
from referrals.models.school_notice import NoticeWords
from referrals.queries.notices import must_read_card, open_notices, unread_copies
from referrals.rules.school_notices import CARD, is_alarm, is_raised
from referrals.web.cards import moment
from sharing_agreements.models import Post
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision


class Told(NamedTuple):
    """One thing a notice says."""

    question: str
    answer: str


def told_about(notice: NoticeWords) -> list[Told]:
    """What a notice says, in the order of the page, without what was left empty."""
    day = say(notice.happened_on, Precision.DAY)
    at = f"{day}, {notice.happened_time:%H:%M}" if notice.happened_time else day
    lines = [
        Told("Date of birth", notice.child_born),
        Told("When", at),
        Told("Where", notice.get_place_display()),
        Told("Was the child there?", notice.get_there_display()),
        Told("Was the child seen?", notice.get_seen_display()),
        Told("How the child seemed", notice.seemed),
        Told("What the child said", notice.words),
        Told("What happened", notice.circumstances),
        Told("Police reference", notice.police_reference),
    ]
    return [line for line in lines if line.answer]


class NoticeLine(NamedTuple):
    """One notice in a list: whose, how far, and what to press."""

    name: str
    href: str
    standing: str
    verb: str
    colour: str
    starts_at: datetime.datetime
    reference: str


def notice_line(notice: SchoolNotice, now: datetime.datetime) -> NoticeLine:
    """A notice as its force sees it: how far it is and what is to be done."""
    standing, verb, colour = _standing(notice, now)
    href = reverse("referrals:write_notice", args=[notice.pk])
    return NoticeLine(notice.child_name, href, standing, verb, colour, notice.starts_at, notice.report.reference)


def notices_about(report: Report) -> list[NoticeLine]:
    """What is owed to schools about the children of a report, as far as the reader may know. One query."""
    rows = SchoolNotice.objects.visible().filter(report=report)
    rows = rows.select_related("report", "school", "acknowledged_by")
    return [notice_line(one, timezone.now()) for one in rows]


def _standing(notice: SchoolNotice, now: datetime.datetime) -> tuple[str, str, str]:
    school, stand = notice.school.name if notice.school else "the school", standing_of(notice)
    if notice.none_because:
        return f"No school is told. {notice.get_none_because_display()}", "See it", ""
    if notice.acknowledged_at and notice.acknowledged_by:
        said = moment(notice.acknowledged_at, now)
        return f"{notice.acknowledged_by.name}, {school}, has it since {said}", "See it", ""
    if not stand.written:
        colour = "red" if is_alarm(stand, now) else "amber"
        return f"Not written. Before {moment(notice.starts_at, now)}", "Write the notice", colour
    if not stand.sent:
        colour = "red" if is_alarm(stand, now) else "amber"
        return f"Not sent: nobody at {school} has read the card", "See who must read it", colour
    if is_raised(stand, now):
        return f"Sent, but nobody at {school} has said that they have it. Ring the school", "See who has it", "red"
    return f"Sent to {school}. Nobody there has said yet that they have it", "See who has it", ""


def copy_lines(copies: Iterable[NoticeCopy]) -> list[dict[str, Any]]:
    """A key adult's notices, newest first."""
    return [
        {
            "copy": one,
            "href": reverse("referrals:read_notice", args=[one.pk]),
            "name": "A notice that was taken back" if one.withdrawn_at else one.child_name,
        }
        for one in copies
    ]


def notices_in_my_work(post: Post, now: datetime.datetime) -> list[dict[str, Any]]:
    """Lines of My work: what a key adult must read before the bell, and what police owe a school."""
    lines = []
    if must_read_card(post):
        card = reverse("referrals:read_guidance", args=[CARD])
        why = (
            "You are a key adult of your school. Until you have read the card, no notice of domestic abuse reaches you"
        )
        lines.append(_line("Card to read", why, "Read the card", card, "amber"))
    for copy in unread_copies(post):
        why = f"From {copy.owner.name}. Before {moment(copy.starts_at, now)}"
        href = reverse("referrals:read_notice", args=[copy.pk])
        lines.append(_line(copy.child_name, why, "Read the notice", href, "red" if now >= copy.starts_at else "amber"))
    for line in [notice_line(one, now) for one in open_notices(post)]:
        lines.append(_line(line.name, line.standing, line.verb, line.href, line.colour))
    return lines


def _line(name: str, why: str, verb: str, href: str, colour: str) -> dict[str, Any]:
    return {"name": name, "why": why, "verb": verb, "href": href, "colour": colour}
