"""Forms of an assessment: one section as its form asks it; and one section of the form itself."""

from collections.abc import Iterator
from typing import Any

from django import forms

from cases.actions.assessing import Given
from cases.queries.pages.assessment import Line
from cases.rules.assessment_form import LEAST, MOST, Form, Question, Said, Section, code_for
from cases.vocabulary import AnswerSort, AskedOf, OutcomeHeading
from sharing_agreements.fields import VersionedForm
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision


class WriteSectionForm(VersionedForm):
    """One section: per line what is said, on a scale where there is one, and whether earlier words still hold."""

    marks_optional = False

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        self.lines = {line.key: line for line in lines}
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Two boxes for a scale, one for words, and a tick where something is carried forward."""
        for key, line in self.lines.items():
            hint = as_on(line)
            if line.question.is_scale:
                self.fields[f"score_{key}"] = forms.IntegerField(
                    label=line.label,
                    min_value=LEAST,
                    max_value=MOST,
                    required=False,
                    initial=line.said.score,
                    help_text=" ".join([*anchors(line.question), hint]).strip(),
                )
                self.components[f"score_{key}"] = {"classes": "govuk-input--width-2"}
            self.fields[f"words_{key}"] = forms.CharField(
                label=f"What makes it so? ({line.label})" if line.question.is_scale else line.label,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                initial=line.said.words,
                help_text="" if line.question.is_scale else hint,
            )
            if line.is_carried:
                self.fields[f"right_{key}"] = forms.BooleanField(
                    label=f"This still holds{f' for {line.name}' if line.name else ''}", required=False
                )

    def given(self) -> dict[str, Given]:
        """What was sent, by the key of its line."""
        said = self.cleaned_data
        return {
            key: Given(
                Said(said.get(f"words_{key}", "").strip(), said.get(f"score_{key}")),
                said.get(f"right_{key}", False),
            )
            for key in self.lines
        }

    def saved(self, lines: list[Line]) -> dict[str, Any]:
        """What stands now in each box, to be laid beside what was typed."""
        found: dict[str, Any] = {}
        for line in lines:
            if f"score_{line.key}" in self.fields:
                found[f"score_{line.key}"] = line.said.score
            if f"words_{line.key}" in self.fields:
                found[f"words_{line.key}"] = line.said.words
        return found


def as_on(line: Line) -> str:
    """The mark of an answer that is carried forward; empty for any other."""
    if not line.is_carried or line.earlier is None:
        return ""
    return f"As on {say(line.earlier.said_on, Precision.DAY)}; not yet confirmed."


def anchors(question: Question) -> list[str]:
    """What the ends and the middle of a scale mean."""
    said = ((LEAST, question.low), ((LEAST + MOST) // 2, question.middle), (MOST, question.high))
    return [f"{number}: {words}." for number, words in said if words]


NEW = "new"
"""In the address and in the boxes: a section or a question that is not there yet. No code is ever this word."""
PARTS = ("ask", "low", "middle", "high")


class ChangeSectionForm(VersionedForm):
    """A section of the form: its title, what each question says, and one question more."""

    title = forms.CharField(label="Title of the section", max_length=80)

    def __init__(self, *args: Any, form: Form, section: Section, **kwargs: Any) -> None:
        self.form, self.section = form, section
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The section's questions as they are, then one that is not there yet."""
        section = self.section
        self.fields["version"].initial = self.form.version
        self.fields["title"].initial = section.title
        for number, one in enumerate(section.questions, start=1):
            self._boxes(one.code, f"Question {number}", one, required=True)
            self.fields[f"retired_{one.code}"] = forms.BooleanField(
                label=f"Do not ask question {number} any more", required=False, initial=one.is_retired
            )
        self.fields[f"ask_{NEW}"] = self._box("A question more", "", 200, "Leave it empty to add none")
        self.fields["of"] = forms.ChoiceField(
            label="Whom is it asked about?", choices=AskedOf.choices, initial=AskedOf.FAMILY, widget=forms.RadioSelect
        )
        self.fields["sort"] = forms.ChoiceField(
            label="How is it answered?", choices=AnswerSort.choices, initial=AnswerSort.WORDS, widget=forms.RadioSelect
        )
        self.fields["heading"] = forms.ChoiceField(
            label="Which outcome does a need found here belong to?",
            choices=[("", "None of them"), *OutcomeHeading.choices],
            required=False,
        )
        self._anchors(NEW, "the question more", Question("", ""))
        if section.code:
            self.fields["is_retired"] = forms.BooleanField(
                label="Do not ask this section any more", required=False, initial=section.is_retired
            )
        self.fields["why"] = forms.CharField(label="What is different, in one line?", max_length=300)

    @staticmethod
    def _box(label: str, initial: str, most: int, help_text: str = "", *, required: bool = False) -> forms.CharField:
        return forms.CharField(label=label, max_length=most, initial=initial, help_text=help_text, required=required)

    def _boxes(self, code: str, label: str, one: Question, *, required: bool) -> None:
        how = f"{AskedOf(one.of).label}. {AnswerSort(one.sort).label}."
        self.fields[f"ask_{code}"] = self._box(label, one.ask, 200, how, required=required)
        if one.is_scale:
            self._anchors(code, label.lower(), one)

    def _anchors(self, code: str, label: str, one: Question) -> None:
        for part, number in (("low", LEAST), ("middle", (LEAST + MOST) // 2), ("high", MOST)):
            words = getattr(one, part)
            self.fields[f"{part}_{code}"] = self._box(f"What {number} means, for {label}", words, 160)

    def changed(self) -> Section:
        """The section as it was sent."""
        said = self.cleaned_data
        code = self.section.code or code_for(said["title"], {*self.form.codes, NEW})
        questions = (*(self._kept(one) for one in self.section.questions), *self._added(code))
        return Section(code, said["title"].strip(), questions, said.get("is_retired", False))

    def as_it_is(self) -> dict[str, Any]:
        """What each box holds before anything is typed."""
        return {name: box.initial for name, box in self.fields.items() if name not in {"idempotency_key", "version"}}

    def _kept(self, one: Question) -> Question:
        said = self.cleaned_data
        words = {part: said.get(f"{part}_{one.code}", getattr(one, part)) for part in PARTS}
        return Question(
            one.code, **words, of=one.of, sort=one.sort, heading=one.heading, is_retired=said[f"retired_{one.code}"]
        )

    def _added(self, section: str) -> Iterator[Question]:
        said = self.cleaned_data
        if ask := said.get(f"ask_{NEW}", "").strip():
            scale = said["sort"] == AnswerSort.SCALE
            words = {part: said.get(f"{part}_{NEW}", "") if scale else "" for part in ("low", "middle", "high")}
            code = code_for(ask, {*self.form.codes, section, NEW})
            yield Question(code, ask, said["of"], said["sort"], said["heading"], **words)
