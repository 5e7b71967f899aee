"""A clock that was ahead, and is right again: the timed steps that it fired too early are taken back. [decision 0011]

Belongs here: finding them, taking them back.   Start at: rewind.
Must never enter: what people did meanwhile; that stands, and a step of theirs keeps the timed one before it.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from cuiban.engine.acts import before_early_steps, stays_early
from cuiban.engine.case import NOBODY
from cuiban.engine.facts import Fire, Wants
from cuiban.engine.plan import Plan, plan_step
from cuiban.store import questions as q
from cuiban.store.database import Connection
from cuiban.store.types import micros

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World

BATCH = 500


def rewind(office: "Office", after: datetime, now: datetime) -> tuple[int, list[str]]:
    """Take back every timed step whose time is later than `after` (UTC).

    Returns:
        How many cases went back; those of which a timed step stays, since it moved other cases too.
    """
    here = {"dealership": office.store.dealership, "actor": NOBODY, "after": micros(after)}
    refs = [row[0] for row in office.database.connection().all(q.MOVED_AHEAD, **here)]
    back, stay = 0, []
    for begin in range(0, len(refs), BATCH):
        batch = refs[begin : begin + BATCH]
        went = office.store.transact(lambda c, batch=batch: _rewind_batch(office, c, batch, after, now))  # type: ignore[misc]
        back += sum(went.values())
        stay += [ref for ref in went if _stays(office, ref, after)]
    return back, stay


def _stays(office: "Office", ref: str, after: datetime) -> bool:
    case = office.store.load(ref).case
    return stays_early(office.store.program(case.definition), case, office.store.history(ref), after)


def _rewind_batch(office: "Office", connection: Connection, refs: list[str], after: datetime, now: datetime) -> dict[str, bool]:
    world = office.world_in(connection)
    return {ref: _rewind_one(office, connection, world, ref, after, now) for ref in refs}


def _rewind_one(office: "Office", connection: Connection, world: "World", ref: str, after: datetime, now: datetime) -> bool:
    case = office.store.load(ref, connection).case
    program, facts = office.store.program(case.definition), office.facts(world)
    before = facts.before = before_early_steps(program, case, office.store.history(ref), after)
    if before is None:
        return False
    opens = [(program.name, before.key)] if before.key is not None else []
    office.store.look(connection, Wants(opens=opens, personal=program.process.subject), facts, case, now)
    if any(other != ref for other in facts.open_keys.values()):
        return False  # what it was about has been opened anew
    plan = plan_step(program, case, Fire("rewind", NOBODY, now, now, source="calendar"), facts)
    if isinstance(plan, Plan):
        office.store.save(connection, plan, world.version)
    return isinstance(plan, Plan)
