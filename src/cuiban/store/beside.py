"""What stands beside the history, in its order: every table of which events speak, read along with them by a replay.

Belongs here: the statements of a replay.   Must never enter: what a row ought to say (office/beside.py).
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, bindparam, exists, func, literal, literal_column, select, union_all
from sqlalchemy.sql import ClauseElement, ColumnElement

from cuiban.store import schema as t
from cuiban.store.database import Connection
from cuiban.store.questions import stream
from cuiban.store.rows import STORED
from cuiban.store.statements import AsBytes, Statement, statement

p = bindparam
NUMBERS = "@numbers"  # the stream that voids a number which no case drew
e = t.events.c

# Of each table what a replay compares, after the reference that a row belongs to.
COLUMNS: dict[str, tuple[str, ...]] = {
    "personal": ("seq", "slot", "salt", "value"),
    "files": ("seq", "kind", "name", "salt", "sha256", "size", "content"),
    "numbers": ("book", "number", "state", "seq", "at", "actor"),
    "holds": ("kind", "thing"),
    "also_held": ("holder",),
    "keys": ("key", "seq"),
    "outbox": ("seq", "recipient", "kind", "at", "actor"),
    "mentions": ("thing",),
    "subjects": ("parts",),
}


def _ref(table: Table) -> ColumnElement[Any]:
    return func.coalesce(table.c.ref, literal_column(f"'{NUMBERS}'")) if table.name == "numbers" else table.c.ref


def _read(table: Table, name: str) -> Any:
    """A column; a personal value as the bytes that were committed to."""
    return AsBytes(table.c[name]) if name == "value" else table.c[name]


def _rows(name: str, columns: tuple[str, ...], one: bool) -> Statement:
    """The rows of a table in the order of the history: of all, or of one reference."""
    table = t.metadata.tables[name]
    ref = _ref(table)
    here = [table.c.dealership == p("dealership"), *([ref == p("ref")] if one else [])]
    order = [ref, *([table.c.seq] if "seq" in table.c else [])]
    return Statement(lambda: select(ref, *[_read(table, n) for n in columns]).where(*here).order_by(*order))


OF_ALL = {name: _rows(name, columns, False) for name, columns in COLUMNS.items()}
OF_ONE = {name: _rows(name, columns, True) for name, columns in COLUMNS.items()}
CASES = {one: _rows("cases", STORED[1:], one) for one in (False, True)}


def _events(one: bool) -> Statement:
    told = [e.seq, e.process, e.action, e.from_state, e.to_state, e.at, e.recorded_at, e.actor, e.stay_s]
    here = [e.dealership == p("dealership"), *([e.ref == p("ref")] if one else [])]
    return Statement(lambda: select(e.ref, AsBytes(e.text), e.hash, *told).where(*here).order_by(e.ref, e.seq))


EVENTS = {one: _events(one) for one in (False, True)}  # texts as the bytes that were hashed


@statement
def STRAY() -> ClauseElement:  # noqa: N802 - a statement is a constant that builds itself
    """The references of which rows speak, and no event: (table, reference, rows)."""
    found = []
    for name in ("cases", *COLUMNS):
        table = t.metadata.tables[name]
        ref = _ref(table)
        known = exists().where(e.dealership == p("dealership"), e.ref == ref)
        query = select(literal(name), ref, func.count()).where(table.c.dealership == p("dealership"), ~known)
        found.append(query.group_by(ref))
    return union_all(*found)


@statement
def SERIALS() -> ClauseElement:  # noqa: N802
    """Which serial of a prefix and day comes next."""
    s = t.serials.c
    return select(s.prefix, s.day, s.next).where(s.dealership == p("dealership"))


@statement
def DEFINITIONS() -> ClauseElement:  # noqa: N802
    """Every definition under its hash."""
    d = t.definitions.c
    return select(d.hash, AsBytes(d.text), d.process).where(d.dealership == p("dealership")).order_by(d.hash)


def rows(connection: Connection, made: Statement, dealership: int, ref: str | None) -> Iterator[Any]:
    """The rows of a statement, some at a time; of one reference unless it is None."""
    return stream(connection, made, {"dealership": dealership, **({} if ref is None else {"ref": ref})})
