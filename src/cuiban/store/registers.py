"""The tables of registers, built from their declarations, and every statement that reads or writes a row.

Belongs here: columns, constraints, what a value is in a column.   Start at: Shelf
Must never enter: which registers there are (the caller hands the declaration in), rules of the business.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Constraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    cast,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.sql import ClauseElement, ColumnElement

from cuiban.engine.case import canonical
from cuiban.engine.decision import Kept
from cuiban.engine.fields import instant_text
from cuiban.engine.language import Field
from cuiban.engine.plan import Sealed
from cuiban.engine.register import COLUMNS, Record, Register
from cuiban.store import sql
from cuiban.store.database import Connection
from cuiban.store.questions import stream
from cuiban.store.rows import appended
from cuiban.store.statements import Statement
from cuiban.store.store import Store
from cuiban.store.troubles import Clash, Retry
from cuiban.store.types import instant, micros

p = bindparam
PREFIX = "r_"
_NUMBERS = {"number", "money", "rating", "instant"}


def table_name(register: str) -> str:
    """What the table of a register is called."""
    return PREFIX + register


def tables_of(registers: Iterable[Register]) -> MetaData:
    """The tables that the declarations mean; migrations build the same (a test compares)."""
    metadata = MetaData()
    for register in registers:
        table_of(register, metadata)
    return metadata


def table_of(register: Register, metadata: MetaData) -> Table:
    """The table of one register: a column a field, dealership first in every key and index."""
    name = table_name(register.name)
    shared: list[Column[Any]] = [
        Column("dealership", Integer, nullable=False), Column("id", Text, nullable=False),
        Column("version", Integer, nullable=False), Column("head", Text, nullable=False),
        Column("ended", Boolean, nullable=False), Column("recorded_at", BigInteger, nullable=False),
    ]  # fmt: skip
    required = register.required  # but what is personal may be erased
    columns: list[Column[Any]] = [
        Column(f.name, _type(f), nullable=f.name not in required or f.kept_aside) for f in register.fields
    ]
    keys = [register.key, *register.unique]
    constraints: list[Constraint] = [
        PrimaryKeyConstraint("dealership", "id", name=f"{name}_pkey"),
        *[UniqueConstraint("dealership", *key, name=f"{name}_{'_'.join(key)}_key") for key in keys],
        *_foreign_keys(register, name),
        *[check for field in register.fields if (check := _check(field, name)) is not None],
    ]
    table: Table = Table(name, metadata, *shared, *columns, *constraints)
    if register.find:
        Index(f"{name}_find", table.c.dealership, *[table.c[each] for each in register.find], table.c.id)
    taken = {key[0] for key in keys} | {register.find[0] if register.find else ""}
    for field in [*(refer.field for refer in register.refers), *register.times]:
        if field not in taken:
            Index(f"{name}_{field}", table.c.dealership, table.c[field])
    return table


def _type(field: Field) -> Any:
    if field.type in _NUMBERS:
        return BigInteger
    return Boolean if field.type == "yes" else Text


def _foreign_keys(register: Register, name: str) -> Iterator[ForeignKeyConstraint]:
    """Checked with each statement, but for a copy, which may come in any order (backup.py)."""
    for refer in register.refers:
        there = table_name(refer.register)
        yield ForeignKeyConstraint(
            ["dealership", refer.field], [f"{there}.dealership", f"{there}.{refer.by or 'id'}"],
            name=f"{name}_{refer.field}_fkey", deferrable=True, initially="IMMEDIATE",
        )  # fmt: skip


def _check(field: Field, name: str) -> CheckConstraint | None:
    """What the database itself holds a column to: its choices, its bounds, the form of a day or VIN."""
    column = f'"{field.name}"'
    if field.type == "choice":
        test = f"{column} IN ({', '.join(repr(choice.name) for choice in field.choices)})"
    elif field.type in ("number", "money", "rating"):
        low = field.low if field.low is not None else (1 if field.type == "rating" else None)
        high = field.high if field.high is not None else (5 if field.type == "rating" else None)
        tests = [f"{column} >= {low}"] * (low is not None) + [f"{column} <= {high}"] * (high is not None)
        if not tests:
            return None
        test = " AND ".join(tests)
    elif field.type in ("day", "month", "vin"):
        test = f"length({column}) = {({'day': 10, 'month': 7, 'vin': 17})[field.type]}"
    else:
        return None
    return CheckConstraint(test, name=f"{name}_{field.name}_check")


def to_column(field: Field, value: Any) -> Any:
    """A kept value as its column has it."""
    return micros(datetime.fromisoformat(value)) if field.type == "instant" and value is not None else value


def from_column(field: Field, stored: Any) -> Any:
    """A column's value as events keep it."""
    if stored is None:
        return None
    if field.type == "instant":
        return instant_text(instant(stored))
    return bool(stored) if field.type == "yes" else stored


class Shelf:
    """The rows of one register of one dealership."""

    def __init__(self, store: Store, register: Register) -> None:
        self.store, self.register = store, register
        self.table = table_of(register, MetaData())
        self.columns = [*COLUMNS, *(f.name for f in register.fields)]
        self._made: dict[Any, Statement] = {}

    def made(self, key: Any, build: Callable[[], ClauseElement], columns: Sequence[str] = ()) -> Statement:
        """The statement of that name, built when it is first asked for."""
        if key not in self._made:
            self._made[key] = Statement(build, columns)
        return self._made[key]

    def _selected(self, *where: ColumnElement[bool]) -> Any:
        c = self.table.c
        return select(*[c[name] for name in self.columns[1:]]).where(c.dealership == p("dealership"), *where)

    def row_of(self, row: Sequence[Any]) -> Record:
        """A row of the table."""
        id, version, head, ended, recorded_at, *rest = row
        values = {f.name: from_column(f, v) for f, v in zip(self.register.fields, rest, strict=True) if v is not None}
        return Record(id, version, head, bool(ended), instant(recorded_at), values)

    # read ----------------------------------------------------------------------------------------------------------

    def by(self, connection: Connection, columns: Sequence[str], values: Sequence[Any]) -> Record | None:
        """The row that has these values in these columns (`id`, or a key)."""
        names = tuple(columns)
        made = self.made(("by", names), lambda: self._selected(*[self.table.c[n] == p(n) for n in names]), ("dealership", *names))
        row = connection.first(made, (self.store.dealership, *self._columns_of(names, values)))
        return None if row is None else self.row_of(row)

    def has(self, connection: Connection, column: str, value: Any) -> bool:
        """Whether a row has the value in the column: an index is asked, no row is read."""
        c = self.table.c
        made = self.made(
            ("has", column), lambda: select(c.id).where(c.dealership == p("dealership"), c[column] == p(column)),
            ("dealership", column),
        )  # fmt: skip
        return connection.first(made, (self.store.dealership, *self._columns_of((column,), [value]))) is not None

    def among(self, connection: Connection, column: str, values: Iterable[str]) -> dict[str, Record]:
        """The rows that have one of many texts in a column (`id` too), by it: one question for a thousand rows."""
        c = self.table.c
        made = self.made(("among", column), lambda: self._selected(c[column].in_(_each(connection))))
        rows = connection.all(made, dealership=self.store.dealership, texts=canonical(list(values)).decode())
        return {row.id if column == "id" else row.values[column]: row for row in map(self.row_of, rows)}

    def there(self, connection: Connection, column: str, values: Iterable[str]) -> set[str]:
        """Which of many texts stand in a column."""
        c = self.table.c
        made = self.made(("there", column), lambda: select(c[column]).where(
            c.dealership == p("dealership"), c[column].in_(_each(connection))))  # fmt: skip
        rows = connection.all(made, dealership=self.store.dealership, texts=canonical(list(values)).decode())
        return {row[0] for row in rows}

    def _columns_of(self, names: Sequence[str], values: Sequence[Any]) -> list[Any]:
        known = {f.name: f for f in self.register.fields}
        return [to_column(known[n], v) if n in known else v for n, v in zip(names, values, strict=True)]

    def listed(
        self, connection: Connection, where: Mapping[str, Any], *, ended: bool | None, limit: int | None,
        parts: Mapping[str, str | list[str]] | None = None,
    ) -> list[Record]:  # fmt: skip
        """Rows by values of columns, in the order of their key.

        Args:
            parts: at least one of these columns holds its part, or has one of its values.
        """
        names = tuple(where)
        params: dict[str, Any] = dict(zip(names, self._columns_of(names, [*where.values()]), strict=True))
        params |= {"dealership": self.store.dealership, "limit": limit}
        looked = None if parts is None else tuple((name, isinstance(part, str)) for name, part in parts.items())
        for name, part in (parts or {}).items():
            params["part_" + name] = part if isinstance(part, str) else canonical(part).decode()
        asked = ("listed", names, looked, ended, limit is not None)
        made = self.made(asked, lambda: self._listing(connection, names, *asked[2:]))
        return [self.row_of(row) for row in connection.run(made, params).fetchall()]

    def _listing(
        self, connection: Connection, names: Sequence[str], looked: Sequence[tuple[str, bool]] | None, ended: bool | None,
        limited: bool,
    ) -> ClauseElement:  # fmt: skip
        c = self.table.c
        tests: list[ColumnElement[bool]] = [c[name] == p(name) for name in names]
        if ended is not None:
            tests.append(c.ended == literal(ended) if connection.is_sqlite else c.ended.is_(ended))
        if looked is not None:
            tests.append(or_(false(), *[
                _holds(connection, c[name], "part_" + name) if is_part else c[name].in_(_each(connection, "part_" + name))
                for name, is_part in looked
            ]))  # fmt: skip
        # Where values are asked for, their index is to be read and the few rows sorted: not the key's index, from end to end.
        order = [func.coalesce(c[name], c[name]) if names else c[name] for name in self.register.key]
        query = self._selected(*tests).order_by(*order)
        found: ClauseElement = query.limit(p("limit")) if limited else query
        return found

    def found(self, connection: Connection, parts: Mapping[str, str], limit: int) -> list[str]:
        """The ids of rows that hold a part in one of these columns: the index of what finds them is read, not the rows."""
        c, names = self.table.c, tuple(parts)
        made = self.made(("found", names), lambda: select(c.id).where(
            c.dealership == p("dealership"), or_(*[_holds(connection, c[name], "part_" + name) for name in names])
        ).limit(p("limit")))  # fmt: skip
        given = {"part_" + name: part for name, part in parts.items()}
        return [row[0] for row in connection.all(made, dealership=self.store.dealership, limit=limit, **given)]

    def count(self, connection: Connection) -> int:
        """How many rows there are, ended ones too."""
        c = self.table.c
        made = self.made(("count",), lambda: select(func.count()).where(c.dealership == p("dealership")))
        return int(connection.one(made, dealership=self.store.dealership)[0])

    def all(self, connection: Connection) -> Iterator[Record]:
        """Every row, in the order of ids, some at a time."""
        made = self.made(("all",), lambda: self._selected().order_by(self.table.c.id))
        for row in stream(connection, made, {"dealership": self.store.dealership}):
            yield self.row_of(row)

    # write ---------------------------------------------------------------------------------------------------------

    def next_serial(self, connection: Connection) -> int:
        """The next serial; nobody else writes to this register until the transaction ends."""
        here = {"dealership": self.store.dealership, "prefix": self.register.prefix, "day": ""}
        connection.run(sql.START_SERIAL, {**here, "next": 1})
        return int(connection.one(sql.SERIAL, **here)[0])

    def write(self, connection: Connection, added: Sequence[Record], changed: Sequence[tuple[int, Record]], serial: int,
              events: Sequence[Sealed], kept: Sequence[tuple[str, int, Kept]]) -> None:  # fmt: skip
        """Write new rows, changed rows (with the version that they had), their events, what stands aside of them.

        Raises:
            Retry: somebody was first with a row or its key.
        """
        d = self.store.dealership
        insertion = self.made(("insert",), lambda: insert(self.table).values({n: p(n) for n in self.columns}), self.columns)
        try:
            connection.many(insertion, [self._values(row) for row in added])
            for version, row in changed:
                if connection.run(self._update(), (d, row.id, version, *self._values(row)[2:])).rowcount == 0:
                    raise Retry
        except Clash as clash:
            raise Retry from clash
        connection.many(sql.APPEND, [appended(d, self.register.process, sealed) for sealed in events])
        connection.many(sql.KEEP, [
            {"dealership": d, "ref": ref, "seq": seq, "slot": one.slot, "salt": one.salt, "value": canonical(one.value).decode()}
            for ref, seq, one in kept
        ])  # fmt: skip
        if added:
            connection.run(sql.SET_SERIAL, {"dealership": d, "prefix": self.register.prefix, "day": "", "new_next": serial})

    def _update(self) -> Statement:
        names, c = self.columns[2:], self.table.c

        def build() -> ClauseElement:
            here = and_(c.dealership == p("dealership"), c.id == p("ref"), c.version == p("was"))
            return update(self.table).where(here).values({n: p("new_" + n) for n in names})

        return self.made(("update",), build, ("dealership", "ref", "was", *("new_" + n for n in names)))

    def _values(self, row: Record) -> tuple[Any, ...]:
        at = micros(row.recorded_at.astimezone(UTC))
        fields = [to_column(f, row.values.get(f.name)) for f in self.register.fields]
        return (self.store.dealership, row.id, row.version, row.head, row.ended, at, *fields)


def _each(connection: Connection, texts: str = "texts") -> Any:
    """The texts of a list that is given as JSON."""
    if connection.is_sqlite:
        return select(func.json_each(p(texts, type_=Text)).table_valued("value").c.value)
    return select(func.json_array_elements_text(cast(p(texts, type_=Text), JSON)).table_valued("value").c.value)


def _holds(connection: Connection, column: Any, part: str) -> ColumnElement[bool]:
    """Whether a part stands in a column: read off an index, whatever the length of the part."""
    find: Any = func.instr if connection.is_sqlite else func.strpos
    holds: ColumnElement[bool] = find(column, p(part, type_=Text)) > 0
    return holds


def names_there(connection: Connection) -> list[str]:
    """The tables of registers that a database has, those that others refer to first: for whoever copies or drops all."""
    if connection.is_sqlite:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'r_*' ORDER BY rowid")
    else:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND starts_with(tablename, 'r_')"
        )
    return [row[0] for row in found.fetchall()]


def columns_there(connection: Connection, table: str) -> dict[str, bool]:
    """The columns of a table as the database has them, and whether each holds truth values."""
    if connection.is_sqlite:
        return {row[1]: row[2] == "BOOLEAN" for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall()}
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s ORDER BY ordinal_position", (table,),
    )  # fmt: skip
    return {name: type_ == "boolean" for name, type_ in found.fetchall()}


def in_any_order(connection: Connection) -> None:
    """Let rows come in any order until the transaction ends: what they refer to is looked for only then."""
    connection.execute("PRAGMA defer_foreign_keys=ON" if connection.is_sqlite else "SET CONSTRAINTS ALL DEFERRED")
