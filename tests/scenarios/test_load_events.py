"""Loading a history: all of it or nothing, every bad row named with its line, and twice is once."""

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection

from cases.models import Event, EventDetail, FamilyMember
from sharing_agreements.models import Agency, Family, Identity, Person
from sharing_agreements.vocabulary import AgencyType, Precision
from tests import cast
from tests.scenarios import histories

pytestmark = pytest.mark.django_db
FILES = ("agencies.csv", "people.csv", "events.csv")
SMALL = {
    "agencies.csv": ["code,agency,type", "POL,Fen Police,police", "SCH,Fen School,education"],
    "people.csv": [
        "name,surname,role,born,born_precision,sex",
        "Ada,Marsh,child,2015-03-09,day,F",
        "Bo,Marsh,mother,1990,year,F",
    ],
    "events.csv": [
        "seq,month,event,people,known_to,inferred_known_to,category,basis",
        '1,2015-03,"Ada born, early",Ada; Bo,SCH,,early years,stated',
        "2,2019-06-21,Bo hurt at home,Bo; two cousins (not named),POL,SCH,domestic abuse,",
        "3,2019-07,Ada cries at school,Ada,,,,",
    ],
}
SMALL["events.csv"][3] = "3,2019-07,Ada cries at school,Ada,,,sadness,inferred"


@pytest.fixture
def hub() -> Agency:
    council = cast.agency("Marlbeck Council", AgencyType.EARLY_HELP)
    return cast.agency("Marlbeck MASH", AgencyType.HUB, host=council, controller="Marlbeck Council")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in SMALL.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def held() -> dict[str, int]:
    models = (Agency, Family, Person, Identity, FamilyMember, Event, EventDetail)
    return {model.__name__: model.objects.count() for model in models}


def refusal(folder: Path, **options: object) -> list[str]:
    """What the command says of a folder it must refuse, line by line; fails when anything was loaded."""
    before = held()
    with pytest.raises(CommandError) as refused:
        histories.load(folder, **options)
    assert held() == before
    return str(refused.value).splitlines()


def replace_line(folder: Path, file: str, line: int, text: str) -> None:
    histories.change(folder, file, lambda lines: [*lines[: line - 1], text, *lines[line:]])


EVENT = "{seq},{month},{event},{people},{known},{inferred},{category},stated"
GOOD = {
    "seq": "2",
    "month": "2019-06",
    "event": "Hurt",
    "people": "Bo",
    "known": "POL",
    "inferred": "",
    "category": "x",
}
BAD_EVENTS = {
    "an unknown agency": ({"known": "XYZ"}, "known_to names XYZ, which is no code in agencies.csv"),
    "an unknown agency inferred": (
        {"inferred": "XYZ"},
        "inferred_known_to names XYZ, which is no code in agencies.csv",
    ),
    "an agency said twice": (
        {"known": "POL; SCH", "inferred": "SCH"},
        "SCH is in known_to and in inferred_known_to; it can be in one only",
    ),
    "an unknown person": (
        {"people": "Bo; Zed"},
        "there is nobody called Zed in people.csv; or say it with (not named) at the end",
    ),
    "nobody": ({"people": ""}, "people is empty"),
    "nobody with a name": (
        {"people": "a cousin (not named)"},
        "the event names nobody of people.csv; it must name somebody",
    ),
    "no date": ({"month": ""}, "month is empty; write 1997-05, or 1997-05-14 where the day is known"),
    "a month that is none": (
        {"month": "2019-13"},
        "month is 2019-13; write 1997-05, or 1997-05-14 where the day is known",
    ),
    "a day that is none": (
        {"month": "2019-02-30"},
        "month is 2019-02-30; write 1997-05, or 1997-05-14 where the day is known",
    ),
    "a date in words": ({"month": "June 19"}, "month is June 19; write 1997-05, or 1997-05-14 where the day is known"),
    "a date to come": ({"month": "2999-01"}, "month 2999-01 would be after today"),
    "a number there was": ({"seq": "1"}, "seq 1 is there twice"),
    "a number that is none": ({"seq": "two"}, "seq is two; write a whole number from 1 to 999999"),
    "no text": ({"event": ""}, "event is empty"),
    "no category": ({"category": ""}, "category is empty"),
    "a long category": ({"category": "x" * 301}, "category is longer than 300 characters"),
    "a field too many": (
        {"event": "Hurt, badly"},
        "the row has 9 fields and the header has 8; put quotes round commas",
    ),
    "a broken quote": ({"event": '"Hurt" badly'}, "the row cannot be read (',' expected after '\"')"),
    "a character that is no text": ({"event": "Hurt\x07"}, "the row holds a character that is not text"),
}


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(("change", "reason"), BAD_EVENTS.values(), ids=BAD_EVENTS)
def test_a_bad_event_is_named_with_its_line_and_reason_and_nothing_is_loaded(folder, change, reason):
    replace_line(folder, "events.csv", 3, EVENT.format(**GOOD | change))
    said = refusal(folder)
    assert said == [f"Nothing was loaded from {folder}: 1 thing is wrong.", f"events.csv line 3: {reason}"]


BAD_WHO = {
    "a sort of agency that is none": ("agencies.csv", 2, "POL,Fen Police,wizards", "there is no sort of agency called"),
    "a code there was": ("agencies.csv", 3, "POL,Fen School,education", "the code POL is there twice"),
    "an agency there was": ("agencies.csv", 3, "SCH,Fen Police,police", "the agency Fen Police is there twice"),
    "a hub": ("agencies.csv", 3, "SCH,Fen Hub,hub", "a hub is not made by an import"),
    "an agency without a name": ("agencies.csv", 3, "SCH,,police", "agency is empty"),
    "a role that is none": ("people.csv", 2, "Ada,Marsh,wizard,2015,year,F", "there is no role called wizard"),
    "a name there was": ("people.csv", 3, "Ada,Marsh,mother,1990,year,F", "the name Ada is there twice"),
    "a birth that is no date": ("people.csv", 2, "Ada,Marsh,child,spring,month,F", "born is spring; write 1997"),
    "a birth less known than said": ("people.csv", 2, "Ada,Marsh,child,2015-03,day,F", "the two must say the same"),
    "a birth to come": ("people.csv", 2, "Ada,Marsh,child,2999-03,month,F", "born 2999-03 would be after today"),
    "a sex that is none": ("people.csv", 2, "Ada,Marsh,child,2015,year,girl", "sex is girl; write F, M, U"),
}


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(("file", "line", "text", "reason"), BAD_WHO.values(), ids=BAD_WHO)
def test_a_bad_agency_or_person_is_named_once_where_it_stands(folder, file, line, text, reason):
    replace_line(folder, file, line, text)
    said = [one for one in refusal(folder)[1:] if one.startswith(f"{file} line {line}: ")]
    assert len(said) == 1
    assert reason in said[0]


@pytest.mark.usefixtures("hub")
def test_all_bad_rows_of_all_files_are_listed_at_once(folder):
    replace_line(folder, "agencies.csv", 3, "SCH,Fen School,wizards")
    replace_line(folder, "people.csv", 3, "Bo,Marsh,wizard,1990,year,F")
    replace_line(folder, "events.csv", 2, "1,when,Born,Ada,XYZ,,early years,stated")
    replace_line(folder, "events.csv", 4, "1,2019-07,Cries,Zed,,,sadness,")
    said = refusal(folder)
    assert said[0].endswith("6 things are wrong.")
    assert [line.split(": ")[0] for line in said[1:]] == [
        "agencies.csv line 3",
        "events.csv line 2",
        "events.csv line 2",
        "events.csv line 4",
        "events.csv line 4",
        "people.csv line 3",
    ]


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_missing_empty_or_not_utf_8_or_lacks_a_column_is_refused(folder, file):
    good = (folder / file).read_text(encoding="utf-8")
    column = good.splitlines()[0].split(",")[1]
    (folder / file).write_text(good.replace(column, "other", 1), encoding="utf-8")
    assert f"{file} line 1: the column {column} is missing" in refusal(folder)
    (folder / file).write_text(good.splitlines()[0], encoding="utf-8")
    assert f"{file}: the file is empty: it needs a header and at least one row" in refusal(folder)
    (folder / file).write_bytes(b"")
    assert f"{file}: the file is empty: it needs a header and at least one row" in refusal(folder)
    (folder / file).write_bytes(good.encode() + "Zoë".encode("latin-1"))
    line = len(good.splitlines()) + 1
    assert f"{file} line {line}: this is not UTF-8 text: save the file as CSV in UTF-8" in refusal(folder)
    assert f"{FILES[0]}: the file cannot be read (Not a directory)" in refusal(folder / file)
    (folder / file).unlink()
    assert f"{file}: the file is missing" in refusal(folder)


@pytest.mark.usefixtures("hub")
def test_a_line_is_counted_as_the_file_counts_it_after_a_text_of_several_lines(folder):
    replace_line(folder, "events.csv", 2, '1,2015-03,"Ada born\nin the car",Ada,SCH,,early years,stated\n')
    replace_line(folder, "events.csv", 5, "2,June,Bo hurt,Bo,POL,,domestic abuse,")
    assert refusal(folder)[1].startswith("events.csv line 5: month is June")


@pytest.mark.usefixtures("hub")
def test_a_spreadsheets_mark_at_the_start_and_its_line_ends_do_no_harm(folder):
    for file in FILES:
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert "Loaded 3 events as 4 accounts, about 2 people" in histories.load(folder)


def test_an_event_keeps_its_day_where_the_day_is_known(folder, hub):
    histories.load(folder)
    dates = set(Event.objects.values_list("happened_on", "precision", "owner__name", "stated"))
    assert dates == {
        (datetime.date(2015, 3, 1), Precision.MONTH, "Fen School", True),
        (datetime.date(2019, 6, 21), Precision.DAY, "Fen Police", True),
        (datetime.date(2019, 6, 21), Precision.DAY, "Fen School", False),
        (datetime.date(2019, 7, 1), Precision.MONTH, hub.name, True),
    }


@pytest.mark.usefixtures("hub")
def test_loading_the_same_files_again_changes_nothing_and_says_so(folder):
    histories.load(folder)
    once = held()
    assert "Nothing has changed." in histories.load(folder)
    assert held() == once


@pytest.mark.usefixtures("hub")
def test_a_dry_run_checks_everything_and_keeps_nothing(folder):
    before = held()
    assert histories.load(folder, dry_run=True).startswith("Nothing is kept, as asked. Loaded 3 events")
    assert held() == before
    replace_line(folder, "events.csv", 3, EVENT.format(**GOOD | {"known": "XYZ"}))
    assert "known_to names XYZ" in refusal(folder, dry_run=True)[1]


@pytest.mark.usefixtures("hub")
def test_an_agency_that_is_here_is_used_and_one_that_differs_is_refused(folder):
    police = cast.agency("Fen Police", AgencyType.POLICE)
    histories.load(folder)
    assert Agency.objects.filter(name__startswith="Fen").count() == 2
    assert Event.objects.filter(owner=police).count() == 1
    Agency.objects.filter(pk=police.pk).update(type=AgencyType.HOUSING)
    said = "agencies.csv line 2: Fen Police is here already, as Housing, and the file makes it Police"
    assert refusal(folder)[1:] == [said]
    Agency.objects.filter(pk=police.pk).update(type=AgencyType.POLICE, district="Elsewhere")
    said = "agencies.csv line 2: Fen Police is an agency of Elsewhere, not of Marlbeck"
    assert refusal(folder, district="Marlbeck")[1:] == [said]


def test_without_a_district_or_an_importer_to_be_sure_of_the_command_asks(folder):
    assert refusal(folder) == ["Say which district this is for: --district NAME. Nothing was loaded."]
    assert "say which agency imports with --importer" in refusal(folder, district="Fenland")[0]
    assert "There is no agency Nobody in Fenland" in refusal(folder, district="Fenland", importer="Nobody")[0]
    assert "at most 80 characters" in refusal(folder, district="x" * 81, importer="SCH")[0]
    histories.load(folder, district="Fenland", importer="SCH")
    assert Event.objects.filter(owner__name="Fen School").count() == 4


@pytest.mark.usefixtures("hub")
def test_a_history_moves_to_another_birth_date_by_whole_months(folder):
    histories.load(folder, born=datetime.date(2018, 1, 31))
    births = set(Identity.objects.values_list("given_name", "born_on", "born_precision"))
    assert births == {
        ("Ada", datetime.date(2018, 1, 31), Precision.DAY),
        ("Bo", datetime.date(1993, 1, 1), Precision.YEAR),
    }
    dates = set(Event.objects.values_list("happened_on", "precision"))
    assert dates == {
        (datetime.date(2018, 1, 1), Precision.MONTH),
        (datetime.date(2022, 4, 21), Precision.DAY),
        (datetime.date(2022, 5, 1), Precision.MONTH),
    }


@pytest.mark.usefixtures("hub")
def test_a_history_cannot_be_moved_past_today_nor_without_a_known_day_of_birth(folder):
    soon = datetime.date(datetime.datetime.now(datetime.UTC).year, 1, 1)
    assert "events.csv line 4: month 2019-07 would be after today" in refusal(folder, born=soon)
    replace_line(folder, "people.csv", 2, "Ada,Marsh,child,2015-03,month,F")
    assert refusal(folder, born=soon)[1] == "people.csv: --born needs exactly one person whose day of birth is known"


def test_the_web_login_may_not_load(folder, hub):
    with connection.cursor() as cursor:
        cursor.execute("set local role eh_web")
    with pytest.raises(CommandError, match="run this with the migrator's login"):
        histories.load(folder)
