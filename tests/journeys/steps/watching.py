"""The case is left alone; the watch notices, and goes quiet when somebody writes again."""

from cases.actions import watching
from cases.rules.flags import FLAG_SAYS
from cases.vocabulary import FlagRule
from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.servers import Service
from tests.journeys.somebody import Somebody
from tests.launch.running import until

SAYS = FLAG_SAYS[FlagRule.SILENT]


def ten_weeks_go_by_and_nobody_writes_anything(database: Maintenance, family: str) -> None:
    """Dates are set back in maintenance; nothing else is touched."""
    for table, column in (("cases_childincase", "since"), ("cases_event", "recorded_at")):
        database.run(f"update {table} set {column} = {column} - interval '10 weeks' where family_id = %s", family)


def a_night_passes(database: Maintenance, service: Service) -> None:
    """The day's sweep, if there was one already, becomes an earlier day's; then the bell rings as beat rings it."""
    key = f"{watching.JOB}:{cast.today()}"
    waiting = "select id from sharing_agreements_owedjob where job = %s and done_at is null"
    done = "select id from sharing_agreements_owedjob where key = %s and done_at is not null"
    until(lambda: not database.run(waiting, watching.JOB), within=30, what="the end of the sweep before")
    for box in ("owedjob", "donejob"):
        database.run(f"update sharing_agreements_{box} set key = key || ' ' || clock_timestamp() where key = %s", key)
    service.ring("cases.owe_watch")
    until(lambda: bool(database.run(done, key)), within=30, what="the sweep by the worker")


def the_lead_finds_the_flag_with_its_sentence(amira: Somebody) -> None:
    amira.turns_to("My work")
    amira.reads(SAYS)
    amira.turns_to("Flags")
    amira.reads("Nothing written down", SAYS, "It clears when", "Kayden Marsh")


def a_note_is_written(amira: Somebody, family: str) -> None:
    amira.opens(family)
    amira.follows("Add a note")
    amira.page.get_by_role("group", name="Does anything worry you").get_by_label("No", exact=True).check()
    amira.types_day("happened_on", cast.today())
    amira.chooses("Home visit", of="What was it?")
    amira.chooses("Kayden Marsh", of="Who is it about?")
    amira.types(headline="Visited at home; evenings are calmer")
    amira.presses("Save the note")


def the_flag_is_gone(amira: Somebody) -> None:
    for page in ("My work", "Flags"):
        amira.turns_to(page)
        amira.does_not_read(SAYS)
