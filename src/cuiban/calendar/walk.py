"""The walk over working time: forwards, backwards, and how much of it lies between.

Belongs here: arithmetic on microseconds and day numbers.   Must never enter: units, pauses, words.
"""

from datetime import date

from cuiban.calendar.errors import NoWorkingTime, OutOfRange
from cuiban.calendar.spans import Days

TEN_YEARS = 3653
A_CENTURY = 36525
"""No deadline is that far away: the walk ends in a sentence, not in an hour."""


def next_working(days: Days, at: int) -> tuple[int, int]:
    """The first working instant from `at` on, and its day. [cli.md 4, rule 1]"""
    number = days.number_of(at)
    for opens, closes in days[number].spans:
        if at < closes:
            return (at if at > opens else opens), number
    number = next_working_day(days, number)
    return days[number].spans[0][0], number


def last_working(days: Days, at: int) -> tuple[int, int]:
    """The last instant up to `at` that is working time or its end, and its day."""
    number = days.number_of(at)
    for opens, closes in reversed(days[number].spans):
        if at >= opens:
            return (at if at < closes else closes), number
    number = previous_working_day(days, number)
    return days[number].spans[-1][1], number


def next_working_day(days: Days, number: int) -> int:
    """The number of the first working day after that day."""
    for later in range(number + 1, number + TEN_YEARS + 1):
        if days[later].spans:
            return later
    raise NoWorkingTime(date.fromordinal(number).isoformat())


def previous_working_day(days: Days, number: int) -> int:
    """The number of the last working day before that day."""
    for earlier in range(number - 1, number - TEN_YEARS - 1, -1):
        if days[earlier].spans:
            return earlier
    raise NoWorkingTime(date.fromordinal(number).isoformat())


def working_day_after(days: Days, number: int, amount: int) -> int:
    """The number of the `amount`-th working day after that day; before it where `amount` is negative."""
    first, step = number, (next_working_day if amount > 0 else previous_working_day)
    for _ in range(abs(amount)):
        number = step(days, number)
        if abs(number - first) > A_CENTURY:
            raise OutOfRange
    return number


def add_working(days: Days, at: int, work: int) -> tuple[int, int]:
    """The earliest instant at which `work` (more than 0) of working time has passed since `at`, and its day."""
    number = first = days.number_of(at)
    while True:
        for opens, closes in days[number].spans:
            if at < closes:
                if opens < at:
                    opens = at
                if closes - opens >= work:
                    return opens + work, number
                work -= closes - opens
        number = next_working_day(days, number)
        if number - first > A_CENTURY:
            raise OutOfRange


def worked(days: Days, begin: int, end: int) -> int:
    """The working time in [begin, end)."""
    if end <= begin:
        return 0
    first, last = days.number_of(begin), days.number_of(end)
    if last - first > A_CENTURY:
        raise OutOfRange
    total = 0
    for number in range(first, last + 1):
        for opens, closes in days[number].spans:
            if opens < end and closes > begin:
                total += min(closes, end) - max(opens, begin)
    return total


def land(days: Days, number: int, clock: int) -> int:
    """The instant of that clock time on a working day; in a break or after hours the closing before it,
    before hours the opening. [cli.md 4, rule 3]
    """  # fmt: skip
    at = days.instant(number, clock)
    spans = days[number].spans
    landed = spans[0][0]
    for opens, closes in spans:
        if at < opens:
            break
        landed = at if at < closes else closes
    return landed
