"""Computing open dues anew after the calendar changed. What moved is an event; the old due stays in the history."""

from typing import TYPE_CHECKING

from cuiban.engine.case import NOBODY
from cuiban.engine.clocks import reclocked
from cuiban.engine.facts import Fire
from cuiban.engine.plan import Plan, plan_step
from cuiban.office.views import MovedDue
from cuiban.store import questions as q

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.changing import Wish
    from cuiban.store.database import Connection


def recompute(office: "Office", connection: "Connection", wish: "Wish") -> list[MovedDue]:
    """Compute every open due anew, in the transaction that is open on `connection`; those that moved."""
    world = office.world_in(connection)
    moved: list[MovedDue] = []
    found = connection.all(q.OPEN_CASES, dealership=office.store.dealership)
    for ref in sorted(row[0] for row in found):  # in the order in which everybody locks
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
            moved.append({"ref": ref, "old": case.due, "new": clock.due})
    return moved
