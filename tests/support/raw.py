"""A connection to the database that knows nothing of Cuiban: what a foreign program, or a careless hand, would use."""

import sqlite3
from types import TracebackType
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

Refusal = (sqlite3.Error, psycopg.Error)


class Raw:
    """A driver's own connection, in autocommit."""

    def __init__(self, url: str) -> None:
        parts = make_url(url)
        self.is_sqlite = parts.get_backend_name() == "sqlite"
        self.connection: Any
        if self.is_sqlite:
            self.connection = sqlite3.connect(str(parts.database), isolation_level=None, timeout=0.2)
        else:
            self.connection = psycopg.connect(
                host=str(parts.query["host"]), user=parts.username, dbname=parts.database, autocommit=True
            )

    def __enter__(self) -> "Raw":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def run(self, statement: str) -> Any:
        """Run a statement; its cursor. Raises the driver's error."""
        return self.connection.execute(statement)

    def all(self, statement: str) -> list[Any]:
        """Every row of a query."""
        return list(self.run(statement).fetchall())

    def one(self, statement: str) -> Any:
        """The first value of the first row of a query."""
        return self.run(statement).fetchone()[0]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.one(f"SELECT count(*) FROM {table}"))

    def refusal(self, statement: str) -> str:
        """What the database says when it refuses a statement; "" if it did not."""
        try:
            self.run(statement)
        except Refusal as error:
            return str(error)
        return ""
