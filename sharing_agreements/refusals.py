"""Every way the ground says no. A refusal is a value with a code and a sentence, never a bare False."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why something may not happen.

    `code` is stable and machine-readable; `sentence` is shown to the person. `status` is the HTTP answer
    the root's middleware gives: 404 when even existence may not be confirmed, 409 when it is only not now.
    """

    code: str
    sentence: str
    status: int = 409


def not_yours(code: str = "not_found") -> Refusal:
    """The one answer to 'not yours' and 'does not exist' (decisions: refusal and absence are one answer)."""
    return Refusal(code, "We cannot show you that page.", 404)


def not_now(code: str, sentence: str) -> Refusal:
    """A refusal whose subject the person may know about: the sentence says what is missing and the mend."""
    return Refusal(code, sentence, 409)


class Refused(Exception):
    """Carries a Refusal out of an action; `earlyhelp.middleware` turns it into a page, nothing else catches it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def require(refusal: Refusal | None) -> None:
    """Raise Refused when there is a refusal. Opens every action: `require(why_not_close_case(...))`."""
    if refusal is not None:
        raise Refused(refusal)


REFERENCE_TAKEN = not_now(
    "reference_taken", "Another agreement has this reference. Choose another, or copy that one as a new version."
)

SYSTEM_NAME_TAKEN = not_now("system_name_taken", "Your agency has a record system of this name already.")
ONE_WORD_EACH = not_now("one_word_each", "Enter one first name in each box: one word, without titles.")
SAME_NAME_TWICE = not_now("same_name_twice", "These are the same name already: case and accents do not count.")
NAMES_PAIRED = not_now("names_paired", "These two names stand for one another already.")
WEIGHTS_NOT_NEXT = not_now(
    "weights_not_next", "These are not the version after the one in use. Learn them again beside what is in use now."
)
TWO_KEYS_LIVE = not_now("two_keys_live", "This system has two keys that work. Revoke one of them first.")

# What programs are told. A person is sent to the sign-in page instead.

NO_KEY = Refusal("key_not_good", "Send a key that works: your agency's administrator can make one.", 401)
NOT_THERE = not_yours()
NO_POST = Refusal("no_post", "You hold no post today, so nothing can be opened.", 403)
BROKEN = Refusal("broken", "Something failed here. Nothing was done. Send it again with the same Idempotency-Key.", 500)


MAY_NOT_CHANGE_FACTS = not_now("may_not_change_facts", "Your post may not change who is involved with these people.")
