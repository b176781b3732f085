"""Every way the work with families says no. A refusal's sentence says what is missing and how to mend it."""

from collections.abc import Iterable

from sharing_agreements.refusals import Refusal, not_now, not_yours

NOT_FOUND = not_yours()
MOVED_MEANWHILE = not_now(
    "moved_meanwhile",
    "Somebody moved this case while your page was open. Look again first.",
)
SETTLED_ALREADY = not_now("settled_already", "Somebody has settled this action already. Look again first.")
CHANGED_MEANWHILE = not_now("changed_meanwhile", "Somebody changed this while your page was open.")
NO_CHILDREN = not_now("no_children", "Name at least one child.")
NO_REASON = not_now("no_reason", "Give a reason.")
NO_HANDOVER = not_now(
    "no_handover",
    "Write a handover summary: the next lead must not start from nothing.",
)
NO_CONSENT = not_now("no_consent", "Record first what the family said about receiving help.")
NO_NEED = not_now("no_need", "Add at least one need to the plan first.")
NO_CONCLUSION = not_now("no_conclusion", "Write the conclusion of the assessment first.")
QUESTION_GONE = not_now("question_gone", "A question is retired, never removed: earlier answers belong to it.")
QUESTION_OTHERWISE = not_now(
    "question_otherwise",
    "How a question is answered, and by whom, stays as it is. Retire it and add another.",
)
NOTHING_ASKED = not_now("nothing_asked", "The form must ask at least one question.")
TOO_MANY_QUESTIONS = not_now("too_many_questions", "The form asks more than 60 questions. Retire some first.")
ASKED_TWICE = not_now("asked_twice", "The form asks the same question twice.")
NO_ANCHORS = not_now("no_anchors", "Say what 0 and 10 of each scale mean.")
NOTHING_CHANGED = not_now("nothing_changed", "Nothing is different from the form in use.")
NOT_YOUR_FORM = not_yours("keepers_of_the_form_only")
NOT_ASKED_HERE = not_now("not_asked_here", "This assessment does not ask that.")
OFF_THE_SCALE = not_now("off_the_scale", "Give a number from 0 to 10, and only where there is a scale.")
ASSESSMENT_FINISHED = not_now("assessment_finished", "This assessment is finished. Start another to write more.")
NOT_YOUR_DIRECTORY = not_yours("keepers_of_the_directory_only")
NOT_SO_FAR = not_now("not_so_far", "The referral stands elsewhere, and cannot go there from it. Look again first.")
SERVICE_CLOSED = not_now("service_closed", "This service takes nobody any more. Choose another.")
SERVICE_CLOSED_FOR_NOW = not_now(
    "service_closed_for_now", "This service is closed for now and keeps no waiting list. Choose another."
)
SERVICE_LIST_ONLY = not_now(
    "service_list_only",
    "This service is closed for now and takes names for its waiting list only. Ask it first, then tick that the family "
    "is on the list, or choose another.",
)
NO_END_MEASURE = not_now("no_end_measure", "Say where things are at the end, from 0 to 10.")
NO_DUE_DAY = not_now("no_due_day", "Say by when, from today on.")
NO_MEASURE = not_now("no_measure", "Say how it will show that it is done.")
NO_POWER = not_now("no_power", "Name the legal power that is used.")
NO_POWER_REASON = not_now("no_power_reason", "Say why enforcement helps this family now.")
NO_SIGN_OFF = not_now("no_sign_off", "A manager must agree first. Ask for their sign-off.")
NOT_A_MANAGER = not_now("not_a_manager", "A manager answers this.")
NOT_ASKED = not_now("not_asked", "This was not asked of you, or it is answered already.")
NOT_UNBORN = not_now("not_unborn", "This child has been born already, or is nobody you may name.")
NOT_LIVING = not_now("not_living", "This is recorded already, or is about nobody you may name.")
NOT_BORN_YET = not_now("not_born_yet", "That day has not come.")
RETENTION_SAYS_NOTHING = not_now("retention_says_nothing", "Say what becomes of these records.")
RETENTION_NOT_DUE = not_now("retention_not_due", "Their time is not over: they may be kept or held, and nothing else.")
RETENTION_PROPOSED = not_now("retention_proposed", "Their disposal is proposed already.")
RETENTION_NOT_PROPOSED = not_now("retention_not_proposed", "Nobody has proposed their disposal.")
RETENTION_OFF = not_now("retention_off", "This case is not on the list any more.")
NOT_YOUR_OWN_DISPOSAL = not_now("own_disposal", "Somebody else must agree to what you proposed.")
NO_HOLD = not_now("no_hold", "Say what they are held for.")
KEPT_UNTIL_WHEN = not_now("kept_until_when", "Give a day to come, at most 25 years ahead.")
RELEASED_BEFORE = not_now("released_before", "Custody began after that day. Give a later day.")
CUSTODY_ENDED = not_now("custody_ended", "This has ended already.")
NOT_WORKING = not_now("not_working_with_them", "You do not work with this family.")
NOT_YOUR_OWN_SIGN_OFF = not_now("own_sign_off", "Somebody else must sign off what you asked for.")
NO_POST = not_now("no_post", "They hold no such post at that agency today.")
LEAD_SEES_NOTHING = not_now(
    "lead_sees_nothing",
    "No agreement in force lets a lead practitioner of that agency see this case. "
    "Choose another lead, or ask the information-governance lead to propose one.",
)
NOT_ACCEPTED_YET = not_now(
    "not_accepted_yet", "The family has not said yes to the offer. Record their answer first, then find a lead."
)
ASKED_ALREADY = not_now(
    "asked_already", "Somebody else is asked to lead this family already. Take that back first, or wait for the answer."
)
ALREADY_LEAD = not_now("already_lead", "They lead this case already.")
NOT_SAFE_TO_TELL = not_now(
    "not_safe_to_tell",
    "It is not safe to tell one of these people. Ring the hub before you send anything.",
)
KEPT_APART = not_now("kept_apart", "Two of these people must be kept apart. Arrange separate meetings.")
REVIEW_TOO_FAR = not_now("review_too_far", "The next review is at most 12 weeks after this one.")
SAFETY_REVIEW_TOO_FAR = not_now("safety_review_too_far", "Review a staff-safety note within 12 months.")
ONLY_THE_HUB = not_now("only_the_hub", "Only the hub may do this.")
NOT_YOUR_NOTE = not_now("not_your_note", "Only the agency that wrote this may end it. Ask them to.")
KNOWN_ELSEWHERE = not_now(
    "known_elsewhere",
    "Others know this child already. Ask the early help coordinator or the hub to bring them into the case.",
)
BEGAN_LATER = not_now("began_later", "What this takes the place of began on that day or later. Give a later first day.")
NOBODY_WAITS = not_now("nobody_waits", "No child of this case waits for an assessment to start.")
NO_BASIS = not_now("no_basis", "Name the law relied on.")
NO_RECEIPT = not_now("no_receipt", "Give the name of the person who received it and their reference.")
ANSWERED_ALREADY = not_now("answered_already", "This has been answered already.")
NOT_OPEN = not_now("not_open", "The work with this child has ended or has not begun.")
COVER_ENDED = not_now("cover_ended", "This cover has ended already.")
COVER_NOT_YOURS = not_now(
    "cover_not_yours", "The lead, or the agency that arranged this cover, ends it. Ask one of them."
)
ASKED_BY_OTHERS = not_now("asked_by_others", "Another agency asked them. Ask that agency to take it back.")
MEETING_RECORDED = not_now("meeting_recorded", "Somebody has recorded this meeting already. Look again first.")
MEETING_NOT_BEGUN = not_now(
    "meeting_not_begun", "This meeting has not begun. You can say now only that it does not take place."
)
MEETING_NOT_HELD = not_now("meeting_not_held", "This meeting did not take place, so it has no minutes.")
NOT_INVITED = not_now("not_invited", "You are not invited to this meeting. Ask the lead to invite you.")
NO_PLACES = not_now("no_places", "Leave out where somebody lives, learns or is seen, and tell the lead by telephone.")
NO_AIM = not_now("no_aim", "Say at least one thing the plan works towards.")
JOINED_ALREADY = not_now("joined_already", "This plan is part of the team's plan already.")
NOT_IN_CASE = not_now("not_in_case", "They are not in the case. Bring them into it first.")
NO_WORDS = not_now("no_words", "Write something first.")
NOBODY_NAMED = not_now("nobody_named", "Say whom it is about.")
NOT_REFUSED = not_now(
    "not_refused", "Social care has not refused it. Wait for their answer, or ring them and record what they say."
)
DATES_CROSSED = not_now("dates_crossed", "The last day is before the first.")


def NOT_FROM_HERE(verb: str, state: str) -> Refusal:
    """The verb does not start in the state the child's case is in."""
    return not_now(
        "not_from_here",
        f"The case stands at '{state}', and this cannot be done from there.",
    )


def NOT_YOUR_MOVE(hands: Iterable[str]) -> Refusal:
    """Others make this move."""
    return not_now("not_your_move", f"This is done by {' or '.join(sorted(hands))}.")


def NEEDS_OPEN(titles: Iterable[str]) -> Refusal:
    """Needs without an outcome or a reason stand in the way of an ending."""
    return not_now("needs_open", f"Say what came of: {'; '.join(sorted(titles))}.")


FLAG_CLEARED = not_now("flag_cleared", "This flag has gone away by itself. There is nothing to put off.")
FLAG_CLIMBED = not_now("flag_climbed", "This flag has gone to the manager already.")
COVERS_THEMSELVES = not_now("covers_themselves", "Choose a colleague: nobody covers for themselves.")
NUMBERS_CHANGED = not_now(
    "numbers_changed", "Somebody set other numbers while your page was open. Check yours, then save again."
)
SNOOZE_TOO_FAR = not_now("snooze_too_far", "A flag is put off until a day after today, at most 28 days ahead.")
