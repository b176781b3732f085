"""Notices to schools as the police, a key adult and the job read them."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from referrals.models import NoticeCopy, SchoolNotice
from referrals.queries.guidance import cards, reads_of
from referrals.rules.report import POLICE
from referrals.rules.school_notices import CARD, SchoolDays
from sharing_agreements.models import Agency, Post, SchoolTerm
from sharing_agreements.queries import calendar
from sharing_agreements.vocabulary import SCHOOLS, AgencyType

NEWEST = 50
HEARS = SCHOOLS | {AgencyType.SOCIAL_CARE}
"""Agencies that notices go to; social care's are about children educated at home."""
OPEN = Q(acknowledged_at=None, none_because="")


def school_days() -> SchoolDays:
    """The partnership's terms and working days, in three small queries."""
    return SchoolDays(tuple(SchoolTerm.objects.values_list("first_day", "last_day")), calendar())


def notices_of_force(by: Post) -> QuerySet[SchoolNotice]:
    """Notices this force owes or has sent, as far as the role reaches."""
    own = SchoolNotice.objects.visible().filter(owner_id=by.agency_id)
    found: QuerySet[SchoolNotice] = own.select_related("report", "school", "acknowledged_by", "written_by")
    return found


def open_notices(by: Post) -> list[SchoolNotice]:
    """Of these, the ones no key adult has acknowledged, first due first; nothing for anybody but police."""
    if by.agency.type not in POLICE:
        return []
    return list(notices_of_force(by).filter(OPEN).order_by("starts_at", "child_name", "id")[:NEWEST])


def settled_notices(by: Post) -> list[SchoolNotice]:
    """The newest that are settled: acknowledged, or owed to nobody."""
    if by.agency.type not in POLICE:
        return []
    return list(notices_of_force(by).exclude(OPEN).order_by("-written_at", "id")[:NEWEST])


def unread_copies(by: Post) -> list[NoticeCopy]:
    """Copies this key adult has not acknowledged; asked only where notices go to at all."""
    if by.agency.type not in HEARS:
        return []
    return list(copies_for(by).filter(acknowledged_at=None, withdrawn_at=None))


def copies_for(by: Post) -> QuerySet[NoticeCopy]:
    """Copies sent to this practitioner as key adult of this agency. Row security asks for the card."""
    mine = NoticeCopy.objects.visible().filter(
        sent_to_id=by.agency_id, sent_to_practitioner_id=by.practitioner_id, owner__type__in=POLICE
    )
    found: QuerySet[NoticeCopy] = mine.select_related("owner", "author").order_by("-sent_at", "id")
    return found


def schools() -> list[Agency]:
    """Every school a notice can be sent to."""
    return list(Agency.objects.filter(type__in=SCHOOLS).order_by("name"))


def told_of_children_at_home(near: Agency) -> Agency | None:
    """Who hears of a child educated at home: the council's officer, whose agency is children's social care."""
    found: Agency | None = (
        Agency.objects.filter(type=AgencyType.SOCIAL_CARE, district=near.district).order_by("no").first()
    )
    return found


@dataclass(frozen=True)
class KeyAdult:
    """Somebody of a school who may hear of a child, and whether they have read the newest card."""

    practitioner_id: UUID
    name: str
    title: str
    briefed: bool


def key_adults(notice: SchoolNotice) -> list[KeyAdult]:
    """The key adults of the school a notice goes to; nobody of kin, and nobody at all before a school is chosen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from gate.key_adults(%s, %s::uuid[], %s)",
            [notice.school_id, notice.about, cards()[CARD].version],
        )
        return [KeyAdult(*row) for row in cursor.fetchall()]


def must_read_card(by: Post) -> bool:
    """Whether this post is a key adult's who has not read the newest card, so that no notice reaches them."""
    if not by.key_adult:
        return False
    read = reads_of(by).get(CARD)
    return read is None or read.version < cards()[CARD].version
