"""How a due came about, step by step without gaps. [cli.md 4; semantics.md: `why`]

Belongs here: the way from a start to its due, cut at the pauses.   Start at: explain.
Must never enter: rules. When a due is, deadline.py alone decides; a test holds the two together.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from cuiban.calendar.deadline import Pauses, Unit, due, mover, reach
from cuiban.calendar.hours import Calendar
from cuiban.calendar.pauses import merged, moved
from cuiban.calendar.spans import micros_of, second_of
from cuiban.calendar.telling import CalendarDays, Hours, Kind, Piece, Teller, WorkingDays, WorkingHours
from cuiban.calendar.wording import Wording, Words


class Step(NamedTuple):
    """A piece of the way to a due.

    Attributes:
        kind: `skip` (no working time), `count` (the clock ran), `pause` (it stood still).
        from_: where it begins, in UTC, to the second.
        to: where it ends, and the next begins; a pause that lasts ends where it begins.
        n: how much of the amount is over at `to`, in its unit.
        reason: why, in Chinese and English.
    """

    kind: Kind
    from_: datetime
    to: datetime
    n: int | float
    reason: Words


class Explanation(NamedTuple):
    """A due (as `due` gives it) and the steps from its start to it."""

    at: datetime | None
    provisional: bool
    steps: tuple[Step, ...]


def explain(
    calendar: Calendar,
    start: datetime,
    amount: int | float,
    unit: Unit,
    *,
    mode: str | None = None,
    pauses: Pauses = (),
) -> Explanation:
    """Return what `due` returns for the same arguments, and how it comes about; raises the same errors."""
    found = due(calendar, start, amount, unit, mode=mode, pauses=pauses)
    begin, days = micros_of(start), calendar.days
    stood = merged(pauses, begin)
    move = mover(days, begin, unit, mode)
    came = moved(reach(days, begin, amount, unit, mode)[0], stood, move)
    end = came.by[-1][0] if came.at is None else came.at
    words = Wording(calendar, begin)
    teller: Teller
    if unit == "wh":
        teller = WorkingHours(days, words)
    elif unit == "wd":
        teller = WorkingDays(days, words, begin, int(amount), mode, lambda at: moved(at, stood, move).at)
    elif unit == "h":
        teller = Hours()
    else:
        teller = CalendarDays(days, words, begin, int(amount), mode, came.at)
    steps = (
        Step(piece.kind, second_of(piece.begin), second_of(piece.end), piece.n, piece.reason)
        for piece in _pieces(teller, words, begin, end, came.by)
    )
    return Explanation(found.at, found.provisional, tuple(steps))


def _pieces(teller: Teller, words: Wording, begin: int, end: int, pauses: list[tuple[int, int | None]]) -> Iterator[Piece]:
    at = begin
    for from_, to in pauses:
        yield from teller.pieces(at, from_)
        at = from_ if to is None else min(to, end)
        yield Piece("pause", from_, at, teller.stood(from_, at), words.paused(from_, to))
    yield from teller.pieces(at, end)
