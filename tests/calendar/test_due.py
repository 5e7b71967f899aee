"""When something is due: the rules 1 to 4, 6 and 7 of the contract, worked out by hand. [cli.md 4]"""

from datetime import UTC, timedelta

import pytest

from cuiban.calendar import CalendarError, NoWorkingTime, OutOfRange, days_before, due, next_working_moment
from tests.calendar.world import OFFICE, STANDARD, WORKWEEK, at, daily, made, shows

# Friday 2026-02-13, Saturday 02-14 made up, Spring Festival 02-15 to 02-23; Friday 03-06; Monday 03-09.
# fmt: off
WORKING_HOURS = [
    ("2026-03-06 08:30", 3.5,    "2026-03-06 12:00"),      # the earliest instant, not 13:30
    ("2026-03-06 08:30", 3.5003, "2026-03-06 13:30:01"),   # 3.5 h and 1 s
    ("2026-03-06 08:30", 8,      "2026-03-06 18:00"),
    ("2026-03-06 08:30", 8.5,    "2026-03-09 09:00"),
    ("2026-03-06 11:00", 2,      "2026-03-06 14:30"),      # across the lunch break
    ("2026-03-06 12:00", 1,      "2026-03-06 14:30"),      # the break begins at 12:00 sharp
    ("2026-03-06 12:45", 1,      "2026-03-06 14:30"),
    ("2026-03-06 07:00", 1,      "2026-03-06 09:30"),
    ("2026-03-06 16:20", 4,      "2026-03-09 10:50"),      # across the weekend
    ("2026-03-06 17:59:59", 4,   "2026-03-09 13:59:59"),
    ("2026-03-06 18:00", 1,      "2026-03-09 09:30"),
    ("2026-03-07 10:00", 1,      "2026-03-09 09:30"),      # a Saturday
    ("2026-02-13 17:00", 9,      "2026-02-14 18:00"),      # the make-up Saturday counts
    ("2026-02-13 17:00", 10,     "2026-02-24 09:30"),      # across Spring Festival
    ("2025-12-31 17:00", 2,      "2026-01-04 09:30"),      # 01-01 to 01-03 off, Sunday 01-04 made up
    ("2026-09-30 17:00", 8,      "2026-10-08 17:00"),      # across National Day
    ("2026-09-18 17:00", 2,      "2026-09-20 09:30"),      # a make-up Sunday
    ("2026-03-06 10:00", 0,      "2026-03-06 10:00"),
    ("2026-03-06 12:00", 0,      "2026-03-06 13:30"),      # rule 1's start
    ("2026-03-06 18:00", 0,      "2026-03-09 08:30"),
    ("2026-03-06 10:00", 0.0001, "2026-03-06 10:00"),      # 0.36 s
    ("2026-03-06 10:00", 0.0002, "2026-03-06 10:00:01"),   # 0.72 s
    ("2026-03-06 10:00", 80,     "2026-03-20 10:00"),      # ten days of eight hours
]
WORKING_DAYS = [
    ("2026-02-13 18:10", 2,  "2026-02-25 08:30"),          # the contract's own example
    ("2026-02-13 10:00", 1,  "2026-02-14 10:00"),
    ("2026-02-14 15:20", 1,  "2026-02-24 15:20"),
    ("2026-03-06 16:20", 1,  "2026-03-09 16:20"),
    ("2026-03-06 12:30", 1,  "2026-03-09 13:30"),          # starts at 13:30
    ("2026-03-06 06:00", 1,  "2026-03-09 08:30"),
    ("2026-03-06 18:00", 1,  "2026-03-10 08:30"),          # starts on Monday 08:30
    ("2026-03-08 23:59", 3,  "2026-03-12 08:30"),
    ("2026-03-02 09:00", 20, "2026-03-30 09:00"),
    ("2026-04-03 09:00", 1,  "2026-04-07 09:00"),          # Tomb-sweeping Day
    ("2026-04-30 17:00", 3,  "2026-05-08 17:00"),          # Labour Day to 05-05
    ("2026-05-08 17:00", 1,  "2026-05-09 17:00"),          # a make-up Saturday
    ("2026-03-06 16:20", 0,  "2026-03-06 16:20"),
    ("2026-03-07 16:20", 0,  "2026-03-09 08:30"),
]
ENDS_OF_DAYS = [
    ("2026-03-06 16:20", 1, "2026-03-09 18:00"),
    ("2026-03-06 18:10", 1, "2026-03-10 18:00"),
    ("2026-02-14 09:00", 1, "2026-02-24 18:00"),
    ("2026-03-06 16:20", 0, "2026-03-06 18:00"),
    ("2026-03-07 16:20", 0, "2026-03-09 18:00"),
]
HOURS = [
    ("2026-03-06 16:20", 24,     "2026-03-07 16:20"),
    ("2026-03-07 03:00", 0,      "2026-03-07 03:00"),      # outside working time as well
    ("2026-03-06 16:20", 0.5,    "2026-03-06 16:50"),
    ("2026-03-06 16:20", 0.3333, "2026-03-06 16:40"),      # 1199.88 s
    ("2026-12-31 23:00", 2,      "2027-01-01 01:00"),
]
CALENDAR_DAYS = [
    ("2026-03-08 00:00", 3, "2026-03-12 00:00"),           # the contract's own example
    ("2026-03-08 23:59", 3, "2026-03-12 00:00"),
    ("2026-03-06 16:20", 3, "2026-03-10 00:00"),           # A4: to the end of the third day
    ("2026-03-06 16:20", 0, "2026-03-07 00:00"),
    ("2026-02-27 12:00", 2, "2026-03-02 00:00"),
    ("2028-02-28 12:00", 1, "2028-03-01 00:00"),           # a leap year
]
SAME_CLOCKS = [
    ("2026-03-06 16:20", 3, "2026-03-09 16:20"),
    ("2026-02-28 16:20", 1, "2026-03-01 16:20"),
    ("2026-03-06 16:20", 0, "2026-03-06 16:20"),
]
CASES = [
    *[(start, amount, "wh", None, end) for start, amount, end in WORKING_HOURS],
    *[(start, amount, "wd", None, end) for start, amount, end in WORKING_DAYS],
    *[(start, amount, "wd", "same_clock", end) for start, amount, end in WORKING_DAYS],
    *[(start, amount, "wd", "end_of_day", end) for start, amount, end in ENDS_OF_DAYS],
    *[(start, amount, "h", None, end) for start, amount, end in HOURS],
    *[(start, amount, "cd", None, end) for start, amount, end in CALENDAR_DAYS],
    *[(start, amount, "cd", "end_of_day", end) for start, amount, end in CALENDAR_DAYS],
    *[(start, amount, "cd", "same_clock", end) for start, amount, end in SAME_CLOCKS],
]
# fmt: on


@pytest.mark.parametrize(("start", "amount", "unit", "mode", "end"), CASES)
def test_the_tables_hold(start: str, amount: float, unit: str, mode: str | None, end: str) -> None:
    """Every row of the tables above, in UTC as well as in the calendar's zone."""
    found = due(STANDARD, at(start), amount, unit, mode=mode)  # type: ignore[arg-type]

    assert shows(STANDARD, found.at) == end
    assert found.at is not None
    assert found.at.tzinfo is UTC
    assert due(STANDARD, at(start).astimezone(UTC), amount, unit, mode=mode) == found  # type: ignore[arg-type]


SHORT_FRIDAY = made(
    weekly=WORKWEEK | {"fri": [["10:00", "11:00"], ["14:00", "15:00"]], "sat": [["16:00", "24:00"]]},
    holidays=["2026-03-10"],
)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-05 08:45", "2026-03-06 10:00"),  # before hours: the opening
        ("2026-03-05 10:20", "2026-03-06 10:20"),
        ("2026-03-05 11:00", "2026-03-06 11:00"),  # the break's first moment is the closing
        ("2026-03-05 11:30", "2026-03-06 11:00"),  # in the break: the closing before it
        ("2026-03-05 13:59", "2026-03-06 11:00"),
        ("2026-03-05 17:00", "2026-03-06 15:00"),  # after hours: the last closing
        ("2026-03-06 10:30", "2026-03-07 16:00"),
        ("2026-03-07 23:30", "2026-03-09 18:00"),
    ],
)
def test_a_clock_time_lands_in_the_hours_of_its_day(start: str, end: str) -> None:
    """A working day's clock time that lies outside the hours of the last day takes a bound of them. [rule 3]"""
    found = due(SHORT_FRIDAY, at(start, SHORT_FRIDAY), 1, "wd")

    assert shows(SHORT_FRIDAY, found.at) == end


def test_hours_to_midnight_run_on_into_the_next_day() -> None:
    """Windows that end at 24:00 and begin at 00:00 are one stretch of work, and a due at 24:00 is that midnight."""
    always = made(weekly=daily(["00:00", "24:00"]))

    assert shows(always, due(always, at("2026-03-06 20:00"), 10, "wh").at) == "2026-03-07 06:00"
    assert shows(always, due(always, at("2026-03-06 20:00"), 4, "wh").at) == "2026-03-07 00:00"
    assert shows(always, due(always, at("2026-03-06 20:00"), 1, "wd").at) == "2026-03-07 20:00"
    assert shows(always, due(always, at("2026-03-06 20:00"), 1, "wd", mode="end_of_day").at) == "2026-03-08 00:00"


def test_hours_that_touch_have_no_break_between_them() -> None:
    """A clock time at which one window ends and the next begins is working time."""
    touching = made(weekly=WORKWEEK | {"fri": [["08:00", "12:00"], ["12:00", "16:00"]]})

    assert shows(touching, due(touching, at("2026-03-06 08:00"), 4, "wh").at) == "2026-03-06 12:00"
    assert shows(touching, due(touching, at("2026-03-06 12:00"), 1, "wh").at) == "2026-03-06 13:00"


@pytest.mark.parametrize(
    ("start", "amount", "unit", "provisional"),
    [
        ("2026-12-31 17:00", 1, "wh", False),  # due at 18:00, nothing of 2027 was touched
        ("2026-12-31 17:00", 1.1, "wh", True),
        ("2026-12-31 18:00", 0, "wh", True),  # the next working moment is in 2027
        ("2026-12-30 10:00", 1, "wd", False),
        ("2026-12-30 10:00", 2, "wd", True),
        ("2026-12-31 10:00", 40, "cd", False),  # calendar days need no publication
        ("2026-12-31 10:00", 400, "h", False),
        ("2003-12-31 10:00", 1, "wd", True),  # the year before the first one known
        ("2027-06-01 10:00", 1, "wh", True),
    ],
)
def test_a_year_not_published_makes_a_due_provisional(start: str, amount: float, unit: str, provisional: bool) -> None:
    """Working time that touches a year whose days off are unknown is marked. [rule 7]"""
    assert due(STANDARD, at(start), amount, unit).provisional is provisional  # type: ignore[arg-type]


def test_a_gap_between_published_years_is_seen() -> None:
    """A walk from a published year to a published year across one that is not is provisional."""
    gap = made(published=[2026, 2028])

    assert due(gap, at("2026-12-01 10:00"), 320, "wd").provisional
    assert not due(made(), at("2026-12-01 10:00"), 320, "wd").provisional  # absent: all are published


def test_sub_seconds_are_walked_exactly_and_the_due_is_rounded() -> None:
    """Half a second and more goes up. [rule 6]"""
    start = at("2026-03-06 10:00")

    assert due(STANDARD, start + timedelta(microseconds=499_999), 1, "h").at == at("2026-03-06 11:00")
    assert due(STANDARD, start + timedelta(microseconds=500_000), 1, "h").at == at("2026-03-06 11:00:01")
    assert due(STANDARD, at("2026-03-06 08:30") + timedelta(milliseconds=1), 3.5, "wh").at == at("2026-03-06 13:30")
    assert due(STANDARD, at("2026-03-06 17:59:59.900"), 1, "wd").at == at("2026-03-09 18:00")


@pytest.mark.parametrize(
    ("amount", "unit", "mode"),
    [
        (-1, "wh", None), (-0.5, "h", None), (-1, "wd", None), (-1, "cd", None), (1.5, "wd", None), (0.1, "cd", None),
        (float("nan"), "wh", None), (float("inf"), "h", None), (float("inf"), "wd", None), (True, "wd", None),
        ("2", "wd", None), (None, "wh", None), (1, "days", None), (1, "", None), (1, "wh", "end_of_day"),
        (1, "h", "same_clock"), (1, "wd", "endofday"), (1, "cd", ""),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(amount: float, unit: str, mode: str | None) -> None:
    """Negative and fractional amounts, unknown units and modes are errors in both languages."""
    with pytest.raises(CalendarError) as refused:
        due(STANDARD, at("2026-03-06 10:00"), amount, unit, mode=mode)  # type: ignore[arg-type]

    assert refused.value.code == "bad_input"
    assert refused.value.message("zh") != refused.value.message("en") != ""
    refused.value.message("zh").encode("gbk")


def test_whole_days_may_be_written_as_a_fraction_of_nothing() -> None:
    """2.0 days are two days."""
    assert due(STANDARD, at("2026-03-06 10:00"), 2.0, "wd") == due(STANDARD, at("2026-03-06 10:00"), 2, "wd")


@pytest.mark.parametrize(("amount", "unit"), [(1, "wh"), (0, "wh"), (1, "wd"), (0, "wd")])
def test_ten_years_without_working_time_are_an_error(amount: int, unit: str) -> None:
    """A calendar without hours cannot be walked."""
    with pytest.raises(NoWorkingTime):
        due(made(weekly={}), at("2026-03-06 10:00"), amount, unit)  # type: ignore[arg-type]


def test_a_calendar_without_hours_still_knows_its_days() -> None:
    """Hours and calendar days need no working time."""
    assert due(made(weekly={}), at("2026-03-06 10:00"), 1, "h").at == at("2026-03-06 11:00")
    assert due(made(weekly={}), at("2026-03-06 10:00"), 1, "cd").at == at("2026-03-08 00:00")


def test_a_single_working_day_nine_years_on_is_found() -> None:
    """Less than ten years without work are walked."""
    rare = made(weekly={}, extra_working_days={"2035-01-01": OFFICE})

    assert due(rare, at("2026-03-06 10:00"), 1, "wh").at == at("2035-01-01 09:30")
    with pytest.raises(NoWorkingTime):
        due(rare, at("2026-03-06 10:00"), 1, "wd")


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        ("2026-03-06 10:00", 10**7, "wh"), ("2026-03-06 10:00", 10**400, "h"), ("2026-03-06 10:00", 10**7, "cd"),
        ("2026-03-06 10:00", 10**8, "h"), ("2026-03-06 10:00", 40_000, "wd"), ("0001-01-01 00:00", 1, "wh"),
        ("9999-12-31 12:00", 1, "cd"), ("9999-12-31 12:00", 100, "wh"),
    ],
)  # fmt: skip
def test_what_lies_beyond_the_calendar_is_refused(start: str, amount: int, unit: str) -> None:
    """Millennia are refused with a sentence, and at once."""
    with pytest.raises(OutOfRange):
        due(STANDARD, at(start), amount, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("instant", "days", "before"),
    [
        ("2026-03-09 10:00", 1, "2026-03-06 10:00"),
        ("2026-03-09 08:30", 1, "2026-03-06 08:30"),
        ("2026-03-09 18:00", 1, "2026-03-06 18:00"),
        ("2026-03-09 12:45", 1, "2026-03-06 12:00"),  # counted from the closing before the break
        ("2026-03-08 12:00", 1, "2026-03-05 18:00"),  # a Sunday: counted from Friday's closing
        ("2026-03-07 00:00", 1, "2026-03-05 18:00"),
        ("2026-03-09 07:00", 1, "2026-03-05 18:00"),
        ("2026-02-24 09:00", 1, "2026-02-14 09:00"),  # back across Spring Festival to the make-up day
        ("2026-02-24 09:00", 2, "2026-02-13 09:00"),
        ("2026-03-09 07:00", 0, "2026-03-06 18:00"),
    ],
)
def test_working_days_before_a_deadline(instant: str, days: int, before: str) -> None:
    """Counted back, an instant outside working time is the closing before it, never an opening after. [B1]"""
    assert shows(STANDARD, days_before(STANDARD, at(instant), days).at) == before


def test_counting_back_into_an_unpublished_year_is_provisional() -> None:
    """Backwards as forwards."""
    assert days_before(STANDARD, at("2027-01-04 10:00"), 1).provisional
    assert not days_before(STANDARD, at("2026-03-09 10:00"), 1).provisional


def test_the_next_working_moment_is_the_instant_itself_or_the_next_opening() -> None:
    """Half-open windows: an opening is working time, a closing is not."""
    moments = {
        "2026-03-06 08:30": "2026-03-06 08:30",
        "2026-03-06 12:00": "2026-03-06 13:30",
        "2026-03-07 09:00": "2026-03-09 08:30",
    }

    assert {text: shows(STANDARD, next_working_moment(STANDARD, at(text))) for text in moments} == moments
