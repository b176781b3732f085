"""What became of my reports, for a program the reporter runs. Read only; signed in by session."""

from typing import Any, cast

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import api_view, authentication_classes, permission_classes, renderer_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from referrals.models import Report, ReportedChild
from referrals.queries.reporting import reports_by
from sharing_agreements.vocabulary import CASEWORK_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


class ChildSerializer(serializers.ModelSerializer[ReportedChild]):
    """A child of a report by place, never by name, and what became of the report about them."""

    status = serializers.SerializerMethodField()

    class Meta:
        model = ReportedChild
        fields = ["position", "status"]

    def get_status(self, child: ReportedChild) -> str:
        """The outcome's code, or `with_hub`."""
        told = [one for one in child.report.feedback.all() if one.reported_child_id == child.pk]
        return told[-1].outcome if told else "with_hub"


class ReportSerializer(serializers.ModelSerializer[Report]):
    """One sent report."""

    children = ChildSerializer(many=True)

    class Meta:
        model = Report
        fields = ["id", "reference", "sent_at", "children"]


@api_view(["GET"])
@authentication_classes([SessionAuthentication])
@permission_classes([IsAuthenticated])
@renderer_classes([JSONRenderer])
def _my_reports(request: Request) -> Response:
    reports: list[Any] = reports_by(cast(PractitionerRequest, request._request).post)
    return Response(ReportSerializer(reports, many=True).data)


@access(purpose=Purpose.REPORTING, roles=CASEWORK_ROLES)
@require_safe
def api_my_reports(request: PractitionerRequest) -> HttpResponse:
    """The acting practitioner's newest reports: reference, when sent, status per child."""
    answer: HttpResponse = _my_reports(request)
    return answer
