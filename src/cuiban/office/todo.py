"""The to-do list: mine, my roles', those I stand in for, what was escalated to me; then what I chase.

One indexed range read per holder; late, group and level are worked out over the rows, what may be done next is read off
the definition.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cuiban.engine.program import ACT_LABELS
from cuiban.engine.roster import Roster
from cuiban.engine.todo import OVERDUE, TODAY, UNDATED, Day, ladder_of
from cuiban.engine.who import Holder, Role, Superior
from cuiban.office.listed import Row, common
from cuiban.office.offers import offers
from cuiban.office.views import Action, Filters, Item
from cuiban.store import questions as q
from cuiban.store.types import maybe_instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office

ASSIGNEE, ROLE, SUBSTITUTE, ESCALATED, CHASER = "assignee", "role", "substitute", "escalated", "chaser"
CHASER_ACTIONS = [Action(name, ACT_LABELS[name]) for name in ("chase", "assign")]
_ORDER = {OVERDUE: 0, TODAY: 1, "upcoming": 2, UNDATED: 3}


class Reader:
    """Somebody who reads a list: who they are, whom they stand in for, whom they are over."""

    def __init__(self, roster: Roster, person: str, now: datetime) -> None:
        self.person = person
        self.roles = roster.roles(person, now)
        self.covers = roster.stands_in_for(person, now)
        self.below = roster.subordinates(person)
        self.below_2 = [p for b in self.below for p in roster.subordinates(b)]
        self.left_alone = [
            p for p in self.below if (a := roster.absence(p, now)) is not None and a.substitute is None
        ]
        self.covered_roles = {r for p in self.covers for r in roster.roles(p, now)} - self.roles


def todo(office: "Office", person: str | None, now: datetime, *, filters: Filters) -> list[Item]:
    """The list of `person` (None: everybody's) at `now` (UTC), worst first, the chased ones last."""
    return _Listing(office, person, now, filters).items()


class _Listing:
    """One reading of the list."""

    def __init__(self, office: "Office", person: str | None, now: datetime, filters: Filters) -> None:
        self.office, self.person, self.now, self.filters = office, person, now, filters
        self.world = office.world()
        self.roster = self.world.roster
        self.day = Day(now, self.world.calendar)
        self.connection = office.store.database.connection()
        self.found: dict[str, Item] = {}
        self.offered: dict[tuple[str, str, str | None], list[Action]] = {}

    def items(self) -> list[Item]:
        """Every entry, in order."""
        if self.person is None:
            self._take(self._rows(q.EVERYBODYS), lambda row: None)
            return self._sorted(self.found.values())
        reader = Reader(self.roster, self.person, self.now)
        self._mine(reader)
        self._escalated(reader)
        mine = self._sorted(self.found.values())
        for chaser in [self.person, *(f"role:{r}" for r in sorted(reader.roles))]:
            self._take(self._rows(q.CHASED_BY, chaser=chaser), lambda row: CHASER)
        chased = [item for item in self.found.values() if item.mine == CHASER]
        return mine + self._sorted(chased)

    def _mine(self, reader: Reader) -> None:
        self._take(self._rows(q.HELD_BY, holder=reader.person), lambda row: ASSIGNEE)
        self._take(self._rows(q.ALSO_HELD_BY, holder=reader.person), lambda row: ASSIGNEE)
        for role in sorted(reader.roles):
            self._take(self._rows(q.HELD_BY, holder=f"role:{role}"), lambda row: ROLE)
            self._take(self._rows(q.ALSO_HELD_BY, holder=f"role:{role}"), lambda row: ROLE)
        for absent in reader.covers:
            self._take(self._rows(q.HELD_BY, holder=absent), lambda row: SUBSTITUTE, acting_for=absent)
            self._take(self._rows(q.ALSO_HELD_BY, holder=absent), lambda row: SUBSTITUTE, acting_for=absent)
        for role in sorted(reader.covered_roles):
            first = next(p for p in reader.covers if role in self.roster.roles(p, self.now))
            self._take(self._rows(q.HELD_BY, holder=f"role:{role}"), lambda row: SUBSTITUTE, acting_for=first)

    def _escalated(self, reader: Reader) -> None:
        """What those below me have let lie, as far up as the ladder says, and what tells my roles."""
        until = micros(self.now - timedelta(hours=12))
        for below, levels in ((reader.below, 1), (reader.below_2, 2)):
            for holder in self._holders(below):
                rows = self._rows(q.HELD_LATE, holder=holder, until=until)
                self._take(rows, lambda row, levels=levels: ESCALATED if self._climbs(row, levels) else "")  # type: ignore[misc]
        for person in reader.left_alone:
            self._take(self._rows(q.HELD_BY, holder=person), lambda row: ESCALATED)
        for process, state in self._telling(reader.roles):
            rows = self._rows(q.STANDING_IN, process=process, state=state)
            self._take(rows, lambda row: ESCALATED if self._tells(row, reader.roles) else "")

    def _holders(self, people: list[str]) -> list[str]:
        """The people and the roles that they have, as holders."""
        roles = {role for person in people for role in self.roster.roles(person, self.now)}
        return [*people, *(f"role:{role}" for role in sorted(roles))]

    def _climbs(self, row: Row, levels: int) -> bool:
        ladder = ladder_of(self.office.store.program(row.definition), row.state)
        for rung in ladder:
            superior = isinstance(rung.tell, Superior) and rung.tell.levels == levels and isinstance(rung.tell.of, Holder)
            if rung.lists and superior and self.day.passed(rung, row.due, row.cycle):
                return True
        return False

    def _telling(self, roles: Iterable[str]) -> list[tuple[str, str]]:
        """The states of present definitions whose ladder puts a case on the list of one of `roles`."""
        return self.office.telling(frozenset(roles))

    def _tells(self, row: Row, roles: Iterable[str]) -> bool:
        ladder = ladder_of(self.office.store.program(row.definition), row.state)
        return any(
            rung.lists and isinstance(rung.tell, Role) and rung.tell.id in roles and self.day.passed(rung, row.due, row.cycle)
            for rung in ladder
        )

    def _rows(self, statement: Any, **params: Any) -> list[Row]:
        found = self.connection.all(statement, dealership=self.office.store.dealership, **params)
        return [Row(row) for row in found]

    def _take(self, rows: list[Row], mine: Callable[[Row], str | None], acting_for: str | None = None) -> None:
        for row in rows:
            if row.ref in self.found or not self._wanted(row):
                continue
            why = mine(row)
            if why != "":
                self.found[row.ref] = self._item(row, why, acting_for)

    def _wanted(self, row: Row) -> bool:
        f = self.filters
        if f.process is not None and row.process != f.process:
            return False
        if f.state is not None and row.state != f.state:
            return False
        if f.role is not None and row.role != f.role:
            return False
        if f.person is not None and f.person not in (row.assignee, row.chaser):
            return False
        if f.subject is not None and f.subject not in (row.parts or ""):
            return False
        due = row.due
        return not ((f.since is not None and (due is None or due < f.since)) or (f.until is not None and (due is None or due > f.until)))

    def _item(self, row: Row, mine: str | None, acting_for: str | None) -> Item:
        base = common(self.office, row, self.day)
        due = row.due
        late = base["overdue"]
        return Item(
            **base,
            acting_for=acting_for,
            group=self.day.group(due),
            mine=mine,
            not_before=maybe_instant(row.not_before),
            waits_for=self._waits_for(row),
            chased=row.chased,
            actions=self._actions(row, mine),
            late_days=self.day.late_days(due) if late and due is not None else 0,
            left_s=None if late or due is None else int((due - self.now).total_seconds()),
        )

    def _waits_for(self, row: Row) -> list[str]:
        program = self.office.store.program(row.definition)
        waits = program.states[row.state].waits
        if waits is not None:
            return [waits.en]
        found = [row.holder] if row.holder is not None else []
        return found + row.case().data.also if row.state in program.signing else found

    def _actions(self, row: Row, mine: str | None) -> list[Action]:
        """What the reader may try; the same for every case that he holds in the same state."""
        if mine == CHASER:
            return CHASER_ACTIONS
        program = self.office.store.program(row.definition)
        simple = mine in (ASSIGNEE, ROLE) and row.state not in program.signing
        key = (row.definition, row.state, mine)
        if simple and key in self.offered and row.state in program.by_role:
            return self.offered[key]
        found = offers(program, row.case(), self.person, self.roster, self.now)
        if simple:
            self.offered[key] = found
        return found

    def _sorted(self, items: Iterable[Item]) -> list[Item]:
        """Overdue ones by lateness, the rest by due; undated ones last."""

        def place(item: Item) -> tuple[int, float, str]:
            return _ORDER[item.group], item.due.timestamp() if item.due is not None else 0.0, item.ref

        return sorted(items, key=place)
