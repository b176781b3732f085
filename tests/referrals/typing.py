"""What a reporter types, page by page, as the browser posts it. Shared by the tests of the report."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from sharing_agreements.models import Post

ROWS = {"child-INITIAL_FORMS": "0"}
DANGER = {"danger": "no"}
ACCOUNT = {"account": "Shouting from the flat. Mother had a cut lip. Kayden said he hides when Dean comes."}
CONCERN = {"concern": "domestic_abuse"}
WHEN_WHERE = {
    "happened_day": "2",
    "happened_month": "3",
    "happened_year": "2026",
    "happened_time": "21:40",
    "happened_at": "14 Fen Lane",
}
NOW = {"now_at": "At home with his mother", "told": "agreed"}
URGENCY = {"urgency": "amber"}


def child(place: int, name: str, *, seen: str = "alone", **born: str) -> dict[str, str]:
    """One row of the children page; `born` is year, month, day, age, due or unknown."""
    row = {f"child-{place}-name": name, f"child-{place}-seen": seen}
    row |= {f"child-{place}-born_{part}": text for part, text in born.items()}
    return row | ({f"child-{place}-same_place": "on"} if place else {})


def children(*rows: dict[str, str]) -> dict[str, str]:
    """The children page."""
    page = {**ROWS, "child-TOTAL_FORMS": str(len(rows))}
    for row in rows:
        page |= row
    return page


KAYDEN = child(0, "Kayden Marsh", year="2016", month="5", day="9")
FOUR = children(
    KAYDEN,
    child(1, "Ellie Marsh", seen="seen_only", year="2019"),
    child(2, "not known", seen="not_seen", unknown="on"),
    child(3, "", seen="not_seen", day="14", month="1", year="2027", due="on"),
)
PAGES: dict[str, dict[str, str]] = {
    "danger": DANGER,
    "account": ACCOUNT,
    "concern": CONCERN,
    "when-and-where": WHEN_WHERE,
    "children": FOUR,
    "now": NOW,
    "urgency": URGENCY,
}


def sign_in(client: Client, post: Post) -> None:
    """Sign in as this post's practitioner."""
    client.force_login(post.practitioner, backend="earlyhelp.sign_in.LocalAccountBackend")


def begin(client: Client, **danger: str) -> str:
    """Answer the first page; gives the draft's id."""
    answer = client.post(reverse("referrals:start_report"), danger or DANGER)
    assert answer.status_code == 302, answer.content
    return str(answer.url.split("/")[3])


def fill(client: Client, draft: str, page: str, answers: dict[str, str], **more: str) -> Any:
    """Open a page and post it as a browser would."""
    address = reverse("referrals:write_report", args=[draft, page])
    opened = client.get(address).context
    hidden = {"opened": str(opened["opened"]), "revision": str(opened["revision"])}
    return client.post(address, {**hidden, **answers, **more})


def write(client: Client, **changed: dict[str, str]) -> str:
    """A whole draft about four children; `changed` replaces pages (when_and_where=...)."""
    pages = {**PAGES, **{name.replace("_", "-"): answers for name, answers in changed.items()}}
    draft = begin(client, **pages.pop("danger"))
    for page, answers in pages.items():
        answer = fill(client, draft, page, answers)
        assert answer.status_code == 302, (page, answer.context["form"].errors)
    return draft


def send(client: Client, draft: str) -> Any:
    """Press Send."""
    return client.post(reverse("referrals:send_report", args=[draft]))


def body(answer: Any) -> str:
    """A page without the token that differs on every page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
