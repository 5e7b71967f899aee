"""Deadlines as a case has them: computed when a state is entered, moved by pauses, told by groups and levels of now."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import assume, given, strategies as st

from cuiban.calendar import Calendar, standard, worked_seconds
from cuiban.engine.case import Case, Data
from cuiban.engine.clocks import clock_of, nominal_of, reclocked
from cuiban.engine.labels import L
from cuiban.engine.language import USUAL_LADDER, At, Due, End, Field, On, Opening, Process, State, Transition, cd, hours, wd, wh
from cuiban.engine.moving import closed
from cuiban.engine.program import Program, bind
from cuiban.engine.todo import Day
from cuiban.engine.who import System, role

CALENDAR = standard()
ANY = role("anyone")
SETTINGS = {"superior_after_days": 1, "next_superior_after_days": 3, "late_days": 7}
LADDER = bind(Process("x", L("", ""), "X", [], [], [], [], Opening(ANY)), SETTINGS).ladder or USUAL_LADDER

instants = st.datetimes(datetime(2025, 1, 2), datetime(2026, 12, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
relative: st.SearchStrategy[Due] = st.builds(wh, st.integers(0, 40)) | st.builds(hours, st.integers(0, 100)) | st.builds(
    wd, st.integers(0, 15)) | st.builds(cd, st.integers(0, 30))  # fmt: skip
spans = st.timedeltas(timedelta(seconds=1), timedelta(days=20)).map(lambda span: timedelta(seconds=int(span.total_seconds())))


def program(due: Due | None, **more: Any) -> Program:
    """A process whose first state has that due."""
    fields = [
        Field("when", L("时", "When"), "instant"),
        Field("day", L("日", "Day"), "day"),
        Field("week", L("周", "Week"), "week"),
    ]
    states = [State("open", L("开", "Open"), due=due, owner=ANY), End("done", L("完", "Done"))]
    steps = [Transition("do", L("办", "Do"), "open", "done", ANY), *more.get("steps", [])]
    return Program(bind(Process("x", L("某", "X"), "X", [], [], states, steps, Opening(ANY), fields), SETTINGS))


def due_of(due: Due | None, entered: datetime, values: dict[str, Any] | None = None, pauses: Any = ()) -> datetime | None:
    """When a state with that due, entered then, is due."""
    made = program(due)
    return clock_of(made, made.states["open"], entered, entered, values or {}, list(pauses), CALENDAR).due


@given(relative, instants)
def test_a_relative_due_is_never_before_the_entry(due: Due, entered: datetime) -> None:
    """In every unit; and it is one instant, to the second, in UTC."""
    at = due_of(due, entered)

    assert at is not None
    assert at >= entered
    assert at.microsecond == 0
    assert at.utcoffset() == timedelta(0)


@given(st.sampled_from([wh, hours, wd, cd]), st.integers(0, 14), instants)
def test_more_is_never_earlier(unit: Any, amount: int, entered: datetime) -> None:
    """One unit more is due no sooner; entered later, due no sooner."""
    one, more = due_of(unit(amount), entered), due_of(unit(amount + 1), entered)
    later = due_of(unit(amount), entered + timedelta(hours=5))

    assert one is not None
    assert more is not None
    assert later is not None
    assert one <= more
    assert one <= later


@given(relative, instants, spans)
def test_a_pause_moves_a_relative_due_and_never_back(due: Due, entered: datetime, span: timedelta) -> None:
    """A pause of no length changes nothing; a real one moves the due by no more than itself in elapsed hours."""
    plain = due_of(due, entered)
    assert plain is not None
    assume(plain > entered)

    nothing = due_of(due, entered, pauses=[(entered, entered)])
    paused = due_of(due, entered, pauses=[(entered, entered + span)])

    assert nothing == plain
    assert paused is not None
    assert paused >= plain
    if getattr(due, "unit", "") == "h":
        assert paused == plain + span


@given(relative, instants)
def test_a_pause_that_lasts_has_no_due(due: Due, entered: datetime) -> None:
    """While the clock stands still nothing is due, unless it was due before."""
    plain = due_of(due, entered)
    assert plain is not None

    assert due_of(due, entered, pauses=[(entered, None)]) in (None, plain)
    assert due_of(due, entered, pauses=[(plain, None)]) == plain


@given(instants, instants, st.lists(st.tuples(instants, spans), max_size=3))
def test_no_pause_moves_an_absolute_due(entered: datetime, promised: datetime, pauses: list[tuple[datetime, timedelta]]) -> None:
    """A promised instant, a day, a Monday 13:30 stay what they are."""
    values = {"when": promised.isoformat(), "day": promised.date().isoformat(), "week": f"{promised:%G-W%V}"}
    moved = [(since, since + span) for since, span in pauses]

    for due in (At("when"), At("day"), On("week", "13:30"), On("day", "24:00")):
        assert due_of(due, entered, values, moved) == due_of(due, entered, values)


@given(instants)
def test_an_unknown_base_has_no_due(entered: datetime) -> None:
    """Listed as "no date yet", until the field is given."""
    for due in (At("when"), At("day"), On("week", "13:30"), wh(4, since="when"), cd(3, since="day")):
        assert due_of(due, entered) is None


@given(instants, instants)
def test_a_clock_that_goes_back_makes_no_backward_pause(since: datetime, until: datetime) -> None:
    """Whenever a pause is ended, it ends no earlier than it began."""
    ((begin, end),) = closed([(since, None)], until)

    assert end is not None
    assert begin <= end
    assert due_of(wh(4), since, pauses=[(begin, end)]) is not None


@given(st.dates(date(2025, 1, 1), date(2026, 12, 30)), st.sampled_from(["00:00", "08:30", "13:30", "23:59", "24:00"]))
def test_clock_times_of_a_day(day: date, text: str) -> None:
    """24:00 is the midnight that ends the day: the next day's 00:00."""
    at = nominal_of(day, text, CALENDAR)
    local = at.astimezone(CALENDAR.zone)

    if text == "24:00":
        assert at == nominal_of(day + timedelta(days=1), "00:00", CALENDAR)
    else:
        assert f"{local:%Y-%m-%d %H:%M}" == f"{day.isoformat()} {text}"


@given(relative, instants)
def test_recomputing_without_a_change_changes_nothing(due: Due, entered: datetime) -> None:
    """The clocks of a case come out the same however often they are computed."""
    made = program(due)
    first = clock_of(made, made.states["open"], entered, entered, {}, [], CALENDAR)
    case = Case("X-1", "x", made.hash, "open", 1, "", "a", entered, entered, data=Data(start=first.start))

    assert reclocked(made, case, {}, CALENDAR) == first


@given(instants, instants)
def test_a_timed_step_has_its_instant(entered: datetime, at: datetime) -> None:
    """The first of those that a state has; none without its field."""
    step = Transition("end", L("止", "End"), "open", "done", System(), at=At("when"))
    made = program(None, steps=[step])

    clock = clock_of(made, made.states["open"], entered, entered, {"when": at.isoformat()}, [], CALENDAR)

    assert clock.timer == at
    assert clock_of(made, made.states["open"], entered, entered, {}, [], CALENDAR).timer is None


# what the list says ----------------------------------------------------------------------------------------------------


def zoned(calendar: Calendar, at: datetime) -> date:
    """The local day of an instant."""
    return at.astimezone(calendar.zone).date()


@given(instants, instants)
def test_groups_part_all_dues(due: datetime, now: datetime) -> None:
    """Exactly one group; it follows from the days alone; a due at midnight is of the day that it ends."""
    day = Day(now, CALENDAR)
    group, of = day.group(due), day.day(due)

    assert of is not None
    today = zoned(CALENDAR, now)
    assert group == ("overdue" if of < today else "today" if of == today else "upcoming")
    assert (zoned(CALENDAR, due) - of).days in (0, 1)


@given(st.dates(date(2025, 1, 2), date(2026, 12, 1)), instants)
def test_midnight_belongs_to_the_day_that_it_ends(day: date, now: datetime) -> None:
    """Due 24:00."""
    assert Day(now, CALENDAR).day(nominal_of(day, "24:00", CALENDAR)) == day


@given(instants, instants, instants)
def test_lateness_and_level_only_grow(due: datetime, one: datetime, other: datetime) -> None:
    """As functions of now, at whatever two moments somebody looks: a later look is no less late and no lower."""
    early, late = sorted((one, other))
    before, after = Day(early, CALENDAR), Day(late, CALENDAR)

    assert before.level(LADDER, due, 1) <= after.level(LADDER, due, 1)
    if due <= early:
        assert before.late_s(due) <= after.late_s(due)
        assert before.late_days(due) <= after.late_days(due)
    if late < due:
        assert after.level(LADDER, due, 1) == 0


@given(instants, spans)
def test_late_seconds_are_worked_ones(due: datetime, span: timedelta) -> None:
    """No more than the time passed, no less than nothing, and what the calendar counts."""
    day = Day(due + span, CALENDAR)

    assert 0 <= day.late_s(due) <= span.total_seconds()
    assert day.late_s(due) == worked_seconds(CALENDAR, due, due + span)
