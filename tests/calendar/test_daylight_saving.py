"""Zones whose clocks change: working days keep the clock, hours keep the time that passes.

Berlin: on 2026-03-29 02:00 becomes 03:00, on 2026-10-25 03:00 becomes 02:00.
"""

from datetime import date, datetime

import pytest

from cuiban.calendar import Calendar, day_end, due, occurrences, worked_seconds
from tests.calendar.world import ALWAYS, BERLIN, HAVANA, NIGHTS, made


@pytest.mark.parametrize(
    ("calendar", "start", "amount", "unit", "mode", "end"),
    [
        (BERLIN, "2026-03-27T10:00:00+01:00", 1, "wd", None, "2026-03-30T10:00:00+02:00"),
        (BERLIN, "2026-10-23T10:00:00+02:00", 1, "wd", None, "2026-10-26T10:00:00+01:00"),
        (BERLIN, "2026-03-27T16:00:00+01:00", 2, "wh", None, "2026-03-30T10:00:00+02:00"),
        (BERLIN, "2026-03-28T12:00:00+01:00", 24, "h", None, "2026-03-29T13:00:00+02:00"),
        (BERLIN, "2026-10-24T12:00:00+02:00", 24, "h", None, "2026-10-25T11:00:00+01:00"),
        (BERLIN, "2026-03-28T12:00:00+01:00", 1, "cd", None, "2026-03-30T00:00:00+02:00"),
        (BERLIN, "2026-03-28T12:00:00+01:00", 1, "cd", "same_clock", "2026-03-29T12:00:00+02:00"),
        (BERLIN, "2026-10-25T02:30:00+01:00", 1, "cd", "same_clock", "2026-10-26T02:30:00+01:00"),
        (NIGHTS, "2026-03-28T22:00:00+01:00", 7, "wh", None, "2026-03-29T06:00:00+02:00"),  # a night of five hours
        (NIGHTS, "2026-10-24T22:00:00+02:00", 9, "wh", None, "2026-10-25T06:00:00+01:00"),  # a night of seven
        (NIGHTS, "2026-10-24T22:00:00+02:00", 5, "wh", None, "2026-10-25T02:00:00+01:00"),
        (NIGHTS, "2026-10-24T05:00:00+02:00", 1, "wd", "end_of_day", "2026-10-26T00:00:00+01:00"),
        # A clock time that the gap skips is read with the offset before it; one that comes twice is the first.
        (ALWAYS, "2026-03-28T02:30:00+01:00", 1, "wd", None, "2026-03-29T03:30:00+02:00"),
        (BERLIN, "2026-03-28T02:30:00+01:00", 1, "cd", "same_clock", "2026-03-29T03:30:00+02:00"),
        (ALWAYS, "2026-10-24T02:30:00+02:00", 1, "wd", None, "2026-10-25T02:30:00+02:00"),
        (ALWAYS, "2026-10-25T02:30:00+01:00", 0, "wd", None, "2026-10-25T02:30:00+01:00"),
        (ALWAYS, "2026-10-25T02:30:00+01:00", 1, "h", None, "2026-10-25T03:30:00+01:00"),
        # Havana changes at midnight: 2026-03-08 has none (01:00 is its start), 2026-11-01 has two.
        (HAVANA, "2026-03-07T12:00:00-05:00", 0, "cd", None, "2026-03-08T01:00:00-04:00"),
        (HAVANA, "2026-03-07T12:00:00-05:00", 1, "cd", None, "2026-03-09T00:00:00-04:00"),
        (HAVANA, "2026-10-31T12:00:00-04:00", 0, "cd", None, "2026-11-01T00:00:00-04:00"),
        (HAVANA, "2026-11-01T00:30:00-05:00", 0, "cd", None, "2026-11-02T00:00:00-05:00"),
    ],
)
def test_the_clock_changes(calendar: Calendar, start: str, amount: int, unit: str, mode: str | None, end: str) -> None:
    """Each row worked out by hand."""
    found = due(calendar, datetime.fromisoformat(start), amount, unit, mode=mode).at  # type: ignore[arg-type]

    assert found is not None
    assert found.astimezone(calendar.zone).isoformat() == end


def test_hours_across_a_gap_neither_overlap_nor_grow() -> None:
    """Windows cut by the skipped hour hold the time that really passes in them."""
    cut = made(tz="Europe/Berlin", weekly={"sun": [["01:00", "02:30"], ["03:00", "05:00"]]})
    begin, end = (
        datetime.fromisoformat("2026-03-29T00:00:00+01:00"),
        datetime.fromisoformat("2026-03-30T00:00:00+02:00"),
    )

    assert worked_seconds(cut, begin, end) == 3 * 3600
    assert due(cut, begin, 3, "wh").at == datetime.fromisoformat("2026-03-29T05:00:00+02:00")


def test_a_window_that_the_gap_swallows_is_no_working_time() -> None:
    """A day whose only hours do not exist that year is a day off."""
    swallowed = made(tz="Europe/Berlin", weekly={"sun": [["02:00", "03:00"]]})

    assert due(swallowed, datetime.fromisoformat("2026-03-28T12:00:00+01:00"), 1, "wh").at == datetime.fromisoformat(
        "2026-04-05T03:00:00+02:00"
    )


def test_midnight_pauses_count_local_midnights() -> None:
    """A pause over the short day holds one midnight, though 23 hours long. [rule 5]"""
    begin = datetime.fromisoformat("2026-03-28T12:00:00+01:00")
    pause = (datetime.fromisoformat("2026-03-29T00:00:00+01:00"), datetime.fromisoformat("2026-03-30T00:00:00+02:00"))

    assert due(BERLIN, begin, 2, "cd", pauses=[pause]).at == datetime.fromisoformat("2026-04-01T00:00:00+02:00")
    assert due(BERLIN, begin, 2, "h", pauses=[pause]).at == datetime.fromisoformat("2026-03-28T14:00:00+01:00")
    assert due(BERLIN, begin, 20, "h", pauses=[pause]).at == datetime.fromisoformat("2026-03-30T08:00:00+02:00")


def test_duties_keep_their_clock_time() -> None:
    """A daily 10:00 is 10:00 before and after; 24:00 is the midnight that ends the day."""
    tens = occurrences("FREQ=DAILY", "10:00", "keep", None, date(2026, 3, 28), date(2026, 3, 30), BERLIN)
    nights = occurrences("FREQ=DAILY", "24:00", "keep", None, date(2026, 3, 28), date(2026, 3, 30), BERLIN)

    assert [one.nominal.astimezone(BERLIN.zone).isoformat() for one in tens] == [
        "2026-03-28T10:00:00+01:00",
        "2026-03-29T10:00:00+02:00",
    ]
    assert [one.nominal for one in nights] == [day_end(BERLIN, date(2026, 3, 28)), day_end(BERLIN, date(2026, 3, 29))]
