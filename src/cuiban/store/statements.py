"""Statements with names: built once with SQLAlchemy, compiled once a dialect, run on the driver's connection.

Core's own execution costs more than the statement on the hot path (docs/performance.md); its compiler costs nothing.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.sql import ClauseElement


class Statement:
    """A statement with named parameters; `build` makes it when it is first needed."""

    def __init__(self, build: Callable[[], ClauseElement]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        self._made: dict[str, tuple[str, tuple[str, ...] | None]] = {}

    def sql(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None]:
        """The text for a dialect and the order of its parameters (None: by name)."""
        made = self._made.get(dialect.name)
        if made is None:
            compiled: Any = self.build().compile(dialect=dialect)
            order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
            made = self._made[dialect.name] = (str(compiled), order)
        return made


def statement(build: Callable[[], ClauseElement]) -> Statement:
    """Name a statement by the function that builds it."""
    return Statement(build)


def arranged(order: tuple[str, ...] | None, params: Mapping[str, Any]) -> Any:
    """The parameters in the order that the driver wants."""
    return params if order is None else [params[name] for name in order]


@cache
def dialect_of(name: str) -> Dialect:
    """The dialect that statements are compiled for."""
    if name == "sqlite":
        from sqlalchemy.dialects.sqlite import pysqlite

        return pysqlite.dialect()
    from sqlalchemy.dialects.postgresql import psycopg

    return psycopg.dialect()
