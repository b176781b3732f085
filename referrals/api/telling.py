"""What a program is told of a report: the receipt, and what became of each child. Children by place, never by name."""

import datetime
from typing import Any

from rest_framework import serializers

from referrals.models import Draft, Report, ReportedChild
from referrals.vocabulary import Later, Outcome

WITH_HUB = "with_hub"
STATES = [(WITH_HUB, "With the hub"), *Outcome.choices, *Later.choices]


class ReceiptOut(serializers.Serializer[Any]):
    """What stays the same for ever: sending again with the same key answers with these very words."""

    id = serializers.UUIDField(
        allow_null=True,
        help_text="Null where the report names somebody who works at your own agency: then it is closed to you.",
    )
    reference = serializers.CharField(help_text="What people read out on the telephone: CN-26-004213.")
    sent_at = serializers.DateTimeField()
    sent_to = serializers.CharField(help_text="The hub.")
    decide_by = serializers.DateTimeField(allow_null=True, help_text="When the hub will have decided; null for blue.")


class ChildOut(serializers.Serializer[Any]):
    """What became of the child at this place of the report."""

    position = serializers.IntegerField(min_value=0)
    status = serializers.ChoiceField(STATES)
    feedback = serializers.CharField(help_text="The hub's own words to the reporter; empty until there are any.")
    told_at = serializers.DateTimeField(allow_null=True)
    wrong_child = serializers.BooleanField(help_text="You said later that it was another child.")


class QuestionOut(serializers.Serializer[Any]):
    """The hub asks. Show it to the writer, who rings the hub or answers on the screen."""

    asked_at = serializers.DateTimeField()
    text = serializers.CharField()
    answered = serializers.BooleanField()


class ReportOut(ReceiptOut):
    """A report that was sent, as it stands."""

    children = ChildOut(many=True)
    questions = QuestionOut(many=True)


class PageOut(serializers.Serializer[Any]):
    """Reports, newest first. Ask again with ?after= what `next` says."""

    reports = ReportOut(many=True)
    next = serializers.UUIDField(allow_null=True)


class ErrorOut(serializers.Serializer[Any]):
    """One thing that is wrong."""

    pointer = serializers.CharField(help_text="Where in the body (RFC 6901).")
    detail = serializers.CharField()


class ProblemOut(serializers.Serializer[Any]):
    """Every refusal, in the shape of RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence for a person.")
    code = serializers.CharField(help_text="The same refusal always has the same code.")
    errors = ErrorOut(many=True, required=False)  # type: ignore[assignment]


def receipt_of(draft: Draft, report: str | None) -> dict[str, Any]:
    """The receipt of a sent draft."""
    return {
        "id": report,
        "reference": draft.reference,
        "sent_at": draft.sent_at,
        "sent_to": draft.sent_to.name if draft.sent_to else "",
        "decide_by": draft.due_at,
    }


def report_of(report: Report, decide_by: datetime.datetime | None) -> dict[str, Any]:
    """A report with what became of each child. Load it by queries.api."""
    return {
        "id": report.pk,
        "reference": report.reference,
        "sent_at": report.sent_at,
        "sent_to": report.sent_to.name if report.sent_to else "",
        "decide_by": decide_by,
        "children": [_child(report, child) for child in report.children.all()],
        "questions": [
            {"asked_at": one.recorded_at, "text": one.text, "answered": bool(one.answers.all())}
            for one in report.questions.all()
        ],
    }


def _child(report: Report, child: ReportedChild) -> dict[str, Any]:
    told = [one for one in report.feedback.all() if one.reported_child_id == child.pk]
    return {
        "position": child.position,
        "status": told[-1].outcome if told else WITH_HUB,
        "feedback": told[-1].text if told else "",
        "told_at": told[-1].recorded_at if told else None,
        "wrong_child": hasattr(child, "wrong_mark"),
    }
