"""For the board of the partnership: whether early help makes a difference, in numbers that name nobody."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from referrals.queries.board import reports_before_and_after
from sharing_agreements.vocabulary import Purpose, Role
from sharing_agreements.web.doors import PractitionerRequest, access
from sharing_agreements.working_time import LONDON

BOARD = frozenset({Role.ANALYST, Role.MANAGER, Role.COORDINATOR, Role.GOVERNANCE_LEAD})


@access(purpose=Purpose.EVALUATION, roles=BOARD)
@require_safe
def show_board(request: PractitionerRequest) -> HttpResponse:
    """Reports about families before and after their plan began. Counted to the end of last month, so that two looks a
    day apart never differ by one family.
    """
    until = timezone.now().astimezone(LONDON).date().replace(day=1)
    rows, last_month = reports_before_and_after(until=until), until - datetime.timedelta(days=1)
    return render(request, "referrals/show_board.html", {"rows": rows, "last_month": last_month})
