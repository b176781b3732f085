"""The chronology as a file: the same rows as the page, and a line in the log with every record taken."""

import codecs
import csv
import io
import sys
from types import SimpleNamespace

import pytest

from cases.models import Event
from cases.web import paper
from cases.web.views import chronology as views
from earlyhelp.templatetags.interface import day
from sharing_agreements.models import Disclosure
from tests import cast
from tests.cases.web import story
from tests.cases.web.checks import takes_no_other_method


def lines_of(visit, post, marsh, **query):
    answer = visit(post).get(marsh.address + "chronology/export/", **query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_line_for_each_account_with_its_date_as_far_as_it_is_known(marsh, visit, everybody):
    head, *lines = lines_of(visit, everybody.eddie, marsh)
    assert head == list(paper.HEAD)
    assert len(lines) == 5
    told = {line[2]: line for line in lines}
    assert told["Joe was born"][0] == "February 2023 (month known)"
    assert told["Ada changed school"][3] == "From Oak Green."
    assert told["School nurse: new school"][6] == "Inferred"
    assert told["Wrong child"][7] != ""


def test_it_holds_what_the_filter_holds_and_what_the_reader_may_see(marsh, visit, everybody):
    story.event(everybody.cleo, person=marsh.ada, family=marsh.family, title="Police alone", kind=6)
    assert {line[2] for line in lines_of(visit, everybody.eddie, marsh, kind="9")[1:]} == {"Ada changed school"}
    for post in (everybody.eddie, everybody.ben):
        assert "Police alone" not in str(lines_of(visit, post, marsh))


def test_every_record_in_it_is_in_the_log(marsh, visit, everybody):
    for number in range(60):
        story.event(everybody.eddie, person=marsh.ada, family=marsh.family, title=f"Line {number}", kind=18)
    assert len(lines_of(visit, everybody.eddie, marsh)) == 66
    look = Disclosure.objects.get(what="GET cases:export_chronology")
    assert (look.practitioner_id, look.family_id) == (everybody.eddie.practitioner_id, marsh.family.pk)
    assert set(Event.objects.values_list("pk", flat=True)) <= set(look.record_ids)


def test_a_spreadsheet_is_told_that_names_with_accents_are_utf_8(marsh, visit, everybody):
    story.event(everybody.eddie, person=marsh.ada, family=marsh.family, title="Zoë and Łukasz met", kind=18)
    content = visit(everybody.eddie).get(marsh.address + "chronology/export/").content
    assert content.startswith(codecs.BOM_UTF8) and content.count(codecs.BOM_UTF8) == 1
    assert "Zoë and Łukasz met" in content.decode("utf-8-sig")


def test_no_cell_is_a_formula(marsh, visit, everybody):
    story.event(everybody.eddie, person=marsh.ada, family=marsh.family, title="=cmd|' /C calc'!A0", kind=18)
    assert "'=cmd|' /C calc'!A0" in {line[2] for line in lines_of(visit, everybody.eddie, marsh)}


def test_a_file_that_does_not_hold_everything_says_so(marsh, visit, everybody, monkeypatch):
    monkeypatch.setattr("cases.queries.pages.chronology.FILE_HOLDS", 2)
    lines = lines_of(visit, everybody.eddie, marsh)
    assert lines[-1] == ["There is more before this. Narrow the period to save it too."]
    assert len({line[0] + line[2] for line in lines[1:-1]}) <= 3


def test_it_is_not_there_for_a_school_that_signed_nothing(marsh, visit, everybody):
    for way in ("export", "print"):
        assert visit(everybody.dev).get(f"{marsh.address}chronology/{way}/").status_code == 404


def test_it_takes_no_other_method(marsh, visit, everybody):
    takes_no_other_method(visit(everybody.eddie), marsh.address + "chronology/export/")


def test_without_the_extra_there_is_no_pdf_and_the_page_says_to_print(marsh, visit, everybody, monkeypatch):
    monkeypatch.setattr(views, "PAPER", False)
    assert visit(everybody.eddie).get(marsh.address + "chronology/print/").status_code == 404
    page = visit(everybody.eddie).get(marsh.address + "chronology/").content.decode()
    assert "Save as a PDF" not in page
    assert "print this page from your browser" in page


def test_with_the_extra_a_pdf_is_made_of_the_page_alone(marsh, visit, everybody, monkeypatch):
    """WeasyPrint itself needs libraries of the machine; here something in its place keeps what it is given."""
    given = {}

    class Html:
        def __init__(self, **told):
            given.update(told)

        def write_pdf(self, *, stylesheets, **told):
            given["style"] = stylesheets[0]["string"]
            return b"%PDF-1.7"

    monkeypatch.setattr(views, "PAPER", True)
    monkeypatch.setitem(sys.modules, "weasyprint", SimpleNamespace(HTML=Html, CSS=dict))
    answer = visit(everybody.eddie).get(marsh.address + "chronology/print/", person=str(marsh.joe.pk))
    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Joe was born" in given["string"]
    assert "Ada changed school" not in given["string"]
    assert "Not safe to tell" in given["string"]
    assert f'"Saved {day(cast.today())}"' in given["style"]
    with pytest.raises(ValueError, match="own page alone"):
        given["url_fetcher"]("https://example.org/x.png")
    assert Disclosure.objects.filter(what="GET cases:print_chronology").exists()
