"""Reports after sending: the list, one report, its copy, and what is said later."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.actions import adding
from referrals.models import Question, Report
from referrals.permissions import why_not_add
from referrals.permissions.disagreeing import why_not_disagree
from referrals.permissions.reporting import may_record_adults
from referrals.presenting import name_of, reported_by, sections_of
from referrals.queries import reporting as queries
from referrals.queries.attachments import attachments_of
from referrals.queries.concerns import concerns_about
from referrals.refusals import NOBODY_WORKS_ON_IT
from referrals.rules.chasing import why_not_chase
from referrals.vocabulary import Sooner
from referrals.web.disagreements import by_child
from referrals.web.forms.adding import (
    AddToReportForm,
    AnswerQuestionForm,
    ChaseReportForm,
    CorrectReportForm,
    MarkWrongChildForm,
)
from referrals.web.listing import children_of, drafts_of, report_lines
from referrals.web.pages import whom_to_ring
from referrals.web.progress import steps_of
from referrals.web.reading_contacts import why_of
from referrals.web.reading_notices import notices_about
from sharing_agreements.actions.recording import record_sending
from sharing_agreements.actions.submitting import once
from sharing_agreements.queries import calendar
from sharing_agreements.refusals import require
from sharing_agreements.vocabulary import REPORTING_ROLES, Purpose
from sharing_agreements.web.doors import PractitionerRequest, access


def _report(request: PractitionerRequest, report: UUID) -> Report:
    return get_object_or_404(queries.own_agency_reports(request.post), pk=report)


def own_report(request: PractitionerRequest, report: UUID) -> Report:
    """The report, when this practitioner sent it; else as if there were none."""
    held = _report(request, report)
    require(why_not_add(report=held, by=request.post))
    return held


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_safe
def my_reports(request: PractitionerRequest) -> HttpResponse:
    """Not sent, the hub asks you, and what became of each report; for a supervisor also the team's."""
    reports = queries.reports_by(request.post)
    colleagues = queries.reports_of_colleagues(request.post)
    names = queries.names_in([*reports, *colleagues], request.post)
    context = {
        "drafts": drafts_of(queries.unsent_drafts_of(request.post), timezone.now()),
        "reports": report_lines(reports, names, queries.progress_of(reports)),
        "colleagues": report_lines(colleagues, names),
        "unsent_of_others": queries.unsent_drafts_of_others(),
    }
    return render(request, "referrals/my_reports.html", context)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_safe
def view_report(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """One report: what became of each child, questions, everything said since, and the report as sent."""
    held = _report(request, report)
    names = queries.names_in([held], request.post)
    is_own = why_not_add(report=held, by=request.post) is None
    context = {
        "report": held,
        "sections": sections_of(held, names),
        "children": with_disagreements(children_of(held, names), request),
        "questions": [one for one in held.questions.all() if not one.answers.all()],
        "is_own": is_own,
        "old_report": NOBODY_WORKS_ON_IT.sentence,
        "why": why_of(held),
        "attachments": attachments_of(held.pk),
        "notices": notices_about(held),
        "adults": adults_to_record(held, names) if is_own and may_record_adults(request.post) else [],
        **(_hearing(held, request) if is_own else {}),
        **whom_to_ring(request),
    }
    return render(request, "referrals/view_report.html", context)


def with_disagreements(lines: list[dict[str, Any]], request: PractitionerRequest) -> list[dict[str, Any]]:
    """Each child with what was said against the decision, and whether this reader may disagree with it."""
    decided = [line for line in lines if line["feedback"] and line["feedback"].outcome != Sooner.NOT_DECIDED]
    ladders = by_child([line["child"].pk for line in decided], request.post, timezone.now()) if decided else {}
    for line in decided:
        child = line["child"]
        line["ladders"] = ladders.get(child.pk, [])
        open_now = [one for one in line["ladders"] if not one["is_over"]]
        told = {"child": child, "is_told": True, "is_running": bool(open_now)}
        line["may_disagree"] = why_not_disagree(**told, by=request.post) is None
    return lines


def adults_to_record(report: Report, names: Any) -> list[tuple[Any, str]]:
    """Adults of the report who may be recorded as a risk to children, by name."""
    adults = report.adults.all()
    known = concerns_about(adults)
    return [(one, name_of(names.get(one.person_id))) for one in adults if one.person_id not in known]


def _hearing(report: Report, request: PractitionerRequest) -> dict[str, Any]:
    """How far the hub is, and whether the reporter may ask now what became of it."""
    days = calendar()
    return {
        "steps": steps_of(report, queries.progress_of([report]).get(report.pk)),
        "why_not_chase": why_not_chase(queries.heard_of(report, request.post, days), timezone.now(), days),
    }


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def chase_report(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """Ask the hub what became of a report."""
    held, form = own_report(request, report), ChaseReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["text"]
        return sent_once(
            request, form, held, lambda now: adding.chase_report(report=held, text=words, by=request.post, now=now)
        )
    days = calendar()
    require(why_not_chase(queries.heard_of(held, request.post, days), timezone.now(), days))
    return render(request, "referrals/chase_report.html", {"report": held, "form": form, **whom_to_ring(request)})


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_safe
def copy_report(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """A dated page to print for the reporter's own agency's file. The hub-only box is never copied."""
    held, now = own_report(request, report), timezone.now()
    names = queries.names_in([held], request.post)
    record_sending(what="copy for own file", by=request.post, record_ids=[held.pk], basis=adding.BASIS, at=now)
    shown = {"sections": sections_of(held, names), "children": children_of(held, names)}
    context = {"report": held, "reported_by": reported_by(held), "now": now, **shown}
    return render(request, "referrals/copy_report.html", context)


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def add_to_report(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """Add more to a sent report."""
    held, form = own_report(request, report), AddToReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["text"]
        return sent_once(
            request, form, held, lambda now: adding.add_to_report(report=held, text=words, by=request.post, now=now)
        )
    return render(request, "referrals/add_to_report.html", {"report": held, "form": form})


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def correct_report(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """Say what a part should read. Both versions are kept."""
    held = own_report(request, report)
    said = _parts(held, request)
    form = CorrectReportForm(request.POST or None, parts=[(part, part) for part in said])
    if request.method == "POST" and form.is_valid():
        part, words = form.cleaned_data["part"], form.cleaned_data["text"]
        return sent_once(
            request,
            form,
            held,
            lambda now: adding.correct_report(
                report=held, part=part, said_before=said[part], text=words, by=request.post, now=now
            ),
        )
    return render(request, "referrals/correct_report.html", {"report": held, "form": form, "said": said})


def _parts(report: Report, request: PractitionerRequest) -> dict[str, str]:
    """Every part that can be corrected, with what it says."""
    sections = sections_of(report, queries.names_in([report], request.post))
    return {f"{section.heading}: {line.question}": line.answer for section in sections for line in section.lines}


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def mark_wrong_child(request: PractitionerRequest, report: UUID, child: UUID) -> HttpResponse:
    """Say that this was another child."""
    held = own_report(request, report)
    reported = next((one for one in held.children.all() if one.pk == child), None)
    if reported is None:
        raise Http404
    form = MarkWrongChildForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["because"]
        return sent_once(
            request,
            form,
            held,
            lambda now: adding.mark_wrong_child(child=reported, because=why, by=request.post, now=now),
        )
    name = name_of(queries.names_in([held], request.post).get(reported.person_id))
    return render(request, "referrals/mark_wrong_child.html", {"report": held, "form": form, "name": name})


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_http_methods(["GET", "POST"])
def answer_question(request: PractitionerRequest, question: UUID) -> HttpResponse:
    """Answer what the hub asked."""
    asked = get_object_or_404(
        Question.objects.visible().filter(sent_to_practitioner_id=request.post.practitioner_id), pk=question
    )
    held, form = own_report(request, asked.report_id), AnswerQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["text"]
        return sent_once(
            request,
            form,
            held,
            lambda now: adding.answer_question(question=asked, text=words, by=request.post, now=now),
        )
    return render(request, "referrals/answer_question.html", {"report": held, "form": form, "question": asked})


@access(purpose=Purpose.REPORTING, roles=REPORTING_ROLES)
@require_POST
def read_feedback(request: PractitionerRequest, report: UUID) -> HttpResponse:
    """Note that the reporter has read what became of each child."""
    held = own_report(request, report)
    adding.read_feedback(report=held, by=request.post, now=timezone.now())
    return redirect("referrals:view_report", held.pk)


def sent_once(request: PractitionerRequest, form: Any, report: Report, do: Any) -> HttpResponse:
    """Do what the form asks once, however often it is sent, and show the report."""

    def work() -> str:
        do(timezone.now())
        messages.success(request, "Sent to the hub.")
        return str(report.pk)

    once(form.cleaned_data["idempotency_key"], by=request.post, body=request.POST.dict(), do=work)
    return redirect("referrals:view_report", report.pk)
