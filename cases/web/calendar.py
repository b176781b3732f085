"""A meeting as a calendar file: when, how long and a reference, and nothing that names a family or a place.

A file leaves the site for calendars that others read over a shoulder, so it holds what an e-mail might hold.
"""

import datetime

from cases.models import Meeting

MEDIA_TYPE = "text/calendar; charset=utf-8"
_STAMP = "%Y%m%dT%H%M%SZ"


def calendar_file(meeting: Meeting, *, now: datetime.datetime) -> str:
    """The meeting as one event (RFC 5545), times in UTC. The same meeting keeps its UID, so a second file replaces it.

    Every line stays under the 75 octets after which a line would have to be folded.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Early Help//Meetings//EN",
        "BEGIN:VEVENT",
        f"UID:{meeting.pk}",
        f"DTSTAMP:{now.astimezone(datetime.UTC):{_STAMP}}",
        f"DTSTART:{meeting.starts_at.astimezone(datetime.UTC):{_STAMP}}",
        f"DURATION:PT{meeting.minutes_long}M",
        f"SUMMARY:Meeting {meeting.reference}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines)
