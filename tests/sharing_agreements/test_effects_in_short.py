"""What an answer to sharing stops, in few lines: equal ones are one, nothing of the long form is lost. No database."""

from hypothesis import given
from hypothesis import strategies as st

from sharing_agreements.presenting.supposing import Effect, Effects
from sharing_agreements.vocabulary import Kind

KINDS = st.frozensets(st.sampled_from([Kind.PLAN, Kind.NOTE, Kind.HEALTH]), min_size=1)
SOME = st.lists(st.builds(Effect, st.sampled_from("ABCD"), st.sampled_from(["Lead", "Manager"]), st.just([]), KINDS))


@given(stops=SOME, carries_on=SOME, opens=SOME)
def test_in_short_it_says_of_every_agency_what_it_says_role_by_role(stops, carries_on, opens):
    found = Effects(stops, carries_on, opens)
    for lines, short in ((stops, found.stops_in_short), (opens, found.opens_in_short)):
        told = {agency: set(one.kinds) for one in short for agency in one.agencies}
        wanted = {}
        for one in lines:
            wanted.setdefault(one.agency, set()).update(kind.label[:1].lower() + kind.label[1:] for kind in one.kinds)
        assert told == wanted
        assert sum(len(one.agencies) for one in short) == len(wanted), "each agency once"
        assert len({tuple(one.kinds) for one in short}) == len(short), "equal lines are one"
    for lines, shown in ((stops, "stops"), (carries_on, "carries_on"), (opens, "opens")):
        alike = found.role_by_role[shown]
        told = {(one.agency, role, one.kinds) for one in alike for role in one.role.split(", ")}
        assert told == {(one.agency, one.role, one.kinds) for one in lines}, "nothing is lost by putting roles together"
        assert len({(one.agency, one.kinds) for one in alike}) == len(alike)
    goes_on, changed = {one.agency for one in carries_on}, {one.agency for one in (*stops, *opens)}
    assert set(found.goes_on_unchanged) == goes_on - changed
    assert set(found.goes_on_in_part) == goes_on & {one.agency for one in stops}
