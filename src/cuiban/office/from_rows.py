"""Cases that rows of registers open by themselves: a callback for each repair, a follow-up of a customer who stays away.

Idempotent: a row has one case under its process's rule, however often the catch-up looks. Must never enter: which (definitions).
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cuiban.engine.case import NOBODY
from cuiban.engine.facts import Fire
from cuiban.engine.program import OPEN
from cuiban.office.placing import go_on, place
from cuiban.store import questions as q, sifting, sql

if TYPE_CHECKING:
    from cuiban.engine.facts import Facts
    from cuiban.engine.language import FromRow
    from cuiban.engine.program import Program
    from cuiban.engine.register import Record
    from cuiban.office import Office
    from cuiban.office.world import World
    from cuiban.store.database import Connection
    from cuiban.store.registers import Shelf

BATCH = 500
DAY = len("2026-03-11")
RULE = "row:"  # stands before the process's name, in the place of a duty's


def open_all(office: "Office", founded: datetime, now: datetime) -> tuple[int, int]:
    """Open what is not there yet; nothing is owed from before `founded`.

    Returns:
        How many cases were opened; how many rows lack something without which none can be.
    """
    opened = lacking = 0
    world = office.world()
    for name in office.registry.from_rows:
        for rule in world.programs[name].process.from_rows:
            ids = _due(office, name, rule, founded, now)
            for begin in range(0, len(ids), BATCH):
                some = ids[begin : begin + BATCH]
                done = office.store.transact(_opening(office, name, rule, now, some))
                opened, lacking = opened + done[0], lacking + done[1]
    return opened, lacking


def _opening(office: "Office", process: str, rule: "FromRow", now: datetime, ids: list[str]
             ) -> "Callable[[Connection], tuple[int, int]]":  # fmt: skip
    return lambda connection: _Opening(office, connection, process, rule, now).open(ids)


def _due(office: "Office", process: str, rule: "FromRow", founded: datetime, now: datetime) -> list[str]:
    """The rows whose time has come and that have no case yet, the oldest first."""
    assert isinstance(rule.after, int)
    assert isinstance(rule.within, int)
    shelf, zone = office.shelf(rule.register), office.zone
    after = timedelta(days=rule.after)
    since = max(now - timedelta(days=rule.within), founded) - after
    span = tuple(sifting.bound(shelf.register, rule.at, at, zone) for at in (since, now - after))
    return sifting.rows_due(office.database.connection(), shelf, office.shelf, at=rule.at, last_of=rule.last_of, when=rule.when,
                            rule=RULE + process, span=span)  # fmt: skip


class _Opening:
    """Some rows' cases, opened in one transaction; nobody else catches up meanwhile."""

    def __init__(self, office: "Office", connection: "Connection", process: str, rule: "FromRow", now: datetime) -> None:
        self.office, self.connection, self.rule, self.now = office, connection, rule, now
        self.name = RULE + process
        connection.one(sql.LOCK_DEALERSHIP, dealership=office.store.dealership)
        self.world: World = office.world_in(connection)
        self.program: Program = self.world.programs[process]
        self.facts: Facts = office.facts(self.world)
        self.shelf: Shelf = office.shelf(rule.register)

    def open(self, ids: list[str]) -> tuple[int, int]:
        """Open a case for each; how many were opened, how many lack something."""
        here = {"dealership": self.office.store.dealership, "duty": self.name, "from": min(ids)}
        known = {row[0] for row in self.connection.all(q.NOMINALS, **here)}
        rows = self.shelf.among(self.connection, "id", [id for id in ids if id not in known])
        opened = lacking = 0
        for row in (rows[id] for id in ids if id in rows):
            done = self._one(row)
            opened, lacking = opened + done, lacking + (not done)
        if opened:
            self.office.store.count_up(self.connection, self.facts.serials, self.now, self.world.calendar.zone)
        return opened, lacking

    def _one(self, row: "Record") -> bool:
        at = min(self.now, max(self._time(row), row.recorded_at))
        if self.rule.supersedes is not None and self.rule.last_of is not None:
            for ref in sifting.older_open(self.connection, self.shelf, at=self.rule.at, last_of=self.rule.last_of,
                                          row=row.values, rule=self.name):  # fmt: skip
                self._supersede(ref, row, at)
        fields = dict(self._values(self.rule.sets, row))
        fire = Fire(OPEN, NOBODY, at, self.now, fields, source="calendar", duty=self.name, nominal=row.id)
        return not place(self.office, self.connection, self.world, self.facts, self.program, fire)

    def _time(self, row: "Record") -> datetime:
        """When its case's time came: of a day, as that begins."""
        assert isinstance(self.rule.after, int)
        at = datetime.fromisoformat(row.values[self.rule.at])
        at = at if at.tzinfo is not None else at.replace(tzinfo=self.world.calendar.zone)
        return at + timedelta(days=self.rule.after)

    def _supersede(self, ref: str, row: "Record", at: datetime) -> None:
        """Let the case of an older row end; where it stands too far for that, it goes on."""
        assert self.rule.supersedes is not None
        case = self.office.store.load(ref, self.connection).case
        program = self.office.store.program(case.definition)
        fields = dict(self._values(self.rule.tells, row))
        wish = Fire(self.rule.supersedes, NOBODY, max(at, case.state_since), self.now, fields, source="timer")
        go_on(self.office, self.connection, self.world, program, case, wish)

    def _values(self, sets: dict[str, Any], row: "Record") -> Iterator[tuple[str, Any]]:
        for name, said in sets.items():
            several = said if isinstance(said, list) and len(said) > 1 else [said]
            found = (self._value(one, row) for one in several)
            value = next((one for one in found if one is not None), None)
            spec = self.program.fields.get(name)
            if spec is not None and spec.type == "day" and isinstance(value, str) and len(value) > DAY:
                value = datetime.fromisoformat(value).astimezone(self.world.calendar.zone).date().isoformat()
            if value is not None:
                yield name, value

    def _value(self, said: Any, row: "Record") -> Any:
        """What a path leads to, from row to row; or a constant."""
        if isinstance(said, list):
            return said[0]
        shelf, values = self.shelf, row.values
        *steps, last = said.split(".")
        for step in steps:
            refer = next(one for one in shelf.register.refers if one.field == step)
            shelf = self.office.shelf(refer.register)
            there = shelf.by(self.connection, [refer.by or "id"], [values[step]]) if step in values else None
            if there is None:
                return None
            values = there.values
        return values.get(last)
