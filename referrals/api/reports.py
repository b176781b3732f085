"""Reports in and their outcome back, for agencies' record systems. The same action files them as files a typed one."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from referrals.actions import drafting, reporting
from referrals.api.problems import KEY_USED, TOO_LARGE, require_http_methods
from referrals.api.reading import EXAMPLE, ReportIn, answers_of
from referrals.api.schema import described
from referrals.api.telling import PageOut, ReceiptOut, ReportOut, receipt_of, report_of
from referrals.models import Draft
from referrals.queries import api as queries
from referrals.queries.reporting import hub_for, report_of_receipt
from referrals.queries.variants import variant_for
from referrals.rules.report import ReportAnswers, promised_by
from sharing_agreements.actions.submitting import once
from sharing_agreements.models import Post
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import Refused
from sharing_agreements.vocabulary import CASEWORK_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access

LARGEST = 1_000_000
UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
KEY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="A UUID of your own for this report. Send it again with the same key until an answer comes.",
)
SEND = "Send a report to the hub of your district, exactly once for its Idempotency-Key. The receipt comes back."
LIST = "Your own reports, newest first, each with what became of every child and what the hub asks."
READ = "One of your own reports, with what became of every child and what the hub asks."
AFTER = OpenApiParameter("after", OpenApiTypes.UUID, description="The `next` of the page before.")


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES, systems=True)
@described(
    400,
    404,
    429,
    method="GET",
    parameters=[AFTER],
    responses={200: PageOut},
    operation_id="list_reports",
    description=LIST,
)
@described(
    *(400, 409, 413, 415, 422, 429),
    method="POST",
    parameters=[KEY_HEADER],
    request=ReportIn,
    responses={201: ReceiptOut},
    operation_id="send_report",
    description=SEND,
    examples=[OpenApiExample("a_report", EXAMPLE, request_only=True)],
)
@require_http_methods(["GET", "POST"])
def api_reports(request: Request) -> HttpResponse:
    """POST a report and get its receipt; GET your own reports with what became of each child, newest first."""
    by = _post(request)
    if request.method == "POST":
        receipt = _send(request, by)
        headers = {"Location": reverse("referrals_api:api_report", args=[receipt["id"]])} if receipt["id"] else {}
        return Response(ReceiptOut(receipt).data, status=201, headers=headers)
    after = request.query_params.get("after")
    page = queries.page_of_own(by, after=None if after is None else _uuid(after, "after"))
    if page is None:
        raise Http404
    promised = queries.promised(page.reports, by)
    reports = [report_of(report, promised.get(report.draft)) for report in page.reports]
    return Response(PageOut({"reports": reports, "next": page.following}).data)


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES, systems=True)
@described(404, 429, method="GET", responses={200: ReportOut}, operation_id="read_report", description=READ)
@require_http_methods(["GET"])
def api_report(request: Request, report: UUID) -> HttpResponse:
    """One of your own reports, what became of each child, and what the hub asks."""
    by = _post(request)
    found = queries.own_reports(by).filter(pk=report).first()
    if found is None:
        raise Http404
    return Response(ReportOut(report_of(found, queries.promised([found], by).get(found.draft))).data)


def _post(request: Request) -> Post:
    return cast(PractitionerRequest, request._request).post


def _uuid(text: str, name: str) -> UUID:
    if not UUID_TEXT.fullmatch(text):
        raise exceptions.ValidationError({name: ["This must be a UUID."]})
    return UUID(text)


def _send(request: Request, by: Post) -> dict[str, Any]:
    """Send the report in the body once for its key, and give the receipt; a repeat gets the first one."""
    key = _uuid(request.headers.get("Idempotency-Key", ""), "Idempotency-Key")
    if int(request._request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Refused(TOO_LARGE)
    body = ReportIn(data=request.data)
    body.is_valid(raise_exception=True)
    answers = answers_of(body.validated_data, timezone.localdate(), asked=variant_for(by.agency.type))
    draft_key = uuid5(by.practitioner_id, str(key))
    try:
        answer = once(key, by=by, body=_fingerprint(request.data), do=lambda: _file(draft_key, answers, by))
    except Refused as refused:
        raise Refused(KEY_USED) if refused.refusal.code == "already_sent_with_other_words" else refused from None
    draft, _, report = answer.partition(" ")
    return receipt_of(Draft.objects.select_related("sent_to").get(pk=draft), report or None)


def _fingerprint(data: Mapping[str, Any]) -> dict[str, object]:
    """The same for the same report, however its JSON is spaced and ordered."""
    text = json.dumps(data, sort_keys=True)
    return {"report": hashlib.sha256(text.encode()).hexdigest()}


def _file(key: UUID, answers: ReportAnswers, by: Post) -> str:
    """File the report as the pages do. The draft's key follows from the sender's, so that even after the week in which
    answers are kept the same key never makes a second report."""
    now = timezone.now()
    sent = reporting.send_report(
        draft=drafting.start_draft(key=key, by=by, now=now),
        answers=answers,
        hub=hub_for(by.agency),
        due_at=promised_by(answers.urgency, answers.danger, now, calendar()),
        by=by,
        now=now,
    )
    report = report_of_receipt(sent)
    return f"{sent.pk} {report.pk if report else ''}"
