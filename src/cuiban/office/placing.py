"""What nobody does by hand: the cases that the calendar or a row of a register calls for, and the steps that come of themselves.

Must never enter: what is due (duties.py, from_rows.py).
"""

from typing import TYPE_CHECKING

from cuiban.engine.facts import Fire, wants
from cuiban.engine.plan import Plan, plan_opening, plan_step
from cuiban.office.entering import Entering
from cuiban.office.steps import look, wants_of

if TYPE_CHECKING:
    from cuiban.engine.blockers import Blocker
    from cuiban.engine.case import Case
    from cuiban.engine.facts import Facts
    from cuiban.engine.program import Program
    from cuiban.office import Office
    from cuiban.office.world import World
    from cuiban.store.database import Connection


def place(office: "Office", connection: "Connection", world: "World", facts: "Facts", program: "Program", fire: Fire
          ) -> "list[Blocker]":  # fmt: skip
    """Open the case; if somebody opened it by hand before its day, that case is it. All that stands against it, if it cannot be."""
    found = wants(program, None, program.process.opening, fire.fields, world.programs)
    found.prefixes = [prefix for prefix in found.prefixes if prefix not in facts.serials]
    facts.open_keys.clear()
    look(office, connection, found, facts, None, fire.now)
    serials = dict(facts.serials)
    plan, rows = plan_opening(program, fire, facts), Entering(office, connection, fire)
    against = plan if isinstance(plan, list) else rows.judge(plan.rows)
    if isinstance(plan, Plan) and not against:
        office.store.save(connection, plan, world.version)
        rows.write()
        return []
    facts.serials.update(serials)  # what was not opened leaves no gap
    if facts.open_keys:
        _adopt(office, connection, world, next(iter(facts.open_keys.values())), fire)
        against = []
    return against


def go_on(office: "Office", connection: "Connection", world: "World", program: "Program", case: "Case", fire: Fire) -> bool:
    """Do a step that comes of itself, with the rows that it writes; whether nothing stood against it."""
    facts = office.facts(world)
    look(office, connection, wants_of(program, case, fire, world.programs), facts, case, fire.now)
    plan, rows = plan_step(program, case, fire, facts), Entering(office, connection, fire)
    if not isinstance(plan, Plan) or rows.judge(plan.rows):
        return False
    office.store.save(connection, plan, world.version)
    rows.write()
    office.store.count_up(connection, facts.serials, fire.now, world.calendar.zone)
    return True


def _adopt(office: "Office", connection: "Connection", world: "World", ref: str, fire: Fire) -> None:
    """Somebody opened it by hand before its day: that case is the occurrence."""
    case = office.store.load(ref, connection).case
    if case.duty is None:
        program = office.store.program(case.definition)
        wish = Fire("adopt", fire.actor, fire.now, fire.now, source="calendar", duty=fire.duty, nominal=fire.nominal)
        plan = plan_step(program, case, wish, office.facts(world))
        if isinstance(plan, Plan):
            office.store.save(connection, plan, world.version)
