"""Between a case or an event and its row. A column says again what the text says; the text is what counts."""

from typing import Any

from cuiban.engine.case import Case, data_text, read_data
from cuiban.engine.plan import Sealed
from cuiban.store.types import EPOCH, MICRO, instant, maybe_micros, micros


def case_of(row: Any) -> Case:
    """The case of a row of `sql.CASE_COLUMNS` (further columns are left alone)."""
    (ref, process, definition, state, version, head, opener, opened_at, state_since, is_open, role, assignee, chaser, due,
     not_before, timer, provisional, paused, key, duty, nominal, data, *_) = row  # fmt: skip
    return Case(
        ref, process, definition, state, version, head, opener, instant(opened_at), instant(state_since), bool(is_open),
        role, assignee, chaser, None if due is None else instant(due), None if not_before is None else instant(not_before),
        None if timer is None else instant(timer), bool(provisional), bool(paused), key, duty, nominal, read_data(data),
    )  # fmt: skip


# Columns in the order in which the functions below give them. What a usual step moves; what few steps move, by which
# open cases are found (on SQLite an index is written anew whenever a column of it is set); what only an opening sets.
STEPPED = ("state", "version", "head", "state_since", "holder", "role", "assignee", "due", "not_before", "provisional",
           "paused", "chased", "cycle", "data")  # fmt: skip
SELDOM = ("definition", "open", "chaser", "timer", "key", "duty", "nominal")
OPENED = ("ref", "process", "opener", "opened_at")
STORED = (*OPENED, *STEPPED, *SELDOM)
APPENDED = ("dealership", "ref", "seq", "process", "action", "from_state", "to_state", "at", "recorded_at", "actor", "stay_s",
            "text", "hash")  # fmt: skip


def stepped(case: Case) -> tuple[Any, ...]:
    """What a usual step moves, as STEPPED."""
    data, due, not_before = case.data, case.due, case.not_before
    return (
        case.state, case.version, case.head, micros(case.state_since), case.holder, case.role, case.assignee,
        None if due is None else micros(due), None if not_before is None else micros(not_before),
        case.provisional, case.paused, data.chased, data.cycle, data_text(data),
    )  # fmt: skip


def seldom(case: Case) -> tuple[Any, ...]:
    """What few steps move, as SELDOM."""
    return case.definition, case.open, case.chaser, maybe_micros(case.timer), case.key, case.duty, case.nominal


def moves_little(before: Case, after: Case) -> bool:
    """Whether a case only moved as a usual step moves it: nothing of SELDOM is other than before."""
    return (
        before.open is after.open and before.timer == after.timer and before.key == after.key
        and before.chaser == after.chaser and before.definition == after.definition
        and before.duty == after.duty and before.nominal == after.nominal
    )  # fmt: skip


def opened(case: Case) -> tuple[Any, ...]:
    """What only an opening sets, as OPENED."""
    return case.ref, case.process, case.opener, micros(case.opened_at)


def stored(case: Case) -> tuple[Any, ...]:
    """Every column of a case but its dealership, as STORED."""
    data, due, not_before, timer = case.data, case.due, case.not_before, case.timer
    return (
        case.ref, case.process, case.opener, (case.opened_at - EPOCH) // MICRO,
        case.state, case.version, case.head, (case.state_since - EPOCH) // MICRO, case.holder, case.role, case.assignee,
        None if due is None else (due - EPOCH) // MICRO, None if not_before is None else (not_before - EPOCH) // MICRO,
        case.provisional, case.paused, data.chased, data.cycle, data_text(data),
        case.definition, case.open, case.chaser, None if timer is None else (timer - EPOCH) // MICRO, case.key, case.duty,
        case.nominal,
    )  # fmt: skip


def placed(dealership: int, case: Case) -> tuple[Any, ...]:
    """The row of a new case: dealership, OPENED, STEPPED, SELDOM."""
    return (dealership, *opened(case), *stepped(case), *seldom(case))


def appended(dealership: int, process: str | None, sealed: Sealed) -> tuple[Any, ...]:
    """The row of an event, as APPENDED."""
    event = sealed.event
    at, recorded_at = event.at, event.recorded_at
    at_us = micros(at)
    return (
        dealership, event.ref, event.seq, process, event.action, event.from_, event.to, at_us,
        at_us if recorded_at is at else micros(recorded_at), event.by, sealed.stay_s, sealed.text.decode(), sealed.hash,
    )  # fmt: skip
