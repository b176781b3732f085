"""The ground's nouns, one file each."""

from sharing_agreements.models.agency import Agency, Team
from sharing_agreements.models.agreement import Agreement, Clause, Party
from sharing_agreements.models.agreement_document import AgreementDocument
from sharing_agreements.models.agreement_example import AgreementExample, ExampleAlarm
from sharing_agreements.models.agreement_move import AgreementMove
from sharing_agreements.models.agreement_request import AgreementRequest
from sharing_agreements.models.agreement_warning import AgreementWarning
from sharing_agreements.models.anchor import Family, Person, PersonUserObjectPermission
from sharing_agreements.models.calendar import HubHours, SchoolTerm, WorkingDay
from sharing_agreements.models.disclosure import Disclosure, LookBasis
from sharing_agreements.models.exceptions import EmergencyAccess, EmergencyNotice, RecordException
from sharing_agreements.models.facts import (
    Conflict,
    HiddenAddress,
    Involvement,
    OwnDetails,
    PersonFacts,
    RestrictedPerson,
    SharingConsent,
    StageChange,
)
from sharing_agreements.models.identity import Address, Identity, IdentityDetail
from sharing_agreements.models.matching import MatchWeights, NameVariant, PersonLink
from sharing_agreements.models.notification import Notification, NotificationChoice
from sharing_agreements.models.owed import DoneJob, OwedJob
from sharing_agreements.models.post_cover import PostCover
from sharing_agreements.models.practitioner import Post, Practitioner
from sharing_agreements.models.record import SharedRecord
from sharing_agreements.models.record_system import RecordSystem, SystemKey
from sharing_agreements.models.seal import Seal, SealedRow
from sharing_agreements.models.simulation import SimulationLine, SimulationRun
from sharing_agreements.models.submission import Submission
from sharing_agreements.models.switched_off_pack import SwitchedOffPack

__all__ = [
    "Address",
    "Agency",
    "Agreement",
    "AgreementDocument",
    "AgreementExample",
    "AgreementMove",
    "AgreementRequest",
    "AgreementWarning",
    "Clause",
    "Conflict",
    "Disclosure",
    "DoneJob",
    "EmergencyAccess",
    "EmergencyNotice",
    "ExampleAlarm",
    "Family",
    "HiddenAddress",
    "HubHours",
    "Identity",
    "IdentityDetail",
    "Involvement",
    "LookBasis",
    "MatchWeights",
    "NameVariant",
    "Notification",
    "NotificationChoice",
    "OwedJob",
    "OwnDetails",
    "Party",
    "Person",
    "PersonFacts",
    "PersonLink",
    "PersonUserObjectPermission",
    "Post",
    "PostCover",
    "Practitioner",
    "RecordException",
    "RecordSystem",
    "RestrictedPerson",
    "SchoolTerm",
    "Seal",
    "SealedRow",
    "SharedRecord",
    "SharingConsent",
    "SimulationLine",
    "SimulationRun",
    "StageChange",
    "Submission",
    "SwitchedOffPack",
    "SystemKey",
    "Team",
    "WorkingDay",
]
