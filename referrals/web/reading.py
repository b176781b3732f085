"""Turns the judged pages of a draft into the answers an action files, and into lines to check."""

from collections.abc import Mapping
from typing import Any

from referrals.rules.report import Adult, Child, ReportAnswers, Statement, typed_name
from referrals.rules.signs import HEADINGS
from referrals.vocabulary import Answer, Check, ConcernKind, FamilyTold, Seen, Urgency
from referrals.web.forms.variants import MORE
from referrals.web.steps import Page

Pages = Mapping[str, Page]


def unfinished(pages: Pages) -> list[str]:
    """Slugs of the pages that still need something, in order."""
    return [slug for slug, page in pages.items() if not page.is_valid()]


def answers_from(pages: Pages) -> ReportAnswers:
    """Everything the report says. Every page must be valid."""
    said = _said(pages)
    rows = pages["children"].said
    return ReportAnswers(
        danger=Answer(said["danger"]),
        danger_told=said.get("danger_told", ""),
        danger_told_at=said.get("danger_told_at"),
        account=said["account"],
        concern=ConcernKind(said["concern"]),
        tags=tuple(said["tags"]),
        happened=said["happened"],
        happened_time=said["happened_time"],
        happened_at=said["happened_at"],
        children=tuple(_child(place, row, said, _screened(pages)) for place, row in enumerate(rows)),
        now_at=said["now_at"],
        told=FamilyTold(said["told"]),
        urgency=Urgency(said["urgency"]),
        signs={name: said[name] for name, _, _ in HEADINGS if said.get(name)},
        adults=tuple(Adult(row["name"], row["relation"], row["with_child"]) for row in pages["adults"].said),
        statements=tuple(Statement(row["words"], row["basis"], row["told_by"]) for row in pages["statements"].said),
        checks={code: said[f"check_{code}"] for code in Check.values if said.get(f"check_{code}")},
        more=_more(pages),
        works_at_no=said["works_at"].no if said["works_at"] else None,
        works_at=said["works_at"].name if said["works_at"] else "",
        **{name: said[name] for name in PLAIN if name in said},
    )


PLAIN = (
    "strengths",
    "asked_for",
    "told_words",
    "not_safe_because",
    "school",
    "home_line",
    "home_postcode",
    "police_reference",
    "dog_or_weapon",
    "interpreter",
    "language",
    "hub_only",
    "informant",
    "family_may_know_informant",
)


def _said(pages: Pages) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for page in pages.values():
        if not hasattr(page, "said"):
            said |= page.cleaned_data
    return said


def _more(pages: Pages) -> tuple[tuple[str, str], ...]:
    """Answers to what only this kind of agency is asked, each with the question as it was put."""
    asked = (bound for page in pages.values() if not hasattr(page, "said") for bound in page)
    given = ((str(one.label), _answer(one)) for one in asked if one.name.startswith(MORE))
    return tuple((question, answer) for question, answer in given if answer)


def _answer(bound: Any) -> str:
    """What was answered, as text."""
    return str(bound.form.cleaned_data.get(bound.name, "")).strip()


def _screened(pages: Pages) -> dict[int, Mapping[str, Any]]:
    """By the place of the child, what was answered about being used by others."""
    page = pages.get("screening")
    rows = [row for row in page.forms if row.cleaned_data] if page else []
    return {row.cleaned_data["child"]: row.screening().as_kept() for row in rows}


def _child(place: int, row: Mapping[str, Any], said: Mapping[str, Any], screened: Mapping[int, Any]) -> Child:
    return Child(
        name=row["name"],
        born=row["born"],
        seen=Seen(row["seen"]),
        elsewhere="" if row.get("same_place", True) else row["elsewhere"],
        words=said.get(f"words_{place}", ""),
        said_with=said.get(f"said_with_{place}", ""),
        screening=screened.get(place, {}),
    )


def lines_of(slug: str, page: Page) -> list[tuple[str, str]]:
    """Question and answer, as the reporter reads them back. Unanswered prompted questions are left out."""
    if hasattr(page, "said"):
        return [line for row in page.forms if row.is_valid() and row.cleaned_data for line in _row_lines(page, row)]
    spoken = [
        (str(bound.label), spoken_answer(bound, page.cleaned_data.get(bound.name)))
        for bound in page
        if not bound.is_hidden
    ]
    return [(question, answer) for question, answer in spoken if answer]


def _row_lines(page: Any, row: Any) -> list[tuple[str, str]]:
    is_child = "born" in row.fields
    answers = [
        in_row(bound.name, spoken_answer(bound, row.cleaned_data.get(bound.name)), is_child=is_child)
        for bound in row
        if not bound.is_hidden
    ]
    return [(f"{page.noun} {row.position + 1}", "\n".join(answer for answer in answers if answer))]


def in_row(field: str, answer: str, *, is_child: bool) -> str:
    """An answer that stands without its question: "not known" twice in a row says nothing."""
    if field == "name" and answer:
        return typed_name(answer, is_child=is_child)
    return "Date of birth not known" if field == "born" and answer == "not known" else answer


def spoken_answer(bound: Any, value: Any) -> str:
    """One answer in words: labels for codes, nothing for what was left."""
    if value in (None, "", [], False):
        return ""
    if value is True:
        return str(bound.label)
    choices = dict(getattr(bound.field, "choices", ()) or ())
    if isinstance(value, list):
        return "\n".join(str(choices.get(one, one)) for one in value)
    if hasattr(value, "strftime"):
        return str(value.strftime("%H:%M"))
    return str(choices.get(value, value))
