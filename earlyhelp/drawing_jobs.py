"""The census of jobs as a page: which job, by which rule, how often it is owed, what it reads, where it is tried."""

from django.db import connection

from earlyhelp.celery import TIMETABLE
from earlyhelp.drawings import DRAWN
from earlyhelp.jobs import CENSUS, Job

OWED_BY = {
    "watch_cases": "cases.owe_watch",
    "check_directory": "cases.owe_check_directory",
    "list_retention": "cases.owe_list_retention",
    "watch_contacts": "referrals.owe_watch",
    "watch_families": "referrals.owe_watch_families",
    "mark_clocks": "referrals.owe_mark_clocks",
    "notice_late_checks": "referrals.owe_notice_late_checks",
    "warn_of_agreements": "sharing_agreements.owe_warn_of_agreements",
    "send_school_notices": "referrals.owe_send_school_notices",
    "list_likenesses": "referrals.owe_list_likenesses",
    "tell_practitioners": "sharing_agreements.owe_notifications",
}
"""What of the timetable owes each job of the census."""
EVERY_FIVE_MINUTES = frozenset({"mark_clocks", "notice_late_checks", "send_school_notices", "tell_practitioners"})
"""Jobs whose key is a slot of five minutes; the others' is a day."""
TRIED = "[odd days](../../tests/referrals/test_odd_days.py)"


def jobs() -> str:
    """A line for each of J1 to J15, and for what carries their news."""
    lines = [
        "# Jobs",
        "",
        DRAWN,
        "",
        "Each is owed in the database and done once for its key, however often it is asked for; it looks at what is"
        " true, so that one run makes up for missed nights. Nobody is left out for having no record: the watch starts"
        " from the cases.",
        "**Odd days**: tried over a weekend, a bank holiday and both clock changes, twice in one night and after missed"
        " nights.",
        "",
        "| job | looks for | source | rules | owed | reads | tried |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    reads = _reads()
    lines += [_line(job, reads) for job in CENSUS]
    return "\n".join(lines) + "\n"


def _line(job: Job, reads: dict[str, list[str]]) -> str:
    if not job.job:
        return f"| {job.code} | {job.what} | {job.source} | {job.because} | | | |"
    often = "every five minutes" if job.job in EVERY_FIVE_MINUTES else "every day"
    asked = f"{often}; asked each {TIMETABLE[OWED_BY[job.job]]:.0f} s"
    tables = ", ".join(reads.get(job.job, [])) or "practitioners and moments, by functions of the gate"
    rules = "; ".join(job.rules) or job.because
    return f"| {job.code} `{job.job}` | {job.what} | {job.source} | {rules} | {asked} | {tables} | {TRIED} |"


def _reads() -> dict[str, list[str]]:
    """Job -> the tables whose policies name it."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select policyname, tablename from pg_policies where policyname like 'job\\_%' order by 1, 2")
        for policy, table in cursor.fetchall():
            found.setdefault(policy.removeprefix("job_"), []).append(table)
    return found
