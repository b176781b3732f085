"""What every screen that does something must do beside its own work."""

import datetime
from collections.abc import Mapping
from typing import Any

from tests import cast
from tests.cases.web.conftest import Visitor


def boxes(name: str, day: datetime.date) -> dict[str, str]:
    """A date as typed into its three boxes."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def soon() -> datetime.date:
    """A month from today."""
    return cast.today() + datetime.timedelta(days=30)


def is_not_there_for(stranger: Visitor, address: str, answers: Mapping[str, Any]) -> None:
    """Somebody else's family answers exactly as one that does not exist, to looking and to sending."""
    nowhere = "/families/00000000-0000-4000-8000-000000000000/"
    assert stranger.get(address).status_code == 404
    assert stranger.send(address, **answers).status_code == 404
    assert stranger.get(nowhere).status_code == 404


def comes_back(visitor: Visitor, address: str, answers: Mapping[str, Any], *messages: str) -> str:
    """Wrong answers come back with each message and everything that was typed; gives the page."""
    answer = visitor.send(address, **answers)
    page = answer.content.decode()
    assert answer.status_code == 422, page
    for message in messages:
        assert message in page, message
    assert "There is a problem" in page
    return page


def takes_no_other_method(visitor: Visitor, address: str) -> None:
    """A page is looked at or sent, nothing else."""
    assert visitor.put(address).status_code == 405
