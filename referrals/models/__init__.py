"""The front door's nouns, one file each."""

from referrals.models.contact import Contact, GradeChange
from referrals.models.decision import Decision, DecisionDetail
from referrals.models.draft import Draft
from referrals.models.feedback import Feedback, FeedbackRead, Question
from referrals.models.matching import Match
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
    "Contact",
    "Decision",
    "DecisionDetail",
    "Draft",
    "Feedback",
    "FeedbackRead",
    "GradeChange",
    "Match",
    "Question",
    "Report",
    "ReportAddition",
    "ReportDetail",
    "ReportHubOnly",
    "ReportPlace",
    "ReportedAdult",
    "ReportedChild",
    "ReportedChildDetail",
    "WrongChildMark",
]
