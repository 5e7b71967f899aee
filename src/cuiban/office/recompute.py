"""Computing open dues anew after the calendar changed. What moved is an event; the old due stays in the history."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cuiban.engine.case import NOBODY
from cuiban.engine.clocks import reclocked
from cuiban.engine.facts import Fire
from cuiban.engine.plan import Plan, plan_step
from cuiban.store import questions as q

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.reference import Wish
    from cuiban.store.database import Connection

BATCH = 500
Moved = tuple[str, datetime | None, datetime | None]


def recompute(office: "Office", wish: "Wish") -> list[dict[str, Any]]:
    """Compute every open due anew; those that moved, as {ref, old, new}."""
    connection = office.store.database.connection()
    refs = [row[0] for row in connection.all(q.OPEN_CASES, dealership=office.store.dealership)]
    moved: list[Moved] = []
    for begin in range(0, len(refs), BATCH):
        batch = refs[begin : begin + BATCH]
        moved += office.store.transact(lambda c, batch=batch: _batch(office, c, batch, wish))  # type: ignore[misc]
    return [{"ref": ref, "old": old, "new": new} for ref, old, new in moved]


def _batch(office: "Office", connection: "Connection", refs: list[str], wish: "Wish") -> list[Moved]:
    world = office.world_in(connection)
    moved: list[Moved] = []
    for ref in refs:
        case = office.store.load(ref, connection).case
        program = office.store.program(case.definition)
        pauses = [p for p in case.data.pauses if p[1] is not None]
        clock = reclocked(program, case, case.data.fields, world.calendar, pauses)
        same = (clock.due, clock.not_before, clock.timer, clock.provisional) == (
            case.due, case.not_before, case.timer, case.provisional)  # fmt: skip
        if not case.open or case.data.imported or same:
            continue
        fire = Fire("recompute", NOBODY, wish.now, wish.now, source="calendar", via=wish.via)
        plan = plan_step(program, case, fire, office.facts(world))
        if isinstance(plan, Plan):
            office.store.save(connection, plan, world.version)
            moved.append((ref, case.due, clock.due))
    return moved
