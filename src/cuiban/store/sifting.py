"""Questions over registers that declarations ask: which rows a test holds of, what a path of a row means, which open cases.

Belongs here: tests and paths (engine) as SQL.   Start at: Reach
Must never enter: which registers and processes there are, when a question is asked.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Table, and_, bindparam, exists, false, func, literal, not_, or_, select, true
from sqlalchemy.sql import ColumnElement

from cuiban.engine import conditions as c
from cuiban.engine.language import Field
from cuiban.engine.register import Register
from cuiban.store import schema as t, sql
from cuiban.store.database import Connection
from cuiban.store.registers import Shelf, from_column, to_column
from cuiban.store.store import Store
from cuiban.store.types import micros

Shelves = Callable[[str], Shelf]
p = bindparam


class Reach:
    """What a path means, seen from a row: a field (`vin`), or one of the row that a field refers to (`vin.plate`).

    Args:
        aliased: what a table is called in the statement, so that one may stand there twice.
    """

    def __init__(self, shelf: Shelf, shelves: Shelves, aliased: str) -> None:
        self.shelf, self.shelves, self.aliased = shelf, shelves, aliased
        self.table: Any = shelf.table.alias(aliased)
        self._joined: dict[str, tuple[Any, ColumnElement[bool]]] = {}

    def column(self, path: str) -> Any:
        """The column of a path."""
        name, dot, rest = path.partition(".")
        return self._there(name).c[rest] if dot else self.table.c[name]

    def _there(self, name: str) -> Any:
        if name not in self._joined:
            refer = next(one for one in self.shelf.register.refers if one.field == name)
            there: Any = self.shelves(refer.register).table.alias(f"{self.aliased}_{name}")
            same = and_(there.c.dealership == self.table.c.dealership, there.c[refer.by or "id"] == self.table.c[name])
            self._joined[name] = (there, same)
        return self._joined[name][0]

    @property
    def tables(self) -> Any:
        """What the paths asked so far are read from."""
        found = self.table
        for there, same in self._joined.values():
            found = found.outerjoin(there, same)
        return found

    def holds(self, test: c.Test | None) -> ColumnElement[bool]:
        """The test as SQL: true or false, never unknown, so that turning it round means what it says."""
        match test:
            case None:
                return true()
            case c.Is(path=path, values=values):
                column = self.column(path)
                return and_(column.is_not(None), or_(false(), *[column == literal(value) for value in values]))
            case c.Has(path=path):
                found: ColumnElement[bool] = self.column(path).is_not(None)
                return found
            case c.Same(path=path, other=other):
                one, two = self.column(path), self.column(other)
                return and_(one.is_not(None), two.is_not(None), one == two)
            case c.Not():
                return not_(self.holds(test.test))
            case c.Both():
                return and_(true(), *[self.holds(one) for one in test.tests])
            case c.Either():
                return or_(false(), *[self.holds(one) for one in test.tests])
            case _:
                raise TypeError(f"no row can be asked {type(test).__name__}")

    @property
    def there(self) -> ColumnElement[bool]:
        """The row is this dealership's and has not ended."""
        return and_(self.table.c.dealership == p("dealership"), not_(self.table.c.ended))


def bound(register: Register, name: str, at: datetime, zone: Any) -> Any:
    """An instant as what a day or instant of a register is compared with."""
    spec = register.field(name)
    assert spec is not None
    return micros(at.astimezone(UTC)) if spec.type == "instant" else at.astimezone(zone).date().isoformat()


def rows_due(connection: Connection, shelf: Shelf, shelves: Shelves, *, at: str, last_of: str | None, when: c.Test | None,
             rule: str, span: Sequence[Any]) -> list[str]:  # fmt: skip
    """The ids of rows whose `at` lies in [from, to], of which `when` holds, and for which no case was opened under `rule`.

    Args:
        last_of: only the newest row of each value of this field, as far as `when` holds of it.
    """
    key = ("due", at, last_of, rule)

    def build() -> Any:
        one = Reach(shelf, shelves, "one")
        tests = [one.there, one.table.c[at] >= p("since"), one.table.c[at] <= p("until"), one.holds(when)]
        cases: Table = t.cases
        known = and_(cases.c.dealership == p("dealership"), cases.c.duty == p("rule"), cases.c.nominal == one.table.c.id)
        tests.append(not_(exists().where(known)))
        if last_of is not None:
            newer = Reach(shelf, shelves, "newer")
            later = func.coalesce(newer.table.c[at], newer.table.c[at]) > one.table.c[at]  # not by its index: by that of `last_of`
            same = [newer.there, newer.table.c[last_of] == one.table.c[last_of], later]
            tests.append(not_(exists().where(and_(*same, newer.holds(when))).select_from(newer.tables)))
        return select(one.table.c.id).select_from(one.tables).where(*tests).order_by(one.table.c[at], one.table.c.id)

    made = shelf.made(key, build)
    rows = connection.all(made, dealership=shelf.store.dealership, since=span[0], until=span[1], rule=rule)
    return [row[0] for row in rows]


def older_open(connection: Connection, shelf: Shelf, *, at: str, last_of: str, row: Mapping[str, Any], rule: str) -> list[str]:
    """The open cases under `rule` of older rows that have the same in `last_of` as `row`."""

    def build() -> Any:
        r: Any = shelf.table
        cases = t.cases.c
        before = func.coalesce(r.c[at], r.c[at]) < p("before")  # as above
        older = select(r.c.id).where(r.c.dealership == p("dealership"), r.c[last_of] == p("same"), before)
        mine = [cases.dealership == p("dealership"), cases.duty == p("rule"), cases.nominal.in_(older), cases.open]
        return select(cases.ref).where(*mine)

    spec = shelf.register.field(at)
    if row.get(last_of) is None or spec is None:
        return []
    made = shelf.made(("older", at, last_of), build)
    given = {"same": row[last_of], "before": to_column(spec, row[at]), "rule": rule}
    return sorted(found[0] for found in connection.all(made, dealership=shelf.store.dealership, **given))


def sheet(connection: Connection, asked: Any, shelves: Shelves) -> list[dict[str, Any]]:
    """What a sheet (language.Sheet) asks of the rows of its register, in the order of their keys; what is empty is left out."""
    shelf = shelves(asked.register)
    specs = [_spec(shelf, path, shelves) for path in asked.sets.values()]

    def build() -> Any:
        one = Reach(shelf, shelves, "one")
        columns, holds = [one.column(path) for path in asked.sets.values()], one.holds(asked.when)
        order = [one.table.c[name] for name in shelf.register.key]
        return select(*columns).select_from(one.tables).where(one.there, holds).order_by(*order)

    made = shelf.made(("sheet", msgspec.json.encode(asked)), build)
    return [
        {name: from_column(spec, value) for name, spec, value in zip(asked.sets, specs, row, strict=True) if value is not None}
        for row in connection.all(made, dealership=shelf.store.dealership)
    ]


def _spec(shelf: Shelf, path: str, shelves: Shelves) -> Field:
    """The field that a path means, seen from a row."""
    name, dot, rest = path.partition(".")
    if dot:
        refer = next(one for one in shelf.register.refers if one.field == name)
        return _spec(shelves(refer.register), rest, shelves)
    return next(one for one in shelf.register.fields if one.name == name)


# two registers against each other ----------------------------------------------------------------------------------


def within(reach: Reach, side: Any, name: str, *, bounded: bool = True) -> list[ColumnElement[bool]]:
    """The row counts on its side: its day lies in [from, to) of that name, or it is the newest of before the end."""
    tests = [reach.there, reach.holds(side.when)]
    if side.day is None:
        return tests
    column: Any = reach.column(side.day)
    before: Any = p(f"{name}_to")
    if side.last_of is None:
        return [*tests, column >= p(f"{name}_from"), column < before] if bounded else tests
    newer = Reach(reach.shelf, reach.shelves, f"{reach.aliased}_newer")
    then, mine = newer.table.c, reach.table.c
    after = or_(then[side.day] > column, and_(then[side.day] == column, then.id > mine.id))  # at one time: what was entered last
    later = [newer.there, then[side.last_of] == mine[side.last_of], after]
    if bounded:
        tests, later = [*tests, column < before], [*later, then[side.day] < before]
    return [*tests, not_(exists().where(*later).correlate(reach.table))]


def alone(connection: Connection, side: Any, other: Any, shelves: Shelves, span: Mapping[str, Any], name: str
          ) -> list[tuple[str, Any]]:  # fmt: skip
    """(id, key) of the rows of a side in the span that have no fellow on the other (None: of all of them)."""

    def build() -> Any:
        one = Reach(shelves(side.register), shelves, "one")
        tests = within(one, side, "one")
        key = one.column(side.key)
        if other is not None:
            two = Reach(shelves(other.register), shelves, "two")
            same = and_(two.column(other.key) == key, *within(two, other, "two", bounded="two_from" in span))
            tests.append(not_(exists().where(same).select_from(two.tables).correlate(one.table)))
        return select(one.table.c.id, key).select_from(one.tables).where(*tests).order_by(key, one.table.c.id)

    shelf = shelves(side.register)
    made = shelf.made(("alone", name), build)
    return [(row[0], row[1]) for row in connection.all(made, dealership=shelf.store.dealership, **span)]


def unlike(connection: Connection, left: Any, right: Any, agree: Mapping[str, str], shelves: Shelves, span: Mapping[str, Any],
           name: str) -> list[tuple[str, str, Any, list[Any]]]:  # fmt: skip
    """(id, id, key, what both say in turn) of fellows of which one lies in the span and which say different things."""

    def build() -> Any:
        one, two = Reach(shelves(left.register), shelves, "one"), Reach(shelves(right.register), shelves, "two")
        key = one.column(left.key)
        pairs = [(one.column(mine), two.column(other)) for mine, other in agree.items()]
        differ = or_(false(), *[mine.is_distinct_from(other) for mine, other in pairs])
        here = within(one, left, "one")
        there = [two.column(right.key) == key, *within(two, right, "two", bounded="two_from" in span)]
        told = [column for pair in pairs for column in pair]
        joined = one.tables.join(two.tables, and_(*there))
        return select(one.table.c.id, two.table.c.id, key, *told).select_from(joined).where(*here, differ).order_by(key)

    shelf = shelves(left.register)
    made = shelf.made(("unlike", name), build)
    rows = connection.all(made, dealership=shelf.store.dealership, **span)
    return [(row[0], row[1], row[2], list(row[3:])) for row in rows]


def latest(connection: Connection, shelf: Shelf, day: str) -> str | None:
    """The last day or month that stands in a row; None: there is none."""
    c = shelf.table.c
    made = shelf.made(("latest", day), lambda: select(func.max(c[day])).where(c.dealership == p("dealership"), not_(c.ended)))
    found: str | None = connection.one(made, dealership=shelf.store.dealership)[0]
    return found


def numbers(connection: Connection, shelf: Shelf, number: str, by: str) -> list[tuple[str, str, str]]:
    """(by, number, id) of every row, in order."""

    def build() -> Any:
        c = shelf.table.c
        return select(c[by], c[number], c.id).where(c.dealership == p("dealership")).order_by(c[by], c[number])

    made = shelf.made(("numbers", number, by), build)
    return [(row[0], row[1], row[2]) for row in connection.all(made, dealership=shelf.store.dealership)]


def void(connection: Connection, store: Store, book: str) -> list[str]:
    """The numbers of a book that are void."""
    rows = connection.all(sql.NUMBERS, dealership=store.dealership, book=book)
    return [number for _, number, state, *_ in rows if state == "void"]
