"""The agencies an imported history belongs to: those that are here by name, the rest made, and who imports."""

from django.db.models import Max

from earlyhelp.importing.files import Problems
from earlyhelp.importing.history import AGENCIES
from earlyhelp.importing.who import AgencyLine
from sharing_agreements.models import Agency
from sharing_agreements.vocabulary import AgencyType

MOST_AGENCIES = 1023
"""The database's masks hold no more (sharing_agreements/models/agency.py)."""
SHORT = 40


def district_or_none(typed: str) -> str | None:
    """The district typed, else the only one there is; None when there is no saying."""
    if typed:
        return typed
    districts = list(Agency.objects.order_by("district").values_list("district", flat=True).distinct()[:2])
    return districts[0] if len(districts) == 1 else None


def match_agencies(lines: dict[str, AgencyLine], district: str, problems: Problems) -> dict[str, Agency]:
    """An agency for each code: the one of that name, else a new one that is not saved yet, with the next number."""
    here = {agency.name: agency for agency in Agency.objects.filter(name__in=[line.name for line in lines.values()])}
    number = Agency.objects.aggregate(most=Max("no"))["most"] or 0
    found: dict[str, Agency] = {}
    for code, line in lines.items():
        agency = here.get(line.name)
        if agency is None:
            number += 1
            agency = _new(line, district, number)
        _check(line, agency, district, problems)
        found[code] = agency
    if number > MOST_AGENCIES:
        problems.at(AGENCIES, 0, f"this would make more than {MOST_AGENCIES} agencies, the most there can be")
    return found


def _check(line: AgencyLine, agency: Agency, district: str, problems: Problems) -> None:
    if agency.district != district:
        problems.on(line.row, f"{agency.name} is an agency of {agency.district}, not of {district}")
    if agency.type != line.type:
        is_here, is_said = AgencyType(agency.type).label, line.type.label
        problems.on(line.row, f"{agency.name} is here already, as {is_here}, and the file makes it {is_said}")
    if agency._state.adding and line.type == AgencyType.HUB:
        problems.on(line.row, "a hub is not made by an import: it needs a host and a named controller")


def _new(line: AgencyLine, district: str, number: int) -> Agency:
    short = next(
        (name for name in (line.name, line.name.split(" (")[0]) if len(name) <= SHORT),
        line.code,
    )
    return Agency(no=number, name=line.name, short_name=short, type=line.type, district=district)


def importer_or_none(typed: str, district: str, agencies: dict[str, Agency]) -> Agency | None:
    """Who keeps the events nobody knew of: the agency typed, by code or name, else the district's only hub."""
    if typed:
        in_the_files = {agency.name: agency for agency in agencies.values()} | agencies
        return in_the_files.get(typed) or Agency.objects.filter(name=typed, district=district).first()
    hubs = list(Agency.objects.filter(type=AgencyType.HUB, district=district)[:2])
    return hubs[0] if len(hubs) == 1 else None
