"""May this practitioner? Built on rules and queries; each answer is a Refusal or None."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sharing_agreements.models import Agency, Agreement, Post, Practitioner
from sharing_agreements.queries.agreements import legal_faults, sensitive_faults
from sharing_agreements.queries.examples import failing
from sharing_agreements.refusals import Refusal, not_now, not_yours
from sharing_agreements.vocabulary import CASEWORK_ROLES, AgreementState, Role


def why_not_use_personas(*, is_demonstration: bool) -> Refusal | None:
    """One-click sign-in exists only on a demonstration that holds no real practitioner (users 2.26)."""
    if not is_demonstration or Practitioner.objects.filter(is_demonstration=False).exists():
        return not_yours("personas_are_for_demonstrations")
    return None


def why_not_pair_names(*, by: Post) -> Refusal | None:
    """Administrators say which first names stand for one another (row security holds to it too)."""
    return None if by.role == Role.ADMINISTRATOR else not_yours("administrators_only")


def why_not_ask(*, asked: Agency, by: Post) -> Refusal | None:
    """One asks other agencies; what the own agency holds is a matter of role, not of an agreement."""
    if asked.pk == by.agency_id:
        return not_now("own_agency", "Your own agency needs no agreement with itself: ask your manager.")
    return None


def why_not_answer_request(*, by: Post) -> Refusal | None:
    """Governance leads answer; whose requests they read is the database's rule (sql/0011)."""
    return None if by.role == Role.GOVERNANCE_LEAD else not_yours("not_a_governance_lead")


def why_not_govern(*, by: Post) -> Refusal | None:
    """Agreements are moved by information-governance leads, for their own agency (the gate checks it again)."""
    return None if by.role == Role.GOVERNANCE_LEAD else not_yours("governance_leads_only")


def why_not_edit(agreement: Agreement, *, by: Post) -> Refusal | None:
    """Only a draft is edited, by its drafter; anything later is copied as a new version."""
    if why_not_govern(by=by) or agreement.drafter_id != by.agency_id:
        return not_yours()
    if agreement.state != AgreementState.DRAFT:
        return not_now("not_a_draft", "An agreement that was proposed is not edited. Copy it as a new version.")
    return None


def why_not_rest_on(agreement: Agreement, powers: Mapping[str, Sequence[str]]) -> Refusal | None:
    """A power that does not cover a party, does not serve the purpose or has not commenced carries nothing."""
    wrong = legal_faults(agreement, {purpose: list(codes) for purpose, codes in powers.items()})
    return not_now("law_does_not_carry", " ".join(wrong)) if wrong else None


def why_not_propose(agreement: Agreement, *, by: Post) -> Refusal | None:
    """The law must carry it on the day it is proposed, and a sensitive service is opened by consent or step up only;
    what else is missing the gate says."""
    if refusal := why_not_edit(agreement, by=by):
        return refusal
    if wrong := sensitive_faults(agreement):
        return not_now("sensitive_service", " ".join(wrong))
    return why_not_rest_on(agreement, agreement.powers)


def why_not_sign(agreement: Agreement, *, by: Post) -> Refusal | None:
    """Every example must hold as if all had signed (the gate tries them again); whose step it is the gate says."""
    if refusal := why_not_govern(by=by):
        return refusal
    if wrong := failing(agreement):
        why = f"Example {wrong.example.number} does not hold: “{wrong.words}” {wrong.fails}"
        return not_now("example_fails", f"{why} Return it to draft, so that its drafter can mend it.")
    return None


def why_not_copy(agreement: Agreement, *, by: Post) -> Refusal | None:
    """One newer version at a time, and only of something that was proposed or signed."""
    if refusal := why_not_govern(by=by):
        return refusal
    if agreement.state == AgreementState.DRAFT:
        return not_now("still_a_draft", "This is still a draft: change it instead of copying it.")
    if agreement.newer_versions.exclude(state=AgreementState.ENDED).exists():
        return not_now("newer_version_exists", "There is a newer version already. Change that one, or copy it.")
    return None


def why_not_open_in_emergency(*, by: Post) -> Refusal | None:
    """Emergency access is for roles that work on cases; the gate looks at the role's own right to write."""
    return None if by.role in CASEWORK_ROLES else not_yours("no_emergency_access")


def why_not_hand_over_records(*, by: Post) -> Refusal | None:
    """A manager or coordinator hands over what their agency holds of a family."""
    return None if by.role in {Role.MANAGER, Role.COORDINATOR} else not_yours("not_who_hands_over")


def why_not_answer_for(practitioner: UUID, *, by: Post) -> Refusal | None:
    """A governance lead or manager answers for others; that they are of the same agency the gate says."""
    if by.role not in {Role.GOVERNANCE_LEAD, Role.MANAGER} or practitioner == by.practitioner_id:
        return not_yours("not_who_answers")
    return None


def why_not_tend_systems(*, by: Post) -> Refusal | None:
    """An administrator or governance lead tends the record systems of their own agency (the gate checks it again)."""
    return None if by.role in {Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD} else not_yours("not_who_tends_systems")


def why_not_name_key_adults(*, by: Post) -> Refusal | None:
    """The governance lead of an agency names its key adults (the gate checks it again)."""
    return None if by.role == Role.GOVERNANCE_LEAD else not_yours()


def why_not_add_schools(*, by: Post) -> Refusal | None:
    """An administrator adds schools to their own district (the gate checks it again)."""
    return None if by.role == Role.ADMINISTRATOR else not_yours("not_an_administrator")
