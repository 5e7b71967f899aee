"""Many steps in one transaction: each decided by itself, each with its own answer; what is refused writes nothing."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cuiban.engine.case import Case
from cuiban.engine.plan import Change
from cuiban.errors import CuibanError
from cuiban.office.collecting import no_collecting
from cuiban.office.door import wish
from cuiban.office.months import closing
from cuiban.office.steps import done_of, enough, look_and_plan, planned, write_down
from cuiban.office.views import Done
from cuiban.store import bulk

if TYPE_CHECKING:
    from cuiban.engine.blockers import Blocker
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
    with no_collecting():
        for begin in range(0, len(wishes), BATCH):
            batch = wishes[begin : begin + BATCH]
            answers += office.store.transact(lambda c, batch=batch: _batch(office, c, batch, now))  # type: ignore[misc]
    return answers


def _batch(office: "Office", connection: "Connection", wishes: list[dict[str, Any]], now: datetime) -> list[Answer]:
    batch = _Batch(office, connection, now)
    batch.cases = office.store.load_many((one["ref"] for one in wishes), connection)
    answers = [batch.answer(one) for one in wishes]
    batch.flush()
    return answers


class _Batch:
    """Steps in one transaction: cases are read together, and written together when all is decided."""

    def __init__(self, office: "Office", connection: "Connection", now: datetime) -> None:
        self.office, self.connection, self.now = office, connection, now
        self.world = office.world_in(connection)
        self.cases: dict[str, Case] = {}
        self.waiting: dict[str, Change] = {}

    def answer(self, one: dict[str, Any]) -> Answer:
        """What was done, or the error that refused it."""
        try:
            return self._done(one)
        except CuibanError as error:
            if error.exit not in (1, 3, 4):
                raise
            return error

    def _done(self, one: dict[str, Any]) -> Done:
        rest = dict(one)
        ref, action, actor = rest.pop("ref"), rest.pop("action"), rest.pop("actor")
        fire = wish(action, actor, self.now, rest.pop("at", None), **rest)
        store, world = self.office.store, self.world
        case = self.cases.get(ref) or store.load(ref, self.connection).case
        program = store.program(case.definition)
        if closing(self.office, case) is None and enough(program, case, fire, world.programs):
            plan = planned(program, case, fire, self.office.facts(world))
            keeps: list[Blocker] = []
            self._wait(plan.main)
        else:
            self.flush()
            plan, facts, rows = look_and_plan(self.office, self.connection, world, case, fire)
            keeps = rows.keeps
            if write_down(self.office, self.connection, world, plan, facts, rows, fire):
                self.world = self.office.world_in(self.connection)  # what follows is judged, and written, by it
        for moved, change in plan.changes.items():
            self.cases[moved] = change.after
        done = done_of(plan, fire, False, world)
        done.warnings = keeps
        return done

    def _wait(self, change: Change) -> None:
        """Let a change wait for the others; a case that moves again is written once."""
        first = self.waiting.setdefault(change.after.ref, change)
        if first is not change:
            first.add(change)

    def flush(self) -> None:
        """Write what waits."""
        bulk.advance(self.office.store, self.connection, self.waiting.values(), self.world.version)
        self.waiting = {}
