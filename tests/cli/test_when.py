"""Times as people type them: every form that is read, every near miss that is refused. [cli.md 1, Time]"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import Calendar, standard
from cuiban.commands.when import When, read
from cuiban.errors import Usage

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 0, 40, tzinfo=UTC)  # Wednesday, 08:40


def reads(text: str, toward: str = "past", now: datetime = NOW, calendar: Calendar | None = None) -> When:
    """What `text` means."""
    return read(text, now=now, calendar=calendar or standard(), toward=toward)  # type: ignore[arg-type]


def local(when: When) -> str:
    """The instant as the clock in Shanghai shows it."""
    return f"{when.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("2026-03-09", "2026-03-09 00:00", "2026-03-09 00:00"),
        ("2026-03-09 16:00", "2026-03-09 16:00", "2026-03-09 16:00"),
        ("2026-03-09T16:00", "2026-03-09 16:00", "2026-03-09 16:00"),
        ("2026-03-09 9:05", "2026-03-09 09:05", "2026-03-09 09:05"),
        ("2026-03-09T16:00:30", "2026-03-09 16:00:30", "2026-03-09 16:00:30"),
        ("2026-03-09T16:00:00+08:00", "2026-03-09 16:00", "2026-03-09 16:00"),
        ("2026-03-09T08:00:00Z", "2026-03-09 16:00", "2026-03-09 16:00"),
        ("2026-03-09T10:00:00+0200", "2026-03-09 16:00", "2026-03-09 16:00"),
        ("2026-03-09 24:00", "2026-03-10 00:00", "2026-03-10 00:00"),
        ("03-11", "2026-03-11 00:00", "2026-03-11 00:00"),
        ("03-10", "2026-03-10 00:00", "2027-03-10 00:00"),
        ("03-12", "2025-03-12 00:00", "2026-03-12 00:00"),
        ("12-31", "2025-12-31 00:00", "2026-12-31 00:00"),
        ("02-29", "2024-02-29 00:00", "2028-02-29 00:00"),
        ("3月9日", "2026-03-09 00:00", "2027-03-09 00:00"),
        ("03月09日", "2026-03-09 00:00", "2027-03-09 00:00"),
        ("3月9日 16:00", "2026-03-09 16:00", "2027-03-09 16:00"),
        ("3月9日16:00", "2026-03-09 16:00", "2027-03-09 16:00"),
        ("03-09 24:00", "2026-03-10 00:00", "2027-03-10 00:00"),
        ("9:00", "2026-03-11 09:00", "2026-03-11 09:00"),
        ("08:30", "2026-03-11 08:30", "2026-03-11 08:30"),
        ("9\uff1a00", "2026-03-11 09:00", "2026-03-11 09:00"),
        ("now", "2026-03-11 08:40", "2026-03-11 08:40"),
        ("现在", "2026-03-11 08:40", "2026-03-11 08:40"),
        ("today", "2026-03-11 00:00", "2026-03-11 00:00"),
        ("今天", "2026-03-11 00:00", "2026-03-11 00:00"),
        ("yesterday", "2026-03-10 00:00", "2026-03-10 00:00"),
        ("昨天", "2026-03-10 00:00", "2026-03-10 00:00"),
        ("tomorrow", "2026-03-12 00:00", "2026-03-12 00:00"),
        ("明天", "2026-03-12 00:00", "2026-03-12 00:00"),
        ("昨天 16:00", "2026-03-10 16:00", "2026-03-10 16:00"),
        ("昨天16:00", "2026-03-10 16:00", "2026-03-10 16:00"),
        ("昨天\u300016\uff1a00", "2026-03-10 16:00", "2026-03-10 16:00"),
        ("yesterday 16:00", "2026-03-10 16:00", "2026-03-10 16:00"),
        ("mon", "2026-03-09 00:00", "2026-03-16 00:00"),
        ("Mon", "2026-03-09 00:00", "2026-03-16 00:00"),
        ("周一", "2026-03-09 00:00", "2026-03-16 00:00"),
        ("周三", "2026-03-11 00:00", "2026-03-11 00:00"),
        ("wed 8:00", "2026-03-11 08:00", "2026-03-18 08:00"),
        ("wed 16:00", "2026-03-04 16:00", "2026-03-11 16:00"),
        ("周日 9:00", "2026-03-08 09:00", "2026-03-15 09:00"),
        ("上周五", "2026-03-06 00:00", "2026-03-06 00:00"),
        ("上周一 9:00", "2026-03-02 09:00", "2026-03-02 09:00"),
        ("下周一", "2026-03-16 00:00", "2026-03-16 00:00"),
        ("下周日 12:00", "2026-03-22 12:00", "2026-03-22 12:00"),
        ("-3d", "2026-03-08 08:40", "2026-03-08 08:40"),
        ("+3d", "2026-03-14 08:40", "2026-03-14 08:40"),
        ("-3d 16:00", "2026-03-08 16:00", "2026-03-08 16:00"),
        ("+2wd", "2026-03-13 08:40", "2026-03-13 08:40"),
        ("+3wd", "2026-03-16 08:40", "2026-03-16 08:40"),
        ("-3wd", "2026-03-06 08:40", "2026-03-06 08:40"),
        ("+2wd 9:00", "2026-03-13 09:00", "2026-03-13 09:00"),
        ("  今天  ", "2026-03-11 00:00", "2026-03-11 00:00"),
    ],
)
def test_every_form_is_read(text: str, past: str, future: str) -> None:
    """A day without its year is the nearest past one for --at, the nearest future one in fields."""
    assert (local(reads(text, "past")), local(reads(text, "future"))) == (past, future)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "3/11", "2026/3/11", "2026-3-11", "3-11", "20260311", "2026-W11",
        "2026-02-30", "02-30", "13-01", "2月30日", "13月1日", "3月11号", "2026年3月11日", "25:00",
        "24:01", "9:60", "9点", "9", "16", "1600", "noon", "monday", "星期一", "周八", "本周一",
        "上上周一", "下周", "后天", "前天", "next mon", "now 9:00", "现在 9:00", "9:00 今天", "3d",
        "-3", "-3h", "+2w", "+1.5d", "++1d", "-99999d", "today-1", "2026-03-11 16",
        "2026-03-11 16:00 +8", "2026-03-11T25:00", "2026-03-11T16:00:61", "0000-01-01",
        "10000-01-01", "03-11 16:00:00+08:00", "None", "1741651200", "yesterday16:00",
    ],
)  # fmt: skip
def test_nothing_else_is_read(text: str) -> None:
    """What is not in the grammar is refused with what could be written instead, and no guess."""
    with pytest.raises(Usage) as refused:
        reads(text)

    assert refused.value.exit == 2
    assert "昨天 16:00" in refused.value.message.zh
    assert "yesterday 16:00" in refused.value.message.en


def test_a_bare_date_ends_at_the_midnight_after_it() -> None:
    """A bare date is its start; for --until its end."""
    day = reads("03-09")

    assert day.bare
    assert f"{day.end(standard()).astimezone(SHANGHAI):%m-%d %H:%M}" == "03-10 00:00"


def test_a_clock_time_has_no_other_end() -> None:
    """With a clock time the end is the instant itself; 24:00 belongs to the day that it ends."""
    midnight = reads("03-09 24:00")

    assert not midnight.bare
    assert midnight.end(standard()) == midnight.at
    assert midnight.day.isoformat() == "2026-03-09"


def test_only_a_full_date_is_plain() -> None:
    """What was guessed has to be echoed; a full date needs no echo."""
    plain = {text: reads(text).plain for text in ("2026-03-09", "2026-03-09 16:00", "03-09", "9:00", "now", "-3d")}

    assert plain == {
        "2026-03-09": True, "2026-03-09 16:00": True, "03-09": False, "9:00": False, "now": False, "-3d": False,
    }  # fmt: skip


def test_working_days_follow_the_calendar() -> None:
    """+2wd before the Spring Festival lands behind it, make-up Saturday counted."""
    evening = datetime(2026, 2, 13, 10, 10, tzinfo=UTC)  # Friday 18:10

    assert local(reads("+2wd", "future", now=evening)) == "2026-02-25 08:30"


def test_days_are_days_of_the_dealership() -> None:
    """At 17:00 UTC it is tomorrow in Shanghai; a day later keeps its clock time across daylight saving."""
    berlin = Calendar.from_json({"tz": "Europe/Berlin", "weekly": {"mon": [["08:00", "17:00"]]}})

    late = reads("today", now=datetime(2026, 3, 11, 17, 0, tzinfo=UTC))
    over_the_change = reads("+1d", now=datetime(2026, 3, 28, 11, 0, tzinfo=UTC), calendar=berlin)

    assert local(late) == "2026-03-12 00:00"
    assert over_the_change.at == datetime(2026, 3, 29, 10, 0, tzinfo=UTC)


@given(st.integers(1, 12), st.integers(1, 28), st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)))
def test_a_day_without_year_is_the_nearest(month: int, day: int, now: datetime) -> None:
    """Past and future enclose today, a year apart at most; the nearer of both is one of them."""
    text, at = f"{month:02}-{day:02}", now.replace(tzinfo=UTC)
    today = at.astimezone(SHANGHAI).date()
    past, future, near = (reads(text, toward, now=at).day for toward in ("past", "future", "near"))

    assert past <= today <= future
    assert past == future or 365 <= (future - past).days <= 366
    assert near == min(past, future, key=lambda one: abs((one - today).days))


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text ends in anything but a time or a refusal."""
    try:
        found = reads(text)
    except Usage:
        return
    assert found.at.tzinfo is not None
