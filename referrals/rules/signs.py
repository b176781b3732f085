"""Signs a reporter may tick, in plain words. Coded under child, family, school, community.

Early-years signs stand first when a child is unborn or under five: a baby cannot say what is wrong, so what was
seen is all there is. A sign is a fact seen, never a score. Why each matters is guidance (referrals/guidance/signs).
"""

from typing import NamedTuple


class Sign(NamedTuple):
    """One tick: its code and its words."""

    code: str
    words: str


EARLY_YEARS = (
    Sign("not_growing", "Thin, pale, or small for their age"),
    Sign("bruise_not_moving", "A bruise or mark on a baby who cannot move about"),
    Sign("unsafe_sleep", "Unsafe sleeping: sofa, adult bed, drink or drugs near"),
    Sign("nappy_or_skin", "Sore skin, full nappy, dirty bottles"),
    Sign("no_comfort", "Cries and nobody comes, or does not cry at all"),
    Sign("too_friendly", "Goes to any stranger for comfort"),
    Sign("watchful", "Still, silent, watches adults closely"),
    Sign("rough_handling", "Handled roughly, or shouted at"),
    Sign("missed_health", "Not brought to health visitor, midwife or doctor"),
    Sign("saw_violence", "Was there when adults were violent"),
)
INDIVIDUAL = (
    Sign("hungry", "Hungry, or asks for food"),
    Sign("dirty_or_cold", "Dirty, or clothes wrong for the weather"),
    Sign("injury", "An injury, or one that was not explained"),
    Sign("frightened", "Frightened, or afraid to go home"),
    Sign("self_harm", "Hurts themselves, or says they want to die"),
    Sign("alone", "Left alone, or in charge of younger ones"),
    Sign("missing", "Goes missing, or out late"),
    Sign("gifts", "New things, money or a phone nobody can account for"),
    Sign("older_company", "With older people, in cars or places that do not fit"),
    Sign("substances", "Drink or drugs"),
    Sign("temper", "Angry or aggressive"),
    Sign("needs_help_to_speak", "Needs help to understand or be understood"),
    Sign("caring", "Looks after somebody at home"),
)
FAMILY = (
    Sign("violence", "Violence or threats between adults"),
    Sign("pregnant", "Somebody is pregnant"),
    Sign("adult_substances", "An adult affected by drink or drugs"),
    Sign("adult_mind", "An adult very low, or not in touch with what is real"),
    Sign("home_unsafe", "Home dirty, cold, or not safe"),
    Sign("no_food", "Little or no food in the home"),
    Sign("damage", "Damage to doors or walls"),
    Sign("animals", "Animals out of control, or neglected"),
    Sign("strangers", "Adults in the home whom nobody could explain"),
    Sign("money", "No money for heat, food or rent"),
    Sign("moves", "Moves often, or may lose the home"),
    Sign("prison", "A parent in prison, or just out"),
    Sign("loss", "Somebody close has died or left"),
)
SCHOOL = (
    Sign("absent", "Often absent, late, or not on any roll"),
    Sign("changed", "Has changed: quiet, angry, or cannot concentrate"),
    Sign("suspended", "Suspended or excluded"),
    Sign("bullied", "Bullied, or bullies others"),
    Sign("not_collected", "Not collected, or collected by somebody unfit"),
)
COMMUNITY = (
    Sign("older_group", "Drawn into an older group or a gang"),
    Sign("weapons_near", "Weapons or dealing nearby"),
    Sign("hate", "The family is targeted or threatened"),
    Sign("cut_off", "Nobody nearby to turn to"),
    Sign("place", "A place where children come to harm"),
)
Heading = tuple[str, str, tuple[Sign, ...]]
HEADINGS: tuple[Heading, ...] = (
    ("early_years", "Under five or unborn", EARLY_YEARS),
    ("individual", "The child", INDIVIDUAL),
    ("family_factors", "The family and the home", FAMILY),
    ("school_factors", "School", SCHOOL),
    ("community", "Round about", COMMUNITY),
)
"""Field of ReportDetail, heading on the page, its signs. Early years is shown when a child is under five."""

WORDS: dict[str, str] = {sign.code: sign.words for _, _, group in HEADINGS for sign in group}
"""The words of every code."""
