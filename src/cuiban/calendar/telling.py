"""The four units told piece by piece: what was counted, what was skipped, how much is over.

Belongs here: one teller a unit, each fed the stretches between pauses in order.   Must never enter: rules.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from cuiban.calendar.days import kind_of
from cuiban.calendar.pauses import midnights
from cuiban.calendar.spans import HOUR, Days
from cuiban.calendar.walk import land, next_working, next_working_day
from cuiban.calendar.wording import MAKEUP, Wording, Words, bracketed, length

Kind = Literal["skip", "count", "pause"]


class Piece(NamedTuple):
    """A step in microseconds: from where to where, how much is over at its end, why."""

    kind: Kind
    begin: int
    end: int
    n: int | float
    reason: Words


class WorkingHours:
    """wh: each stretch of working time counts, everything between is skipped."""

    def __init__(self, days: Days, words: Wording) -> None:
        self.days, self.words, self.over = days, words, 0

    def pieces(self, begin: int, end: int) -> Iterator[Piece]:
        """The stretch [begin, end)."""
        for opens, closes in self._spans(begin, end) if begin < end else ():
            if begin < opens:
                yield self._skip(begin, opens)
            self.over += closes - opens
            yield Piece("count", opens, closes, _hours(self.over), length(closes - opens))
            begin = closes
        if begin < end:
            yield self._skip(begin, end)

    def stood(self, begin: int, end: int) -> int | float:
        """How much is over."""
        return _hours(self.over)

    def _spans(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        for number in range(self.days.number_of(begin), self.days.number_of(end) + 1):
            for opens, closes in self.days[number].spans:
                if opens < end and closes > begin:
                    yield max(opens, begin), min(closes, end)

    def _skip(self, begin: int, end: int) -> Piece:
        return Piece("skip", begin, end, _hours(self.over), self.words.skipped(begin, end, first=not self.over))


class WorkingDays:
    """wd: a piece for each working day, up to its clock time."""

    def __init__(
        self, days: Days, words: Wording, begin: int, amount: int, mode: str | None,
        moved: Callable[[int], int | None],
    ) -> None:  # fmt: skip
        self.days, self.words, self.mode, self.moved = days, words, mode, moved
        self.first, number = next_working(days, begin)
        self.clock = days.clock(number, self.first)
        self.over = 0
        self._marks = self._all_marks(number, amount)
        self._next = next(self._marks, None)

    def pieces(self, begin: int, end: int) -> Iterator[Piece]:
        """The stretch [begin, end)."""
        if begin < (opens := min(self.first, end)):
            yield Piece("skip", begin, opens, 0, self.words.skipped(begin, opens, first=True))
            begin = opens
        while self._next is not None and self._next[0] <= end:
            at, reason = self._next
            self._pass()
            if self._next is not None and self._next[0] <= at:  # a pause can move two days' ends onto one closing
                continue
            if begin < at:
                yield Piece("count", begin, at, self.over, reason)
                begin = at
        if begin < end:
            yield Piece("count", begin, end, self.over, self.words.counted(end))

    def stood(self, begin: int, end: int) -> int:
        """How much is over."""
        while self._next is not None and self._next[0] <= end:
            self._pass()
        return self.over

    def _pass(self) -> None:
        self.over += 1
        self._next = next(self._marks, None)

    def _all_marks(self, number: int, amount: int) -> Iterator[tuple[int, Words]]:
        """When the first, second, .. working day is over, and how to say so."""
        for count in range(1, amount + 1):
            before, number = number, next_working_day(self.days, number)
            ends = self.mode == "end_of_day"
            at = self.days[number].spans[-1][1] if ends else land(self.days, number, self.clock)
            if (due := self.moved(at)) is None:
                return
            notes = [*self.words.off(before + 1, number), *self._notes(number, at)]
            yield due, bracketed((f"第{count}个工作日", f"working day {count}"), notes)

    def _notes(self, number: int, at: int) -> Iterator[Words]:
        if kind_of(self.words.calendar, date.fromordinal(number)) == "makeup":
            yield MAKEUP
        if self.mode == "end_of_day" or at < self.days.instant(number, self.clock):
            yield f"下班 {self.words.clock(number, at)}", f"closing {self.words.clock(number, at)}"
        elif at > self.days.instant(number, self.clock):
            yield f"上班 {self.words.clock(number, at)}", f"opening {self.words.clock(number, at)}"


class Hours:
    """h: all time counts."""

    def __init__(self) -> None:
        self.over = 0

    def pieces(self, begin: int, end: int) -> Iterator[Piece]:
        """The stretch [begin, end)."""
        if begin < end:
            self.over += end - begin
            yield Piece("count", begin, end, _hours(self.over), length(end - begin))

    def stood(self, begin: int, end: int) -> int | float:
        """How much is over."""
        return _hours(self.over)


class CalendarDays:
    """cd: days from the one after the start's, each over at its midnight or at the start's clock time."""

    def __init__(self, days: Days, words: Wording, begin: int, amount: int, mode: str | None, due: int | None) -> None:
        self.days, self.words, self.amount, self.due = days, words, amount, due
        self.start, self.clock = begin, days.clock(days.number_of(begin), begin) if mode == "same_clock" else None
        self.paused = self.over = 0

    def pieces(self, begin: int, end: int) -> Iterator[Piece]:
        """The stretch [begin, end)."""
        if begin < end:
            self.over = self._over(end)
            yield Piece("count", begin, end, self.over, self._last() if end == self.due else self.words.counted(end))

    def stood(self, begin: int, end: int) -> int:
        """How much is over; a pause that ends at the due itself ends the last day too."""
        self.paused += midnights(self.days, begin, end)
        if end == self.due:
            self.over = self.amount
        return self.over

    def _over(self, at: int) -> int:
        if at == self.due:
            return self.amount
        passed = midnights(self.days, self.start + 1, at + 1) - self.paused
        if self.clock is None or at < self.days.instant(self.days.number_of(at), self.clock):
            passed -= 1
        return max(passed, self.over)

    def _last(self) -> Words:
        assert self.due is not None
        if self.clock is not None:
            return (
                f"第{self.amount}天 {self.words.moment(self.due)}",
                f"day {self.amount}, {self.words.moment(self.due)}",
            )
        day = self.words.date(self.days.number_of(self.due) - 1)
        if self.amount == 0:
            return f"当天 {day} 结束", f"end of the day, {day}"
        return f"第{self.amount}天 {day} 结束", f"end of day {self.amount}, {day}"


Teller = WorkingHours | WorkingDays | Hours | CalendarDays


def _hours(micros: int) -> int | float:
    hours, rest = divmod(micros, HOUR)
    return round(micros / HOUR, 6) if rest else hours
