"""How the due of a case came about, step by step; of a closed one that by which it was judged. [cli.md 2, `why`]

Belongs here: which due it is, from where it was counted.   Start at: due_view.
Must never enter: the words of a rule (dues_told.py, duties_told.py), the walk over the calendar (calendar/).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from cuiban.calendar import Calendar, Step, explain, explain_before, explain_roll
from cuiban.engine.case import Case, Event
from cuiban.engine.clocks import applied, nominal_due
from cuiban.engine.duty import Duty
from cuiban.engine.evolve import each_step
from cuiban.engine.labels import L
from cuiban.engine.language import After, At, Before, Due, On, Setting
from cuiban.engine.program import Program
from cuiban.engine.todo import Day
from cuiban.office.dues_told import rule_words
from cuiban.office.duties_told import Changed, duty_words
from cuiban.office.views import DueView, Judged, StepView

if TYPE_CHECKING:
    from cuiban.office import Office


class _Ended(NamedTuple):
    """A case as it stood when a due of it was met or not, and the step that ended the wait."""

    case: Case
    by: Event


def due_view(office: "Office", program: Program, case: Case) -> DueView:
    """The due of an open case; of a closed one the last that it had, and whether it was met."""
    ended = None if case.open else _ended(program, office.store.history(case.ref))
    judged = case if ended is None else ended.case
    duty = _duty(office, judged)
    rule = program.states[judged.state].due
    due = applied(rule, judged.data.fields) if rule is not None else None
    if duty is not None and duty.opens is None and judged.due is not None:
        words, steps = _of_duty(office, duty, datetime.fromisoformat(judged.data.fields["nominal"]), judged.due)
    else:
        words, steps = rule_words(program, due), _steps(office.calendar, due, judged)
    if ended is not None:
        steps = _leading(steps, judged.due)
    if duty is not None and duty.calendar is not None:
        label = office.registry.calendars[duty.calendar].label
        words = L(f"{words.zh}, 照{label.zh}日历", f"{words.en}, by the {label.en} calendar")
    return DueView(
        at=judged.due, absolute=due is not None and not isinstance(due, After), provisional=judged.provisional, rule=words,
        steps=[StepView(kind=s.kind, from_=s.from_, to=s.to, n=float(s.n), reason=L(*s.reason)) for s in steps],
        judged=_judged(office, program, ended) if ended is not None else None,
    )  # fmt: skip


def _ended(program: Program, history: Iterable[tuple[Event, str]]) -> _Ended | None:
    """The last due that a step ended."""
    found = None
    for before, event, after in each_step(program, history):
        if before is not None and before.due is not None and (after.state != before.state or not after.open):
            found = _Ended(before, event)
    return found


def _judged(office: "Office", program: Program, ended: _Ended) -> Judged:
    due, at = ended.case.due, ended.by.at
    assert due is not None
    label = program.label_of(ended.by.action, ended.by.from_)
    late_s = Day(at, office.calendar).late_s(due) if at > due else 0
    return Judged(action=ended.by.action, label=label, at=at, met=at <= due, late_s=late_s)


def _duty(office: "Office", case: Case) -> Duty | None:
    """The duty of which the case is an occurrence."""
    return office.world().duties.get(case.duty) if case.duty is not None else None


def _of_duty(office: "Office", duty: Duty, nominal: datetime, due: datetime) -> tuple[L, tuple[Step, ...]]:
    """The rule of a duty, and how its occurrence came from its nominal instant to its due."""
    world = office.world()
    calendar = world.calendar_of(duty.calendar)
    day, clock = (nominal - timedelta(microseconds=1)).astimezone(calendar.zone).date(), nominal.astimezone(calendar.zone)
    time = "24:00" if f"{clock:%H:%M}" == "00:00" != duty.due else f"{clock:%H:%M}"
    moved = [
        one for one in world.data("@duties").changes.get(duty.name, []) if one.due is not None and one.since <= day.isoformat()
    ]
    changed = Changed(str(duty.due), date.fromisoformat(moved[-1].since)) if moved and time != duty.due else None
    return duty_words(duty, time, changed), explain_roll(calendar, nominal, due, duty.roll)


def _steps(calendar: Calendar, due: Due | None, case: Case) -> tuple[Step, ...]:
    """The steps that lead to the due; none where its base is not known."""
    if isinstance(due, After):
        return _counted(calendar, due, case)
    if not isinstance(due, At | On | Before) or case.due is None:
        return ()
    nominal = nominal_due(due, case.data.fields, calendar)
    if nominal is None:
        return ()
    if isinstance(due, Before):
        assert not isinstance(due.amount, Setting)
        return _leading(explain_before(calendar, nominal, int(due.amount)), case.due)
    return explain_roll(calendar, nominal, case.due, due.roll if isinstance(due, On) else "keep")


def _counted(calendar: Calendar, due: After, case: Case) -> tuple[Step, ...]:
    start = case.data.start
    if start is None or isinstance(due.amount, Setting):
        return ()
    if due.amount < 0:  # always working days: days_before
        return _leading(explain_before(calendar, start, -int(due.amount)), case.due)
    pauses = [p for p in case.data.pauses if not (case.paused and p[1] is None)]
    return explain(calendar, start, due.amount, due.unit, mode=due.mode, pauses=pauses).steps


def _leading(steps: tuple[Step, ...], due: datetime | None) -> tuple[Step, ...]:
    """The steps if they lead to the due; the calendar may have become another since it was judged."""
    return steps if steps and steps[-1].to == due else ()
