"""When a clock stood still.

Belongs here: pauses put in order and merged, and how far they move a due.   Must never enter: what pauses a case.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from cuiban.calendar.errors import CalendarError
from cuiban.calendar.spans import Days, micros_of

Pause = tuple[int, int | None]
"""[from, to) in microseconds; to None: it lasts."""


class Moved(NamedTuple):
    """Where the due came to lie (None: a pause lasts), and the pauses that moved it there."""

    at: int | None
    by: list[Pause]


def merged(pauses: Iterable[tuple[datetime, datetime | None]], start: int) -> list[Pause]:
    """The pauses in order, clipped to `start`, those that overlap or touch as one."""
    made: list[Pause] = []
    for begin, end in sorted(_clipped(pauses, start), key=_begin):
        if made and ((before := made[-1][1]) is None or begin <= before):
            made[-1] = (made[-1][0], None if before is None or end is None else max(before, end))
        else:
            made.append((begin, end))
    return made


def moved(due: int, pauses: Sequence[Pause], move: Callable[[int, int, int], int]) -> Moved:
    """Let each pause that begins before the due so far move it: `move(due, from, to)`. [cli.md 4, rule 5]"""
    for count, (begin, end) in enumerate(pauses):
        if begin >= due:
            return Moved(due, list(pauses[:count]))
        if end is None:
            return Moved(None, list(pauses[: count + 1]))
        due = move(due, begin, end)
    return Moved(due, list(pauses))


def midnights(days: Days, begin: int, end: int) -> int:
    """How many midnights m there are with begin <= m < end."""
    return _midnights_before(days, end) - _midnights_before(days, begin)


def _midnights_before(days: Days, at: int) -> int:
    number = days.number_of(at)
    return number if days[number].begin < at else number - 1


def _clipped(pauses: Iterable[tuple[datetime, datetime | None]], start: int) -> Iterable[Pause]:
    for from_, to in pauses:
        begin, end = micros_of(from_), None if to is None else micros_of(to)
        if end is not None and end < begin:
            raise CalendarError(
                f"暂停 {from_.isoformat()} 的结束早于开始", f"the pause from {from_.isoformat()} ends before it begins"
            )
        if end is None or (end > start and end > begin):
            yield max(begin, start), end


def _begin(pause: Pause) -> int:
    return pause[0]
