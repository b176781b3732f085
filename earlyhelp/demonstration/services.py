"""Marlbeck's services directory: made up, read through the same door as a council's file."""

import datetime
import json
from typing import NamedTuple

from cases.models import Service
from cases.queries.directory import words_of_needs
from cases.rules.directory import headings_of, read_file
from earlyhelp.demonstration.world import World


class ServiceRow(NamedTuple):
    """One service: who runs it, what it is filed under, ages, wait, how to refer, where, days since it was checked,
    how it stands, and whether it keeps a waiting list while it is closed."""

    name: str
    by: str
    terms: tuple[str, ...]
    ages: tuple[int | None, int | None]
    wait: str
    refer: str
    place: str
    checked: int | None
    status: str = "active"
    keeps_list: bool = False


SERVICES = (
    ServiceRow("Sleep clinic", "Kite Family Support", ("Sleep", "Under fives"), (0, 5), "Two weeks",
               "Ring; a parent may ring, too", "Fenwater", 40),
    ServiceRow("Parenting together", "Kite Family Support", ("Parenting",), (0, 12), "Next course in September",
               "Form on their page", "Quarry Hill", 75),
    ServiceRow("Young carers' club", "Kite Family Support", ("Young carers",), (8, 17), "None",
               "Ring, with the young person's yes", "Fenwater", 20),
    ServiceRow("School counselling", "Marlbeck Community Health", ("Counselling", "Wellbeing"), (7, 17),
               "Fourteen weeks", "Through the school nurse", "", 100),
    ServiceRow("Marlbeck debt advice", "Marlbeck Homes", ("Debt", "Benefits"), (18, None), "A week",
               "Ring or walk in on Tuesdays", "Oak Green", 230),
    ServiceRow("Food bank", "Marlbeck churches", ("Food bank",), (None, None), "None", "A voucher from any of us",
               "Oak Green", 12),
    ServiceRow("Lantern refuge and outreach", "Lantern Domestic Abuse Service", ("Domestic abuse",), (16, None),
               "Same day", "Ring day or night", "", 30),
    ServiceRow("Turning Tide for families", "Turning Tide", ("Alcohol", "Drugs"), (None, None), "Three weeks",
               "Ring; they see parents and children", "Fenwater", 190),
    ServiceRow("Tenancy support", "Marlbeck Homes", ("Housing", "Tenancy"), (18, None), "A week",
               "E-mail the duty desk", "", 60),
    ServiceRow("Positive mornings", "Fenwater Academy", ("Attendance", "School"), (11, 16), "None",
               "Through the head of year", "Fenwater", None),
    ServiceRow("Homework club", "Quarry Hill Primary", ("Attendance", "School"), (5, 11), "None",
               "Ask the school office", "Quarry Hill", 9, "temporarily closed"),
    ServiceRow("Mentors for girls", "Kite Family Support", ("Attendance", "Wellbeing"), (10, 16), "Until one is free",
               "Ring", "Fenwater", 15, "temporarily closed", keeps_list=True),
)  # fmt: skip


def list_services(world: World) -> None:
    """Put the directory among the rows to load."""
    said = [
        {
            "id": f"marlbeck-{number}",
            "name": one.name,
            "organization": {"name": one.by},
            "status": one.status,
            "minimum_age": one.ages[0],
            "maximum_age": one.ages[1],
            "wait_time": one.wait,
            "application_process": one.refer,
            "assured_date": one.checked and (world.today - datetime.timedelta(days=one.checked)).isoformat(),
            "service_areas": [{"name": one.place or "Marlbeck"}],
            "attributes": [{"taxonomy_term": {"name": term}} for term in one.terms],
        }
        for number, one in enumerate(SERVICES, start=1)
    ]
    for one, entry in zip(SERVICES, read_file(json.dumps(said)).entries, strict=True):
        kept = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(entry).items()}
        headings = headings_of(entry, words_of_needs())
        more = {"headings": headings, "keeps_list": one.keeps_list, "imported_at": world.now}
        world.load.add(Service(id=world.uid(), **kept, **more))
