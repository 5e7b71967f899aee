"""Where a SQLite database holds bytes that are no text: a foreign hand's, for SQLite takes any bytes where text is declared.

Only looked for once reading has failed: it goes through everything.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cuiban.store.database import Connection

NAMED = ("ref", "id", "name", "key", "hash")  # what tells a row of a table, the first of these that it has


class Place(NamedTuple):
    """Where it is; `row`: what tells the row, if that can be read."""

    table: str
    column: str
    row: str | None


def places(connection: Connection) -> Iterator[Place]:
    """Every value that was stored as text and is none, table by table; none of PostgreSQL, which takes no such bytes."""
    if not connection.is_sqlite:
        return
    raw = connection.raw
    usual, raw.text_factory = raw.text_factory, bytes
    try:
        tables = [name.decode() for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [row[1].decode() for row in raw.execute(f'PRAGMA table_info("{table}")')]
            told = next((columns.index(name) for name in NAMED if name in columns), 0)
            texts = ", ".join(f"""CASE typeof("{column}") WHEN 'text' THEN "{column}" END""" for column in columns)
            for row in raw.execute(f'SELECT {texts} FROM "{table}"'):
                for column, value in zip(columns, row, strict=True):
                    if value is not None and _text(value) is None:
                        yield Place(table, column, _text(row[told] or b""))
    finally:
        raw.text_factory = usual


def _text(value: bytes) -> str | None:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None
