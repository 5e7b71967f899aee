"""Statements with names: built once with SQLAlchemy, compiled once a dialect, run on the driver's connection.

Core's own execution costs more than the statement on the hot path (docs/performance.md); its compiler costs nothing.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.sql import ClauseElement

Prepared = tuple[str, tuple[str, ...] | None, dict[str, Any] | None]


class Statement:
    """A statement with named parameters; `build` makes it when it is first needed."""

    def __init__(self, build: Callable[[], ClauseElement]) -> None:
        self.build = build
        self.__doc__ = build.__doc__
        self.made: dict[str, Prepared] = {}

    def prepared(self, dialect: Dialect) -> Prepared:
        """The text for a dialect, the order of its parameters (None: by name), the values that it brings itself."""
        made = self.made.get(dialect.name)
        if made is None:
            compiled: Any = self.build().compile(dialect=dialect)
            order = tuple(compiled.positiontup) if compiled.positiontup is not None else None
            own = {name: value for name, value in compiled.params.items() if value is not None}
            made = self.made[dialect.name] = (str(compiled), order, own or None)
        return made


def statement(build: Callable[[], ClauseElement]) -> Statement:
    """Name a statement by the function that builds it."""
    return Statement(build)


def arranged(prepared: Prepared, params: Mapping[str, Any]) -> Any:
    """The parameters in the order that the driver wants."""
    _, order, own = prepared
    if own is not None:
        params = {**own, **params}
    return params if order is None else [params[name] for name in order]


@cache
def dialect_of(name: str) -> Dialect:
    """The dialect that statements are compiled for."""
    if name == "sqlite":
        from sqlalchemy.dialects.sqlite import pysqlite

        return pysqlite.dialect()
    from sqlalchemy.dialects.postgresql import psycopg

    found: Dialect = psycopg.dialect()  # type: ignore[no-untyped-call]
    return found
