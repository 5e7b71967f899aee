"""Times as people type them. [cli.md 1, Time]

Belongs here: the whole grammar, nothing else is read.   Must never enter: times in files (calendar/reading.py).
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from unicodedata import normalize

from cuiban.calendar import Calendar, CalendarError, clock_on, day_end, days_before, due, local
from cuiban.calendar.windows import MIDNIGHT
from cuiban.engine.labels import L
from cuiban.errors import Usage

Toward = Literal["past", "future", "near"]

WORDS = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
NOW = ("now", "现在")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAYS_ZH = "一二三四五六日"

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:(?:T|\s+)(\d{1,2}:\d{2})(?::(\d{2})(?:\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?", re.A | re.I
)
_DAY = r"(?:\d{2}-\d{2}|\d{1,2}月\d{1,2}日|[上下]?周[一二三四五六日]|[+-]\d{1,4}(?:wd|d)|[a-z]+|今天|昨天|明天)"
_DAY_AND_CLOCK = re.compile(rf"({_DAY})(?:(?:(?<=[一-鿿])\s*|\s+)(\d{{1,2}}:\d{{2}}))?", re.A)
_CLOCK = re.compile(r"\d{1,2}:\d{2}", re.A)
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})|(\d{1,2})月(\d{1,2})日", re.A)
_SHIFT = re.compile(r"([+-]\d{1,4})(wd|d)", re.A)
_WEEKDAY = re.compile(r"([上下]?)周([一二三四五六日])")


class When(NamedTuple):
    """A time that was read.

    Attributes:
        at: the instant, in UTC; of a bare day its start.
        day: the date that was named or that the instant falls on; 24:00 belongs to the day it ends.
        bare: a day without a clock time.
        plain: said in full, with its year; nothing was guessed.
    """

    at: datetime
    day: date
    bare: bool
    plain: bool

    def end(self, calendar: Calendar) -> datetime:
        """The instant; of a bare day the midnight that ends it."""
        return day_end(calendar, self.day) if self.bare else self.at


def read(text: str, *, now: datetime, calendar: Calendar, toward: Toward) -> When:
    """Return the time that `text` means.

    Args:
        now: aware; what `today`, `-3d`, a missing year and a clock time alone are counted from.
        calendar: gives the zone, and the working days of `+2wd`.
        toward: where a day without its year lies: the nearest past, the nearest future, the nearer of both.

    Raises:
        Usage: the text is none of the forms.
    """
    words = " ".join(normalize("NFKC", text).replace("\u2212", "-").split()).lower()
    try:
        found = _iso(words, calendar) or _relative(words, now, calendar, toward)
    except (ValueError, OverflowError, CalendarError):  # 02-30, 25:00, the year 0
        found = None
    if found is None:
        raise unreadable(text)
    return found


def unreadable(text: str) -> Usage:
    """The refusal, with what could be written instead."""
    return Usage("usage", L(
        "看不懂时间「{text}」; 可写 2026-03-11, 2026-03-11 16:00, 03-11, 3月11日, 9:00, 现在, 今天, "
        "昨天 16:00, 周一, 上周五, 下周一, -3d, +2wd",
        "{text} is no time that can be read; write 2026-03-11, 2026-03-11 16:00, 03-11, 9:00, now, today, "
        "yesterday 16:00, mon, -3d, +2wd",
    ).fill(text=text[:40]))  # fmt: skip


def _iso(text: str, calendar: Calendar) -> When | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day = date.fromisoformat(match[1])
    if match[2] is None:
        return When(clock_on(calendar, day, 0), day, bare=True, plain=True)
    seconds = timedelta(seconds=_below(match[3] or "0", 60))
    if match[4] is None:
        at = clock_on(calendar, day, _minutes(match[2])) + seconds
        return When(at, day, bare=False, plain=True)
    midnight = datetime.fromisoformat(f"{match[1]}T00:00:00{match[4].upper()}")
    at = (midnight + timedelta(minutes=_minutes(match[2])) + seconds).astimezone(UTC)
    return When(at, local(calendar, at).date(), bare=False, plain=True)


def _relative(text: str, now: datetime, calendar: Calendar, toward: Toward) -> When | None:
    if text in NOW:
        return When(now, local(calendar, now).date(), bare=False, plain=False)
    if _CLOCK.fullmatch(text):
        return _on(local(calendar, now).date(), text, calendar)
    match = _DAY_AND_CLOCK.fullmatch(text)
    if match is None:
        return None
    day, clock = match.groups()
    if shift := _SHIFT.fullmatch(day):
        return _shifted(int(shift[1]), shift[2], clock, now, calendar)
    found = _day(day, clock, now, calendar, toward)
    return None if found is None else _on(found, clock, calendar)


def _on(day: date, clock: str | None, calendar: Calendar) -> When:
    minutes = 0 if clock is None else _minutes(clock)
    return When(clock_on(calendar, day, minutes), day, bare=clock is None, plain=False)


def _day(text: str, clock: str | None, now: datetime, calendar: Calendar, toward: Toward) -> date | None:
    today = local(calendar, now).date()
    if text in WORDS:
        return today + timedelta(days=WORDS[text])
    if match := _MONTH_DAY.fullmatch(text):
        month, day = (int(part) for part in match.groups() if part)
        return _nearest_year(month, day, today, toward)
    if match := _WEEKDAY.fullmatch(text):
        weekday, which = WEEKDAYS_ZH.index(match[2]), match[1]
        if which:
            return _monday(today) + timedelta(days=weekday + (7 if which == "下" else -7))
    elif text in WEEKDAYS:
        weekday = WEEKDAYS.index(text)
    else:
        return None
    return _nearest_weekday(weekday, clock, now, calendar, toward)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _nearest_year(month: int, day: int, today: date, toward: Toward) -> date:
    """The nearest date of that month and day; today is both past and future. A 29th of February may be years away."""
    date(2024, month, day)  # a date that no year has is refused
    past = next(d for year in range(today.year, today.year - 9, -1) if (d := _made(year, month, day)) and d <= today)
    future = next(d for year in range(today.year, today.year + 9) if (d := _made(year, month, day)) and d >= today)
    if toward == "near":
        return past if today - past <= future - today else future
    return past if toward == "past" else future


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_weekday(weekday: int, clock: str | None, now: datetime, calendar: Calendar, toward: Toward) -> date:
    """The nearest such weekday; today counts, unless its clock time lies on the other side of now."""
    today = local(calendar, now).date()
    ahead = (weekday - today.weekday()) % 7
    if ahead == 0:
        at = now if clock is None else clock_on(calendar, today, _minutes(clock))
        wrong = {"past": at > now, "future": at < now, "near": False}[toward]
        return today + timedelta(days=0 if not wrong else -7 if toward == "past" else 7)
    if toward == "past" or (toward == "near" and ahead > 3):
        ahead -= 7
    return today + timedelta(days=ahead)


def _shifted(amount: int, unit: str, clock: str | None, now: datetime, calendar: Calendar) -> When:
    """So many days or working days from now, at the same clock time."""
    if unit == "d":
        import pendulum

        at = pendulum.instance(now).in_timezone(calendar.tz).add(days=amount)
        moved = datetime.fromtimestamp(at.timestamp(), UTC)
    elif amount < 0:
        moved = days_before(calendar, now, -amount).at or now
    else:
        moved = due(calendar, now, amount, "wd").at or now
    day = local(calendar, moved).date()
    return When(moved, day, bare=False, plain=False) if clock is None else _on(day, clock, calendar)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    found = int(hour) * 60 + _below(minute, 60)
    if found > MIDNIGHT:
        raise ValueError(clock)
    return found


def _below(text: str, limit: int) -> int:
    if int(text) >= limit:
        raise ValueError(text)
    return int(text)
