"""Reading, writing and changing the calendar. [cli.md 4]"""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import Calendar, CalendarError, due, is_working_day, standard
from cuiban.calendar.windows import windows_from_text
from tests.calendar.world import OFFICE, STANDARD, WORKWEEK, at, calendars, dates, made, shows


def test_the_built_in_calendar() -> None:
    """Monday to Friday, two windows, the state holidays and make-up days, years up to the last one published."""
    keys = standard().to_json()

    assert keys["tz"] == "Asia/Shanghai"
    assert keys["weekly"] == WORKWEEK | {"sat": [], "sun": []}
    assert {"2026-02-15", "2026-02-23", "2026-10-07"} <= set(keys["holidays"])
    assert keys["extra_working_days"]["2026-02-14"] is None
    assert (keys["overrides"], keys["published"][0], keys["published"][-1]) == ({}, 2004, 2026)
    assert standard() is standard()


def test_it_agrees_with_the_source_on_every_day_of_seven_years() -> None:
    """Our reading of the two tables is what the library itself says of a day."""
    from chinese_calendar import is_workday  # type: ignore[import-untyped]

    days = [date.fromordinal(number) for number in range(date(2020, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]

    assert [is_working_day(STANDARD, day) for day in days] == [is_workday(day) for day in days]


def test_what_decides_a_day() -> None:
    """Override before make-up day before holiday before weekday."""
    calendar = made(
        holidays=["2026-03-02", "2026-03-03", "2026-03-04"],
        extra_working_days={"2026-03-03": [["10:00", "11:00"]], "2026-03-04": None, "2026-03-07": None},
        overrides={"2026-03-04": [], "2026-03-05": [["07:00", "08:00"]]},
    )
    week = [calendar.hours_on(date(2026, 3, day)) for day in range(2, 9)]
    office = ((510, 720), (810, 1080))

    assert week == [(), ((600, 660),), (), ((420, 480),), office, office, ()]


def test_a_make_up_day_without_hours_takes_them_from_the_week() -> None:
    """Null: that weekday's own hours, else those of the week's first day that has any, from Monday on."""
    calendar = made(
        weekly={"wed": [["10:00", "12:00"]], "thu": [["08:00", "09:00"]], "sat": [["13:00", "14:00"]]},
        extra_working_days={"2026-03-07": None, "2026-03-08": None, "2026-03-02": None},
        holidays=["2026-03-07"],
    )

    assert calendar.hours_on(date(2026, 3, 7)) == ((780, 840),)
    assert calendar.hours_on(date(2026, 3, 8)) == calendar.hours_on(date(2026, 3, 2)) == ((600, 720),)
    assert made(weekly={}, extra_working_days={"2026-03-07": None}).hours_on(date(2026, 3, 7)) == ()


@given(calendars())
def test_what_is_written_is_read_back(calendar: Calendar) -> None:
    """JSON and back, the same JSON and the same hours on every day of the year."""
    written = calendar.to_json()
    again = Calendar.from_json(json.loads(json.dumps(written)))

    assert again.to_json() == written
    assert all(again.hours_on(date(2026, 1, 1 + day)) == calendar.hours_on(date(2026, 1, 1 + day)) for day in range(31))


def test_optional_keys_may_be_absent_or_null() -> None:
    """Only tz and weekly are needed."""
    bare = Calendar.from_json({"tz": "Asia/Shanghai", "weekly": {}, "overrides": None, "published": None})

    assert bare.to_json() == Calendar.from_json({"tz": "Asia/Shanghai", "weekly": {}}).to_json()
    assert "published" not in bare.to_json()


WRONG: list[tuple[Any, str]] = [
    ([], "calendar"),
    ("standard", "calendar"),
    (None, "calendar"),
    ({"weekly": {}}, "tz"),
    ({"tz": "Asia/Shanghai"}, "weekly"),
    ({"tz": "Asia/Shanghai", "weekly": {}, "holiday": []}, "'holiday'"),
    ({"tz": "Beijing", "weekly": {}}, "'Beijing'"),
    ({"tz": "", "weekly": {}}, "tz"),
    ({"tz": "Asia", "weekly": {}}, "tz"),
    ({"tz": "../../etc/passwd", "weekly": {}}, "tz"),
    ({"tz": 8, "weekly": {}}, "tz"),
    ({"tz": "Asia/Shanghai", "weekly": []}, "weekly"),
    ({"tz": "Asia/Shanghai", "weekly": {"monday": []}}, "'monday'"),
]


@pytest.mark.parametrize(("value", "names"), WRONG)
def test_a_calendar_that_cannot_be_read_says_where(value: Any, names: str) -> None:
    """The sentence names the key, in both languages."""
    with pytest.raises(CalendarError) as refused:
        Calendar.from_json(value)

    assert names in refused.value.en
    assert names in refused.value.zh or names == "calendar"
    refused.value.zh.encode("gbk")


@pytest.mark.parametrize(
    ("key", "value", "names"),
    [
        ("weekly", {"mon": [["12:00", "08:30"]]}, "weekly.mon: 12:00-08:30"),
        ("weekly", {"mon": [["12:00", "12:00"]]}, "weekly.mon: 12:00-12:00"),
        ("weekly", {"mon": [["08:30", "12:00"], ["11:59", "18:00"]]}, "weekly.mon: 11:59-18:00"),
        ("weekly", {"mon": [["13:30", "18:00"], ["08:30", "12:00"]]}, "weekly.mon: 08:30-12:00"),
        ("weekly", {"mon": [["08:30", "24:01"]]}, "weekly.mon: '24:01'"),
        ("weekly", {"mon": [["08:60", "12:00"]]}, "weekly.mon: '08:60'"),
        ("weekly", {"mon": [["8.30", "12:00"]]}, "weekly.mon: '8.30'"),
        ("weekly", {"mon": [["０８:30", "12:00"]]}, "weekly.mon"),
        ("weekly", {"mon": [["08:30"]]}, "weekly.mon"),
        ("weekly", {"mon": [[8, 12]]}, "weekly.mon: 8"),
        ("weekly", {"mon": ["08:30-12:00"]}, "weekly.mon"),
        ("weekly", {"mon": "08:30-12:00"}, "weekly.mon"),
        ("weekly", {"mon": None}, "weekly.mon"),
        ("holidays", ["2026-02-30"], "holidays: '2026-02-30'"),
        ("holidays", ["20260214"], "holidays: '20260214'"),
        ("holidays", "2026-02-14", "holidays"),
        ("holidays", [20260214], "holidays"),
        ("holidays", None, "holidays"),
        ("extra_working_days", ["2026-02-14"], "extra_working_days"),
        ("extra_working_days", {"14.02.2026": None}, "extra_working_days: '14.02.2026'"),
        ("extra_working_days", {"2026-02-14": [["09:00", "08:00"]]}, "extra_working_days.2026-02-14"),
        ("overrides", {"2026-02-14": None}, "overrides.2026-02-14"),
        ("overrides", {"2026-02-14": [["09:00", "08:00"]]}, "overrides.2026-02-14"),
        ("published", [True], "published: True"),
        ("published", ["2026"], "published: '2026'"),
        ("published", 2026, "published"),
    ],
)
def test_hours_and_days_that_make_no_sense_are_refused(key: str, value: Any, names: str) -> None:
    """Windows overlap, are empty, unsorted or backward; dates do not exist; things are of the wrong kind."""
    with pytest.raises(CalendarError) as refused:
        made(**{key: value})

    assert names in refused.value.en
    assert names in refused.value.zh


def test_a_long_foreign_value_is_cut_in_the_sentence() -> None:
    """A sentence stays a sentence."""
    with pytest.raises(CalendarError) as refused:
        made(holidays=["x" * 10_000])

    assert len(refused.value.en) < 100


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("08:30") | st.just("2026-02-14"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["mon", "2026-02-14", "x"]), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["tz", "weekly", "holidays", "extra_working_days", "overrides", "published"]), json_values))
def test_no_value_whatever_is_worse_than_refused(keys: dict[str, Any]) -> None:
    """Any JSON is read or refused in a sentence; nothing else is raised."""
    try:
        read = Calendar.from_json({"tz": "Asia/Shanghai", "weekly": {}} | keys)
    except CalendarError:
        return
    assert Calendar.from_json(read.to_json()).to_json() == read.to_json()


def test_a_dealership_settles_a_day_otherwise() -> None:
    """An override moves a due; the calendar it was made from stays as it was; taken back, all is as before."""
    closed = STANDARD.overridden(date(2026, 3, 9), ())
    short = closed.overridden(date(2026, 3, 10), windows_from_text("10:00-11:00", "hours"))

    assert shows(short, due(short, at("2026-03-06 18:00"), 2, "wh").at) == "2026-03-11 09:30"
    assert shows(STANDARD, due(STANDARD, at("2026-03-06 18:00"), 2, "wh").at) == "2026-03-09 10:30"
    assert closed.overridden(date(2026, 3, 9), None).to_json() == STANDARD.to_json()


def test_a_year_is_published() -> None:
    """Its days off and make-up days come in, the due is no longer provisional; other years and overrides stay."""
    before = STANDARD.overridden(date(2027, 1, 5), ())
    after = before.with_year(2027, off=[date(2027, 1, 1), date(2027, 1, 4)], makeup=[date(2027, 1, 3)])

    assert due(before, at("2026-12-31 18:00"), 9, "wh") == (at("2027-01-04 09:30"), True)
    assert due(after, at("2026-12-31 18:00"), 9, "wh") == (at("2027-01-06 09:30"), False)
    assert after.with_year(2027, off=[], makeup=[]).to_json()["holidays"] == STANDARD.to_json()["holidays"]
    assert made().with_year(2027, off=[], makeup=[]).published is None
    with pytest.raises(CalendarError):
        before.with_year(2027, off=[date(2026, 1, 1)], makeup=[])


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("off", ()), ("OFF ", ()), ("休", ()), ("08:30-12:00", ((510, 720),)),
        ("08:30-12:00,13:30-18:00", ((510, 720), (810, 1080))), ("8:30-12:00, 13:30-24:00", ((510, 720), (810, 1440))),
        ("8:30-12:00，13:30-18:00", ((510, 720), (810, 1080))),
    ],
)  # fmt: skip
def test_hours_as_a_person_writes_them(text: str, hours: tuple[tuple[int, int], ...]) -> None:
    """`calendar set DATE off|HH:MM-HH:MM,..`."""
    assert windows_from_text(text, "hours") == hours


@pytest.mark.parametrize("text", ["", "08:30", "08:30-", "12:00-08:30", "08:30-12:00;13:30-18:00", "08:30-12:00,11:00-13:00"])
def test_hours_that_cannot_be_read(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(CalendarError):
        windows_from_text(text, "hours")


@given(calendars(), dates)
def test_a_working_day_is_one_with_hours(calendar: Calendar, day: date) -> None:
    """Bounds on the hour: no hours can be lost but those that daylight saving swallows whole."""
    assert is_working_day(calendar, day) <= bool(calendar.hours_on(day))
    assert is_working_day(made(overrides={day.isoformat(): OFFICE}), day)
