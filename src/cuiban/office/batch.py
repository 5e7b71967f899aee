"""Many steps in one transaction: each decided by itself, each with its own answer; what is refused writes nothing."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cuiban.errors import CuibanError
from cuiban.office.door import wish
from cuiban.office.steps import done_of, look_and_plan, planned, wants_of
from cuiban.office.views import Done

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.store.database import Connection

BATCH = 1000
Answer = Done | CuibanError


def fire_many(office: "Office", wishes: list[dict[str, Any]], now: datetime) -> list[Answer]:
    """Do the steps `wishes` (the arguments of Office.fire, as mappings), up to a thousand a transaction.

    Returns:
        For each wish what was done, or the error that refused it.
    """
    answers: list[Answer] = []
    for begin in range(0, len(wishes), BATCH):
        batch = wishes[begin : begin + BATCH]
        answers += office.store.transact(lambda c, batch=batch: _batch(office, c, batch, now))  # type: ignore[misc]
    return answers


def _batch(office: "Office", connection: "Connection", wishes: list[dict[str, Any]], now: datetime) -> list[Answer]:
    answers: list[Answer] = []
    for one in wishes:
        try:
            answers.append(_one(office, connection, one, now))
        except CuibanError as error:
            if error.exit not in (1, 3, 4):
                raise
            answers.append(error)
    return answers


def _one(office: "Office", connection: "Connection", one: dict[str, Any], now: datetime) -> Done:
    rest = {name: value for name, value in one.items() if name not in ("ref", "action", "actor", "at")}
    fire = wish(one["action"], one["actor"], now, one.get("at"), **rest)
    loaded = office.store.load(one["ref"], connection)
    world = office.world(loaded.reference_version)
    case = loaded.case
    program = office.store.program(case.definition)
    if wants_of(program, case, fire, world.programs).nothing:
        facts = office.facts(world)
        plan = planned(program, case, fire, facts)
    else:
        plan, facts = look_and_plan(office, connection, world, case, fire)
    office.store.save(connection, plan, world.version)
    if facts.serials:
        office.store.count_up(connection, facts.serials, now, world.calendar.zone)
    return done_of(office, plan, fire, False, world)
