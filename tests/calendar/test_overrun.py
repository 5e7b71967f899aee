"""Late entries of one list: the same figures as one by one. [semantics.md, Clocks]"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import Calendar, NoWorkingTime, OutOfRange, Overrun, worked_days, worked_seconds
from cuiban.calendar.spans import micros_of
from tests.calendar.world import ALWAYS, NIGHTS, STANDARD, at, calendars, starts


def figures(calendar: Calendar, due: datetime, now: datetime) -> tuple[int, int | str]:
    """Seconds and full working days of one entry, worked out by itself."""
    try:
        days: int | str = worked_days(calendar, due, now)
    except NoWorkingTime:
        days = "never"
    return worked_seconds(calendar, due, now), days


def of_list(overrun: Overrun, due: datetime) -> tuple[int, int | str]:
    """The same, of a list."""
    try:
        days: int | str = overrun.full_days(micros_of(due))
    except NoWorkingTime:
        days = "never"
    return overrun.seconds(micros_of(due)), days


@given(calendar=st.one_of(st.sampled_from([STANDARD, NIGHTS, ALWAYS]), calendars()), now=starts,
       back=st.lists(st.timedeltas(timedelta(days=-2), timedelta(days=90)), min_size=1, max_size=8))  # fmt: skip
def test_a_list_says_what_each_entry_says(calendar: Calendar, now: datetime, back: list[timedelta]) -> None:
    """In whatever order the entries come, over days off and changes of offset."""
    overrun = Overrun(calendar, now)

    for since in back:
        due = now - since
        assert of_list(overrun, due) == figures(calendar, due, now)


@pytest.mark.parametrize(("due", "seconds", "days"), [
    ("2026-03-10 10:00", 6 * 3600 + 40 * 60, 0),
    ("2026-03-10 00:00", 8 * 3600 + 10 * 60, 1),
    ("2026-03-11 00:00", 600, 0),
    ("2026-03-11 08:41", 0, 0),
])  # fmt: skip
def test_by_hand(due: str, seconds: int, days: int) -> None:
    """Each row worked out by hand."""
    assert of_list(Overrun(STANDARD, at("2026-03-11 08:40")), at(due)) == (seconds, days)


def test_more_than_a_century_is_refused() -> None:
    """Two instants that far apart are a mistake."""
    with pytest.raises(OutOfRange):
        Overrun(STANDARD, at("2126-03-11 08:40")).seconds(micros_of(at("2026-01-01 00:00")))
