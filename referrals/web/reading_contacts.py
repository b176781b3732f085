"""A contact's page in words: its strip, facts, history, and what may be done next."""

import datetime
from typing import Any

from django.urls import reverse

from referrals.models import Contact, Decision, Match, Report, ReportedChild
from referrals.permissions import disagreeing
from referrals.permissions import flags as flag_permissions
from referrals.permissions import hub as permissions
from referrals.presenting import reported_by, screening_of, signs_of
from referrals.queries.attachments import attachments_of
from referrals.queries.concerns import about_ringing, concerns_about
from referrals.queries.contacts import Earlier
from referrals.queries.facts import AtAddress, Facts
from referrals.rules import matching
from referrals.rules.repeats import Tie, tally
from referrals.vocabulary import HubRule, MatchState
from referrals.web import cards
from referrals.web.disagreements import by_child
from referrals.web.reading_checks import page_of_checks
from sharing_agreements.models import Post
from sharing_agreements.naming import within
from sharing_agreements.part_known import say
from sharing_agreements.presenting import Because, because
from sharing_agreements.queries.explaining import explain
from sharing_agreements.vocabulary import HUB_ROLES, Precision
from sharing_agreements.working_time import LONDON

MARKS = {50: "Half of the time had gone", 80: "Four fifths of the time had gone", 100: "The time had run out"}
"""What the history says where a clock passed a share of its time."""


def page_of(
    contact: Contact, facts: Facts, post: Post, now: datetime.datetime, *, older: bool = False
) -> dict[str, Any]:
    """Everything the page shows, in its order."""
    today = now.astimezone(LONDON).date()
    children = facts.around.children[contact.report_id]
    colour, word = cards.urgency(contact)
    return {
        "contact": contact,
        "report": facts.report,
        "colour": colour,
        "urgency": word,
        "due": cards.due(contact, now),
        "title": cards.title(children, facts.around, today),
        "strip": [
            *cards.alarm(contact, ""),
            *cards.babies(children, facts.around, today),
            *cards.kept(contact),
            *cards.safety(contact, facts.around),
        ],
        "facts_list": facts_list(contact, facts, today),
        "children": child_lines(contact, facts, post, now),
        "earlier": [earlier_line(one, facts) for one in facts.earlier],
        "at_addresses": [address_lines(one) for one in facts.at_addresses],
        "before": before(facts, contact),
        "older": older,
        "flags": list({line.flag.rule: line for line in facts.around.flags.get(contact.pk, [])}.values()),
        "may_ask_to_ring_first": _may_ask_to_ring_first(contact, facts, post),
        "may_leave_out": flag_permissions.why_not_leave_out(contact=contact, by=post) is None,
        "may_say_rung": flag_permissions.why_not_say_rung(contact=contact, by=post) is None
        and not contact.lead_left_out_at,
        "matches": [match_line(match, facts, today) for match in facts.matches],
        "additions": facts.additions,
        "questions": facts.questions,
        "unconfirmed": facts.receipts,
        "history": history(facts),
        "may_work": post.role in HUB_ROLES and post.agency_id == contact.owner_id,
        "may_claim": permissions.why_not_claim(contact=contact, by=post) is None and contact.claimed_by is None,
        "in_hand": cards.in_hand(contact),
        "attachments": attachments_of(contact.report_id),
        "may_release": post.role in permissions.DECIDERS and post.agency_id == contact.owner_id,
        "chased": cards.chased(contact, now),
        "may_say_not_decided": permissions.why_not_say_not_decided(contact=contact, by=post) is None,
        "needs_acknowledging": cards.is_alarm(contact),
        "why": why_of(contact, facts.report),
        **page_of_checks(contact, facts, post, now),
        "why_not_decide": permissions.why_not_decide(contact=contact, by=post),
    }


def _may_ask_to_ring_first(contact: Contact, facts: Facts, post: Post) -> bool:
    """Asked of the database only where the page shows the flag: two queries."""
    joined = any(line.flag.rule == HubRule.ADULT_JOINED for line in facts.around.flags.get(contact.pk, []))
    return joined and (
        flag_permissions.why_not_ask_to_ring_first(contact=contact, **about_ringing(contact), by=post) is None
    )


def why_of(*rows: Contact | Report) -> list[Because]:
    """Why the reader can see a contact or report and what hangs on it. One query."""
    parts = [part for row in rows for part in (row, getattr(row, "detail", None), getattr(row, "hub_only", None))]
    return because(opening for openings in explain(parts).values() for opening in openings)


def row(key: str, value: str, *, pre: bool = False) -> dict[str, Any]:
    """A line of a summary list; empty ones are left out by the component."""
    if not value:
        return {}
    return {"key": {"text": key}, "value": {"text": value, "classes": "eh-pre" if pre else ""}}


def facts_list(contact: Contact, facts: Facts, today: datetime.date) -> list[dict[str, Any]]:
    """The report as the decider reads it, worst first."""
    report = facts.report
    detail = getattr(report, "detail", None)
    only = getattr(report, "hub_only", None)
    place = next(iter(facts.places), None)
    told = f"{report.danger_told} {cards.moment(report.danger_told_at, report.sent_at)}".strip()
    return [
        *(row("A risk to children", words, pre=True) for words in concern_words(facts)),
        row("In danger now", report.get_danger_display()),
        row("Who was told", told),
        row("Seen and heard", detail.account if detail else "", pre=True),
        row("Kind", report.get_concern_display()),
        row("When", say(report.happened_on, report.happened_precision)),
        row("Where", place.happened_at if place else ""),
        row("Child now", place.now_at if place else ""),
        row("Family told", cards.told(contact)),
        row("What they were told", detail.told if detail else "", pre=True),
        row("Not safe to tell because", detail.not_safe_because if detail else "", pre=True),
        row("Strengths", detail.strengths if detail else "", pre=True),
        row("Asked for", detail.asked_for if detail else "", pre=True),
        row("For the hub only", only.text if only else "", pre=True),
        row("Informant", only.informant if only else ""),
        row("Dog, weapon or other danger", detail.dog_or_weapon if detail else ""),
        *(row(line.question, line.answer, pre=True) for line in signs_of(report)),
        row("Reporter's grade", contact.get_reported_display()),
        row("Hub's grade", contact.get_grade_display() or "Not graded"),
        row("Reported by", reported_by(report)),
        *(row("Adult", f"{cards.name_of(facts.around.names.get(a.person_id))}. {a.relation}") for a in facts.adults),
    ]


def concern_words(facts: Facts) -> list[str]:
    """What the hub may read of adults who are a risk to children, each with its source, grade and review."""
    return [
        f"{cards.name_of(facts.around.names.get(person))}: {one.why}\n{one.get_grade_display()}. {one.source}.\n"
        f"Recorded by {one.owner.name} on {say(one.happened_on, Precision.DAY)}. "
        f"Look at it again by {say(one.review_on, Precision.DAY)}."
        for person, rows in concerns_about(facts.adults).items()
        for one in rows
    ]


def child_lines(contact: Contact, facts: Facts, post: Post, now: datetime.datetime) -> list[dict[str, Any]]:
    """Every child of the report, with what was said against the decision for them."""
    children, today = facts.around.children[contact.report_id], now.astimezone(LONDON).date()
    decided = [child.pk for child in children if child.pk in facts.decisions or child.pk in facts.returned]
    ladders = by_child(decided, post, now) if decided else {}
    lines = [child_line(child, contact, facts, post, today) for child in children]
    return [line | against(line, contact, ladders.get(line["child"].pk, []), post) for line in lines]


def against(line: dict[str, Any], contact: Contact, ladders: list[dict[str, Any]], post: Post) -> dict[str, Any]:
    """What was said against the decision for a child, and where this reader may disagree with it."""
    decision = line["decision"]
    running = any(one["rungs"][-1]["rung"].decision_id == decision.pk for one in ladders) if decision else False
    told = {"decision": decision, "hub": contact.owner_id, "is_running": running}
    may = disagreeing.why_not_disagree_at_hub(**told, by=post) is None
    where = reverse("referrals:disagree_at_hub", args=[contact.pk, line["child"].pk]) if may else ""
    return {"ladders": ladders, "disagree": where}


def child_line(
    child: ReportedChild, contact: Contact, facts: Facts, post: Post, today: datetime.date
) -> dict[str, Any]:
    """One child: who, how seen, their words, open help, last closing summary, decision."""
    identity = facts.around.names.get(child.person_id)
    words = getattr(child, "detail", None)
    decision = facts.decisions.get(child.pk)
    return {
        "child": child,
        "name": cards.name_of(identity),
        "who": cards.who(identity, today),
        "decide_for": within(cards.name_of(identity)),
        "decide_for_who": within(cards.who(identity, today)),
        "wrong": hasattr(child, "wrong_mark"),
        "seen": child.get_seen_display(),
        "words": words.words if words else "",
        "screening": list(screening_of(words)),
        "open_to": cards.open_to([child], facts.around),
        "family": cards.family_open_to(child, facts.around),
        "closing": facts.closings.get(facts.around.who(child.person_id)),
        "decision": decision,
        "returned": facts.returned.get(child.pk) if decision is None else None,
        "may_look": decision is not None and permissions.why_not_look(decision=decision, by=post) is None,
        "decide": reverse("referrals:decide_child", args=[contact.pk, child.pk]),
        "level": decision.get_level_of_need_display() if decision else "",
        "next": next_words(decision) if decision else "",
        "receipt": facts.receipts.get(decision.pk) if decision else None,
    }


def next_words(decision: Decision) -> str:
    """Who does what by when, or that nobody does."""
    if decision.nobody_next:
        return "Nobody does anything next."
    return f"{decision.next_who}: {decision.next_what}, by {say(decision.next_by, Precision.DAY)}."


def earlier_line(one: Earlier, facts: Facts) -> dict[str, Any]:
    """An earlier contact as a line of the chronology, with whom it was about: these people or their family."""
    about = ", ".join(cards.name_of(facts.around.names.get(person)) for person in sorted(one.people))
    if one.tie is Tie.FAMILY:
        about = "others of the family"
    return {
        "when": say(one.contact.received_at.astimezone(LONDON).date(), Precision.DAY),
        "title": one.outcome[:1].upper() + one.outcome[1:],
        "href": reverse("referrals:read_contact", args=[one.contact.pk]),
        "source": f"About {about}" if about else "",
    }


def before(facts: Facts, contact: Contact) -> str:
    """How many contacts came before and by what they are tied; where not all are listed, that too."""
    repeats = facts.around.repeats.get(contact.pk)
    if repeats is None or not repeats.total:
        return ""
    more = f". The newest {len(repeats.listed)} are listed" if len(repeats.listed) < repeats.total else ""
    return f"{repeats.total} in all: {tally(repeats.counts)}{more}."


def address_lines(one: AtAddress) -> dict[str, Any]:
    """An address with what happened there while these people lived in it."""
    return {
        "address": f"{one.address.line}, {one.address.postcode}".strip(", "),
        "shown": [
            f"{say(e.contact.received_at.astimezone(LONDON).date(), Precision.DAY)}: {e.outcome}" for e in one.shown
        ],
        "others": one.others,
    }


def match_line(match: Match, facts: Facts, today: datetime.date) -> dict[str, Any]:
    """A candidate with the fields that agree. Only the matched account shows; their history does not."""
    return {
        "match": match,
        "person": cards.name_of(facts.around.names.get(match.person_id)),
        "candidate": cards.name_of(match.identity),
        "who": cards.who(match.identity, today),
        "from": match.identity.owner.short_name,
        "reasons": matching.in_words(match.reasons),
        "open": match.state == MatchState.OPEN,
        "settle": reverse("referrals:settle_match", args=[match.contact_id, match.pk]),
        "undo": reverse("referrals:undo_match", args=[match.contact_id, match.pk]),
    }


def history(facts: Facts) -> list[dict[str, Any]]:
    """Grades, hands and the marks of its clocks, in order of time."""
    lines = [
        (
            g.changed_at,
            f"Graded {g.get_after_display().lower()}" + (f", was {g.before}" if g.before else ""),
            g.reason,
            g.author,
        )
        for g in facts.grades
    ]
    lines += [
        (e.at, e.get_what_display() + (f" to {e.to.name}" if e.to else ""), e.text, e.author) for e in facts.entries
    ]
    lines += [(mark.passed_at, MARKS[mark.share], "", None) for mark in facts.clock_marks]
    return [
        {
            "when": cards.moment(at, at + datetime.timedelta(days=400)),
            "title": said,
            "text": text,
            "source": author.name if author else "The hub's system",
        }
        for at, said, text, author in sorted(lines, key=lambda line: line[0])
    ]
