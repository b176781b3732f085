"""Lines of lists: a draft, a report, a child of a report with what became of it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from referrals.models import Draft, Report
from referrals.presenting import born_in_words, name_of
from referrals.queries.reporting import Progress, latest_feedback
from referrals.web.progress import standing_of
from sharing_agreements.models import Identity

NUDGE_AFTER = datetime.timedelta(hours=4)  # users 2.14


def drafts_of(drafts: Iterable[Draft], now: datetime.datetime) -> list[dict[str, Any]]:
    """Unsent drafts; an old one is said to be old."""
    return [
        {
            "draft": draft,
            "is_old": now - draft.started_at >= NUDGE_AFTER,
            "children": _first_names(draft),
        }
        for draft in drafts
    ]


def _first_names(draft: Draft) -> str:
    typed = (draft.data.get("children") or {}).get("typed") or {}
    names = [values[0] for key, values in sorted(typed.items()) if key.endswith("-name") and values and values[0]]
    return ", ".join(names)


def children_of(report: Report, names: Mapping[UUID, Identity]) -> list[dict[str, Any]]:
    """Each child of a report: name, wrong-child mark, and what became of it in the decider's words."""
    feedback = latest_feedback(report)
    return [
        {
            "child": child,
            "name": name_of(names.get(child.person_id)),
            "born": born_in_words(names.get(child.person_id)),
            "is_wrong": hasattr(child, "wrong_mark"),
            "feedback": feedback.get(child.pk),
            "status": "Old report" if report.is_imported else status_of(feedback.get(child.pk)),
        }
        for child in report.children.all()
    ]


def status_of(feedback: Any) -> str:
    """What became of one child, in one stock phrase."""
    return feedback.get_outcome_display() if feedback else "With the hub"


def report_lines(
    reports: Iterable[Report], names: Mapping[UUID, Identity], progress: Mapping[UUID, Progress] | None = None
) -> list[dict[str, Any]]:
    """Reports of a list, those with something for the reporter to do first. `progress`: of the reader's own."""
    lines = [
        {
            "report": report,
            "children": children_of(report, names),
            "standing": standing_of(report, progress.get(report.pk)) if progress is not None else None,
            "question": next((one for one in report.questions.all() if not one.answers.all()), None),
            "is_unread": any(not hasattr(one, "read") for one in report.feedback.all()),
        }
        for report in reports
    ]
    return sorted(lines, key=lambda line: (line["question"] is None, not line["is_unread"]))


def shared_lines(reports: Iterable[Report], names: Mapping[UUID, Identity]) -> list[dict[str, Any]]:
    """Reports of other agencies, with the children that the reader may know of."""
    return [
        {"report": report, "children": [name_of(names.get(child.person_id)) for child in report.children.all()]}
        for report in reports
    ]
