"""An example of an agreement in words, and why it does not hold."""

from sharing_agreements.models import Agency, AgreementExample, Clause
from sharing_agreements.presenting import side
from sharing_agreements.rules import examples as rules
from sharing_agreements.vocabulary import AgencyType


def example_sentence(example: AgreementExample) -> str:
    """The example as one sentence. Load its agencies first."""
    recipient = example.recipient_agency.name if example.recipient_agency else _group(example)
    return rules.sentence(
        rules.ExampleWords(
            must_see=example.must_see,
            recipient=recipient,
            role=example.get_role_display(),
            purpose=example.get_purpose_display(),
            level=example.level,
            kind=example.get_kind_display(),
            provider=side(example.provider_agency, example.provider_type),
            is_involved=example.is_involved,
            agrees=example.agrees,
            stage=example.get_stage_display(),
            age=example.get_age_display(),
        )
    )


def _group(example: AgreementExample) -> str:
    type_label = AgencyType(example.recipient_type).label
    return rules.group(example.recipient_group, type_label, example.recipient_district)


def why_it_fails(example: AgreementExample, recipient: Agency | None, clause: Clause | None) -> str:
    """Who sees it by which clause, or who does not. Load the clause's agreement first."""
    if recipient is None:
        return "There is no such agency, so it shows nothing: name one that is there, or take the example out."
    if clause is None:
        return f"{recipient.name} would not see it: no clause of this agreement opens it."
    where = f"clause {clause.number}"
    if clause.agreement_id != example.agreement_id:
        where = f"{where} of {clause.agreement}"
    return f"{recipient.name} would see it: {where} opens it."
