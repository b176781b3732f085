"""The services directory: searched by need, age and place; brought in from a file; checked; referred to."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import ProgrammingError, transaction

from cases import models
from cases.actions import directory as acts
from cases.queries.directory import Wanted, services_for
from cases.rules.directory import read_file
from cases.vocabulary import ReferralState
from sharing_agreements.actions import facts
from sharing_agreements.vocabulary import Kind, Purpose, Role
from tests import cast
from tests.cases.test_directory_rules import SLEEP, held
from tests.cases.web.checks import comes_back, is_not_there_for, takes_no_other_method
from tests.conftest import as_web, as_worker
from tests.factories import cases as factory

DIRECTORY = "/families/directory/"
OTHERS = [
    {"id": "s-2", "name": "Debt advice", "attributes": [{"taxonomy_term": {"name": "Debt"}}]},
    {
        "id": "s-3",
        "name": "Refuge",
        "minimum_age": 16,
        "service_areas": [{"name": "Oakham"}],
        "attributes": [{"taxonomy_term": {"name": "Domestic abuse"}}],
    },
]


def bring_in(*services):
    """The directory holds these."""
    return acts.import_services(entries=read_file(held(*services)).entries, by=None, now=factory.now())


def found(**wanted):
    return [one.name for one in services_for(Wanted(**wanted))]


@pytest.mark.django_db
def test_services_are_found_by_need_age_place_and_words():
    bring_in(SLEEP, *OTHERS)
    assert found() == ["Debt advice", "Refuge", "Sleep clinic"]
    assert found(heading="money") == ["Debt advice"]
    assert found(age=5) == ["Debt advice", "Sleep clinic"]
    assert found(age=6) == ["Debt advice"]
    assert found(age=16) == ["Debt advice", "Refuge"]
    assert found(place="fenwater") == ["Debt advice", "Sleep clinic"]
    assert found(words="sleep kite") == ["Sleep clinic"]
    bring_in({**SLEEP, "status": "defunct"})
    assert found(heading="health") == []


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing_and_a_keepers_word_stays():
    assert bring_in(SLEEP, *OTHERS) == acts.BroughtIn(3, 0, 0)
    assert bring_in(SLEEP, *OTHERS) == acts.BroughtIn(0, 0, 3)
    today = cast.today()
    models.Service.objects.filter(their_id="s-1").update(
        headings=["education"], headings_are_ours=True, assured_date=today
    )
    assert bring_in({**SLEEP, "wait_time": "A month"}, *OTHERS) == acts.BroughtIn(0, 1, 2)
    sleep = models.Service.objects.get(their_id="s-1")
    assert (sleep.wait_time, sleep.headings, sleep.assured_date) == ("A month", ["education"], today)


def test_a_keeper_brings_in_a_file_and_reads_what_was_left_out(visit, everybody):
    page = visit(everybody.esi).send(DIRECTORY + "import/", file=sent(held(SLEEP, {"id": "s-9"}))).content.decode()
    assert "1 added, 0 changed, 0 the same as before, 1 left out." in page
    assert "entry 2 has no name." in page
    assert "Sleep clinic" in visit(everybody.eddie).get(DIRECTORY).content.decode()
    comes_back(visit(everybody.esi), DIRECTORY + "import/", {"file": sent("{")}, "The file is not JSON")


def sent(text):
    return SimpleUploadedFile("services.json", text.encode(), "application/json")


def test_nobody_else_keeps_the_directory(visit, everybody):
    bring_in(SLEEP)
    sleep = models.Service.objects.get()
    for post in (everybody.eddie, cast.post("Max", everybody.health, Role.MANAGER)):
        assert visit(post).send(DIRECTORY + "import/", file=sent(held(SLEEP))).status_code in {403, 404}
        answer = visit(post).send(f"{DIRECTORY}services/{sleep.pk}/", version="1", headings=["health"])
        assert answer.status_code in {403, 404}
        with as_web(post, Purpose.EARLY_HELP):
            assert models.Service.objects.update(name="Mine") == 0
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                models.Service.objects.create(their_id="s-8", name="Mine", imported_at=factory.now())


def test_the_command_brings_in_a_file(db, tmp_path, capsys):
    file = tmp_path / "services.json"
    file.write_text(held(SLEEP, {"id": ""}))
    call_command("import_services", str(file))
    said = capsys.readouterr()
    assert "1 added, 0 changed, 0 the same, 1 left out." in said.out
    assert "entry 2 has no id of at most 80 letters." in said.err


def test_an_entry_nobody_checked_for_six_months_is_a_task_until_somebody_does(visit, everybody):
    today = cast.today()
    bring_in({**SLEEP, "assured_date": (today - datetime.timedelta(days=100)).isoformat()}, *OTHERS)
    models.Service.objects.filter(their_id="s-3").update(status="defunct")
    assert look(today) == 1
    assert look(today) == 0, "a second look the same night raises nothing"
    assert waiting() == ["Debt advice"]
    assert look(today + datetime.timedelta(days=100)) == 1
    assert waiting() == ["Debt advice", "Sleep clinic"]
    keeper = visit(everybody.esi)
    page = keeper.get(DIRECTORY).content.decode()
    assert "Not checked for six months" in page
    assert "Not checked for six months" not in visit(everybody.eddie).get(DIRECTORY).content.decode()
    debt = models.Service.objects.get(their_id="s-2")
    mine = keeper.get("/families/my-work/").content.decode()
    assert "Services to check" in mine and f"{DIRECTORY}services/{debt.pk}/" in mine
    assert "Services to check" not in visit(everybody.eddie).get("/families/my-work/").content.decode()
    assert keeper.send(f"{DIRECTORY}services/{debt.pk}/", version="1", headings=["money", "housing"]).status_code == 302
    debt.refresh_from_db()
    assert (debt.assured_date, debt.headings, debt.headings_are_ours) == (today, ["money", "housing"], True)
    assert waiting() == ["Sleep clinic"]
    assert look(today) == 0
    assert waiting() == [], "what was checked after all is cleared by the job"


def look(day):
    with as_worker(acts.JOB):
        return acts.look_for_stale(as_of=day, now=factory.now())


def waiting():
    rows = models.UncheckedService.objects.filter(cleared_at__isnull=True)
    return sorted(rows.values_list("service__name", flat=True))


def test_a_stale_check_comes_back(visit, everybody):
    bring_in(SLEEP)
    sleep = models.Service.objects.get()
    comes_back(visit(everybody.esi), f"{DIRECTORY}services/{sleep.pk}/", {"version": "7"}, "Somebody changed this")


def refer(visit, marsh, post, service="s-1", **more):
    """Somebody refers the Marshes from the action of going to school."""
    action, to = marsh.rows["action"], models.Service.objects.get(their_id=service)
    return visit(post).send(f"{marsh.address}actions/{action.pk}/refer/", service=str(to.pk), **more)


def test_a_family_is_referred_from_an_action_and_followed(visit, everybody, marsh):
    bring_in(SLEEP, *OTHERS)
    assert refer(visit, marsh, everybody.eddie, area="Fenwater", what="Rang Jo").status_code == 302
    referral = models.ServiceReferral.objects.get()
    assert (referral.kind, referral.heading, referral.about) == (Kind.PLAN, "education", [marsh.ada.pk])
    plan = visit(everybody.eddie).get(marsh.address + "plan/").content.decode()
    assert "Sleep clinic: sent" in plan
    follow = f"{marsh.address}referrals/{referral.pk}/follow/"
    assert visit(everybody.eddie).send(follow, state="waiting_list", what="Ten weeks").status_code == 302
    assert "Sleep clinic: on a waiting list" in visit(everybody.eddie).get(marsh.address + "plan/").content.decode()
    comes_back(visit(everybody.eddie), follow, {"state": "finished"}, "from the list")
    for state in ("started", "finished"):
        assert visit(everybody.eddie).send(follow, state=state).status_code == 302
    assert list(referral.steps.order_by("recorded_at").values_list("state", flat=True)) == [
        "sent", "waiting_list", "started", "finished",
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["inactive", "defunct"])
def test_a_service_that_closed_while_the_page_was_open_is_refused_with_a_sentence(visit, everybody, marsh, status):
    bring_in(SLEEP, *OTHERS)
    models.Service.objects.filter(their_id="s-1").update(status=status)
    answer = refer(visit, marsh, everybody.eddie)
    assert answer.status_code == 422
    assert "This service takes nobody any more. Choose another." in answer.content.decode()
    assert not models.ServiceReferral.objects.exists()


CLOSED = {**SLEEP, "status": "temporarily closed"}


def refer_page(visit, marsh, post):
    """The page on which the Marshes are referred, as plain words."""
    address = f"{marsh.address}actions/{marsh.rows['action'].pk}/refer/"
    return " ".join(visit(post).get(address, words="sleep").content.decode().split())


def test_a_service_closed_for_now_is_said_with_the_day_it_was_checked_and_cannot_be_chosen(visit, everybody, marsh):
    bring_in(CLOSED, *OTHERS)
    page = refer_page(visit, marsh, everybody.eddie)
    assert "Sleep clinic. Closed for now, and it keeps no waiting list. Last checked 3 May 2026." in page
    assert 'type="radio"' not in page
    answer = refer(visit, marsh, everybody.eddie, what="Rang Jo")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "This service is closed for now and keeps no waiting list. Choose another." in said
    assert "Rang Jo" in said
    assert refer(visit, marsh, everybody.eddie, onto_list="on").status_code == 422
    assert not models.ServiceReferral.objects.exists()


def test_a_service_closed_for_now_that_keeps_a_list_takes_a_name_for_it_and_no_more(visit, everybody, marsh):
    bring_in(CLOSED, *OTHERS)
    sleep = models.Service.objects.get(their_id="s-1")
    keeper = visit(everybody.esi)
    held_by = f"{DIRECTORY}services/{sleep.pk}/"
    assert "It keeps a waiting list while it is closed" in keeper.get(held_by).content.decode()
    assert keeper.send(held_by, version="1", headings=["health"], keeps_list="on").status_code == 302
    page = refer_page(visit, marsh, everybody.eddie)
    assert "Closed for now: it takes names for its waiting list only. Last checked" in page
    assert "They have put the family on their waiting list" in page
    answer = refer(visit, marsh, everybody.eddie)
    assert answer.status_code == 422
    assert "takes names for its waiting list only" in answer.content.decode()
    assert not models.ServiceReferral.objects.exists()
    assert refer(visit, marsh, everybody.eddie, onto_list="on").status_code == 302
    assert list(models.ServiceReferralStep.objects.values_list("state", flat=True)) == ["waiting_list"]
    assert "Sleep clinic: on a waiting list" in visit(everybody.eddie).get(marsh.address + "plan/").content.decode()


def test_that_a_list_is_kept_is_asked_again_when_a_file_says_that_the_door_has_moved(visit, everybody):
    bring_in(CLOSED)
    sleep = models.Service.objects.get()
    address = f"{DIRECTORY}services/{sleep.pk}/"
    assert visit(everybody.esi).send(address, version="1", headings=["health"], keeps_list="on").status_code == 302
    assert bring_in({**CLOSED, "wait_time": "A year"}).changed == 1
    sleep.refresh_from_db()
    assert sleep.keeps_list, "the door is where it was"
    bring_in(SLEEP)
    bring_in(CLOSED)
    sleep.refresh_from_db()
    assert not sleep.keeps_list
    bring_in(SLEEP)
    sleep.refresh_from_db()
    assert "while it is closed" not in visit(everybody.esi).get(address).content.decode()
    again = visit(everybody.esi).send(address, version=str(sleep.version), headings=["health"], keeps_list="on")
    assert again.status_code == 302
    sleep.refresh_from_db()
    assert not sleep.keeps_list, "an open service is not asked"


def test_a_door_that_closed_is_said_wherever_the_service_stands(visit, everybody, marsh):
    bring_in(SLEEP, *OTHERS)
    assert refer(visit, marsh, everybody.eddie).status_code == 302
    referral = models.ServiceReferral.objects.get()
    follow = f"{marsh.address}referrals/{referral.pk}/follow/"
    entry = f"{DIRECTORY}services/{referral.service_id}/"
    eddie = visit(everybody.eddie)
    for status, said in (("temporarily closed", "Closed for now"), ("defunct", "Takes nobody any more")):
        bring_in({**SLEEP, "status": status})
        for address in (marsh.address + "plan/", follow, entry):
            assert said in eddie.get(address).content.decode(), address
    bring_in(CLOSED)
    listed = eddie.get(DIRECTORY).content.decode()
    assert "Closed for now" in listed
    assert listed.index("Refuge") < listed.index("Sleep clinic"), "open doors first"
    bring_in(SLEEP)
    for address in (marsh.address + "plan/", follow, entry, DIRECTORY):
        assert "Closed for now" not in eddie.get(address).content.decode(), address


def test_a_referral_to_a_domestic_abuse_service_is_not_opened_by_a_clause_about_plans(visit, everybody, marsh):
    bring_in(SLEEP, *OTHERS)
    assert refer(visit, marsh, everybody.eddie, "s-3").status_code == 302
    assert refer(visit, marsh, everybody.eddie, "s-1").status_code == 302
    assert {row.kind for row in models.ServiceReferral.objects.all()} == {Kind.PLAN, Kind.DOMESTIC_ABUSE}
    page = visit(everybody.ben).get(marsh.address + "plan/").content.decode()
    assert "Sleep clinic" in page
    assert "Refuge" not in page
    assert "Refuge" in visit(everybody.eddie).get(marsh.address + "plan/").content.decode()


def test_the_area_is_not_asked_where_an_address_is_hidden(visit, everybody, marsh):
    facts.hide_address(person=marsh.ada.pk)
    bring_in(SLEEP)
    address = f"{marsh.address}actions/{marsh.rows['action'].pk}/refer/"
    assert "Ward or town" not in visit(everybody.eddie).get(address, words="sleep").content.decode()
    assert refer(visit, marsh, everybody.eddie, area="Fenwater").status_code == 302
    assert models.ServiceReferral.objects.get().area == ""


def test_unmet_needs_are_counted_by_need_and_area(visit, everybody, marsh):
    bring_in(SLEEP, *OTHERS)
    for service, state in (("s-1", "refused"), ("s-2", "no_funding"), ("s-3", "accepted")):
        assert refer(visit, marsh, everybody.eddie, service, area="Fenwater").status_code == 302
        referral = models.ServiceReferral.objects.get(service__their_id=service)
        follow = f"{marsh.address}referrals/{referral.pk}/follow/"
        assert visit(everybody.eddie).send(follow, state=state).status_code == 302
    page = visit(everybody.esi).get(DIRECTORY + "unmet-needs/").content.decode()
    row = [cell.split("<")[0] for cell in page.split('data-label="')[1:5]]
    assert "Getting a good education" in page
    assert row == ['Area">Fenwater', 'Waiting list">0', 'Refused">1', 'No funding">1']
    assert visit(everybody.eddie).get(DIRECTORY + "unmet-needs/").status_code in {403, 404}
    other = visit(cast.post("Max", everybody.housing, Role.MANAGER)).get(DIRECTORY + "unmet-needs/").content.decode()
    assert "Fenwater" not in other


def test_what_was_written_of_a_referral_is_never_rewritten(visit, everybody, marsh):
    bring_in(SLEEP)
    assert refer(visit, marsh, everybody.eddie).status_code == 302
    for rows, change in (
        (models.ServiceReferral.objects, {"area": "x"}),
        (models.ServiceReferralStep.objects, {"state": ReferralState.FINISHED}),
    ):
        denied = pytest.raises(ProgrammingError, match="permission denied")
        with as_web(everybody.eddie, Purpose.EARLY_HELP), denied, transaction.atomic():
            rows.update(**change)


def test_it_is_not_there_for_a_school_that_signed_nothing(visit, everybody, marsh):
    bring_in(SLEEP)
    service = str(models.Service.objects.get().pk)
    is_not_there_for(
        visit(everybody.dev), f"{marsh.address}actions/{marsh.rows['action'].pk}/refer/", {"service": service}
    )


def test_a_search_reads_in_a_fixed_number_of_queries(visit, everybody, django_assert_max_num_queries):
    bring_in(*({**SLEEP, "id": f"s-{n}", "name": f"Clinic {n}"} for n in range(60)))
    esi = visit(everybody.esi)
    esi.get(DIRECTORY)
    with django_assert_max_num_queries(34):
        page = esi.get(DIRECTORY, heading="early_years").content.decode()
    assert "The first 50" in " ".join(page.split())


def test_it_takes_no_other_method(visit, everybody):
    takes_no_other_method(visit(everybody.esi), DIRECTORY)
