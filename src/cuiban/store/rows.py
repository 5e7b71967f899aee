"""Between a case or an event and its row. A column says again what the text says; the text is what counts."""

from typing import Any

from cuiban.engine.case import Case, data_text, read_data
from cuiban.engine.plan import Sealed
from cuiban.store.types import instant, maybe_micros, micros


def case_of(row: Any) -> Case:
    """The case of a row of `sql.CASE_COLUMNS` (further columns are left alone)."""
    (ref, process, definition, state, version, head, opener, opened_at, state_since, is_open, role, assignee, chaser, due,
     not_before, timer, provisional, paused, key, duty, nominal, data, *_) = row  # fmt: skip
    return Case(
        ref, process, definition, state, version, head, opener, instant(opened_at), instant(state_since), bool(is_open),
        role, assignee, chaser, None if due is None else instant(due), None if not_before is None else instant(not_before),
        None if timer is None else instant(timer), bool(provisional), bool(paused), key, duty, nominal, read_data(data),
    )  # fmt: skip


# Columns in the order in which the functions below give them. What a usual step moves; what few steps move (on SQLite an
# index is written anew whenever a column of it is set); what only an opening sets.
STEPPED = ("state", "version", "head", "state_since", "holder", "role", "assignee", "due", "data")
SELDOM = ("definition", "open", "chaser", "not_before", "timer", "provisional", "paused", "key", "duty", "nominal", "chased",
          "cycle")  # fmt: skip
OPENED = ("ref", "process", "opener", "opened_at")
STORED = (*OPENED, *STEPPED, *SELDOM)
APPENDED = ("dealership", "ref", "seq", "process", "action", "from_state", "to_state", "at", "recorded_at", "actor", "stay_s",
            "text", "hash")  # fmt: skip


def stepped(case: Case) -> tuple[Any, ...]:
    """What a usual step moves, as STEPPED."""
    due = case.due
    return (
        case.state, case.version, case.head, micros(case.state_since), case.holder, case.role, case.assignee,
        None if due is None else micros(due), data_text(case.data),
    )  # fmt: skip


def seldom(case: Case) -> tuple[Any, ...]:
    """What few steps move, as SELDOM."""
    return (
        case.definition, case.open, case.chaser, maybe_micros(case.not_before), maybe_micros(case.timer), case.provisional,
        case.paused, case.key, case.duty, case.nominal, case.data.chased, case.data.cycle,
    )  # fmt: skip


def moves_little(before: Case, after: Case) -> bool:
    """Whether a case only moved as a usual step moves it: nothing of SELDOM is other than before."""
    return (
        before.open is after.open and before.timer == after.timer and before.not_before == after.not_before
        and before.key == after.key and before.chaser == after.chaser and before.definition == after.definition
        and before.paused is after.paused and before.provisional is after.provisional
        and before.data.cycle == after.data.cycle and before.data.chased == after.data.chased
        and before.duty == after.duty and before.nominal == after.nominal
    )  # fmt: skip


def opened(case: Case) -> tuple[Any, ...]:
    """What only an opening sets, as OPENED."""
    return case.ref, case.process, case.opener, micros(case.opened_at)


def stored(case: Case) -> tuple[Any, ...]:
    """Every column of a case but its dealership, as STORED."""
    return (*opened(case), *stepped(case), *seldom(case))


def placed(dealership: int, case: Case) -> tuple[Any, ...]:
    """The row of a new case: dealership, OPENED, STEPPED, SELDOM."""
    return (dealership, *stored(case))


def appended(dealership: int, process: str | None, sealed: Sealed) -> tuple[Any, ...]:
    """The row of an event, as APPENDED."""
    event = sealed.event
    at, recorded_at = event.at, event.recorded_at
    at_us = micros(at)
    return (
        dealership, event.ref, event.seq, process, event.action, event.from_, event.to, at_us,
        at_us if recorded_at is at else micros(recorded_at), event.by, sealed.stay_s, sealed.text.decode(), sealed.hash,
    )  # fmt: skip
