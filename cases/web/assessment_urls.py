"""Addresses of assessments and of the form they are written on. Included by cases.web.urls."""

from django.urls import path

from cases.web.ids import FAMILY, RECORD
from cases.web.views import assessment, assessment_form

ONE = f"{FAMILY}/assessments/{RECORD}"
urlpatterns = [
    path("assessment-form/", assessment_form.assessment_form, name="assessment_form"),
    path("assessment-form/versions/<slug:version>/", assessment_form.read_assessment_form, name="read_assessment_form"),
    path(
        "assessment-form/sections/<slug:section>/",
        assessment_form.change_assessment_form,
        name="change_assessment_form",
    ),
    path(f"{ONE}/", assessment.show_assessment, name="show_assessment"),
    path(f"{ONE}/write/<slug:section>/", assessment.write_assessment, name="write_assessment"),
    path(f"{ONE}/beside/", assessment.compare_assessments, name="compare_assessments"),
    path(f"{ONE}/finish/", assessment.finish_assessment, name="finish_assessment"),
]
