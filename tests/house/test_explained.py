"""Every page that shows governed rows leads to the reason why its reader can see them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from sharing_agreements.models import Disclosure
from tests import cast
from tests.cases.web import story
from tests.cases.web.conftest import Visitor
from tests.cases.web.test_hidden_address import walk

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FOOTER = "layouts/footer.html"
ROOT = "layouts/base.html"
WITHOUT_RECORDS = {"layouts/signed_out.html"}
"""What stands on the base without a practitioner who acts: nobody to explain anything to."""
BUILT_BY_NAME = ("components/", "django/")
PAGES = sorted(
    name
    for name in (one.relative_to(TEMPLATES).as_posix() for one in TEMPLATES.rglob("*.html"))
    if not name.startswith(BUILT_BY_NAME)
)


def parent_of(template: str) -> str:
    """What a template extends; empty for a part and for the base."""
    said = re.search(r'{%\s*extends\s+"([^"]+)"', (TEMPLATES / template).read_text("utf-8"))
    return said[1] if said else ""


@pytest.mark.parametrize("template", PAGES)
def test_no_page_replaces_the_footer_that_says_why_it_can_be_seen(template):
    text = (TEMPLATES / template).read_text("utf-8")
    if template == ROOT:
        assert f'{{% include "{FOOTER}" %}}' in text
    elif parent_of(template):
        assert not re.search(r"{%\s*block footer\b", text), f"{template}: the footer has the link to why; leave it"


@pytest.mark.parametrize("template", [one for one in PAGES if parent_of(one)])
def test_a_page_stands_on_the_layout_that_has_the_footer(template):
    chain = [template]
    while parent_of(chain[-1]):
        chain.append(parent_of(chain[-1]))
    assert chain[-1] == ROOT or set(chain) & WITHOUT_RECORDS, f"{template}: extend layouts/service.html"


def test_the_footer_has_the_link():
    assert "why_url" in (TEMPLATES / FOOTER).read_text("utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["eddie", "esi", "ben", "hana"])
def test_every_page_that_read_a_record_leads_to_why(name):
    everybody = cast.assemble()
    marsh = story.marshes(everybody)
    reader, explained = Visitor(getattr(everybody, name)), 0
    for address, answer in walk(reader, marsh):
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        look = Disclosure.objects.latest("at")
        has_link = f'href="/why/{look.pk}/"' in answer.content.decode()
        assert has_link == bool(look.record_ids), address
        explained += has_link
    assert explained > 5
