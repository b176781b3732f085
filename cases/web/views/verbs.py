"""Which verbs a page of a family offers this practitioner. A courtesy only: each verb still checks for itself."""

from dataclasses import dataclass

from cases import rules
from cases.lifecycle import WITH_A_LEAD, WORKING, Hand
from cases.queries.pages.family_top import FamilyTop
from cases.queries.pages.leading import Leading
from cases.vocabulary import CaseState
from sharing_agreements.models import Post

S = CaseState
HELPERS = frozenset({Hand.LEAD, Hand.COVER, Hand.TEAM, Hand.COORDINATOR, Hand.MANAGER})
LEADERS = frozenset({Hand.LEAD, Hand.COVER, Hand.COORDINATOR, Hand.MANAGER})
LEADING = frozenset({Hand.LEAD, Hand.COVER})
OFFERERS = frozenset({Hand.COORDINATOR, Hand.MANAGER})
ENDERS = frozenset({Hand.LEAD, Hand.COVER, Hand.MANAGER})


@dataclass(frozen=True)
class Verb:
    """A verb, the page that offers it, by which hands, and in which states of some child."""

    screen: str
    text: str
    page: str
    hands: frozenset[Hand] = HELPERS
    states: frozenset[CaseState] = WORKING
    needs_unborn: bool = False


VERBS = (
    Verb("answer_lead", "Say whether you will lead", "show_family", frozenset({Hand.ASKED})),
    Verb("add_note", "Add a note", "show_family"),
    Verb("accept_offer", "The family says yes to the offer", "show_family", OFFERERS, frozenset({S.OFFERED})),
    Verb(
        "decline_at_start",
        "The family says no",
        "show_family",
        frozenset({Hand.MANAGER}),
        frozenset({S.OFFERED, S.WAITING}),
    ),
    Verb("start_assessment", "Start the assessment", "show_family", LEADING, frozenset({S.WAITING})),
    Verb("record_review", "Record a review", "show_family", LEADERS, frozenset({S.PLAN_ACTIVE})),
    Verb("assess_again", "Assess again", "show_family", LEADING, frozenset({S.PLAN_ACTIVE})),
    Verb("record_consent", "Record consent to help", "show_family"),
    Verb("set_level", "Set a level of need", "show_family", LEADERS),
    Verb("step_down", "Step down and keep in touch", "show_family", ENDERS, frozenset({S.PLAN_ACTIVE})),
    Verb("return_to_help", "Bring back to early help", "show_family", LEADERS, frozenset({S.STEPPED_DOWN})),
    Verb("step_up", "Step up to social care", "show_family", LEADERS),
    Verb("close_case", "Close", "show_family", ENDERS, frozenset({S.WAITING, S.ASSESSING, S.PLAN_ACTIVE})),
    Verb("add_need", "Add a need", "show_plan", HELPERS, frozenset({S.ASSESSING, S.PLAN_ACTIVE})),
    Verb("list_copies", "Copies for the family, and what they disagree with", "show_plan"),
    Verb("show_programmes", "What counts towards a programme", "show_plan", LEADERS),
    Verb("raise_concern", "Say that the plan does not work", "show_plan"),
    Verb("record_own_plan", "Write down what your agency does by itself", "show_plan"),
    Verb("add_safe_contact", "Add a safe way to reach somebody", "list_people"),
    Verb("add_relationship", "Add a relationship", "list_people"),
    Verb("add_member", "Add somebody to the family", "list_people"),
    Verb("record_birth", "Record a birth", "list_people", needs_unborn=True),
    Verb("record_death", "Somebody has died, or a pregnancy ended", "list_people"),
    Verb("join_case", "Bring a child into the case", "list_people", LEADERS),
    Verb("add_household", "Say who lives together", "list_people"),
    Verb("keep_apart", "Keep two people apart", "list_people"),
    Verb("mark_not_safe", "Mark somebody as not safe to tell", "list_people"),
    Verb("add_staff_safety_note", "Add a staff-safety note", "list_people"),
    Verb("record_custody", "Say that somebody is in custody", "list_people"),
    Verb("assign_lead", "Ask somebody to lead", "show_team", OFFERERS, WORKING - {S.OFFERED}),
    Verb("hand_over_case", "Hand over to another lead", "show_team", frozenset({Hand.LEAD}), WITH_A_LEAD),
    Verb("cover_lead", "Arrange cover", "show_team", LEADERS, WITH_A_LEAD),
    Verb("arrange_meeting", "Arrange a meeting", "show_team", LEADERS),
    Verb("expect_agency", "Say which agency should be in the team", "show_team", LEADERS, WITH_A_LEAD),
    Verb("invite_practitioner", "Invite somebody into the team", "show_team", LEADERS, WITH_A_LEAD),
)


def hands_at(top: FamilyTop, post: Post, leading: Leading | None) -> frozenset[Hand]:
    """In which capacities this post acts for some child of the case. No query: what the page read already."""
    me, who = post.practitioner.no, post.practitioner_id
    return rules.hands(
        post.role,
        is_lead=any(child.lead_no == me for child in top.places_in_case),
        is_cover=bool(leading and leading.cover and leading.cover.practitioner == who),
        is_asked=bool(leading and leading.asked and leading.asked.practitioner_id == who),
        is_worker=any(me in child.workers for child in top.places_in_case),
    )


def verbs_for(top: FamilyTop, post: Post, leading: Leading | None, page: str) -> list[Verb]:
    """The verbs of a page that this practitioner may probably do now."""
    hands = hands_at(top, post, leading)
    states = {CaseState(child.state) for child in top.places_in_case}
    offered = [verb for verb in VERBS if verb.page == page and verb.hands & hands and verb.states & states]
    return [verb for verb in offered if top.unborn or not verb.needs_unborn]
