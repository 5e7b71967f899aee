"""What a to-do list says of a case: overdue, today or upcoming; how late; how far up it has been escalated.

All are functions of `now` over what is stored: nothing has to run for them to be right.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from cuiban.calendar import Calendar, Overrun, due as walk
from cuiban.calendar.spans import micros_of
from cuiban.engine.language import Rung, Setting
from cuiban.engine.program import Program

OVERDUE, TODAY, UPCOMING, UNDATED = "overdue", "today", "upcoming", "undated"


class Day:
    """The reader's day: what is late, due today and coming is told from here.

    Args:
        now: UTC.
        calendar: the dealership's; its zone decides where days end.
    """

    def __init__(self, now: datetime, calendar: Calendar) -> None:
        self.now, self.calendar = now, calendar
        local = now.astimezone(calendar.zone)
        self.today = local.date()
        start = datetime(local.year, local.month, local.day, tzinfo=calendar.zone)
        after = self.today + timedelta(days=1)
        self.start = start.astimezone(UTC)
        self.end = datetime(after.year, after.month, after.day, tzinfo=calendar.zone).astimezone(UTC)
        self._levels: dict[tuple[datetime, float, str], datetime] = {}

    def group(self, due: datetime | None) -> str:
        """overdue (of an earlier day), today, upcoming or undated; a due at midnight belongs to the day that it ends."""
        if due is None:
            return UNDATED
        if due <= self.start:
            return OVERDUE
        return TODAY if due <= self.end else UPCOMING

    def day(self, due: datetime | None) -> date | None:
        """The day to which a due belongs."""
        if due is None:
            return None
        return (due - timedelta(microseconds=1)).astimezone(self.calendar.zone).date()

    @cached_property
    def overrun(self) -> Overrun:
        """How late the entries of a list are now."""
        return Overrun(self.calendar, self.now)

    def late_s(self, due: datetime) -> int:
        """Working time since `due`, in seconds."""
        return self.overrun.seconds(micros_of(due))

    def late_days(self, due: datetime) -> int:
        """Full working days since `due`."""
        return self.overrun.full_days(micros_of(due))

    def passed(self, rung: Rung, due: datetime | None, cycle: int) -> bool:
        """Whether a rung of the ladder has been reached."""
        if rung.cycle is not None:
            return cycle >= rung.cycle
        if due is None or self.now < due:
            return False
        return rung.amount == 0 or self._reached(due, rung) <= self.now

    def _reached(self, due: datetime, rung: Rung) -> datetime:
        assert isinstance(rung.amount, int)
        assert not isinstance(rung.amount, Setting)
        key = (due, rung.amount, rung.unit)
        at = self._levels.get(key)
        if at is None:
            at = self._levels[key] = walk(self.calendar, due, rung.amount, rung.unit).at or due
        return at

    def level(self, ladder: list[Rung], due: datetime | None, cycle: int) -> int:
        """How many superiors' lists it stands on."""
        return sum(1 for rung in ladder if rung.lists and self.passed(rung, due, cycle))


def ladder_of(program: Program, state: str) -> list[Rung]:
    """The ladder of a state: its own, or the process's."""
    own = program.states[state].ladder
    return own if own is not None else program.process.ladder or []
