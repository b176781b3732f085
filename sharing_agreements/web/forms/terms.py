"""One school term."""

from sharing_agreements.fields import BaseForm, DateBoxesField


class AddTermForm(BaseForm):
    """Its first and its last day."""

    first_day = DateBoxesField(label="First day of the term")
    last_day = DateBoxesField(label="Last day of the term")
