"""Recurring duties: when they are nominally due, and when really, days off considered. [cli.md 4; language.md (c)]

Belongs here: a rule's dates at a clock time, the four roll rules.   Must never enter: who does what, which were done.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from cuiban.calendar.dates import ONE_DAY, dates
from cuiban.calendar.errors import CalendarError, NoWorkingTime, OutOfRange, shown
from cuiban.calendar.hours import Calendar, clock_on, local
from cuiban.calendar.rule import Rule, rule_of
from cuiban.calendar.walk import A_CENTURY, next_working_day, previous_working_day
from cuiban.calendar.windows import minutes_of

Roll = Literal["previous", "next", "skip", "keep"]
ROLLS = ("previous", "next", "skip", "keep")


class Occurrence(NamedTuple):
    """One time that a duty comes round: its nominal and its rolled instant (UTC), and the date of each.

    A clock time of 24:00 is the midnight that ends the date: the instant's own date is then a day later.
    """

    nominal: datetime
    due: datetime
    nominal_date: date
    due_date: date


def occurrences(rrule: str, time: str, roll: str, start: date | None, frm: date, to: date, calendar: Calendar) -> list[Occurrence]:
    """Return every occurrence whose nominal date is in [frm, to), sorted by it.

    Args:
        rrule: a rule of RFC 5545 that gives dates (FREQ of DAILY, WEEKLY, MONTHLY, YEARLY).
        time: "HH:MM", 00:00 to 24:00, in the calendar's zone.
        roll: what becomes of one on a day off: previous, next, skip, keep.
        start: where the rule starts: COUNT and INTERVAL count from it, open parts are taken from it; None: `frm`.
        frm: the first date.
        to: the date after the last; at most a century later.
        calendar: gives zone and days off.

    Raises:
        CalendarError: a rule, time, range or roll that makes no sense, or no working day in ten years.
    """
    rule, minutes = rule_of(rrule), minutes_of(time, "time")
    _check_roll(roll)
    found = []
    for day in _dates(rule, minutes, start or frm, frm, to, calendar):
        rolled = rolled_date(calendar, day, roll, rule.freq)
        if rolled is not None:
            nominal = clock_on(calendar, day, minutes)
            found.append(Occurrence(nominal, nominal if rolled == day else clock_on(calendar, rolled, minutes), day, rolled))
    return found


def roll(calendar: Calendar, nominal: datetime, rule: str, freq: str) -> datetime | None:
    """Return the instant (UTC) to which a nominal one moves if its day is off; None if it is skipped.

    Args:
        calendar: gives zone and days off.
        nominal: aware, or naive in the calendar's zone; a midnight belongs to the day that it ends.
        rule: previous, next, skip or keep.
        freq: FREQ of the recurrence: `previous` stays in the week (WEEKLY) or the month (MONTHLY, YEARLY).
    """
    _check_roll(rule)
    shows = nominal if nominal.tzinfo is None else local(calendar, nominal)
    clock = timedelta(hours=shows.hour, minutes=shows.minute, seconds=shows.second) or ONE_DAY
    day = shows.date() if clock < ONE_DAY else shows.date() - ONE_DAY
    rolled = rolled_date(calendar, day, rule, freq)
    if rolled is None:
        return None
    whole, rest = divmod(clock, timedelta(minutes=1))
    return clock_on(calendar, rolled, whole) + rest


def rolled_date(calendar: Calendar, day: date, rule: str, freq: str) -> date | None:
    """The date to which `day` moves by a roll rule: itself if it is a working day; None if it is skipped."""
    days, number = calendar.days, day.toordinal()
    if rule == "keep" or days[number].spans:
        return day
    if rule == "skip":
        return None
    if rule == "previous":
        try:
            earlier = date.fromordinal(previous_working_day(days, number))
        except (NoWorkingTime, OutOfRange):  # nothing before: look ahead
            earlier = None
        if earlier is not None and _period(earlier, freq) == _period(day, freq):
            return earlier
    return date.fromordinal(next_working_day(days, number))


def _dates(rule: Rule, minutes: int, start: date, frm: date, to: date, calendar: Calendar) -> Iterator[date]:
    if to < frm:
        raise CalendarError(f"止日 {to} 早于起日 {frm}", f"the range ends on {to} before it begins on {frm}")
    first = frm if rule.times is None else min(start, frm)
    if first.year == 1 or to.year == 9999:
        raise OutOfRange
    if (to - first).days > A_CENTURY:
        raise CalendarError(f"{first} 至 {to} 超过一百年", f"{first} to {to} is more than a century")
    last = rule.last_date(minutes, calendar.zone)
    return dates(rule, start, frm, to if last >= to else last + ONE_DAY)


def _period(day: date, freq: str) -> tuple[int, ...]:
    """The week or month out of which `previous` may not lead."""
    if freq == "WEEKLY":
        return day.isocalendar()[:2]
    return (day.year, day.month) if freq in ("MONTHLY", "YEARLY") else ()


def _check_roll(rule: str) -> None:
    if rule not in ROLLS:
        raise CalendarError(
            f"roll: {shown(rule)} 不是 {', '.join(ROLLS)} 之一", f"roll: {shown(rule)} is none of {', '.join(ROLLS)}"
        )
