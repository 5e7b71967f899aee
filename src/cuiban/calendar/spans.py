"""One day on the time line: when it begins, opens, closes, ends.

Belongs here: local clock time to instants and back, daylight saving included.   Must never enter: holidays.

Instants are whole microseconds since 1970 UTC: adding and comparing them costs a tenth of what datetimes cost.
A clock time that daylight saving skips is read with the offset before the gap, one that comes twice is the first
of the two. [RFC 5545 3.3.5]
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cuiban.calendar.errors import OutOfRange
from cuiban.calendar.windows import Windows

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_NUMBER = date(1970, 1, 1).toordinal()
LAST_NUMBER = date.max.toordinal()
FIRST, LAST = ((number - EPOCH_NUMBER) * DAY for number in (2, LAST_NUMBER))  # so that every zone can show it
MOST_DAYS_KEPT = 8192  # some 22 years: a walk over a century does not eat the memory

Span = tuple[int, int]


class Day(NamedTuple):
    """A calendar day in its zone; `even`: it has 24 hours and one offset, so its clock is a mere difference."""

    begin: int
    end: int
    spans: tuple[Span, ...]
    even: bool
    year: int


class Days(dict[int, Day]):
    """The days by number (`date.toordinal`), made when first asked for."""

    def __init__(self, zone: ZoneInfo, hours_on: Callable[[date], Windows]) -> None:
        super().__init__()
        self._zone, self._hours_on = zone, hours_on
        self._years: dict[int, int] = {}
        offset = datetime(2026, 1, 1, tzinfo=zone).utcoffset()
        self.sums = Sums(self)
        self.guess = EPOCH_NUMBER * DAY + (0 if offset is None else offset // timedelta(microseconds=1))

    def __missing__(self, number: int) -> Day:
        if not 1 < number < LAST_NUMBER:
            raise OutOfRange
        if len(self) >= MOST_DAYS_KEPT:
            self.clear()
        day = self[number] = self._made(number)
        return day

    def number_of(self, at: int) -> int:
        """The number of the local day that holds the instant `at`."""
        number = (at + self.guess) // DAY
        day = self[number]
        while at < day.begin:
            number -= 1
            day = self[number]
        while at >= day.end:
            number += 1
            day = self[number]
        return number

    def year_begins(self, year: int) -> int:
        """The instant at which that year begins here."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self[date(year, 1, 1).toordinal()].begin
        return found

    def instant(self, number: int, clock: int) -> int:
        """The instant at which the clock of that day shows `clock` (microseconds since its midnight)."""
        day = self[number]
        if day.even:
            return day.begin + clock
        return self._at(number, clock)

    def clock(self, number: int, at: int) -> int:
        """What the local clock shows at the instant `at` of that day, in microseconds since midnight."""
        day = self[number]
        if day.even:
            return at - day.begin
        if at >= day.end:  # a closing at 24:00
            return DAY
        local = datetime_of(at).astimezone(self._zone)
        return (local.hour * 3600 + local.minute * 60 + local.second) * SECOND + local.microsecond

    def _at(self, number: int, clock: int) -> int:
        wall = datetime.fromordinal(number) + timedelta(microseconds=clock)
        return micros_of(wall.replace(tzinfo=self._zone))

    def _made(self, number: int) -> Day:
        today = date.fromordinal(number)
        begin, end = self._at(number, 0), self._at(number + 1, 0)
        even = end - begin == DAY
        windows = _joined(self._hours_on(today))
        if even:
            spans = tuple((begin + opens * MINUTE, begin + closes * MINUTE) for opens, closes in windows)
        else:
            spans = self._uneven(number, windows)
        return Day(begin, end, spans, even, today.year)

    def _uneven(self, number: int, windows: Windows) -> tuple[Span, ...]:
        """The hours of a day with a change of offset: what the gap swallows falls away, nothing overlaps."""
        spans: list[Span] = []
        reached = self._at(number, 0)
        for opens, closes in windows:
            begin = max(self._at(number, opens * MINUTE), reached)
            reached = max(self._at(number, closes * MINUTE), reached)
            if begin < reached:
                spans.append((begin, reached))
        return tuple(spans)


class Sums(dict[int, tuple[int, int]]):
    """By the number of a day: working time and working days before it, counted from the first day that was asked for."""

    def __init__(self, days: Days) -> None:
        super().__init__()
        self.days, self.first, self.last = days, 0, 0

    def __missing__(self, number: int) -> tuple[int, int]:
        if not self:
            self.first = self.last = number
            self[number] = (0, 0)
        while self.last < number:
            time, count = self._of(self.last)
            before = self[self.last]
            self.last += 1
            self[self.last] = (before[0] + time, before[1] + count)
        while self.first > number:
            time, count = self._of(self.first - 1)
            after = self[self.first]
            self.first -= 1
            self[self.first] = (after[0] - time, after[1] - count)
        return self[number]

    def _of(self, number: int) -> tuple[int, int]:
        spans = self.days[number].spans
        return sum(closes - opens for opens, closes in spans), int(bool(spans))


def micros_of(instant: datetime) -> int:
    """Microseconds since 1970 UTC of an aware datetime."""
    since = instant - EPOCH
    return (since.days * 86400 + since.seconds) * SECOND + since.microseconds


def datetime_of(at: int) -> datetime:
    """The instant as a datetime in UTC."""
    if not FIRST < at < LAST:
        raise OutOfRange
    return EPOCH + timedelta(microseconds=at)


def second_of(at: int) -> datetime:
    """The instant as a datetime in UTC, rounded to the second, halves up. [cli.md 4, rule 6]"""
    seconds = (at + SECOND // 2) // SECOND
    if not FIRST < seconds * SECOND < LAST:
        raise OutOfRange
    return EPOCH + timedelta(0, seconds)


def _joined(windows: Windows) -> Windows:
    """Hours that touch are one: there is no break between them."""
    if all(before[1] < after[0] for before, after in pairwise(windows)):
        return windows
    joined = [windows[0]]
    for opens, closes in windows[1:]:
        if opens == joined[-1][1]:
            joined[-1] = (joined[-1][0], closes)
        else:
            joined.append((opens, closes))
    return tuple(joined)
