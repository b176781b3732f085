"""The front door's nouns, one file each."""

from referrals.models.adult_of_concern import AdultOfConcern
from referrals.models.attachment import Attachment, DraftAttachment, ReleasedAttachment
from referrals.models.check import (
    AgencyCheck,
    CheckAnswer,
    CheckAnswerDetail,
    CheckAnswerHubOnly,
    ChecksOpening,
    ReleaseRefusal,
    ReleaseRequest,
)
from referrals.models.contact import ClockMark, Contact, ContactEntry, GradeChange
from referrals.models.decision import Decision, DecisionDetail, SecondLook
from referrals.models.device_key import DeviceKey
from referrals.models.disagreement import Disagreement, DisagreementRung, RungAnswer
from referrals.models.draft import Draft
from referrals.models.feedback import Feedback, FeedbackRead, Question
from referrals.models.follow_up import FollowUp, FollowUpStep
from referrals.models.guidance_read import GuidanceRead
from referrals.models.hub_flag import HubFlag, HubFlagSnooze, HubThreshold
from referrals.models.importing import ImportMapping, ImportReject, ReportImport
from referrals.models.matching import Match, RestrictedMatch
from referrals.models.outside import MailDomain, OutsideAccess
from referrals.models.queue_filter import QueueFilter
from referrals.models.report import (
    Report,
    ReportAddition,
    ReportDetail,
    ReportedAdult,
    ReportedChild,
    ReportedChildDetail,
    ReportHubOnly,
    ReportPlace,
    WrongChildMark,
)
from referrals.models.school_notice import NoticeCopy, SchoolNotice

__all__ = [
    "AdultOfConcern",
    "AgencyCheck",
    "Attachment",
    "CheckAnswer",
    "CheckAnswerDetail",
    "CheckAnswerHubOnly",
    "ChecksOpening",
    "ClockMark",
    "Contact",
    "ContactEntry",
    "Decision",
    "DecisionDetail",
    "DeviceKey",
    "Disagreement",
    "DisagreementRung",
    "Draft",
    "DraftAttachment",
    "Feedback",
    "FeedbackRead",
    "FollowUp",
    "FollowUpStep",
    "GradeChange",
    "GuidanceRead",
    "HubFlag",
    "HubFlagSnooze",
    "HubThreshold",
    "ImportMapping",
    "ImportReject",
    "MailDomain",
    "Match",
    "NoticeCopy",
    "OutsideAccess",
    "Question",
    "QueueFilter",
    "ReleaseRefusal",
    "ReleaseRequest",
    "ReleasedAttachment",
    "Report",
    "ReportAddition",
    "ReportDetail",
    "ReportHubOnly",
    "ReportImport",
    "ReportPlace",
    "ReportedAdult",
    "ReportedChild",
    "ReportedChildDetail",
    "RestrictedMatch",
    "RungAnswer",
    "SchoolNotice",
    "SecondLook",
    "WrongChildMark",
]
