"""Addresses of the people of a family, where they live and what keeps them safe. Included by cases.web.urls."""

from django.urls import path

from cases.web.ids import FAMILY, PERSON, RECORD
from cases.web.views import births, custody, people, places, safety

urlpatterns = [
    path(f"{FAMILY}/people/add/", people.add_member, name="add_member"),
    path(f"{FAMILY}/people/birth/", births.record_birth, name="record_birth"),
    path(f"{FAMILY}/people/death/", births.record_death, name="record_death"),
    path(f"{FAMILY}/households/add/", people.add_household, name="add_household"),
    path(f"{FAMILY}/relationships/add/", people.add_relationship, name="add_relationship"),
    path(f"{FAMILY}/safe-contacts/add/", people.add_safe_contact, name="add_safe_contact"),
    path(f"{FAMILY}/safe-contacts/{RECORD}/change/", people.change_safe_contact, name="change_safe_contact"),
    path(f"{FAMILY}/staff-safety/add/", people.add_staff_safety_note, name="add_staff_safety_note"),
    path(f"{FAMILY}/people/keep-apart/", people.keep_apart, name="keep_apart"),
    path(f"{FAMILY}/people/not-safe-to-tell/mark/", people.mark_not_safe, name="mark_not_safe"),
    path(f"{FAMILY}/people/{PERSON}/school/move/", places.move_school, name="move_school"),
    path(f"{FAMILY}/people/{PERSON}/health/register/", places.register_health, name="register_health"),
    path(f"{FAMILY}/safe-contacts/{RECORD}/end/", safety.end_safe_contact, name="end_safe_contact"),
    path(f"{FAMILY}/keep-apart/{RECORD}/end/", safety.end_keep_apart, name="end_keep_apart"),
    path(f"{FAMILY}/staff-safety/{RECORD}/end/", safety.end_staff_safety, name="end_staff_safety"),
    path(f"{FAMILY}/not-safe-to-tell/{RECORD}/lift/", safety.lift_not_safe_to_tell, name="lift_not_safe_to_tell"),
    path(f"{FAMILY}/people/custody/", custody.record_custody, name="record_custody"),
    path(f"{FAMILY}/custody/{RECORD}/change/", custody.change_custody, name="change_custody"),
    path(f"{FAMILY}/custody/{RECORD}/end/", custody.end_custody, name="end_custody"),
]
