"""Every way the front door says no."""

import datetime

from sharing_agreements.part_known import say
from sharing_agreements.refusals import Refusal, not_now
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON

ALREADY_SENT = not_now("report_already_sent", "This report was already sent. Open it under My reports to add to it.")
ALREADY_RECORDED = not_now("already_recorded", "This adult is recorded already. Ring the hub to change it.")
REVIEW_TOO_FAR = not_now("review_too_far", "Choose a day within 12 months to look at it again.")
DRAFT_ABANDONED = not_now("draft_abandoned", "This draft was put aside. Start a new report.")
CHANGED_ELSEWHERE = not_now(
    "draft_changed_elsewhere", "Another window changed this draft since. Both versions are kept, each as a draft."
)
REASON_MISSING = not_now("reason_missing", "Say why the draft is no longer needed.")
NOBODY_WORKS_ON_IT = not_now(
    "nobody_works_on_it",
    "This is an old report from another system; nobody at the hub works on it. If you know more, send a new report.",
)


def no_hub(district: str) -> Refusal:
    """No hub serves this agency's district: the report must go by telephone."""
    return not_now("no_hub", f"No hub is set up for {district}. Your draft is kept. Ring your duty team now.")


TOLD_ALREADY = not_now("told_already", "The hub has told you what it decided. If you know more, add it to the report.")
ANSWER_FIRST = not_now("answer_first", "The hub asked you something and waits for your answer. Answer that first.")


def chased_too_early(first: datetime.datetime) -> Refusal:
    """The reporter may ask what became of it from `first` on; ringing is open to them all the time."""
    local = first.astimezone(LONDON)
    day = say(local.date(), Precision.DAY)
    return not_now("too_early", f"You can ask here from {local:%H:%M} on {day}. If it cannot wait, ring the hub.")


def too_few_settled(same: int, different: int, fewest: int, fewest_of_each: int) -> Refusal:
    """Weights of matching are not learned from so few pairs that people settled."""
    return not_now(
        "too_few_settled",
        f"Too few pairs are settled: {same} as one person and {different} as two. It takes {fewest}, and"
        f" {fewest_of_each} of either kind. The weights stay as they are.",
    )


FILE_REFUSED = {
    "no_scanner": not_now(
        "no_scanner",
        "Files cannot be added here: no virus scanner is set up. Say in words what the file shows, and tell the hub on "
        "the telephone that you hold it.",
    ),
    "no_answer": not_now(
        "scanner_silent",
        "The virus scanner does not answer, so the file was not kept. Try again later. Do not wait with the report.",
    ),
    "infected": not_now(
        "file_infected", "The virus scanner found something in this file. It was not kept. Tell your own IT desk."
    ),
}
"""Why a file is not taken, by what the scanner said."""
FILE_NOT_READ = not_now(
    "file_not_read",
    "The file must be a photograph (JPEG, PNG or WebP), a PDF, or a Word, Excel or OpenDocument file without macros.",
)
FILE_TOO_BIG = not_now("file_too_big", "The file must be 10 MB or less.")
FILES_TOO_MANY = not_now(
    "files_too_many", "A report holds 10 files at most. Take one away, or tell the hub you hold more."
)
FILE_RELEASED = not_now("file_released", "This has been released already.")
SAY_WHY_RELEASED = not_now("say_why_released", "Say why it is right that others see it.")

DEVICE_REVOKED = not_now(
    "device_revoked", "You took the key back from this device. Reports can wait on it again in four days."
)

NOTHING_TO_TELL = not_now("nothing_to_tell", "There is nobody to tell, or a decision stands for every child.")

# The hub's side.

DECIDED_ALREADY = not_now(
    "decided_already", "This contact has been decided. Look at it again before you change anything."
)
SETTLED_MEANWHILE = not_now("match_settled", "Somebody has settled this match already.")
NOT_SETTLED = not_now("match_not_settled", "Nobody has settled this match yet.")
CHANGED_MEANWHILE = not_now(
    "contact_changed", "Somebody changed this contact while your page was open. Look again first."
)
NOT_ON_THIS_QUEUE = not_now("not_on_this_queue", "They hold no post that works this queue today.")
GRADE_NEEDS_A_REASON = not_now("grade_needs_a_reason", "Say why the grade differs. Both grades are kept.")
GRADE_FIRST = not_now("grade_first", "Grade the contact before you decide it.")
ACKNOWLEDGE_FIRST = not_now("acknowledge_first", "Acknowledge the danger first: say who is acting on it.")
DECIDED_FOR_THIS_CHILD = not_now("child_decided", "A decision stands for this child already.")
NOT_HELD = not_now("not_held", "This decision does not wait for a second person.")
OWN_DECISION = not_now("own_decision", "Somebody other than the decider looks at a held decision.")
TAKES_A_MANAGER = not_now("takes_a_manager", "A manager of the hub looks at this decision.")
OFFER_FIRST = not_now("offer_first", "The family has not agreed to help yet. Offer it first.")
NO_OPEN_CASE = not_now("no_open_case", "There is no open case you can see for this child to join.")
NO_SOCIAL_CARE = not_now("no_social_care", "No social care service of this district is set up here. Ring them now.")
SAY_WHY_BACK = not_now("say_why_back", "Say why the decision goes back to the decider.")


def claimed_by(name: str) -> Refusal:
    """Somebody was quicker."""
    return not_now("claimed_already", f"{name} has claimed this contact. Ask them to hand it over.")


def acknowledged_by(name: str) -> Refusal:
    """Somebody has it in hand."""
    return not_now("acknowledged_already", f"{name} has acknowledged this already.")


# The watch over contacts.

NOBODY_TO_TELL = not_now("nobody_to_tell", "Nobody in this contact is being kept in touch with.")
LEFT_OUT_ALREADY = not_now("left_out_already", "The lead practitioner has been left out already.")
NOBODY_JOINED = not_now("nobody_joined", "No adult who is a risk is known to be in this household.")
ASKED_TO_RING = not_now(
    "asked_to_ring", "Whoever works with these children already reads that they ring the hub first."
)
FLAG_CHANGED = not_now("flag_changed", "Somebody changed this flag while your page was open. Look again first.")
NO_DOMAIN = not_now("no_domain", "This is no mail domain, or it is approved already. Write it as police.example.org.")
NUMBERS_CHANGED = not_now(
    "numbers_changed", "Somebody set other numbers while your page was open. Check yours, then save again."
)

# Asking other agencies.

CLOSED_CHECKS = {
    "grade_first": not_now("grade_first", "Grade the contact before you ask other agencies."),
    "blue_has_no_checks": not_now("blue_has_no_checks", "This contact is blue: no agency is asked about it."),
    "checks_not_opened": not_now(
        "checks_not_opened",
        "Record first what the family said about asking other agencies, or why not.",
    ),
    "family_said_no": not_now(
        "family_said_no", "The family said no. A decider may record why their answer is overridden."
    ),
}
"""Why no agency may be asked, by the code of referrals.rules.checks."""

ONLY_A_DECIDER = not_now("only_a_decider", "Only a decider goes on without the family's yes: hand the contact to one.")
NOBODY_ANSWERS_THERE = not_now("nobody_answers_there", "Nobody there can be asked here today. Ring them.")
RING_ABOUT_THEM = not_now(
    "ring_about_them",
    "Somebody you named has records closed to all but named people. Ring the agency's manager.",
)
CHECK_ANSWERED = not_now("check_answered", "They have answered already. Read the answer first.")
CHECK_TAKEN_BACK = not_now("check_taken_back", "The hub no longer asks this.")
NOT_LATE_YET = not_now("not_late_yet", "Their answer is not due yet.")
MANAGER_TOLD = not_now("manager_told", "Their manager has been told already.")

NOTICE_WRITTEN = not_now(
    "notice_written", "This notice has been written already. Take it back first to write it again."
)
NOTICE_NOT_WRITTEN = not_now("notice_not_written", "There is nothing to take back: this notice has not been written.")
NOTICE_OF_STAFF = not_now(
    "notice_of_staff",
    "The report is about somebody who works at that school: nothing may be sent there. Ring the hub about the child.",
)
# Disagreeing with a decision.

NOTHING_DECIDED = not_now("nothing_decided", "Nothing has been decided for this child yet.")
YOUR_OWN_DECISION = not_now("your_own_decision", "You decided this yourself. Ask your manager to look at it.")
DISAGREED_ALREADY = not_now(
    "disagreed_already", "There is a disagreement about this decision already. Read what was answered first."
)
NOT_FURTHER = {
    "went_on": not_now("disagreement_went_on", "This went on to the next person already."),
    "not_answered": not_now("not_answered_yet", "Wait for the answer. It goes on by itself when it is late."),
    "decides_again": not_now("decides_again", "The hub decides again for this child. You will read what it decides."),
    "last_rung": not_now("last_rung", "The safeguarding partnership has answered. Nobody is above it."),
}
"""Why a disagreement goes no further now, by the code of referrals.rules.disagreeing."""
SOMEBODY_ELSE_ANSWERS = not_now(
    "somebody_else_answers", "Whoever decided answers first, then a manager of the hub. Nobody answers themselves."
)
RUNG_IS_DONE = not_now("rung_is_done", "This has been answered or went on already. Look at it again.")
HELP_HAS_BEGUN = not_now(
    "help_has_begun",
    "Help has begun for this child, so the hub cannot decide as if it had not. Put it right in the case, and say how.",
)

FOLLOW_UP_ENDED = not_now("follow_up_ended", "The hub has finished this.")
FOLLOW_UP_CHANGED = not_now("follow_up_changed", "Somebody changed this while your page was open. Look again first.")

RELEASE_SETTLED = not_now("release_settled", "This was answered already: it was let out, or refused with its reason.")
RELEASE_ASKED = not_now("release_asked", "The hub has asked for this already. Ring them.")
NO_MAIL = not_now("no_mail", "No code can be sent here: e-mail is not set up. Ring the hub.")
OUTSIDE_REFUSED = {
    "unknown": not_now(
        "force_not_known", "We do not know this address as a police force's. Use your work address, or ring the hub."
    ),
    "too_many": not_now(
        "too_many_codes", "Too many codes were asked for. Use the last one, wait an hour, or ring the hub."
    ),
}
"""Why somebody without an account is sent no code."""
