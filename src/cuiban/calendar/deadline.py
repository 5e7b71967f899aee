"""When something is due: N working hours, working days, hours or calendar days after a start. [cli.md 4, rules 1-7]

Belongs here: the four units and their modes.   Start at: due.   Must never enter: words, JSON.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import floor, isfinite
from typing import Literal, NamedTuple

from cuiban.calendar.errors import CalendarError, OutOfRange, shown
from cuiban.calendar.hours import Calendar
from cuiban.calendar.pauses import merged, midnights, moved
from cuiban.calendar.spans import SECOND, Days, datetime_of, micros_of, second_of
from cuiban.calendar.walk import add_working, land, last_working, next_working, worked, working_day_after

Unit = Literal["wh", "wd", "h", "cd"]
Pauses = Sequence[tuple[datetime, datetime | None]]

MODES = {"wh": (), "wd": ("same_clock", "end_of_day"), "h": (), "cd": ("end_of_day", "same_clock")}
MOST = 100_000_000  # hours or days: more would overflow what an instant can hold


class Due(NamedTuple):
    """When something is due.

    Attributes:
        at: the instant in UTC, to the second; None while a pause lasts.
        provisional: a year was touched whose days off are not yet published.
    """

    at: datetime | None
    provisional: bool


def due(
    calendar: Calendar,
    start: datetime,
    amount: int | float,
    unit: Unit,
    *,
    mode: str | None = None,
    pauses: Pauses = (),
) -> Due:
    """Return when `amount` of `unit` after `start` is over.

    Args:
        calendar: whose hours, days off and zone count.
        start: aware; for wh and wd, one outside working time counts from the next working moment.
        amount: at least 0; whole for wd and cd.
        unit: wh working hours, wd working days, h hours, cd calendar days.
        mode: `end_of_day` (wd: the closing of the last day), `same_clock` (cd), or None for the unit's usual.
        pauses: (from, to) during which the clock stood still; to None: it still stands.

    Raises:
        CalendarError: the amount or a pause makes no sense, or there is no working time in ten years.
    """
    begin, days = micros_of(start), calendar.days
    check(amount, unit, mode)
    at, number = reach(days, begin, amount, unit, mode)
    end: int | None = at
    if pauses:
        end = moved(at, merged(pauses, begin), mover(days, begin, unit, mode)).at
        number = number if end in (at, None) else days.number_of(end - 1)
    provisional = calendar.published is not None and unit[0] == "w" and touches_unknown(calendar, begin, number)
    return Due(None if end is None else second_of(end), provisional)


def days_before(calendar: Calendar, instant: datetime, amount: int) -> Due:
    """Return the instant `amount` working days before `instant`, for a deadline "a working day before theirs".

    The rules of `wd` mirrored: an instant outside working time counts from the last closing before it; on the day
    found, the same clock time counts, in a break or after hours the closing before it, before hours the opening.
    """
    check(amount, "wd", None)
    days = calendar.days
    at, number = last_working(days, micros_of(instant))
    if amount:
        clock = days.clock(number, at)
        number = working_day_after(days, number, -int(amount))
        at = land(days, number, clock)
    return Due(second_of(at), touches_unknown(calendar, at, days.number_of(micros_of(instant))))


def next_working_moment(calendar: Calendar, instant: datetime) -> datetime:
    """The instant itself (UTC) if it is working time, else the next opening."""
    return datetime_of(next_working(calendar.days, micros_of(instant))[0])


def reach(days: Days, begin: int, amount: int | float, unit: str, mode: str | None) -> tuple[int, int]:
    """The due before any pause, in microseconds, and the day whose time it is."""
    if unit == "wh":
        work = hours_of(amount)
        return add_working(days, begin, work) if work else next_working(days, begin)
    if unit == "wd":
        return _working_days(days, begin, int(amount), mode)
    if unit == "h":
        return begin + hours_of(amount), 0
    number = days.number_of(begin)
    last = number + int(amount)
    if mode != "same_clock":
        return days[last].end, last
    return (days.instant(last, days.clock(number, begin)) if amount else begin), last


def mover(days: Days, begin: int, unit: str, mode: str | None) -> Callable[[int, int, int], int]:
    """How a pause moves a due of that unit: (due so far, from, to) -> due. [cli.md 4, rule 5]"""

    def by_working_time(due: int, from_: int, to: int) -> int:
        paused = worked(days, from_, to)
        return add_working(days, due, paused)[0] if paused else due

    def by_time(due: int, from_: int, to: int) -> int:
        return due + to - from_

    def to_midnight(due: int, from_: int, to: int) -> int:
        return days[days.number_of(due) - 1 + midnights(days, from_, to)].end

    def to_clock(due: int, from_: int, to: int) -> int:
        passed = midnights(days, from_, to)
        return days.instant(days.number_of(due) + passed, days.clock(days.number_of(begin), begin)) if passed else due

    if unit in ("wh", "wd"):
        return by_working_time
    if unit == "h":
        return by_time
    return to_clock if mode == "same_clock" else to_midnight


def touches_unknown(calendar: Calendar, begin: int, last: int) -> bool:
    """Whether a year from the instant `begin` to the day `last` is not published. [cli.md 4, rule 7]"""
    if calendar.published is None:
        return False
    days, final = calendar.days, calendar.days[last].year
    if final in calendar.published and begin >= days.year_begins(final):
        return False
    first = days[days.number_of(begin)].year
    return not all(map(calendar.knows, range(first, final + 1)))


def hours_of(amount: int | float) -> int:
    """Hours in microseconds, rounded to the second, halves up."""
    return floor(amount * 3600 + 0.5) * SECOND


def check(amount: int | float, unit: str, mode: str | None) -> None:
    """Raise CalendarError unless `amount` of `unit` in `mode` makes sense."""
    if unit not in MODES:
        raise CalendarError(f"unit: {shown(unit)} 不是 wh, wd, h, cd 之一", f"unit: {shown(unit)} is none of wh, wd, h, cd")
    if mode is not None and mode not in MODES[unit]:
        raise _no_mode(unit, mode)
    if type(amount) is not int:
        _check_number(amount, unit)
    if amount < 0:
        raise CalendarError(f"amount: {shown(amount)} 小于 0", f"amount: {shown(amount)} is less than 0")
    if amount > MOST:
        raise OutOfRange


def _check_number(amount: object, unit: str) -> None:
    if not isinstance(amount, int | float) or isinstance(amount, bool) or not isfinite(amount):
        raise CalendarError(f"amount: {shown(amount)} 不是数", f"amount: {shown(amount)} is no number")
    if unit in ("wd", "cd") and amount != int(amount):
        raise CalendarError(f"amount: {unit} 须为整数天, 不能是 {amount}", f"amount: {unit} takes whole days, not {amount}")


def _no_mode(unit: str, mode: str) -> CalendarError:
    modes = ", ".join(MODES[unit])
    return CalendarError(
        f"mode: {unit} 没有 {shown(mode)}" + (f", 只有 {modes}" if modes else ", 没有任何 mode"),
        f"mode: {unit} has no {shown(mode)}" + (f", only {modes}" if modes else ", nor any other mode"),
    )


def _working_days(days: Days, begin: int, amount: int, mode: str | None) -> tuple[int, int]:
    at, number = next_working(days, begin)
    last = working_day_after(days, number, amount)
    if mode == "end_of_day":
        return days[last].spans[-1][1], last
    return (land(days, last, days.clock(number, at)) if amount else at), last
