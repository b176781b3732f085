"""Several of a thing on one page: children, adults, statements. Rows are added by a button, without script too."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.forms.formsets import BaseFormSet, formset_factory

from referrals.queries.variants import variant_for
from referrals.rules.report import Known
from referrals.web.forms.variants import speak_as
from sharing_agreements.fields import BaseForm

Typed = Mapping[str, list[str]]


class RowForm(BaseForm):
    """One row; `position` is 0 for the first."""

    idempotency_key = None  # type: ignore[assignment]
    beside: ClassVar[tuple[str, ...]] = ()  # fields of the left column, where there are two

    def __init__(self, *args: Any, position: int = 0, known: Known | None = None, **kwargs: Any) -> None:
        self.position, self.known = position, known or Known()
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The row as this agency is asked it."""
        self.ask()
        speak_as(self, variant_for(self.known.agency_type), "")

    def ask(self) -> None:
        """Fields that depend on the row's place, or on what earlier pages told."""


class RowSet(BaseFormSet):
    """The rows of a page. A row left blank is no row, save the first `min_num`."""

    adds: ClassVar[str] = "Add another"
    noun: ClassVar[str] = "Row"
    wanted_prefix: ClassVar[str] = "row"

    def __init__(self, data: Any = None, *, typed: Typed | None = None, known: Known | None = None) -> None:
        self.known, self.typed = known or Known(), typed
        super().__init__(data, prefix=self.wanted_prefix)

    def total_form_count(self) -> int:
        """As many rows as were on the page, or as the draft holds."""
        if self.is_bound:
            return super().total_form_count()
        return max(1, self.min_num, rows_in(self.typed or {}, self.wanted_prefix, most=self.max_num))

    def initial_form_count(self) -> int:
        """None is "initial": every row was typed by this reporter."""
        return 0

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Each row knows its place, and shows its part of the draft."""
        return {"position": index or 0, "known": self.known, "typed": None if self.is_bound else self.typed or None}

    def as_typed(self) -> dict[str, list[str]]:
        """Everything posted for these rows, for keeping as a draft."""
        kept = {f"{self.prefix}-TOTAL_FORMS": [str(self.total_form_count())], f"{self.prefix}-INITIAL_FORMS": ["0"]}
        for row in self.forms:
            kept |= row.as_typed()
        return kept

    @property
    def said(self) -> list[dict[str, Any]]:
        """What each filled row says, once the page is valid."""
        return [row.cleaned_data for row in self.forms if row.cleaned_data]


def row_set(row: type[RowForm], *, prefix: str, most: int, least: int = 1) -> type[RowSet]:
    """A page of such rows."""
    kind: Any = formset_factory(
        row, formset=RowSet, extra=0, min_num=least, max_num=most, absolute_max=most, validate_max=True
    )
    kind.wanted_prefix = prefix
    made: type[RowSet] = kind
    return made


def rows_in(typed: Typed, prefix: str, *, most: int) -> int:
    """How many rows a draft holds; nonsense counts as none."""
    text = (typed.get(f"{prefix}-TOTAL_FORMS") or ["0"])[0]
    return min(int(text), most) if text.isascii() and text.isdigit() else 0


def with_row_added(typed: Typed, prefix: str, *, most: int) -> dict[str, list[str]]:
    """The draft with one blank row more, as the page first shows it: in the same place as the first."""
    count = max(1, rows_in(typed, prefix, most=most))
    if count >= most:
        return dict(typed)
    return {**typed, f"{prefix}-TOTAL_FORMS": [str(count + 1)], f"{prefix}-{count}-same_place": ["on"]}


def with_row_removed(typed: Typed, prefix: str, place: int, *, most: int) -> dict[str, list[str]]:
    """The draft without one row; later rows move up."""
    count = rows_in(typed, prefix, most=most)
    if not 0 <= place < count or count == 1:
        return dict(typed)
    kept: dict[str, list[str]] = {}
    for key, values in typed.items():
        _, _, rest = key.partition("-")
        number, _, name = rest.partition("-")
        if not number.isdigit():
            kept[key] = values
        elif int(number) != place:
            kept[f"{prefix}-{int(number) - (int(number) > place)}-{name}"] = values
    return {**kept, f"{prefix}-TOTAL_FORMS": [str(count - 1)]}


def is_rows(kind: type) -> bool:
    """Whether a page is made of rows."""
    return issubclass(kind, RowSet)
