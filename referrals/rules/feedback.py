"""The stock words a reporter reads for each outcome. No other agency's facts, no name of another service."""

import datetime

from referrals.vocabulary import Later, Outcome
from sharing_agreements.part_known import say
from sharing_agreements.vocabulary import Precision
from sharing_agreements.working_time import LONDON

WORDS: dict[Outcome, str] = {
    Outcome.NO_FURTHER_ACTION: (
        "The hub looked at your report about this child and is taking no further action now. "
        "Your report is kept and counts if anything new comes in. "
        "If you see or hear more, add it to this report or send a new one."
    ),
    Outcome.ADVICE: (
        "The hub looked at your report about this child and gave information and advice. "
        "No service has been asked to start work. If you see or hear more, tell the hub."
    ),
    Outcome.SINGLE_AGENCY: (
        "The hub looked at your report about this child and decided that help from one agency is right. "
        "That agency has been asked to make contact. If things change, tell the hub."
    ),
    Outcome.HUB_FOLLOW_UP: (
        "The hub looked at your report about this child and is following it up itself. "
        "The hub will tell you when that is finished."
    ),
    Outcome.EARLY_HELP: (
        "The hub looked at your report about this child and decided that early help is right. "
        "If you work with this child you may be asked to join the team around the family."
    ),
    Outcome.STEP_UP: (
        "The hub looked at your report about this child and passed it to children's social care. "
        "If you think the child is in danger now, do not wait to hear more: call 999 or ring the hub."
    ),
}

LATER_WORDS: dict[Later, str] = {
    Later.NOT_TAKEN_UP: (
        "Early help was offered for this child after your report. The family did not take up the offer. "
        "Your report is kept and counts if anything new comes in. "
        "If you are worried again, add it to this report or send a new one. "
        "If a child is in danger now, call 999."
    ),
    Later.FOLLOWED_UP: (
        "The hub followed your report about this child up with the family and has finished: the family no longer needs "
        "it. If you see or hear more, add it to this report or send a new one."
    ),
    Later.ONE_AGENCY: (
        "The hub followed your report about this child up with the family. One agency that is best placed goes on with "
        "it. If you see or hear more, add it to this report or send a new one."
    ),
}


def words_for(outcome: Outcome) -> str:
    """Exactly what the reporter will read about one child; the decider sees the same before deciding."""
    return WORDS[outcome]


def words_not_decided(due_at: datetime.datetime | None) -> str:
    """What a reporter reads about one child while nothing is decided; `due_at`: when the hub must have decided."""
    by = ""
    if due_at is not None:
        local = due_at.astimezone(LONDON)
        by = f" It means to decide by {local:%H:%M} on {say(local.date(), Precision.DAY)}."
    return (
        f"The hub has your report about this child and has not decided yet.{by} "
        "If you see or hear more, add it to this report. If a child is in danger now, call 999."
    )
