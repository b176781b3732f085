"""A contact as a card of the queue: the eight parts of users.md 3, in their order, as plain words."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from referrals.models import Contact, ReportedChild
from referrals.presenting import name_of
from referrals.queries.contacts import Around, Earlier, OpenTo
from referrals.queries.repeats import Repeats
from referrals.rules import checks as check_rules
from referrals.rules import clocks, people
from referrals.rules.repeats import Tie, tally
from referrals.vocabulary import Answer, ContactStatus, MatchBand, Urgency
from sharing_agreements.models import Identity
from sharing_agreements.naming import with_age
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON

NAMED = 3
"""Children named on a card; the rest are '+2'."""


def age_of(identity: Identity | None, today: datetime.date) -> str:
    """Their age in words."""
    if identity is None:
        return "age not known"
    return people.age_in_words(identity.born_on, identity.born_precision, is_unborn=identity.is_unborn, today=today)


def who(identity: Identity | None, today: datetime.date) -> str:
    """Name and age, as far as they are known."""
    return with_age(name_of(identity), age_of(identity, today))


def moment(at: datetime.datetime | None, now: datetime.datetime) -> str:
    """'14:20' today, else '2 March, 14:20'."""
    if at is None:
        return ""
    local = at.astimezone(LONDON)
    same_day = local.date() == now.astimezone(LONDON).date()
    return f"{local:%H:%M}" if same_day else f"{local.day} {local:%B}, {local:%H:%M}"


def due(contact: Contact, now: datetime.datetime) -> str:
    """'Grade by 14:20, 1 h 10 left' or 'Decide by ...'; nothing for blue."""
    if contact.due_at is None:
        return ""
    verb = "Decide" if contact.grade or contact.provisional else "Grade"
    return f"{verb} by {moment(contact.due_at, now)}, {clocks.time_left(contact.due_at, now)}"


def is_overdue(contact: Contact, now: datetime.datetime) -> bool:
    """Whether its clock has ended; the line of the clock says by how much."""
    return contact.due_at is not None and contact.due_at < now


def urgency(contact: Contact) -> tuple[str, str]:
    """The colour and the word of the badge."""
    if contact.provisional:
        return "red", "Provisionally red"
    return contact.grade, contact.get_grade_display() if contact.grade else "Ungraded"


NO_ACCOUNT = "Reporter has no account: verified by e-mail"
"""Who it is rests on a work e-mail address alone (decision 0080)."""


def title(children: list[ReportedChild], around: Around, today: datetime.date) -> str:
    """Names and ages, never initials; more than three are counted."""
    named = [who(around.names.get(child.person_id), today) for child in children]
    more = f" +{len(named) - NAMED}" if len(named) > NAMED else ""
    return "; ".join(named[:NAMED]) + more or "No child named"


def has_baby(children: list[ReportedChild], around: Around, today: datetime.date) -> bool:
    """Whether a child is unborn or under 1."""
    return any(
        one is not None and people.is_baby(one.born_on, one.born_precision, is_unborn=one.is_unborn, today=today)
        for one in (around.names.get(child.person_id) for child in children)
    )


def seen(children: list[ReportedChild]) -> str:
    """How the children were met, each way once: 'Seen, and spoken to alone; Heard, not seen'."""
    return "; ".join(dict.fromkeys(child.get_seen_display() for child in children))


def ordinal(number: int) -> str:
    """'4th'."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def previous(earlier: list[Earlier], counts: Counter[Tie]) -> str:
    """How many in 12 months and by what they are tied; of the last three when each was and what was decided."""
    total = counts.total()
    if not total:
        return "No earlier contact in 12 months that we can show"
    said = [
        f"{say(one.contact.received_at.astimezone(LONDON).date(), Precision.DAY)}, {one.outcome}"
        for one in earlier[:NAMED]
    ]
    more = [f"and {total - NAMED} before"] if total > NAMED else []
    return "; ".join([f"{ordinal(total + 1)} in 12 months: {tally(counts)}", *said, *more])


def watched(contact: Contact) -> str:
    """'Being kept in touch with since 3 May 2026, reported in week 9'. The week is that of the report, so that it is
    true on whichever day it is read, and however long keeping in touch is to last."""
    since = contact.watched_since
    if since is None:
        return ""
    said = f"Being kept in touch with since {say(since, Precision.DAY)}"
    days = (contact.received_at.astimezone(LONDON).date() - since).days
    return said if days < 0 else f"{said}, reported in week {days // 7 + 1}"


def family_open_to(child: ReportedChild, around: Around) -> UUID | None:
    """The family whose case the child is in, where the reader may see that there is one."""
    found = around.open_to.get(around.who(child.person_id))
    return found.child.family_id if found else None


def open_to(children: list[ReportedChild], around: Around) -> list[str]:
    """Who works with each child now, or the neutral sentence."""
    people_met = [around.who(child.person_id) for child in children]
    found: list[OpenTo] = [around.open_to[person] for person in people_met if person in around.open_to]
    said = []
    for one in found:
        who = f"{one.lead.name}, {one.lead.phone or 'no phone given'}" if one.lead else "no lead yet"
        said.append(f"Open to: {who} ({one.child.case.reference}, {one.child.get_state_display().lower()})")
    return list(dict.fromkeys(said)) or ["Open to: nothing we can show. That does not mean nobody works with them"]


def safety(contact: Contact, around: Around) -> list[dict[str, str]]:
    """What must be known before anything is done, as a strip."""
    ids = {around.who(person) for person in contact.about}
    items = []
    unsafe = [around.not_safe[p].reason for p in ids & around.not_safe.keys()]
    if unsafe or contact.report.safe_to_tell == Answer.NO:
        items.append({"word": "Not safe to tell", "text": "; ".join(dict.fromkeys(unsafe)) or "so the reporter says"})
    apart = [around.kept_apart[p].reason for p in ids & around.kept_apart.keys()]
    if apart:
        items.append({"word": "Keep apart", "text": "; ".join(dict.fromkeys(apart))})
    if any(around.marks[p].address_hidden for p in set(contact.about) & around.marks.keys()):
        items.append({"word": "Hidden address", "text": "Do not write or say where they live"})
    notes = [around.staff_safety[p].what for p in ids & around.staff_safety.keys()]
    if notes:
        items.append({"word": "Staff safety", "text": "; ".join(dict.fromkeys(notes))})
    return items


def told(contact: Contact) -> str:
    """What a parent knows and said."""
    report = contact.report
    return f"Parent knows: {report.get_parent_knows_display().lower()}; {report.get_parent_agreed_display().lower()}"


def matches(counts: dict[str, int]) -> str:
    """'Matches: 2 sure, 1 to check'."""
    if not counts:
        return ""
    return f"Matches to settle: {counts.get(MatchBand.SURE, 0)} sure, {counts.get(MatchBand.CHECK, 0)} to check"


def checked(checks: Iterable[Any], now: datetime.datetime) -> str:
    """'Checks 3 of 5, Health late', of questions read with `is_answered`."""
    return check_rules.tally(
        check_rules.Line(
            str(one.sent_to and one.sent_to.short_name), one.is_answered, one.due_at < now, bool(one.withdrawn_at)
        )
        for one in checks
    )


def chased(contact: Contact, now: datetime.datetime) -> str:
    """'The reporter asks what became of it, 2 March, 14:20'; empty when they do not."""
    return f"The reporter asks what became of it, {moment(contact.chased_at, now)}" if contact.chased_at else ""


def news(contact: Contact, now: datetime.datetime) -> list[str]:
    """What changed since somebody looked."""
    said = []
    if contact.chased_at:
        said.append(chased(contact, now))
    elif contact.news_at:
        said.append("New: something was added or answered")
    if contact.status == ContactStatus.WAITING:
        said.append("Waiting for an answer from the reporter")
    return said


def card(contact: Contact, around: Around, *, now: datetime.datetime, duty_phone: str) -> dict[str, Any]:
    """One contact for referrals/queue_card.html. `duty_phone` is given when the hub is shut."""
    today = now.astimezone(LONDON).date()
    children = around.children[contact.report_id]
    colour, word = urgency(contact)
    report = contact.report
    graded = contact.get_grade_display().lower() or "not graded"
    lines = [
        f"{report.get_concern_display()}. In danger now: {report.get_danger_display().lower()}. {seen(children)}",
        *news(contact, now),
        clocks.time_gone(contact.half_at, contact.most_at, now) if not is_overdue(contact, now) else "",
        previous(around.earlier.get(contact.pk, []), around.repeats.get(contact.pk, Repeats()).counts),
        *flagged(contact, around),
        *open_to(children, around),
        told(contact),
        NO_ACCOUNT if report.verified_email else "",
        f"Reporter: {contact.get_reported_display().lower()}. Hub: {graded}",
        matches(around.matches.get(contact.pk, {})),
        checked(around.checks.get(contact.pk, []), now),
    ]
    return {
        "colour": colour,
        "edge": "red" if is_alarm(contact) else colour,
        "urgency": word,
        "due": due(contact, now),
        "owner": contact.claimed_by.name if contact.claimed_by else "Nobody has it",
        "title": title(children, around, today),
        "href": reverse("referrals:read_contact", args=[contact.pk]),
        "strip": [
            *alarm(contact, duty_phone),
            *babies(children, around, today),
            *kept(contact),
            *safety(contact, around),
        ],
        "lines": [line for line in lines if line],
        "reference": f"{report.reference}, from {report.owner.short_name}, received {moment(contact.received_at, now)}",
    }


def flagged(contact: Contact, around: Around) -> list[str]:
    """What the watch says of this contact: a sentence a rule, without counts."""
    return list(dict.fromkeys(line.says for line in around.flags.get(contact.pk, [])))


def is_alarm(contact: Contact) -> bool:
    """Danger or red that nobody has acknowledged."""
    return contact.acknowledged_at is None and (contact.danger or is_red(contact))


def in_hand(contact: Contact) -> str:
    """Who has the danger or the red in hand; nothing where there was neither, though grading notes its screener."""
    if contact.acknowledged_by is None or not (contact.danger or is_red(contact)):
        return ""
    return f"{'Danger' if contact.danger else 'Red'} acknowledged by {contact.acknowledged_by.name}"


def is_red(contact: Contact) -> bool:
    """Whether the reporter or the hub said red."""
    return Urgency.RED in {contact.reported, contact.grade}


def alarm(contact: Contact, duty_phone: str) -> list[dict[str, str]]:
    """That nobody has it in hand, and whom to ring while the hub is shut."""
    if not is_alarm(contact):
        return []
    what = "Danger" if contact.danger else "Red"
    ring = f"the hub is shut, ring the duty team on {duty_phone}" if duty_phone else ""
    return [{"word": f"{what}, not acknowledged yet", "text": ring}]


def babies(children: list[ReportedChild], around: Around, today: datetime.date) -> list[dict[str, str]]:
    """Marks an unborn child or a baby."""
    return [{"word": "Unborn or under 1", "text": ""}] if has_baby(children, around, today) else []


def kept(contact: Contact) -> list[dict[str, str]]:
    """Marks a family that is being kept in touch with."""
    said = watched(contact)
    return [{"word": said, "text": "read the last closing summary before you decide"}] if said else []


def uuid_or_none(text: str) -> UUID | None:
    """A UUID, or None for nonsense in an address."""
    try:
        return UUID(text)
    except ValueError:
        return None
