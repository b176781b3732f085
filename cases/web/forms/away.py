"""Cover for a post."""

from typing import Any

from django import forms

from sharing_agreements.fields import BaseForm, DateBoxesField
from sharing_agreements.models import Post


def post_choices(posts: list[Post]) -> list[tuple[str, str]]:
    """Each post by its holder and role."""
    return [(str(post.pk), f"{post.practitioner.name}, {post.title or post.get_role_display()}") for post in posts]


class CoverPostForm(BaseForm):
    """Whose post, who covers, from when to when, and why."""

    post = forms.TypedChoiceField(label="Who is away?", error_messages={"required": "Choose who is away"})
    covering = forms.TypedChoiceField(label="Who covers?", error_messages={"required": "Choose who covers"})
    starts_on = DateBoxesField(label="First day away")
    ends_on = DateBoxesField(label="Last day away", future=True)
    reason = forms.CharField(label="What colleagues should know", max_length=160, help_text="Such as: on leave")

    def __init__(self, *args: Any, away: list[Post], colleagues: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, posts in (("post", away), ("covering", colleagues)):
            field = self.fields[name]
            field.choices = [("", "Choose"), *post_choices(posts)]
            field.coerce = {str(post.pk): post for post in posts}.get
        if len(away) == 1:
            self.fields["post"].initial = str(away[0].pk)
