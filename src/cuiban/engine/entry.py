"""When something took place and when it was entered: two times, and how far apart they may lie. [semantics: Transitions]"""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import Case
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.fields import instant_text
from cuiban.engine.program import Program


def misplaced(program: Program, case: Case | None, fire: Fire, facts: Facts) -> Iterator[Blocker]:
    """What stands against the effective time: it has not come, the state had not begun, the entry is too late.

    Args:
        case: None for an opening.
        fire: the wish, `in_order`.
    """
    if fire.at == fire.now:
        return
    if fire.at > fire.now:
        # what one step causes in other cases has its time; a clock that is behind is no future
        if fire.source != "drive" and (case is None or fire.at != case.state_since):
            yield blocker("in_future", at=instant_text(fire.at))
        return
    if case is not None and fire.at < case.state_since:
        yield blocker("before_state", at=instant_text(fire.at), since=instant_text(case.state_since))
    back = days_back(fire, facts)
    if fire.source == "hand" and back > 0:
        if not fire.reason:
            yield blocker("late_reason_missing")
        most = program.process.late_days
        if isinstance(most, int | float) and back > most:
            yield blocker("too_late_entry", days=int(most))
    month = local_day(fire.at, facts)[:7]
    if fire.source in ("hand", "drive") and back > 0 and month in facts.closed.get(program.process.ledger or "", ()):
        yield blocker("month_closed", month=month)


def in_order(case: Case, fire: Fire) -> Fire:
    """The wish as the case takes it: one of now, by a clock that shows less than when the state began, counts from then.

    A reminder keeps its own time: a clock that was ahead silences nobody.
    """
    since = case.state_since
    if fire.now >= since or fire.at != fire.now or fire.source not in ("hand", "drive") or fire.action == "chase":
        return fire
    return replace(fire, at=since)


def days_back(fire: Fire, facts: Facts) -> int:
    """How many calendar days lie between the day of the fact and the day of its entry; more than 0: a late entry."""
    return (_day(fire.now, facts) - _day(fire.at, facts)).days


def local_day(at: datetime, facts: Facts) -> str:
    """The day of an instant in the dealership's zone."""
    return _day(at, facts).isoformat()


def _day(at: datetime, facts: Facts) -> date:
    return at.astimezone(facts.calendar.zone).date()
