"""The nouns of cases, one file each."""

from cases.models.assessment import Assessment, AssessmentDetail
from cases.models.case import Case, CaseMove, ChildInCase, ChildLevel, SignOff
from cases.models.consent import ConsentToHelp
from cases.models.event import Event, EventDetail
from cases.models.family import (
    FamilyMember,
    HealthContact,
    Household,
    HouseholdMember,
    KeepApart,
    LiftedNotSafeToTell,
    NotSafeToTell,
    Relationship,
    SafeContact,
    SchoolPlace,
    StaffSafetyNote,
)
from cases.models.flag import Flag, Snooze
from cases.models.meeting import (
    Meeting,
    MeetingInvitation,
    MeetingMinutes,
    MeetingPlace,
)
from cases.models.note import ChildSeen, ChildWords, Note, NoteDetail
from cases.models.notice import LeadNotice
from cases.models.plan import Action, ActionProgress, Need, NeedDetail, Outcome
from cases.models.review import Review, ReviewDetail, ReviewScore
from cases.models.step import (
    ClosingDetail,
    ClosingSummary,
    StepUp,
    StepUpAnswer,
    StepUpDetail,
    Watch,
    WatchPrompt,
)
from cases.models.team import Answer, Cover, Handover, LeadAssignment, TeamMember
from cases.models.threshold import Threshold

__all__ = [
    "Action",
    "ActionProgress",
    "Answer",
    "Assessment",
    "AssessmentDetail",
    "Case",
    "CaseMove",
    "ChildInCase",
    "ChildLevel",
    "ChildSeen",
    "ChildWords",
    "ClosingDetail",
    "ClosingSummary",
    "ConsentToHelp",
    "Cover",
    "Event",
    "EventDetail",
    "FamilyMember",
    "Flag",
    "Handover",
    "HealthContact",
    "Household",
    "HouseholdMember",
    "KeepApart",
    "LeadAssignment",
    "LeadNotice",
    "LiftedNotSafeToTell",
    "Meeting",
    "MeetingInvitation",
    "MeetingMinutes",
    "MeetingPlace",
    "Need",
    "NeedDetail",
    "NotSafeToTell",
    "Note",
    "NoteDetail",
    "Outcome",
    "Relationship",
    "Review",
    "ReviewDetail",
    "ReviewScore",
    "SafeContact",
    "SchoolPlace",
    "SignOff",
    "Snooze",
    "StaffSafetyNote",
    "StepUp",
    "StepUpAnswer",
    "StepUpDetail",
    "TeamMember",
    "Threshold",
    "Watch",
    "WatchPrompt",
]
