"""Craig's case through the browser: what each agency sees alone, what signed agreements change, what the log kept.

One database, one server and one browser; the history is loaded once to event 27 and once to its end, as two families.
Each page is held to axe, at desk and at phone width.
"""

import csv
import datetime
import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser

from cases.models import Event
from sharing_agreements.actions import facts
from sharing_agreements.models import Agency, Agreement, Identity, Post
from sharing_agreements.vocabulary import AgencyType, InvolvementReason, Kind, Level, Purpose, Role
from tests import cast
from tests.journeys.maintenance import Maintenance
from tests.journeys.somebody import Somebody, sits_down
from tests.referrals import served
from tests.scenarios import agreeing, histories
from tests.scenarios.test_craig import EVENTS, NAMES, SEEN_BY_THEN, in_words, knowers

DESK, PHONE = 1280, 390
EMBANKMENT = datetime.date(2008, 6, 30)
SIGNED = datetime.date(2008, 4, 1)
BEFORE_SIGNING = datetime.date(2007, 6, 30)
SENSITIVE = {"David": (14, 38), "Kylie": (8, 36), "Stacey": (10, 37)}
"""Events that are about one of Craig's brothers and sisters, and not about him."""


PAGES = {
    "": "show_family",
    "chronology/": "show_chronology",
    "people/": "list_people",
    "look-back/": "look_back_at_family",
    "look-back/export/": "export_look_back",
    "who-can-see/": "who_can_see",
}
PURPOSES = {
    Role.MANAGER: Purpose.EARLY_HELP,
    Role.DECISION_MAKER: Purpose.TRIAGE,
    Role.TEAM_MEMBER: Purpose.EARLY_HELP,
    Role.GOVERNANCE_LEAD: Purpose.GOVERNANCE,
}


@dataclass
class Marlbeck:
    """Where it plays: two families, the agencies by their code in the files, and what they sign in the course of it."""

    hub: Agency
    agencies: dict[str, Agency]
    to_june_2008: UUID
    whole: UUID
    mash: Agreement
    without_police_and_health: Agreement
    team: Agreement
    learning: Agreement
    since_2008: Agreement
    emails: dict[Post, str] = field(default_factory=dict)

    def post(self, name: str, at: Agency, role: Role) -> Post:
        """Somebody who can sign in."""
        made = cast.post(name, at, role)
        self.emails[made] = served.let_in(made)
        return made


def marlbeck(folder: Path) -> Marlbeck:
    """The hub, the history loaded twice, and agreements of which none is in force."""
    council = cast.agency("Marlbeck Council", AgencyType.EARLY_HELP)
    hub = cast.agency("Marlbeck MASH", AgencyType.HUB, host=council, controller="Marlbeck Council")
    histories.load(histories.copy(folder / "craig", until=27))
    part = histories.family()
    histories.load(histories.CRAIG)
    whole = Event.objects.exclude(family_id=part).values_list("family_id", flat=True)[0]
    agencies = {code: Agency.objects.get(name=name) for code, name in NAMES.items()}
    others = list(agencies.values())
    signed = functools.partial(agreeing.signed_with_hub, hub)
    since_2008 = signed(others, title="MASH agreement of 2008")
    agreeing.in_force_since(since_2008, SIGNED)
    return Marlbeck(
        hub,
        agencies,
        part,
        whole,
        mash=signed(others, title="MASH agreement"),
        without_police_and_health=signed(
            others,
            levels={Kind.HEALTH: Level.EXISTENCE, Kind.POLICE: None},
            title="MASH agreement without police and health",
        ),
        team=team_agreement(hub, agencies),
        learning=signed(
            others,
            purpose=Purpose.EVALUATION,
            role=Role.GOVERNANCE_LEAD,
            otherwise=Level.EXISTENCE,
            title="Learning review agreement",
        ),
        since_2008=since_2008,
    )


def team_agreement(hub: Agency, agencies: dict[str, Agency]) -> Agreement:
    """Whoever is of the youth offending team reads what others hold about people they are involved with."""
    youth = agencies["YOS"]
    providers = [one for one in agencies.values() if one != youth]
    made = agreeing.signed_with_hub(
        hub, providers, purpose=Purpose.EARLY_HELP, role=Role.TEAM_MEMBER, title="Team agreement"
    )
    made.clauses.update(recipient_type=youth.type, needs_involvement=True)
    made.parties.create(agency=youth, signatory_name="A. Signatory", signed_at=cast.SIGNED_AT)
    return made


def works_with_craig(yusuf: Post, family: UUID) -> None:
    """Yusuf is in the team of Craig, and of nobody else."""
    craig = Identity.objects.filter(family_id=family, given_name="Craig").values_list("person_id", flat=True)[0]
    facts.involve(
        people=[craig],
        agency=yusuf.agency_id,
        practitioner=yusuf.practitioner_id,
        reason=InvolvementReason.TEAM,
        starts_on=cast.today(),
    )


def test_craigs_case_through_the_browser(committed: str, tmp_path: Path):
    place = marlbeck(tmp_path)
    hana = place.post("Hana", place.hub, Role.DECISION_MAKER)
    gita = place.post("Gita", place.hub, Role.GOVERNANCE_LEAD)
    managers = {code: place.post(f"Manager-{code}", place.agencies[code], Role.MANAGER) for code in SEEN_BY_THEN}
    yusuf = place.post("Yusuf", place.agencies["YOS"], Role.TEAM_MEMBER)
    dev = place.post("Dev", place.agencies["SCH"], Role.TEAM_MEMBER)
    works_with_craig(yusuf, place.whole)
    with served.published(committed) as address, served.browsing() as browser:
        walk = Walk(place, Maintenance(committed), browser, address)
        for code, events in SEEN_BY_THEN.items():
            walk.a2_an_agency_alone_sees_its_own(managers[code], code, events)
        walk.a3_the_hub_sees_all_of_it_on_one_page(hana)
        walk.a4_what_is_withheld_is_to_ask_for_or_not_there(hana)
        walk.a14_a_worker_of_craigs_does_not_read_of_his_brother_and_sisters(yusuf, dev)
        walk.a16_the_governance_lead_looks_back(gita)
        walk.a17_every_view_is_in_the_log(hana, gita)


class Walk:
    """The checks, one after the other, and what was opened on the way."""

    def __init__(self, place: Marlbeck, database: Maintenance, browser: Browser, address: str) -> None:
        self.place, self.database, self.browser, self.address = place, database, browser, address
        self.here: dict[Post, Somebody] = {}
        self.opened: list[tuple[Post, str, UUID, bool]] = []

    def opens(self, post: Post, family: UUID, path: str = "", *, allowed: bool = True) -> Somebody:
        """Somebody opens a page of a family, which is remembered for the log."""
        if post not in self.here:
            width, other = (PHONE, DESK) if post.role == Role.GOVERNANCE_LEAD else (DESK, PHONE)
            self.here[post] = sits_down(self.browser, self.address, self.place.emails[post], width)
            alike = post.role == Role.MANAGER and len(self.here) > 1
            self.here[post].other_width = None if alike else other  # eight managers come to the same pages
        who = self.here[post]
        answer = who.opens(f"/families/{family}/{path}")
        assert (answer.status == 200) is allowed, f"{who.name} {path}: {answer.status}"
        self.opened.append((post, path, family, allowed))
        return who

    def a2_an_agency_alone_sees_its_own(self, post: Post, code: str, events: int) -> None:
        who = self.opens(post, self.place.to_june_2008, "chronology/")
        told = happenings(who)
        assert len(told) == events <= 27 / 3
        assert [words.split(":")[0] for words in told] == [
            in_words(row) for row in reversed(EVENTS[:27]) if code in {known for known, _ in knowers(row)}
        ]
        who.does_not_read(*(name for other, name in NAMES.items() if other != code))

    def a3_the_hub_sees_all_of_it_on_one_page(self, hana: Post) -> None:
        agreeing.switch(self.database, on=self.place.mash)
        who = self.opens(hana, self.place.to_june_2008, "chronology/")
        assert [words.split(":")[0] for words in happenings(who)] == [in_words(row) for row in reversed(EVENTS[:27])]
        assert who.page.get_by_role("link", name="Older").count() == 0
        self.opens(hana, self.place.to_june_2008)
        assert set(known_to(who)) == {NAMES[code] for code in SEEN_BY_THEN}
        for code in SEEN_BY_THEN:
            rows = [row for row in EVENTS[:27] if code in {known for known, _ in knowers(row)}]
            months = [in_words(row).removesuffix(" (month known)") for row in rows]
            said = known_to(who)[NAMES[code]]
            assert f"from {months[0]} to {months[-1]}" in said or (len(rows) == 1 and months[0] in said), said

    def a4_what_is_withheld_is_to_ask_for_or_not_there(self, hana: Post) -> None:
        """Health says only that it holds something; police, who signed nothing for it, do not even say that."""
        made = self.place.without_police_and_health
        agreeing.switch(self.database, on=made, off=self.place.mash)
        who = self.opens(hana, self.place.to_june_2008, "chronology/")
        closed = {"POL", "BTP", "HEA"}
        open_to_her = [row for row in EVENTS[:27] if not knowers(row) or {code for code, _ in knowers(row)} - closed]
        assert [words.split(":")[0] for words in happenings(who)] == [in_words(row) for row in reversed(open_to_her)]
        who.page.locator("details.eh-why summary").first.click()
        assert re.search(rf"clause 1\.\d+ of {made.title} \({made.reference}\)", who.text)
        self.opens(hana, self.place.to_june_2008)
        health = known_to(who)[NAMES["HEA"]]
        assert "Not all shown to you: health information" in health
        assert "ask for it to be shared" in health
        for code in ("POL", "BTP"):
            assert "police" not in known_to(who).get(NAMES[code], "").lower().replace(NAMES[code].lower(), "")

    def a14_a_worker_of_craigs_does_not_read_of_his_brother_and_sisters(self, yusuf: Post, dev: Post) -> None:
        family = self.place.whole
        agreeing.switch(self.database, on=self.place.team, off=self.place.without_police_and_health)
        self.opens(dev, family, "chronology/", allowed=False)
        who = self.opens(yusuf, family, "chronology/")
        seen = "\n".join(happenings(who))
        about_craig = [row for row in EVENTS if "Craig" in row["people"].split("; ")]
        assert not [row["seq"] for row in about_craig if row["event"] not in seen]
        for name, numbers in SENSITIVE.items():
            for number in numbers:
                row = EVENTS[number - 1]
                assert name in row["people"] and row not in about_craig
                who.does_not_read(row["event"])
        self.opens(yusuf, family, "people/")
        who.reads("Craig")
        who.does_not_read(*SENSITIVE)

    def a16_the_governance_lead_looks_back(self, gita: Post) -> None:
        """The agencies signed with the hub on 1 April 2008, two months before the embankment."""
        place = self.place
        agreeing.switch(self.database, on=place.learning, off=place.team)
        agreeing.switch(self.database, on=place.since_2008)
        who = self.opens(gita, place.to_june_2008, "who-can-see/")
        who.follows("What could have been seen on an earlier day")
        self.opened.append((gita, "look-back/", place.to_june_2008, True))
        for day, whole, first in ((BEFORE_SIGNING, 24, SIGNED), (EMBANKMENT, 27, datetime.date(2008, 6, 1))):
            self.looks_back(who, gita, day)
            who.reads(f"On {day.day} {day:%B %Y}", f"There were {whole} entries")
            who.reads(f"could have seen all {whole}: {first.day} {first:%B %Y}")
            who.reads("Marlbeck MASH: hub decision-maker, for deciding what a concern needs")
        told = {row.split("\t")[0]: row.split("\t")[1:3] for row in table(who)}
        assert {NAMES[code]: [str(n), f"{n} of 27"] for code, n in SEEN_BY_THEN.items()}.items() <= told.items()
        assert told["Marlbeck MASH"] == ["1", "27 of 27"]
        who.reads("MASH agreement of 2008", "clause ")
        with who.page.expect_download() as download:
            who.page.get_by_role("link", name="Save this as a file").click()
        self.opened.append((gita, "look-back/export/", place.to_june_2008, True))
        lines = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
        own = {line["Agency"]: int(line["Entries"]) for line in lines if line["Way"] == "its own"}
        assert own == {**{NAMES[code]: n for code, n in SEEN_BY_THEN.items()}, "Marlbeck MASH": 1}
        assert lines[-1]["First day of all"] == "2008-06-01"

    def looks_back(self, who: Somebody, gita: Post, day: datetime.date) -> None:
        """Fills in the day and sends it."""
        who.types_day("on", day)
        who.chooses("From the day it happened", of="From when does an entry of the chronology count?")
        who.presses("Look back")
        self.opened.append((gita, "look-back/", self.place.to_june_2008, True))

    def a17_every_view_is_in_the_log(self, hana: Post, gita: Post) -> None:
        """Each view has who, for which purpose, allowed or refused; Hana's pages say why they were open to her."""
        kept = self.database.run(
            "select id, practitioner_id, what, family_id, outcome, post_id, agency_id, role, purpose, record_ids"
            " from sharing_agreements_disclosure where family_id is not null order by at"
        )
        assert [(str(who), what, str(family), outcome == "seen") for _, who, what, family, outcome, *_ in kept] == [
            (str(post.practitioner_id), f"GET cases:{PAGES[path]}", str(family), allowed)
            for post, path, family, allowed in self.opened
        ]
        for _, _, what, _, _, post, agency, role, purpose, _ in kept:
            wanted = Purpose.EVALUATION if "look_back" in what else PURPOSES[Role(role)]
            assert post and agency and purpose == wanted, (what, role, purpose)
        who = self.opens(gita, self.place.to_june_2008, "who-looked/")
        who.reads("Hana", "Deciding what a concern needs", "Chronology (opened)")
        looks = [
            look for look, person, what, *_ in kept if str(person) == str(hana.practitioner_id) and "chron" in what
        ]
        self.here[hana].opens(f"/why/{looks[0]}/")
        self.here[hana].reads("MASH agreement of 2008", "clause ")


def happenings(who: Somebody) -> list[str]:
    """The happenings of the chronology page they are on."""
    return [" ".join(one.split()) for one in who.page.locator(".eh-timeline__item").all_text_contents()]


def known_to(who: Somebody) -> dict[str, str]:
    """The agencies that the family page says are involved, with what it says of each."""
    lines = who.page.locator("h2:has-text('Who else is involved') + ul > li").all_inner_texts()
    return {words.split("\n")[0].strip(): " ".join(words.split()) for words in lines}


def table(who: Somebody) -> list[str]:
    """The rows of the table by agency, cells apart by tabs."""
    rows = who.page.locator("table:has(caption:text-is('By agency')) tbody tr").all()
    return ["\t".join(cell.inner_text() for cell in row.locator("th, td").all()) for row in rows]
