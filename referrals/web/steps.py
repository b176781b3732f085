"""The pages of a report in order, and how a draft's pages are opened and read back.

A draft keeps, per page, what was typed; whether a page is finished is asked of its form, so the rules are said once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from referrals.models import Draft
from referrals.queries.screening import screening
from referrals.queries.variants import variant_for
from referrals.rules.report import Known, is_under_five, may_be_under_13
from referrals.rules.signs import HEADINGS
from referrals.vocabulary import Answer
from referrals.web.forms import prompted, reporting
from referrals.web.forms.rows import RowSet
from referrals.web.forms.screening import ScreeningForm
from sharing_agreements.vocabulary import Precision

Typed = dict[str, list[str]]
Page = Any
"""A page of the report: a form, or a set of rows."""


@dataclass(frozen=True)
class Step:
    """One page: its part of the address, its heading on lists, its form, and whether it must be answered."""

    slug: str
    title: str
    form: type[Any]
    required: bool = True
    why: str = ""


STEPS = (
    Step("danger", "Is a child in danger now?", reporting.DangerForm),
    Step("told-about-danger", "Who you have told about the danger", reporting.DangerToldForm),
    Step("account", "What you saw and heard", reporting.AccountForm),
    Step("concern", "Kind of concern", reporting.ConcernForm),
    Step("when-and-where", "When and where", reporting.WhenWhereForm),
    Step("children", "The children", reporting.ChildrenForm),
    Step("now", "Where the child is now, and what a parent knows", reporting.NowForm),
    Step("urgency", "How urgent", reporting.UrgencyForm),
    Step("signs", "Signs you saw", prompted.SignsForm, False),
    Step("screening", "Is a child being used by others?", ScreeningForm, False, "What you ticked makes us ask."),
    Step("adults", "Adults with the child", prompted.AdultsForm, False),
    Step("words", "What the children said", prompted.WordsForm, False),
    Step("family", "What is going well, and what the family was told", prompted.FamilyForm, False),
    Step("home", "Home address and school", prompted.HomeForm, False),
    Step("safety", "Dog, weapon, interpreter", prompted.SafetyForm, False),
    Step("checks", "Police reference and checks", prompted.ChecksForm, False),
    Step(
        "statements",
        "Who said what",
        prompted.StatementsForm,
        False,
        "Keeps what you saw apart from what you were told.",
    ),
    Step("hub-only", "For the hub only", prompted.HubOnlyForm, False, "Who told you. The family never sees this."),
    Step("other-kinds", "Other kinds of concern", prompted.TagsForm, False),
    Step("works-with-children", "It is about somebody who works with children", prompted.WorksForm, False),
)
BY_SLUG = {step.slug: step for step in STEPS}


def typed_in(draft: Draft, slug: str) -> Typed:
    """What was typed on a page; nothing when it was never saved."""
    entry: Mapping[str, Any] = draft.data.get(slug) or {}
    return dict(entry.get("typed") or {})


def posted(typed: Mapping[str, list[str]]) -> MultiValueDict[str, str]:
    """A draft's page as if it were posted again, to be judged by its form."""
    return MultiValueDict(dict(typed))


def judged(draft: Draft, step: Step, known: Known) -> Page:
    """A page of the draft with its answers checked."""
    page: Page = step.form(posted(typed_in(draft, step.slug)) or posted(EMPTY.get(step.slug, {})), known=known)
    return page


EMPTY: dict[str, Typed] = {
    step.slug: {f"{step.form.wanted_prefix}-TOTAL_FORMS": ["1"], f"{step.form.wanted_prefix}-INITIAL_FORMS": ["0"]}
    for step in STEPS
    if issubclass(step.form, RowSet)
}
"""What a page of rows says before anything was typed."""


def known_from(draft: Draft, agency_type: str) -> Known:
    """The children's names and ages and the danger answer, as far as they have been given."""
    children = judged(draft, BY_SLUG["children"], Known())
    today = timezone.localdate()
    rows = [row for row in children.forms if row.is_valid() and row.cleaned_data]
    return Known(
        names=tuple(row.cleaned_data["name"] for row in rows),
        under_five=any(is_under_five(row.cleaned_data["born"], today) for row in rows),
        danger=(typed_in(draft, "danger").get("danger") or [""])[0],
        concern=(typed_in(draft, "concern").get("concern") or [""])[0],
        agency_type=agency_type,
        signs=tuple(code for name, _, _ in HEADINGS for code in typed_in(draft, "signs").get(name, ())),
        unborn=any(row.cleaned_data["born"].precision == Precision.DUE for row in rows),
        may_be_under_13=tuple(may_be_under_13(row.cleaned_data["born"], today) for row in rows),
    )


def is_asked(step: Step, known: Known) -> bool:
    """Whether this page belongs to this report."""
    if step.slug == "told-about-danger":
        return known.danger == Answer.YES
    if step.slug == "screening":
        return screening().opens(known)
    return step.slug != "words" or bool(known.names)


def asked(known: Known) -> list[Step]:
    """The pages of this report in order, headed as this agency reads them."""
    return [headed(step, known) for step in STEPS if is_asked(step, known)]


def headed(step: Step, known: Known) -> Step:
    """The page under the heading that this kind of agency reads."""
    return replace(step, title=variant_for(known.agency_type).pages.get(step.slug, step.title))


def after(step: Step, known: Known) -> Step | None:
    """The next page of the straight run; None when the answers are to be checked."""
    if not step.required:
        return _opened_by(step, known)
    run = [one for one in asked(known) if one.required]
    slugs = [one.slug for one in run]
    place = slugs.index(step.slug) + 1 if step.slug in slugs else len(run)
    return run[place] if place < len(run) else None


def _opened_by(step: Step, known: Known) -> Step | None:
    """The prompted page that a prompted page leads to: signs open the screening."""
    opened = BY_SLUG["screening"]
    return opened if step.slug == "signs" and is_asked(opened, known) else None


def finished(draft: Draft, known: Known) -> dict[str, Page]:
    """Every asked page by slug, judged."""
    return {step.slug: judged(draft, step, known) for step in asked(known)}


def typed_on(request_data: QueryDict, step: Step, known: Known) -> tuple[Page, Typed]:
    """The posted page and what was typed on it."""
    page: Page = step.form(request_data, known=known)
    return page, page.as_typed()
