"""Recurring duties: nominal and rolled. [cli.md 4; language.md (c)]"""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import CalendarError, NoWorkingTime, occurrences, roll, rolled_date
from tests.calendar.world import STANDARD, at, calendars, dates, made, shows


def dues(rrule: str, roll: str, frm: str, to: str, time: str = "17:00", start: str | None = None) -> list[tuple[str, str]]:
    """The occurrences as (nominal date, due) of the built-in calendar, dates as `10-05`."""
    found = occurrences(
        rrule, time, roll, None if start is None else date.fromisoformat(start), date.fromisoformat(frm),
        date.fromisoformat(to), STANDARD,
    )  # fmt: skip
    return [(f"{one.nominal_date:%m-%d}", str(shows(STANDARD, one.due))[5:]) for one in found]


def test_next_is_the_following_working_day() -> None:
    """A period's figures are late rather than incomplete: October 3 becomes October 8. [language.md N]"""
    assert dues("FREQ=MONTHLY;BYMONTHDAY=3", "next", "2026-10-01", "2026-11-01") == [("10-03", "10-08 17:00")]


def test_previous_is_the_working_day_before() -> None:
    """Others' "by" is met early: Sunday's is Friday's. A make-up Saturday is a working day."""
    assert dues("FREQ=MONTHLY;BYMONTHDAY=15", "previous", "2026-03-01", "2026-04-01") == [("03-15", "03-13 17:00")]
    assert dues("FREQ=MONTHLY;BYMONTHDAY=15", "previous", "2026-02-01", "2026-03-01") == [("02-15", "02-14 17:00")]
    assert dues("FREQ=MONTHLY;BYMONTHDAY=-1", "previous", "2026-02-01", "2026-03-01") == [("02-28", "02-28 17:00")]


def test_previous_out_of_the_month_becomes_next() -> None:
    """October 5 would become September 30, the wrong month's: it becomes October 8. [language.md P]"""
    assert dues("FREQ=MONTHLY;BYMONTHDAY=5", "previous", "2026-10-01", "2026-11-01") == [("10-05", "10-08 17:00")]
    assert dues("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", "previous", "2026-10-01", "2026-11-01") == [("10-01", "10-08 17:00")]


def test_previous_out_of_the_week_becomes_next() -> None:
    """Tuesday 02-17 in Spring Festival: its week's days before are off, so it moves on; a Saturday moves to Friday."""
    assert dues("FREQ=WEEKLY;BYDAY=TU", "previous", "2026-02-16", "2026-02-23") == [("02-17", "02-24 17:00")]
    assert dues("FREQ=WEEKLY;BYDAY=SA", "previous", "2026-03-02", "2026-03-09") == [("03-07", "03-06 17:00")]
    assert dues("FREQ=WEEKLY;BYDAY=SU;WKST=SU", "previous", "2026-03-02", "2026-03-09") == [("03-08", "03-06 17:00")]


def test_previous_of_a_daily_one_knows_no_bound() -> None:
    """Only weekly and rarer ones have a period to stay in."""
    assert dues("FREQ=DAILY", "previous", "2026-10-01", "2026-10-02") == [("10-01", "09-30 17:00")]


def test_skip_omits_days_off_and_keep_keeps_them() -> None:
    """A daily duty about the day itself is not due on a day off; an outside clock does not move."""
    assert [due for due, _ in dues("FREQ=DAILY", "skip", "2026-02-13", "2026-02-26")] == [
        "02-13",
        "02-14",
        "02-24",
        "02-25",
    ]
    assert dues("FREQ=WEEKLY;BYDAY=MO", "keep", "2026-02-16", "2026-02-23", "13:30") == [("02-16", "02-16 13:30")]


def test_two_on_one_day_both_stay() -> None:
    """Rolled onto the same day, each is an occurrence of its own, in the order of its nominal date."""
    assert dues("FREQ=MONTHLY;BYMONTHDAY=3,5", "next", "2026-10-01", "2026-11-01") == [
        ("10-03", "10-08 17:00"),
        ("10-05", "10-08 17:00"),
    ]


def test_the_range_is_about_nominal_dates() -> None:
    """What is rolled out of the range stays in; what is rolled into it stays out; the last date is exclusive."""
    assert dues("FREQ=MONTHLY;BYMONTHDAY=3", "next", "2026-10-03", "2026-10-04") == [("10-03", "10-08 17:00")]
    assert dues("FREQ=MONTHLY;BYMONTHDAY=3", "next", "2026-10-04", "2026-10-09") == []
    assert dues("FREQ=DAILY", "keep", "2026-10-03", "2026-10-03") == []
    assert [day for day, _ in dues("FREQ=DAILY", "keep", "2026-10-03", "2026-10-05")] == ["10-03", "10-04"]


def test_24_o_clock_is_the_midnight_that_ends_the_date() -> None:
    """Due at the end of the last day of the month, and on a day off at the end of the next working day."""
    assert dues("FREQ=MONTHLY;BYMONTHDAY=-1", "next", "2026-03-01", "2026-06-01", "24:00") == [
        ("03-31", "04-01 00:00"),
        ("04-30", "05-01 00:00"),
        ("05-31", "06-02 00:00"),
    ]
    assert dues("FREQ=DAILY", "keep", "2026-03-31", "2026-04-01", "00:00") == [("03-31", "03-31 00:00")]


# The duties' own rules, over the year 2026, nominal dates by hand.
# fmt: off
RULES: list[tuple[str, str | None, str, str, list[str]]] = [
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", None, "2026-01-01", "2027-01-01",
     ["03-31", "06-30", "09-30", "12-31"]),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", None, "2026-01-01", "2027-01-01",
     ["01-10", "04-10", "07-10", "10-10"]),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10", None, "2026-01-01", "2027-01-01", ["01-10"]),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", None, "2026-01-01", "2026-04-01", ["01-31", "02-28", "03-31"]),
    ("FREQ=MONTHLY;BYMONTHDAY=31", None, "2026-01-01", "2026-06-01", ["01-31", "03-31", "05-31"]),
    ("FREQ=MONTHLY", "2026-01-31", "2026-01-01", "2026-06-01", ["01-31", "03-31", "05-31"]),
    ("FREQ=MONTHLY;BYDAY=1MO", None, "2026-03-01", "2026-05-01", ["03-02", "04-06"]),
    ("FREQ=MONTHLY;BYDAY=-1FR", None, "2026-03-01", "2026-05-01", ["03-27", "04-24"]),
    ("FREQ=MONTHLY;BYDAY=5MO", None, "2026-03-01", "2026-07-01", ["03-30", "06-29"]),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", None, "2026-01-01", "2027-01-01", ["02-13", "03-13", "11-13"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", None, "2026-01-01", "2026-06-01",
     ["01-30", "02-27", "03-31", "04-30", "05-29"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2", None, "2026-03-10", "2026-05-01", ["04-02"]),
    ("FREQ=WEEKLY;BYDAY=MO", None, "2026-03-01", "2026-03-20", ["03-02", "03-09", "03-16"]),
    ("FREQ=WEEKLY", "2026-03-04", "2026-03-01", "2026-03-20", ["03-04", "03-11", "03-18"]),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-03-02", "2026-03-01", "2026-04-01", ["03-02", "03-16", "03-30"]),
    # RFC 5545, page 43: with weeks from Monday the 5th, 10th, 19th, 24th; from Sunday the 5th, 17th, 19th, 31st.
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997-08-01", "1998-01-01",
     ["08-05", "08-10", "08-19", "08-24"]),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997-08-01", "1998-01-01",
     ["08-05", "08-17", "08-19", "08-31"]),
    ("FREQ=DAILY;INTERVAL=10", "2026-01-01", "2026-01-15", "2026-02-15", ["01-21", "01-31", "02-10"]),
    ("FREQ=DAILY;BYMONTH=2;BYDAY=SU", None, "2026-01-01", "2027-01-01", ["02-01", "02-08", "02-15", "02-22"]),
    ("FREQ=DAILY;COUNT=3", "2026-03-01", "2026-03-02", "2026-04-01", ["03-02", "03-03"]),
    ("FREQ=DAILY;UNTIL=20260304", None, "2026-03-02", "2026-04-01", ["03-02", "03-03", "03-04"]),
    ("FREQ=DAILY;UNTIL=20260304T170000", None, "2026-03-03", "2026-04-01", ["03-03", "03-04"]),
    ("FREQ=DAILY;UNTIL=20260304T165959", None, "2026-03-03", "2026-04-01", ["03-03"]),
    ("FREQ=DAILY;UNTIL=20260304T090000Z", None, "2026-03-03", "2026-04-01", ["03-03", "03-04"]),   # 17:00 in Shanghai
    ("FREQ=DAILY;UNTIL=20260304T085959Z", None, "2026-03-03", "2026-04-01", ["03-03"]),
    ("FREQ=YEARLY", "2020-05-06", "2026-01-01", "2027-01-01", ["05-06"]),
    ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997-01-01", "1998-01-01", ["05-19"]),               # RFC 5545, page 42
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1997-01-01", "1998-01-01", ["05-12"]),     # RFC 5545, page 42
    ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", None, "2026-01-01", "2028-01-01", ["12-28"]),             # 2026 has a week 53
    ("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO", None, "2026-01-01", "2028-01-01", ["12-28", "12-27"]),
    ("FREQ=YEARLY;BYWEEKNO=-53;BYDAY=MO", None, "2025-12-01", "2026-12-31", ["12-29"]),            # week 1 of 53
    ("FREQ=YEARLY;BYYEARDAY=1,100,-1", None, "2026-01-01", "2027-01-01", ["01-01", "04-10", "12-31"]),
    ("FREQ=YEARLY;BYYEARDAY=366", None, "2026-01-01", "2029-01-01", ["12-31"]),                    # 2028
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=1", "2025-06-01", "2025-01-01", "2030-01-01", ["01-01", "01-01"]),
    ("FREQ=MONTHLY;BYDAY=MO,1TU", None, "2026-03-01", "2026-03-15", ["03-02", "03-03", "03-09"]),  # RFC: a union
    ("rrule:freq=weekly;byday=mo", None, "2026-03-01", "2026-03-09", ["03-02"]),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None, "2026-01-01", "2126-01-01", []),                 # never, and at once
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", None, "2026-01-01", "2126-01-01", []),
    ("FREQ=YEARLY;BYDAY=MO;BYSETPOS=366", None, "2026-01-01", "2126-01-01", []),
    ("FREQ=DAILY;INTERVAL=999999", "2026-01-01", "2026-01-02", "2126-01-01", []),
]
# fmt: on


@pytest.mark.parametrize(("rrule", "start", "frm", "to", "days"), RULES)
def test_the_rules_of_rfc_5545(rrule: str, start: str | None, frm: str, to: str, days: list[str]) -> None:
    """Each row worked out by hand, some taken from the RFC's own examples."""
    assert [day for day, _ in dues(rrule, "keep", frm, to, start=start)] == days


@pytest.mark.parametrize(
    "rrule",
    [
        "", "DAILY", "FREQ=", "FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=FORTNIGHTLY", "BYDAY=MO", "FREQ=DAILY;",
        "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=x",
        "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=3;UNTIL=20260101", "FREQ=DAILY;UNTIL=2026-01-01",
        "FREQ=DAILY;UNTIL=20260230", "FREQ=MONTHLY;BYMONTHDAY=40", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=-32", "FREQ=MONTHLY;BYMONTHDAY=a", "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=YEARLY;BYDAY=54MO", "FREQ=YEARLY;BYMONTH=1;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=MO,", "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;BYDAY=1MO", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=-1", "FREQ=YEARLY;BYYEARDAY=367", "FREQ=YEARLY;BYWEEKNO=54", "FREQ=MONTHLY;BYWEEKNO=20",
        "FREQ=DAILY;BYYEARDAY=1", "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "FREQ=DAILY;BYHOUR=9", "FREQ=DAILY;BYMINUTE=30", "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY;WKST=XX", "FREQ=DAILY;X-OWN=1", "FREQ=DAILY\nDTSTART:20260101T000000",
        "FREQ=MONTHLY;BYMONTHDAY=３", "FREQ=MONTHLY;BYMONTHDAY=" + "9" * 5000,
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_followed_is_refused(rrule: str) -> None:
    """What RFC 5545 forbids, what speaks of clock times, what never was a rule: one sentence, in both languages."""
    with pytest.raises(CalendarError) as refused:
        dues(rrule, "keep", "2026-01-01", "2026-02-01")

    assert refused.value.zh != refused.value.en
    assert len(refused.value.en) < 200


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"time": "25:00"}, "25:00"), ({"time": "24:01"}, "24:01"), ({"time": "9"}, "'9'"),
        ({"roll": "later"}, "later"),
        ({"to": date(2025, 1, 1)}, "2025-01-01"), ({"to": date(2127, 1, 1)}, "2127-01-01"),
        ({"rrule": "FREQ=DAILY;COUNT=3", "start": date(1900, 1, 1)}, "1900-01-01"),
        ({"to": date(9999, 12, 31), "frm": date(9999, 12, 1)}, "9999"),
        ({"frm": date(1, 1, 1), "to": date(1, 2, 1)}, "9999"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_beside_the_rule_is_refused(changed: dict[str, Any], names: str) -> None:
    """Clock times, roll rules, ranges."""
    usual: dict[str, Any] = {"rrule": "FREQ=DAILY", "time": "17:00", "roll": "keep", "start": None}
    usual |= {"frm": date(2026, 1, 1), "to": date(2026, 2, 1), "calendar": STANDARD}

    with pytest.raises(CalendarError) as refused:
        occurrences(**usual | changed)

    assert names in refused.value.en


def test_a_calendar_without_working_days_cannot_roll() -> None:
    """There is no working day to move to; keep and skip need none."""
    never = made(weekly={})
    day, after = date(2026, 3, 2), date(2026, 3, 3)

    assert occurrences("FREQ=DAILY", "17:00", "skip", None, day, after, never) == []
    assert len(occurrences("FREQ=DAILY", "17:00", "keep", None, day, after, never)) == 1
    for rule in ("next", "previous"):
        with pytest.raises(NoWorkingTime):
            occurrences("FREQ=DAILY", "17:00", rule, None, day, after, never)


@pytest.mark.parametrize(
    ("nominal", "rule", "freq", "rolled"),
    [
        ("2026-03-09 13:30", "next", "WEEKLY", "2026-03-09 13:30"),
        ("2026-02-16 13:30", "next", "WEEKLY", "2026-02-24 13:30"),
        ("2026-10-05 17:00", "previous", "MONTHLY", "2026-10-08 17:00"),
        ("2026-10-05 17:00", "previous", "DAILY", "2026-09-30 17:00"),
        ("2026-03-08 00:00", "next", "DAILY", "2026-03-10 00:00"),  # Saturday's end becomes Monday's end
        ("2026-03-07 17:00:30", "next", "DAILY", "2026-03-09 17:00:30"),
        ("2026-03-07 17:00", "keep", "DAILY", "2026-03-07 17:00"),
        ("2026-03-07 17:00", "skip", "DAILY", None),
    ],
)
def test_an_instant_is_rolled_like_an_occurrence(nominal: str, rule: str, freq: str, rolled: str | None) -> None:
    """Naive in the calendar's zone, or aware in any; a midnight belongs to the day that it ends."""
    assert shows(STANDARD, roll(STANDARD, at(nominal), rule, freq)) == rolled
    assert shows(STANDARD, roll(STANDARD, datetime.fromisoformat(nominal), rule, freq)) == rolled


rrules = st.sampled_from([rrule for rrule, *_ in RULES if "COUNT" not in rrule] + ["FREQ=DAILY"])
rolls = st.sampled_from(["previous", "next", "skip", "keep"])


@given(calendars(), rrules, rolls, dates, st.integers(0, 200), st.integers(0, 200))
def test_a_split_range_gives_the_same(calendar: Any, rrule: str, roll: str, begin: date, first: int, second: int) -> None:
    """Sorted by nominal date, none lost and none doubled where two ranges meet: catch-up may run at any time."""
    middle, end = (date.fromordinal(begin.toordinal() + days) for days in (first, first + second))
    start = date(2025, 6, 3)

    whole = occurrences(rrule, "17:00", roll, start, begin, end, calendar)
    parts = [occurrences(rrule, "17:00", roll, start, *ends, calendar) for ends in ((begin, middle), (middle, end))]

    assert whole == parts[0] + parts[1]
    assert whole == sorted(whole)
    assert all(begin <= one.nominal_date < end for one in whole)


@given(calendars(), dates, rolls, st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
def test_rolling_leads_to_the_nearest_working_day(calendar: Any, day: date, rule: str, freq: str) -> None:
    """The nearest working day on the right side, in its period if it went back; rolled twice is rolled once."""
    works = [number for number in range(day.toordinal() - 30, day.toordinal() + 30) if calendar.days[number].spans]
    earlier = max((number for number in works if number < day.toordinal()), default=None)
    later = min((number for number in works if number > day.toordinal()), default=None)
    period = {"WEEKLY": "%G-%V", "MONTHLY": "%Y-%m", "YEARLY": "%Y-%m"}.get(freq, "")

    rolled = rolled_date(calendar, day, rule, freq)

    if rule == "keep" or day.toordinal() in works:
        assert rolled == day
    elif rule == "skip":
        assert rolled is None
    else:
        stays = earlier is not None and f"{date.fromordinal(earlier):{period}}" == f"{day:{period}}"
        nearest = earlier if rule == "previous" and (stays or not period) else later
        assert rolled is not None
        assert nearest is None or rolled == date.fromordinal(nearest)
        assert rolled_date(calendar, rolled, rule, freq) == rolled
