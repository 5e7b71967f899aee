"""How late something is, told in working time.

Belongs here: working time and full working days between two instants, for one or for a whole list.
Must never enter: words for them.
"""

from datetime import datetime

from cuiban.calendar.deadline import Pauses
from cuiban.calendar.errors import OutOfRange
from cuiban.calendar.hours import Calendar
from cuiban.calendar.pauses import merged
from cuiban.calendar.spans import DAY, SECOND, micros_of
from cuiban.calendar.walk import A_CENTURY, land, next_working, worked


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


class Overrun:
    """How late the many entries of a list are at one instant: what lies between a day and now is a difference of sums.

    Says what `worked_seconds` and `worked_days` say. Instants are microseconds since 1970 UTC.
    """

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self.days, self.now = calendar.days, micros_of(now)
        self.today = self.days.number_of(self.now)
        self.sums = calendar.days.sums
        self.until_now = self.sums[self.today][0] + worked(self.days, self.days[self.today].begin, self.now)

    def seconds(self, due: int) -> int:
        """The working time from `due` until now, in seconds."""
        days = self.days
        number = (due + days.guess) // DAY
        day = days[number]
        if not day.begin <= due < day.end:  # a day with a change of offset, or beside one
            number = days.number_of(due)
            day = days[number]
        if number >= self.today:
            return (worked(days, due, self.now) + SECOND // 2) // SECOND
        if self.today - number > A_CENTURY:
            raise OutOfRange
        total = self.until_now - self.sums[number + 1][0]
        for opens, closes in day.spans:
            if closes > due:
                total += closes - (opens if opens > due else due)
        return (total + SECOND // 2) // SECOND

    def full_days(self, due: int) -> int:
        """How many full working days have passed since `due`."""
        if self.now <= due:
            return 0
        days = self.days
        at, number = next_working(days, due)
        if number >= self.today:
            return 0
        passed = self.sums[self.today + 1][1] - self.sums[number + 1][1]
        if passed and days[self.today].spans and land(days, self.today, days.clock(number, at)) > self.now:
            passed -= 1
        return passed
