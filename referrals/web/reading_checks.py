"""Questions to other agencies in words: on the card, on the contact's page, and in the asked agency's own list."""

import datetime
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.urls import reverse

from referrals.actions.checking import Named
from referrals.models import AgencyCheck, CheckAnswer, ChecksOpening, Contact
from referrals.permissions import checks as permissions
from referrals.presenting import born_in_words, name_of
from referrals.queries.checks import Wish, answers_let_out, managers_of, wishes_about
from referrals.queries.facts import Facts
from referrals.rules import clocks
from referrals.web import cards
from sharing_agreements import queries
from sharing_agreements.models import Post, Practitioner
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON


def page_of_checks(contact: Contact, facts: Facts, post: Post, now: datetime.datetime) -> dict[str, Any]:
    """The part of a contact's page about other agencies: what the family said, who was asked, who has answered."""
    checks = facts.around.checks.get(contact.pk, [])
    said: dict[UUID, list[CheckAnswer]] = defaultdict(list)
    for answer in facts.answers:
        said[answer.check_asked_id].append(answer)
    wishes = wishes_about([one.pk for one in facts.answers], by=post) if facts.answers else {}
    for answer in facts.answers:
        answer.releases = [release_line(one) for one in wishes.get(answer.pk, [])]  # type: ignore[attr-defined]
    latest = facts.openings[0] if facts.openings else None
    closed = permissions.why_not_ask_agencies(contact=contact, state=latest.state if latest else None, by=post)
    today = now.astimezone(LONDON).date()
    late = [one.sent_to_id for one in checks if one.due_at < now and one.sent_to_id]
    managers = managers_of(late, today=today) if late else {}
    return {
        "opening": opening_line(latest),
        "may_record_answer": permissions.why_not_open_checks(contact=contact, state=None, by=post) is None,
        "may_ask_agencies": closed is None,
        "why_closed": closed,
        "checks_tally": cards.checked(checks, now),
        "check_lines": [check_line(one, said.get(one.pk, []), managers, post, now) for one in checks],
    }


def opening_line(latest: ChecksOpening | None) -> str:
    """'Agreed (mother, by phone). Recorded by Hugo, 2 March, 14:20', and why where it says so."""
    if latest is None:
        return ""
    who = f" ({latest.said_by})" if latest.said_by else ""
    why = f" {latest.reason}" if latest.reason else ""
    basis = f" {latest.get_lawful_basis_display()}." if latest.lawful_basis else ""
    at = cards.moment(latest.at, latest.at + datetime.timedelta(days=400))
    by = latest.author.name if latest.author else "somebody"
    return f"{latest.get_state_display()}{who}.{why}{basis} Recorded by {by}, {at}."


def release_line(wish: Wish) -> str:
    """What became of the hub's wish to have an answer let out; empty for a no, which stands there with its reason."""
    if wish.granted:
        until = say(wish.granted.last_day, Precision.DAY)
        if wish.granted.is_open:
            return f"Let out to {wish.agency} until {until}."
        return f"It was let out to {wish.agency} until {until}, and is no longer."
    asked_on = say(wish.asked_at.astimezone(LONDON).date(), Precision.DAY)
    return f"You asked on {asked_on} that {wish.agency} may read it; not answered yet." if wish.waits else ""


def standing(check: Any, now: datetime.datetime) -> str:
    """Where one question stands, in a few words."""
    if check.is_answered:
        return "Answered"
    if check.withdrawn_at:
        return "Taken back"
    left = clocks.time_left(check.due_at, now)
    return f"Late: {left}" if check.due_at < now else f"Due {cards.moment(check.due_at, now)}, {left}"


def pushed(check: AgencyCheck, now: datetime.datetime) -> str:
    """What was done about an answer that does not come."""
    said = [f"Chased {cards.moment(check.chased_at, now)}"] if check.chased_at else []
    said += [f"Manager told {cards.moment(check.climbed_at, now)}"] if check.climbed_at else []
    return ". ".join(said)


def check_line(
    check: Any, answers: list[CheckAnswer], managers: dict[UUID, Practitioner], post: Post, now: datetime.datetime
) -> dict[str, Any]:
    """One question with its answers, as the hub reads it, and what may be done about it."""
    told = {"check": check, "is_answered": check.is_answered, "by": post}
    late = check.due_at < now and not check.is_answered and not check.withdrawn_at
    return {
        "check": check,
        "agency": check.sent_to,
        "to": check.sent_to_practitioner,
        "about": names_of(check),
        "standing": standing(check, now),
        "is_late": late,
        "pushed": pushed(check, now),
        "manager": whom_to_ring(check, managers.get(check.sent_to_id)) if late else "",
        "answers": answers,
        "may_chase": permissions.why_not_chase(**told) is None,
        "may_climb": permissions.why_not_climb(**told, now=now) is None,
    }


def whom_to_ring(check: AgencyCheck, manager: Practitioner | None) -> str:
    """The manager of an agency that is late, or that nobody is set up as one."""
    if manager:
        return f"{manager.name}, {manager.phone or 'no phone given'}"
    phone = check.sent_to.phone if check.sent_to else ""
    return f"nobody is set up here; ring {phone or 'the agency'}"


def names_of(check: AgencyCheck) -> str:
    """Whom a question is about, as the agency is told."""
    return "; ".join(f"{one['name']}, {one['born']}" for one in check.named)


def people_to_name(contact: Contact, facts: Facts) -> list[Named]:
    """Children, then adults, whom the hub can name to an agency; somebody it cannot name is not asked about."""
    children = [child.person_id for child in facts.around.children[contact.report_id]]
    adults = [adult.person_id for adult in facts.adults]
    names = facts.around.names
    return [
        Named(person, name_of(names[person]), born_in_words(names[person]), is_child=person in children)
        for person in [*children, *adults]
        if person and person in names
    ]


def asked_line(check: Any, now: datetime.datetime) -> dict[str, Any]:
    """One question in the list of the agency that was asked."""
    late = check.due_at < now and not check.is_answered and not check.withdrawn_at
    return {
        "check": check,
        "about": names_of(check),
        "standing": standing(check, now),
        "colour": "red" if late or check.climbed_at else ("amber" if check.chased_at else ""),
        "pushed": pushed(check, now),
        "href": reverse("referrals:answer_check", args=[check.pk]),
        "is_open": not check.is_answered and not check.withdrawn_at,
    }


def let_out_lines(post: Post) -> list[dict[str, Any]]:
    """Answers to the hub that their owner let out to this reader, with whom each is about as far as names are open."""
    answers = answers_let_out()
    names = queries.identities_of({person for one in answers for person in one.about}, for_post=post)
    lines = []
    for one in answers:
        known = [name_of(names[person]) for person in one.about if person in names]
        lines.append({"answer": one, "about": "; ".join(known), "unnamed": len(known) < len(one.about)})
    return lines
