"""The schools of a district, and what a file of more is compared with."""

from django.db.models import Max
from django.db.models.functions import Lower

from sharing_agreements.models import Agency, Post
from sharing_agreements.rules.schools import ROOM, Here
from sharing_agreements.vocabulary import AgencyType


def what_is_here(by: Post) -> Here:
    """The numbers and names that are taken, and how many more agencies fit."""
    highest = Agency.objects.aggregate(most=Max("no"))["most"] or 0
    return Here(
        district=by.agency.district,
        urns=frozenset(Agency.objects.exclude(urn="").values_list("urn", flat=True)),
        names=frozenset(Agency.objects.annotate(low=Lower("name")).values_list("low", flat=True)),
        room=ROOM - highest,
    )


def schools_of(district: str) -> list[Agency]:
    """The schools of a district, by name."""
    return list(Agency.objects.filter(type=AgencyType.SCHOOL, district=district).order_by("name"))
