"""How late something is, told in working time.

Belongs here: working time and full working days between two instants.   Must never enter: words for them.
"""

from datetime import datetime

from cuiban.calendar.deadline import Pauses
from cuiban.calendar.hours import Calendar
from cuiban.calendar.pauses import merged
from cuiban.calendar.spans import SECOND, micros_of
from cuiban.calendar.walk import land, next_working, worked


def worked_seconds(calendar: Calendar, start: datetime, end: datetime, pauses: Pauses = ()) -> int:
    """The working time from `start` to `end` without the time paused, in seconds; 0 if `end` is not later."""
    begin, finish, days = micros_of(start), micros_of(end), calendar.days
    total = worked(days, begin, finish)
    for from_, to in merged(pauses, begin):
        total -= worked(days, from_, finish if to is None else min(to, finish))
    return (total + SECOND // 2) // SECOND


def worked_days(calendar: Calendar, start: datetime, end: datetime) -> int:
    """How many full working days lie between: the greatest N for which N wd after `start` is not after `end`."""
    begin, finish, days = micros_of(start), micros_of(end), calendar.days
    if finish <= begin:
        return 0
    at, number = next_working(days, begin)
    last = days.number_of(finish)
    passed = sum(bool(days[later].spans) for later in range(number + 1, last + 1))
    if passed and days[last].spans and land(days, last, days.clock(number, at)) > finish:
        passed -= 1
    return passed
