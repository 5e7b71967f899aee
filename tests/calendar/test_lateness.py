"""How late something is, told in working time. [semantics.md, Clocks]"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import Calendar, CalendarError, due, next_working_moment, worked_days, worked_seconds
from tests.calendar.world import STANDARD, at, calendars, made, starts


@pytest.mark.parametrize(
    ("start", "end", "seconds", "days"),
    [
        ("2026-03-10 10:00", "2026-03-11 08:40", 6 * 3600 + 40 * 60, 0),  # cli.md: late by 6 h 40 min
        ("2026-03-10 00:00", "2026-03-11 08:40", 8 * 3600 + 10 * 60, 1),  # cli.md: late by one working day
        ("2026-03-10 00:00", "2026-03-10 08:30", 0, 0),  # due last midnight: 0 s until opening
        ("2026-03-10 00:00", "2026-03-10 08:31", 60, 0),
        ("2026-03-10 10:00", "2026-03-11 10:00", 8 * 3600, 1),
        ("2026-03-10 10:00", "2026-03-11 09:59", 8 * 3600 - 60, 0),
        ("2026-03-06 17:00", "2026-03-08 12:00", 3600, 0),
        ("2026-03-06 17:00", "2026-03-09 17:00", 8 * 3600, 1),
        ("2026-02-13 17:00", "2026-02-24 09:00", 3600 + 8 * 3600 + 1800, 1),
        ("2026-02-13 17:00", "2026-02-24 17:00", 16 * 3600, 2),
        ("2026-03-10 11:00", "2026-03-10 14:00", 90 * 60, 0),
        ("2026-03-10 11:00", "2026-03-10 11:00", 0, 0),
        ("2026-03-10 11:00", "2026-03-10 10:00", 0, 0),
    ],
)
def test_working_time_between_two_instants(start: str, end: str, seconds: int, days: int) -> None:
    """Each row worked out by hand."""
    assert worked_seconds(STANDARD, at(start), at(end)) == seconds
    assert worked_days(STANDARD, at(start), at(end)) == days


def test_time_paused_was_not_worked() -> None:
    """Pauses count once, only between start and end; one that lasts stands to the end."""
    start, end = at("2026-03-06 09:00"), at("2026-03-06 17:00")
    morning, noon = (at("2026-03-06 08:00"), at("2026-03-06 10:00")), (at("2026-03-06 09:30"), at("2026-03-06 13:00"))

    assert worked_seconds(STANDARD, start, end) == 6.5 * 3600
    assert worked_seconds(STANDARD, start, end, [morning]) == 5.5 * 3600
    assert worked_seconds(STANDARD, start, end, [noon, morning]) == 3.5 * 3600
    assert worked_seconds(STANDARD, start, end, [(at("2026-03-06 16:00"), None)]) == 5.5 * 3600
    assert worked_seconds(STANDARD, start, end, [(at("2026-03-07 16:00"), None)]) == 6.5 * 3600


def test_more_than_a_century_is_refused() -> None:
    """Two instants that far apart are a mistake."""
    with pytest.raises(CalendarError):
        worked_seconds(STANDARD, at("1000-01-01 00:00"), at("2026-01-01 00:00"))


def test_without_working_days_nothing_is_ever_late_by_a_day() -> None:
    """Half a window on the last day is no full day."""
    mondays = made(weekly={"mon": [["09:00", "12:00"]]})

    assert worked_days(mondays, at("2026-03-09 11:00"), at("2026-03-16 10:59")) == 0
    assert worked_days(mondays, at("2026-03-09 11:00"), at("2026-03-16 11:00")) == 1


@given(calendars(), starts, st.integers(0, 15 * 24 * 60))
def test_full_days_are_the_most_that_fit(calendar: Calendar, start: datetime, minutes: int) -> None:
    """N full working days are over, N + 1 are not."""
    begin = next_working_moment(calendar, start).replace(second=0, microsecond=0)
    end = begin + timedelta(minutes=minutes)

    days = worked_days(calendar, begin, end)

    reached, next_one = due(calendar, begin, days, "wd").at, due(calendar, begin, days + 1, "wd").at
    assert reached is not None
    assert next_one is not None
    assert days == 0 or reached <= end
    assert next_one > end


@given(calendars(), starts, st.integers(0, 9000), st.integers(0, 9000))
def test_working_time_adds_up(calendar: Calendar, start: datetime, first: int, second: int) -> None:
    """What lies between A and C is what lies between A and B and between B and C."""
    a = start.replace(microsecond=0)
    b, c = a + timedelta(minutes=first), a + timedelta(minutes=first + second)

    whole = worked_seconds(calendar, a, c)

    assert worked_seconds(calendar, a, b) + worked_seconds(calendar, b, c) == whole
    assert 0 <= whole <= (c - a).total_seconds()
