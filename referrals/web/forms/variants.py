"""Puts a variant's words on a page of the report: labels, hints, what is left out, what is asked besides."""

from typing import Any

from django import forms

from referrals.rules.variants import Variant

MORE = "more_"
"""A question of a variant is the field `more_` and its code."""


def speak_as(form: forms.Form, variant: Variant, page: str) -> None:
    """Change a form's fields to a variant's words, before its messages are made from them."""
    for name, words in variant.fields.items():
        if name in form.fields:
            field = form.fields[name]
            field.label, field.help_text = words.label or field.label, words.hint or field.help_text
    for name in variant.leave_out & form.fields.keys():
        del form.fields[name]
    for question in variant.questions_on(page) if page else ():
        widget: Any = forms.Textarea(attrs={"rows": question.rows}) if question.rows > 1 else forms.TextInput
        form.fields[MORE + question.code] = forms.CharField(
            label=question.label, help_text=question.hint, required=False, max_length=2000, widget=widget
        )
