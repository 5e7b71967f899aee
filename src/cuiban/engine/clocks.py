"""The clocks of a state: from when a case may go on, until when it should, when it goes on by itself.

Computed once, when the state is entered, and stored in the event; recomputed when what they rest on changes.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from cuiban.calendar import Calendar, day_end, days_before, due as walk, roll
from cuiban.engine.case import Case, Clock
from cuiban.engine.language import After, At, Before, Due, First, On, Setting, State
from cuiban.engine.program import Program

Pauses = list[tuple[datetime, datetime | None]]
NO_CLOCK = Clock()


def clock_of(
    program: Program, state: State, entered: datetime, opened: datetime, values: dict[str, Any], pauses: Pauses,
    calendar: Calendar,
) -> Clock:  # fmt: skip
    """The clocks of a case that is in `state` since `entered` (UTC) with the fields `values`."""
    if state.final:
        return NO_CLOCK
    start, at, provisional = (None, None, False)
    if state.due is not None:
        start, at, provisional = instant_of(state.due, entered, opened, values, pauses, calendar)
    if state.name in program.ungated:
        return Clock(start, at, None, None, provisional)
    not_before, timer = _gates(program, state, entered, opened, values, pauses, calendar)
    return Clock(start, at, not_before, timer, provisional)


def _gates(
    program: Program, state: State, entered: datetime, opened: datetime, values: dict[str, Any], pauses: Pauses,
    calendar: Calendar,
) -> tuple[datetime | None, datetime | None]:  # fmt: skip
    """When the earliest gated step opens (if all are gated), and when the first timed step fires."""
    opens: list[datetime] = []
    fires: list[datetime] = []
    free = False
    for step in program.offered(state.name).values():
        if step.at is not None:
            at = instant_of(step.at, entered, opened, values, pauses, calendar)[1]
            fires += [at] if at is not None else []
        elif step.not_before is not None:
            at = instant_of(step.not_before, entered, opened, values, pauses, calendar)[1]
            opens += [at] if at is not None else []
        elif step.undoes is None and step.to != "=" and not step.reason:  # with a reason: a way out, not the way on
            free = True
    return (min(opens) if opens and not free else None), (min(fires) if fires else None)


def instant_of(
    due: Due, entered: datetime, opened: datetime, values: dict[str, Any], pauses: Pauses, calendar: Calendar
) -> tuple[datetime | None, datetime | None, bool]:
    """The instant that `due` means: (counted from, instant or None if its base is unknown, provisional)."""
    if type(due) is After:
        start = entered if due.since is None else _base(due.since, opened, values, calendar)
        if start is None:
            return None, None, False
        assert not isinstance(due.amount, Setting)
        if due.amount < 0:
            before = days_before(calendar, start, -int(due.amount))
            return start, before.at, before.provisional
        found = walk(calendar, start, due.amount, due.unit, mode=due.mode, pauses=pauses)
        return start, found.at, found.provisional
    if type(due) is At:
        return None, _moment(values.get(due.field), calendar), False
    if type(due) is Before:
        return None, *_days_before(due, values, calendar)
    if type(due) is First:
        return instant_of(applied(due, values), entered, opened, values, pauses, calendar)
    assert type(due) is On
    return None, _clock_time(due, values, calendar), False


def applied(due: Due, values: dict[str, Any]) -> Due:
    """The due itself; of a `First` the one that holds with these fields."""
    if type(due) is not First:
        return due
    known = (one for one in due.of if values.keys() >= set(fields_of_due(one)))
    return applied(next(known, due.of[-1]), values)


def fields_of_due(due: Due | None) -> list[str]:
    """The fields on which a clock rests."""
    if type(due) is First:
        return [name for one in due.of for name in fields_of_due(one)]
    if type(due) is After:
        return [due.since] if due.since not in (None, "opened") else []
    return [due.field] if isinstance(due, At | On | Before) else []


def _days_before(due: Before, values: dict[str, Any], calendar: Calendar) -> tuple[datetime | None, bool]:
    end = _moment(values.get(due.field), calendar)
    if end is None:
        return None, False
    assert not isinstance(due.amount, Setting)
    found = days_before(calendar, end, int(due.amount))
    return found.at, found.provisional


def _base(since: str, opened: datetime, values: dict[str, Any], calendar: Calendar) -> datetime | None:
    if since == "opened":
        return opened
    return _moment(values.get(since), calendar, start_of_day=True)


def _moment(value: Any, calendar: Calendar, *, start_of_day: bool = False) -> datetime | None:
    """The instant of a kept value: an instant, or a day, week, month, quarter (its end; as a base its start)."""
    if not isinstance(value, str):
        return None
    if len(value) > 10:
        return datetime.fromisoformat(value)
    first, beyond = span_of(value)
    return day_end(calendar, (first if start_of_day else beyond) - timedelta(days=1))


def nominal_due(due: At | On | Before, values: dict[str, Any], calendar: Calendar) -> datetime | None:
    """What `due` is moved or counted back from (UTC): the day that it names at its time, or what its field holds."""
    value = values.get(due.field)
    if not isinstance(due, On):
        return _moment(value, calendar)
    return _on_its_day(due, _local(value, calendar), calendar) if isinstance(value, str) else None


def _clock_time(due: On, values: dict[str, Any], calendar: Calendar) -> datetime | None:
    value = values.get(due.field)
    if not isinstance(value, str):
        return None
    text = _local(value, calendar)
    monthly = due.months is not None or len(text) == len("2026-03") == len("2026-Q1")
    return roll(calendar, _on_its_day(due, text, calendar), due.roll, "MONTHLY" if monthly else "WEEKLY")


def _local(value: str, calendar: Calendar) -> str:
    """A kept day, week, month or quarter; of an instant its day."""
    return datetime.fromisoformat(value).astimezone(calendar.zone).date().isoformat() if len(value) > 10 else value


def _on_its_day(due: On, text: str, calendar: Calendar) -> datetime:
    assert isinstance(due.time, str)
    first, beyond = span_of(text)
    day = beyond - timedelta(days=1) if due.last else first
    if due.months is not None:
        years, month = divmod(day.month - 1 + due.months, 12)
        day = date(day.year + years, month + 1, 1)
    return nominal_of(day + timedelta(days=due.days), due.time, calendar)


def span_of(value: str) -> tuple[date, date]:
    """The span [from, to) of a kept day `2026-03-11`, week `2026-W11`, month `2026-03` or quarter `2026-Q1`."""
    year, part = int(value[:4]), value[5:]
    if part[0] == "W":
        monday = date.fromisocalendar(year, int(part[1:]), 1)
        return monday, monday + timedelta(weeks=1)
    if len(part) == 2:
        months, first = (3, int(part[1]) * 3 - 2) if part[0] == "Q" else (1, int(part))
        after = first + months
        return date(year, first, 1), date(year + after // 13, after - 12 * (after // 13), 1)
    day = date.fromisoformat(value)
    return day, day + timedelta(days=1)


def nominal_of(day: date, time: str, calendar: Calendar) -> datetime:
    """The instant (UTC) of the clock time `time` (to 24:00) on `day` in the calendar's zone."""
    hour, minute = (int(part) for part in time.split(":"))
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=calendar.zone).astimezone(UTC)


def reclocked(program: Program, case: Case, values: dict[str, Any], calendar: Calendar, pauses: Pauses | None = None) -> Clock:
    """The clocks of a case as they come out now, counted from where they were counted before."""
    entered = case.data.start or case.state_since
    state = program.states[case.state]
    due = applied(state.due, values) if state.due is not None else None
    if type(due) is After and due.since is not None:
        entered = case.state_since
    return clock_of(program, state, entered, case.opened_at, values, case.data.pauses if pauses is None else pauses, calendar)
