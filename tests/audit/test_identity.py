"""Which cases and events of a log are known: by what they say, whatever file they stand in."""

from datetime import timedelta

from hypothesis import given, strategies as st

from cuiban.audit.identity import MARK, key_of, map_hash, marks_of, unknown
from cuiban.exchange.mapfile import parse_map
from tests.audit.traces import DAY, event, trace


def test_a_case_is_its_name_and_its_beginning() -> None:
    """Not its later events, not their attributes, not parts of a second, which an export to another form may lose."""
    one = key_of(trace("a", "b"))
    rounded = trace(event("a", DAY + timedelta(milliseconds=999), resource="x"))

    assert key_of(rounded) == one
    assert key_of(trace("a", "b", case="A2")) != one
    assert key_of(trace(event("a", DAY + timedelta(seconds=1)))) != one


def test_the_same_event_twice_is_two_events() -> None:
    """Two at the same instant are both known, a third is not."""
    twice = [event("a", DAY), event("a", DAY)]
    known = "".join(marks_of(trace(*twice)))

    assert unknown(marks_of(trace(*twice, event("a", DAY))), known) == [2]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12), st.data())
def test_only_what_was_not_there_is_unknown(activities: list[str], data: st.DataObject) -> None:
    """A part of a case is known as a whole; all else of it is not."""
    whole = trace(*activities)
    part = data.draw(st.lists(st.sampled_from(range(len(activities))), unique=True))
    marks = marks_of(whole)
    known = "".join(marks[place] for place in part)

    assert unknown(marks, known) == [place for place in range(len(activities)) if place not in part]
    assert len(known) == MARK * len(part)


def test_a_map_is_what_it_means() -> None:
    """How it reads the file, and in which order its words stand, does not count."""
    one = parse_map('[log]\nzone = "UTC"\n[activities]\na = "open"\nb = "take"\n')
    same = parse_map('[activities]\nb = "take"\na = "open"\n')
    other = parse_map('[activities]\na = "open"\nb = ["take", "resolve"]\n')

    assert map_hash(one) == map_hash(same) != map_hash(other)
