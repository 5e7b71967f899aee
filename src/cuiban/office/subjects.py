"""Whose a duty per something is: what owes an occurrence, read from its register or from the people."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from cuiban.engine.register import Record
from cuiban.engine.subjects import Departments, Rows, Source, Subject, departments, owing, stood, subject_of_row

if TYPE_CHECKING:
    from cuiban.office import Office


class Whose:
    """The subjects of duties. A register is read once; the history of a row only where it changed since the occurrence opened."""

    def __init__(self, office: "Office") -> None:
        self.office = office
        self.roster = office.world().roster
        self._rows: dict[str, list[Record]] = {}
        self._states: dict[str, list[tuple[datetime, Record]]] = {}

    def owing(self, source: Source, opens: datetime, due: datetime) -> Iterator[Subject]:
        """What owes an occurrence that is open from `opens` until `due` (UTC)."""
        if isinstance(source, Departments):
            yield from departments(source, self.roster, opens)
            return
        named = self.office.register(source.register).subject
        for row in self._all(source):
            record = owing(source, self._how_it_stood(row, opens), opens, due)
            if record is not None:
                yield subject_of_row(source, row.id, named, record.values, self.roster, due)

    def _all(self, source: Rows) -> "list[Record]":
        if source.register not in self._rows:
            self._rows[source.register] = list(self.office.register_rows(source.register, ended=None))
        return self._rows[source.register]

    def _how_it_stood(self, row: "Record", opens: datetime) -> list[tuple[datetime, Record]]:
        if row.recorded_at <= opens:
            return [(row.recorded_at, row)]
        if row.id not in self._states:
            self._states[row.id] = list(stood(self.office.store.history(row.id)))
        return self._states[row.id]
