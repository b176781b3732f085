"""An agreement suspended while fifty readers page through a list: not one row after the commit."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sharing_agreements.models import Agreement
from sharing_agreements.vocabulary import AgreementState, Purpose, Role
from tests import cast
from tests.doors import become, login
from tests.sharing_agreements.test_agreement_life import draft, police_record
from tests.sharing_agreements.test_suspension_at_once import elsewhere

READERS = 50
RECORDS = 40
PAGE = 10
PAGES_AFTER = 3
NEXT_PAGE = """
select id from sharing_agreements_identity where %(after)s::uuid is null or id > %(after)s::uuid order by id
 limit %(page)s
"""


@dataclass
class Reading:
    """What the readers wait for and what they saw: when each page was asked for, and how many rows it had."""

    begun: threading.Barrier = field(default_factory=lambda: threading.Barrier(READERS + 1, timeout=60))
    suspended: threading.Event = field(default_factory=threading.Event)
    pages: list[tuple[float, int]] = field(default_factory=list)


def page_through(name, post, reading) -> None:
    """One reader on a connection of their own, page after page; two pages in a transaction, as a long request would."""
    with login("eh_web", name) as web, web.cursor() as cursor:
        after, left, waited = None, PAGES_AFTER, False
        while left:
            become(cursor, post, Purpose.EARLY_HELP)
            for _ in range(2):
                over, asked = reading.suspended.is_set(), time.monotonic()
                cursor.execute(NEXT_PAGE, {"after": after, "page": PAGE})
                rows = cursor.fetchall()
                reading.pages.append((asked, len(rows)))
                after = rows[-1][0] if len(rows) == PAGE else None
                if not waited:
                    waited = True
                    reading.begun.wait()
                if over:
                    left -= 1
                    if not left:
                        break
            web.rollback()


def test_no_row_after_the_commit_for_any_of_fifty_readers(committed):
    everybody = cast.assemble()
    pia = cast.post("Pia", everybody.police, Role.GOVERNANCE_LEAD)
    made = draft(everybody)
    Agreement.objects.filter(pk=made.pk).update(state=AgreementState.SIGNED)
    made.parties.update(signatory_name="A", signatory_post="B", signed_at=cast.SIGNED_AT)
    for _ in range(RECORDS):
        police_record(everybody)
    reading = Reading()
    with ThreadPoolExecutor(READERS) as readers:
        running = [readers.submit(page_through, committed, everybody.eddie, reading) for _ in range(READERS)]
        reading.begun.wait()
        elsewhere(committed, pia, "select gate.suspend_agreement(%s, 'a leak')", [str(made.pk)])
        over = time.monotonic()
        reading.suspended.set()
        for one in running:
            one.result()
    before = [rows for asked, rows in reading.pages if asked < over]
    after = [rows for asked, rows in reading.pages if asked >= over]
    assert before.count(PAGE) >= READERS
    assert len(after) >= READERS * PAGES_AFTER
    assert not any(after)
