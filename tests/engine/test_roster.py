"""Who may be what at an instant: the roster of any day, asked in any order, is the one that the history says."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from cuiban.engine.roster import Absence, Grant, Member, Roster

DAY = datetime(2026, 3, 2, tzinfo=UTC)
moments = st.integers(-50, 50).map(lambda hours: DAY + timedelta(hours=hours))
spans = st.tuples(moments, st.none() | moments)
grants = st.lists(st.builds(lambda role, span: Grant(role, *span), st.sampled_from("abc"), spans), max_size=5)
absences = st.lists(
    st.builds(Absence, st.integers(1, 9), st.sampled_from("xyz"), moments, moments, st.none() | st.sampled_from("xyz")), max_size=5
)


@given(grants, st.none() | moments, st.lists(moments, min_size=1, max_size=12))
def test_roles_are_those_of_the_instant(held: list[Grant], off: datetime | None, asked: list[datetime]) -> None:
    """Half-open spans; nothing after leaving; what was answered for another instant is never the answer for this one."""
    roster = Roster({"x": Member("x", "某", DAY - timedelta(days=9), off=off, grants=held)}, [])

    for at in asked:
        gone = off is not None and at >= off
        wanted = {g.role for g in held if g.since <= at and (g.until is None or at < g.until)} if not gone else set()
        assert roster.roles("x", at) == wanted
        assert roster.active("x", at) is not gone
        assert all((("x" in roster.holders(role, at)) is (role in wanted)) for role in "abc")


@given(absences, moments)
def test_substitutes_stand_in_within_the_dates(away: list[Absence], at: datetime) -> None:
    """From the first instant, not at the last; for whom, and whoever has a substitute first."""
    roster = Roster({person: Member(person, person, DAY) for person in "xyz"}, away)

    for person in "xyz":
        there = [a for a in away if a.since <= at < a.until]
        assert sorted(roster.stands_in_for(person, at)) == sorted(a.person for a in there if a.substitute == person)
        found = roster.absence(person, at)
        mine = [a for a in there if a.person == person]
        assert (found is None) is (mine == [])
        if found is not None:
            assert found in mine
            assert found.substitute is not None or all(a.substitute is None for a in mine)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef") | st.none()), max_size=6), st.integers(1, 9))
def test_superiors_end(pairs: list[tuple[str, str | None]], levels: int) -> None:
    """However people stand above each other, in a circle too: asking upward ends."""
    roster = Roster({id: Member(id, id, DAY, superior=above) for id, above in pairs}, [])

    for person in "abcdef":
        above = roster.superior(person, levels)
        step = person if levels == 1 else roster.superior(person, levels - 1)
        assert above == (roster.superior(step) if step is not None else None)
