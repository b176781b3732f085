"""The front door's nouns, one file each."""

from referrals.models.adult_of_concern import AdultOfConcern
from referrals.models.attachment import Attachment, DraftAttachment, ReleasedAttachment
from referrals.models.check import AgencyCheck, CheckAnswer, CheckAnswerDetail, CheckAnswerHubOnly, ChecksOpening
from referrals.models.contact import Contact, ContactEntry, GradeChange
from referrals.models.decision import Decision, DecisionDetail, SecondLook
from referrals.models.device_key import DeviceKey
from referrals.models.draft import Draft
from referrals.models.feedback import Feedback, FeedbackRead, Question
from referrals.models.guidance_read import GuidanceRead
from referrals.models.hub_flag import HubFlag, HubFlagSnooze, HubThreshold
from referrals.models.importing import ImportMapping, ImportReject, ReportImport
from referrals.models.matching import Match, RestrictedMatch
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

__all__ = [
    "AdultOfConcern",
    "AgencyCheck",
    "Attachment",
    "CheckAnswer",
    "CheckAnswerDetail",
    "CheckAnswerHubOnly",
    "ChecksOpening",
    "Contact",
    "ContactEntry",
    "Decision",
    "DecisionDetail",
    "DeviceKey",
    "Draft",
    "DraftAttachment",
    "Feedback",
    "FeedbackRead",
    "GradeChange",
    "GuidanceRead",
    "HubFlag",
    "HubFlagSnooze",
    "HubThreshold",
    "ImportMapping",
    "ImportReject",
    "Match",
    "Question",
    "QueueFilter",
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
    "SecondLook",
    "WrongChildMark",
]
