"""Statements with names: built once with SQLAlchemy, compiled once a dialect, run on the driver's connection.

Core's own execution costs more than the statement on the hot path (docs/performance.md); its compiler costs nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.functions import FunctionElement


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as one dialect has it: its text, and how what it is given is put into the order that the driver wants."""

    text: str
    arrange: Callable[[Any], Sequence[Any]]


class Statement:
    """A statement with named parameters; `build` makes it when it is first needed.

    Args:
        columns: it is given tuples in the order of these names; none: mappings of names.
    """

    def __init__(self, build: Callable[[], ClauseElement], columns: Sequence[str] = ()) -> None:
        self.build, self.columns = build, columns
        self.__doc__ = build.__doc__
        self.made: dict[str, Prepared] = {}

    def prepared(self, dialect: Dialect) -> Prepared:
        """The statement for a dialect."""
        made = self.made.get(dialect.name)
        if made is None:
            compiled: Any = self.build().compile(dialect=dialect)
            names = tuple(compiled.positiontup)
            own = {name: value for name, value in compiled.params.items() if value is not None}
            arrange = _by_place(self.columns, names) if self.columns else _by_name(names, own)
            made = self.made[dialect.name] = Prepared(str(compiled), arrange)
        return made


def statement(build: Callable[[], ClauseElement]) -> Statement:
    """Name a statement by the function that builds it."""
    return Statement(build)


def given_rows(*columns: str) -> Callable[[Callable[[], ClauseElement]], Statement]:
    """Name a statement that runs so often that it is given tuples, in the order of `columns`, and not mappings."""
    return lambda build: Statement(build, columns)


def _by_place(columns: Sequence[str], names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    return itemgetter(*[columns.index(name) for name in names])


def _by_name(names: Sequence[str], own: Mapping[str, Any]) -> Callable[[Any], Sequence[Any]]:
    if own:
        return lambda params: [params[name] if name in params else own[name] for name in names]
    return lambda params: [params[name] for name in names]


class AsBytes(FunctionElement[bytes]):
    """A text as its bytes in UTF-8: what is hashed need not become a text first."""

    type = LargeBinary()
    inherit_cache = True


@compiles(AsBytes, "sqlite")
def _on_sqlite(element: AsBytes, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(AsBytes, "postgresql")
def _on_postgresql(element: AsBytes, compiler: Any, **options: Any) -> str:
    return f"convert_to({compiler.process(element.clauses, **options)}, 'UTF8')"


@cache
def dialect_of(name: str) -> Dialect:
    """The dialect that statements are compiled for."""
    if name == "sqlite":
        from sqlalchemy.dialects.sqlite import pysqlite

        return pysqlite.dialect()
    from sqlalchemy.dialects.postgresql import psycopg

    found: Dialect = psycopg.dialect(paramstyle="format")  # type: ignore[no-untyped-call]
    return found
