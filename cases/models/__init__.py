"""The nouns of cases, one file each."""

from cases.models.assessment import Assessment, AssessmentAnswer, AssessmentForm
from cases.models.case import Case, CaseMove, ChildInCase, ChildLevel, SignOff
from cases.models.consent import ConsentToHelp
from cases.models.custody import Custody
from cases.models.directory import Service, ServiceReferral, ServiceReferralStep, UncheckedService
from cases.models.event import Event, EventDetail, Pin
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
from cases.models.family_copy import FamilyCopy, Objection
from cases.models.flag import Flag, Snooze
from cases.models.meeting import (
    Meeting,
    MeetingInvitation,
    MeetingMinutes,
    MeetingPlace,
    MeetingPoint,
)
from cases.models.note import ChildSeen, ChildWords, Note, NoteDetail
from cases.models.notice import LeadNotice
from cases.models.own_plan import ExpectedAgency, OwnPlan, OwnPlanAim
from cases.models.plan import Action, ActionProgress, Need, NeedDetail, Outcome
from cases.models.plan_concern import PlanConcern
from cases.models.retention import RetentionAnswer, RetentionReview
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
from cases.models.threshold import Threshold, ThresholdTrial

__all__ = [
    "Action",
    "ActionProgress",
    "Answer",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentForm",
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
    "Custody",
    "Event",
    "EventDetail",
    "ExpectedAgency",
    "FamilyCopy",
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
    "MeetingPoint",
    "Need",
    "NeedDetail",
    "NotSafeToTell",
    "Note",
    "NoteDetail",
    "Objection",
    "Outcome",
    "OwnPlan",
    "OwnPlanAim",
    "Pin",
    "PlanConcern",
    "Relationship",
    "RetentionAnswer",
    "RetentionReview",
    "Review",
    "ReviewDetail",
    "ReviewScore",
    "SafeContact",
    "SchoolPlace",
    "Service",
    "ServiceReferral",
    "ServiceReferralStep",
    "SignOff",
    "Snooze",
    "StaffSafetyNote",
    "StepUp",
    "StepUpAnswer",
    "StepUpDetail",
    "TeamMember",
    "Threshold",
    "ThresholdTrial",
    "UncheckedService",
    "Watch",
    "WatchPrompt",
]
