"""The to-do list: mine, my roles', those I stand in for, what was escalated to me; then what I chase.

One indexed range read per holder; late, group and level are worked out over the rows, what may be done next is read off
the definition.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cuiban.engine.roster import Roster
from cuiban.engine.todo import Day
from cuiban.engine.who import Holder, Role, Superior
from cuiban.office.items import CHASER, ESCALATED, About, Item, make_item
from cuiban.office.views import Filters
from cuiban.store import questions as q
from cuiban.store.statements import Statement
from cuiban.store.types import micros

if TYPE_CHECKING:
    from cuiban.office import Office

ASSIGNEE, ROLE, SUBSTITUTE = "assignee", "role", "substitute"
ALL = Filters()
BY_DUE = attrgetter("due_us", "ref")


class Reader:
    """Somebody who reads a list: who they are, whom they stand in for, whom they are over."""

    def __init__(self, roster: Roster, person: str, now: datetime) -> None:
        self.person = person
        self.roles = roster.roles(person, now)
        self.covers = roster.stands_in_for(person, now)
        self.below = roster.subordinates(person)
        self.below_2 = [p for b in self.below for p in roster.subordinates(b)]
        self.left_alone = [p for p in self.below if roster.absence(p, now) and roster.substitute(p, now) is None]
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
        self.day, self.now_us = Day(now, self.world.calendar), micros(now)
        self.connection = office.store.database.connection()
        self.after = self._after(filters.since)
        self.found: dict[str, Item] = {}
        self.abouts: dict[str | None, dict[tuple[str, str], About]] = {}

    def items(self) -> list[Item]:
        """Every entry, in order."""
        if self.person is None:
            self._take(None, q.EVERYBODYS)
            return _sorted(self.found.values())
        reader = Reader(self.roster, self.person, self.now)
        self._mine(reader)
        self._escalated(reader)
        mine = _sorted(self.found.values())
        for chaser in [self.person, *(f"role:{r}" for r in sorted(reader.roles))]:
            self._take(CHASER, q.CHASED_BY, chaser=chaser)
        return mine + _sorted(list(self.found.values())[len(mine) :])

    def _mine(self, reader: Reader) -> None:
        self._held(ASSIGNEE, reader.person)
        for role in sorted(reader.roles):
            self._held(ROLE, f"role:{role}")
        for absent in reader.covers:
            self._held(SUBSTITUTE, absent, acting_for=absent)
        for role in sorted(reader.covered_roles):
            first = next(p for p in reader.covers if role in self.roster.roles(p, self.now))
            self._take(SUBSTITUTE, q.HELD_BY, acting_for=first, holder=f"role:{role}")

    def _held(self, mine: str, holder: str, acting_for: str | None = None) -> None:
        """What somebody holds, alone or beside others."""
        self._take(mine, q.HELD_BY, acting_for=acting_for, holder=holder)
        self._take(mine, q.ALSO_HELD_BY, acting_for=acting_for, holder=holder)

    def _escalated(self, reader: Reader) -> None:
        """What those below me have let lie, as far up as the ladder says, and what tells my roles."""
        until = micros(self.now - timedelta(hours=12))
        for below, levels in ((reader.below, 1), (reader.below_2, 2)):
            for holder in self._holders(below):
                self._take(ESCALATED, q.HELD_LATE, lambda item, levels=levels: self._climbs(item, levels),  # type: ignore[misc]
                           holder=holder, until=until)  # fmt: skip
        for person in reader.left_alone:
            self._take(ESCALATED, q.HELD_BY, holder=person)
        for process, state in self.office.telling(reader.roles):
            self._take(ESCALATED, q.STANDING_IN, lambda item: self._tells(item, reader.roles), process=process, state=state)

    def _holders(self, people: list[str]) -> list[str]:
        """The people and the roles that they have, as holders."""
        roles = {role for person in people for role in self.roster.roles(person, self.now)}
        return [*people, *(f"role:{role}" for role in sorted(roles))]

    def _climbs(self, item: Item, levels: int) -> bool:
        """Whether an entry stands on the list of the superior so many levels above its holder."""
        for rung in item.ladder:
            superior = isinstance(rung.tell, Superior) and rung.tell.levels == levels and isinstance(rung.tell.of, Holder)
            if rung.lists and superior and self.day.passed(rung, item.due, item.cycle):
                return True
        return False

    def _tells(self, item: Item, roles: frozenset[str]) -> bool:
        """Whether an entry stands on the list of whoever has one of `roles`."""
        return any(
            rung.lists and isinstance(rung.tell, Role) and rung.tell.id in roles and self.day.passed(rung, item.due, item.cycle)
            for rung in item.ladder
        )

    def _take(self, mine: str | None, statement: Statement, fits: Callable[[Item], bool] | None = None, *,
              acting_for: str | None = None, **params: Any) -> None:  # fmt: skip
        """Put the rows of a statement onto the list, unless they are there for a better reason."""
        found, everything = self.found, self.filters == ALL
        abouts = self.abouts.setdefault(mine, {})
        for row in self.connection.all(statement, dealership=self.office.store.dealership, **params):
            if row[0] in found:
                continue
            about = abouts.get(row[2:4]) or self._about(mine, *row[2:4])
            if about.by_calendar and row[5] > self.now_us:
                continue  # a clock that was ahead has opened it: its day has not come
            item = make_item((*row, about, acting_for))
            if (everything or self._wanted(item)) and (fits is None or fits(item)):
                found[row[0]] = item

    def _about(self, mine: str | None, definition: str, state: str) -> About:
        """What is the same of every entry that stands in that state of that definition."""
        made = self.abouts[mine][definition, state] = About(self.office, self.day, self.person, definition, state, mine)
        return made

    def _after(self, since: datetime | None) -> datetime | None:
        """From which due on: one at the midnight that begins the day of `since` belongs to the day before."""
        if since is None or self.day.day(since) == since.astimezone(self.world.calendar.zone).date():
            return since
        return since + timedelta(microseconds=1)

    def _wanted(self, item: Item) -> bool:
        f = self.filters
        if f.process is not None and item.process not in f.processes:
            return False
        if f.state is not None and item.state != f.state:
            return False
        if f.role is not None and item.role != f.role:
            return False
        if f.person is not None and f.person not in (item.assignee, item.chaser):
            return False
        if f.subject is not None and f.subject not in (item.parts or ""):
            return False
        if self.after is None and f.until is None:
            return True
        due = item.due
        return due is not None and (self.after is None or due >= self.after) and (f.until is None or due <= f.until)


def _sorted(items: Iterable[Item]) -> list[Item]:
    """Overdue ones by lateness, the rest by due; undated ones last."""
    dated: list[Item] = []
    undated: list[Item] = []
    for item in items:
        (undated if item.due_us is None else dated).append(item)
    return sorted(dated, key=BY_DUE) + sorted(undated, key=lambda item: q.by_serial(item.ref))
