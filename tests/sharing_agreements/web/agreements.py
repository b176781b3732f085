"""What a governance lead types, page by page, as the browser posts it. Shared by the tests of agreements."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from sharing_agreements.models import Agency, Agreement, Post
from sharing_agreements.queries.agreements import digest_of
from sharing_agreements.vocabulary import Capacity, Kind, Level, Role
from tests import cast

PASSWORD = "correct horse battery"


def boxes(name: str, day: datetime.date) -> dict[str, str]:
    """A date as its three boxes."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def words(**changed: Any) -> dict[str, Any]:
    """The first page of the editor, filled in."""
    today = cast.today()
    year = today + datetime.timedelta(days=364)
    said = {
        "title": "Police, council and three schools",
        "reference": "MB-21",
        "overarching": "False",
        "parent": "",
        "aim": "So that a school knows when a child had a bad night.",
        "lawful_basis": "Public task.",
        "retention": "Six years after the case closes, then deleted.",
        "incident_contact": "Information security, 01632 960500",
        "rights_contact": "privacy@example.org",
        "dpia_reference": "DPIA-7",
    }
    return {**said, **boxes("starts_on", today), **boxes("ends_on", year), **boxes("review_on", year), **changed}


def clause(provider: Agency | str, recipient: Agency | str, **changed: Any) -> dict[str, Any]:
    """The clause editor, filled in. A side is an agency or "type:school"."""
    side = lambda one: str(one.pk) if isinstance(one, Agency) else one  # noqa: E731
    said = {
        "provider": side(provider),
        "recipient": side(recipient),
        "recipient_roles": [Role.LEAD_PRACTITIONER],
        "level": Level.SUMMARY,
        "kinds": [str(Kind.IDENTITY.value)],
        "needs_involvement": "False",
        "needs_consent": "False",
        "how_far_back": "0",
    }
    return {**said, **changed}


class Lead:
    """A governance lead at a browser."""

    def __init__(self, post: Post) -> None:
        self.post = post
        post.practitioner.set_password(PASSWORD)
        post.practitioner.save()
        post.practitioner.refresh_from_db()
        self.client = Client()
        self.client.force_login(post.practitioner)

    def get(self, name: str, *keys: Any) -> Any:
        """Open a page."""
        return self._as_web(lambda: self.client.get(reverse(f"sharing_agreements:{name}", args=keys)))

    def open(self, address: str) -> Any:
        """Open the page at an address."""
        return self._as_web(lambda: self.client.get(address))

    @staticmethod
    def _as_web(visit: Callable[[], Any]) -> Any:
        """Row security decides what the page shows and takes."""
        with connection.cursor() as cursor:
            cursor.execute("set local role eh_web")
        try:
            return visit()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("set local role eh_owner")
                cursor.execute("select set_config('earlyhelp.principal', '', true)")

    def send(self, name: str, *keys: Any, said: dict[str, Any], agreement: Agreement | None = None) -> Any:
        """Send a form, with the revision the draft has now unless another is said."""
        version = {"version": str(Agreement.objects.get(pk=agreement.pk).revision)} if agreement else {}
        body = {"idempotency_key": str(uuid.uuid4()), **version, **said}
        return self._as_web(lambda: self.client.post(reverse(f"sharing_agreements:{name}", args=keys), body))

    def edit(self, agreement: Agreement, name: str, **said: Any) -> Any:
        """Send one page of the editor."""
        return self.send(name, agreement.pk, said=said, agreement=agreement)

    def draft(self, *others: Agency, **changed: Any) -> Agreement:
        """Write a whole draft: police let lead practitioners of the drafter see summaries of identities."""
        answer = self.send("open_draft", said=words(**changed))
        assert answer.status_code == 302, answer.content.decode()
        made = Agreement.objects.get(pk=answer.url.split("/")[-2])
        parties = {f"agency_{one.pk}": Capacity.CONTROLLER for one in (self.post.agency, *others)}
        assert self.edit(made, "choose_parties", **parties).status_code == 302
        assert self.edit(made, "choose_purposes", purposes=["early_help", "triage"]).status_code == 302
        assert self.edit(made, "choose_purposes", purposes=["early_help"]).status_code == 302
        assert (
            self.edit(made, "choose_powers", early_help=["children_act_2004_s10", "uk_gdpr_6_1_e"]).status_code == 302
        )
        assert self.edit(made, "add_clause", **clause(others[0], self.post.agency)).status_code == 302
        return made

    def propose(self, agreement: Agreement) -> Any:
        """Propose what the page shows."""
        return self.send("propose_agreement", agreement.pk, said={"digest": digest_of(agreement)})

    def sign(self, agreement: Agreement, **changed: Any) -> Any:
        """Sign what the page shows."""
        said = {"signatory_name": "N. Signatory", "signatory_post": "Chief officer", "has_read": "on"}
        said |= {"digest": digest_of(agreement), "password": PASSWORD}
        return self.send("sign_agreement", agreement.pk, said={**said, **changed})
