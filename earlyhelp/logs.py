"""Log lines without personal data: an error is its type and where it happened, never its message.

An exception's message may hold a name or a date of birth (a refused value, a database constraint's detail), so it
is left out, as are query strings. DEBUG, on one's own machine with made-up data, shows everything.
"""

import copy
import logging
import traceback
from types import TracebackType
from typing import Any

ExceptionFacts = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutMessages(logging.Formatter):
    """Formats the traceback as file, line and function, and the exception as its type alone."""

    def format(self, record: logging.LogRecord) -> str:
        """Celery puts a task's exception into the line itself; there too only its type may stand."""
        if isinstance(record.args, dict) and "exc" in record.args:
            kind = record.exc_info[0].__qualname__ if record.exc_info and record.exc_info[0] else "an exception"
            record = copy.copy(record)
            record.args = {**record.args, "exc": kind, "traceback": ""}  # type: ignore[dict-item]
            record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ExceptionFacts) -> str:
        """Innermost cause first, as Python prints it."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append(type(error).__qualname__)
            lines += [f"  {at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def configuration(*, debug: bool) -> dict[str, Any]:
    """Everything to standard error, for the system to keep; Django's own handlers fall away."""
    formatter = {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    if not debug:
        formatter["()"] = "earlyhelp.logs.WithoutMessages"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"django": {"handlers": [], "level": "INFO" if debug else "WARNING", "propagate": True}},
    }
