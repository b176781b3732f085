"""Addresses of what an agency's administrator looks after: record systems, schools. web/urls.py takes them in."""

from django.urls import path

from sharing_agreements.web.views import schools, systems, terms

urlpatterns = [
    path("schools/", schools.list_schools, name="list_schools"),
    path("schools/add/", schools.add_schools_of_file, name="add_schools_of_file"),
    path("school-terms/", terms.school_terms, name="school_terms"),
    path("school-terms/<slug:first_day>/remove/", terms.remove_school_term, name="remove_school_term"),
    path("record-systems/", systems.record_systems, name="record_systems"),
    path("record-systems/<uuid:system>/key/", systems.issue_system_key, name="issue_system_key"),
    path("record-systems/<uuid:system>/end/", systems.end_record_system, name="end_record_system"),
    path("record-systems/keys/<uuid:key>/revoke/", systems.revoke_system_key, name="revoke_system_key"),
]
