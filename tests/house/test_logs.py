"""No log line carries what a person typed."""

import logging

from earlyhelp.logs import WithoutMessages


def test_an_error_is_logged_as_its_type_and_place_without_its_message() -> None:
    try:
        try:
            int("Katie Smith")
        except ValueError as error:
            raise KeyError("born 2 March 2016") from error
    except KeyError as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Internal Server Error", None, (KeyError, error, None)
        )
    line = WithoutMessages("{levelname} {message}", style="{").format(record)
    assert line.startswith("ERROR Internal Server Error\nKeyError\n")
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "Katie" not in line
    assert "2016" not in line


def test_a_failed_task_is_logged_without_its_message() -> None:
    said = {"name": "cases.sweep", "id": "1", "description": "raised unexpected", "exc": "ValueError('Katie Smith')"}
    error = ValueError("Katie Smith")
    record = logging.LogRecord(
        "celery.app.trace", logging.ERROR, "", 0, "%(name)s[%(id)s] %(description)s: %(exc)s", (said,), None
    )
    record.exc_info = (ValueError, error, None)
    line = WithoutMessages("{levelname} {message}", style="{").format(record)
    assert line == "ERROR cases.sweep[1] raised unexpected: ValueError\nValueError"
