"""Event logs as CSV: any separator, any heading, the events of a case anywhere in the file.

Belongs here: headings and cells.   Must never enter: maps' meanings. Bringing cases together: grouping.py.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import BinaryIO

from cuiban.exchange.encoding import encoding_of, lines_of
from cuiban.exchange.faults import fault
from cuiban.exchange.grouping import Row, grouped
from cuiban.exchange.limits import Limits
from cuiban.exchange.logmap import LogMap
from cuiban.exchange.logs import LogEvent, LogTrace
from cuiban.exchange.records import records_of
from cuiban.exchange.times import EPOCH, NoOffset, TimeReader

# What the columns are called where a map says nothing: as tools write them that make a CSV of a XES.
USUAL = {
    "case": "case:concept:name",
    "activity": "concept:name",
    "timestamp": "time:timestamp",
    "resource": "org:resource",
    "lifecycle": "lifecycle:transition",
}
MICROSECOND = timedelta(microseconds=1)


def read_csv(packed: BinaryIO, mapping: LogMap, limits: Limits) -> Iterator[LogTrace]:
    """Yield the cases of a CSV in the order of their first line; raise BadInput with line and column."""
    encoding = encoding_of(packed, limits, mapping.encoding)
    records = records_of(lines_of(packed, limits, encoding), limits, mapping.delimiter)
    line, heading = next(records, (1, []))
    columns = Columns(line, heading, mapping)
    for rows in grouped((columns.row(line, cells) for line, cells in records), limits.events_per_case):
        yield LogTrace(rows[0].case, [columns.event(row) for row in rows], {}, min(row.line for row in rows))


class Columns:
    """Knows which column holds what, and turns records into events.

    Args:
        line: of the heading.
        heading: its cells.
        mapping: what the log calls its columns.
    """

    def __init__(self, line: int, heading: list[str], mapping: LogMap) -> None:
        self.line, self.names = line, [cell.strip("\ufeff \t") for cell in heading]
        self.time_of = TimeReader(mapping.time_format, mapping.zone)
        told = mapping.names
        self.case = self.needed("case", told.case)
        self.activity = self.needed("activity", told.activity)
        self.time = self.needed("timestamp", told.timestamp)
        self.must_fill = (("case_missing", self.case), ("activity_missing", self.activity), ("time_missing", self.time))
        self.resource = self.place("resource", told.resource)
        self.lifecycle = self.place("lifecycle", told.lifecycle)

    def needed(self, what: str, told: str | None) -> int:
        """Return the index of a column that every log has."""
        found = self.place(what, told or USUAL[what])
        assert found is not None, "a column that is told is found or refused"
        return found

    def place(self, what: str, told: str | None) -> int | None:
        """Return the index of a column: the one told, which must be there, else the usual one if it is."""
        name = told or USUAL[what]
        found = [i for i, each in enumerate(self.names) if each == name]
        found = found or [i for i, each in enumerate(self.names) if each.casefold() == name.casefold()]
        if len(found) > 1:
            raise fault("column_twice", line=self.line, column=found[1] + 1, name=name)
        if not found and told:
            raise fault("column_missing", line=self.line, name=name, found=", ".join(filter(None, self.names)))
        return found[0] if found else None

    def row(self, line: int, cells: list[str]) -> Row:
        """Return a record as a row with its case and time; raise BadInput with line and column."""
        width = len(self.names)
        if len(cells) > width and any(cells[width:]):
            raise fault("row_too_wide", line=line, column=width + 1, cells=len(cells), columns=width)
        cells = [cell.strip() for cell in cells[:width]] + [""] * (width - len(cells))
        for code, place in self.must_fill:
            if not cells[place]:
                raise fault(code, line=line, column=place + 1, name=self.names[place])
        return Row(cells[self.case], (self.instant(line, cells[self.time]) - EPOCH) // MICROSECOND, line, cells)

    def instant(self, line: int, text: str) -> datetime:
        """Return the instant in UTC that a cell says."""
        try:
            return self.time_of(text)
        except NoOffset as error:
            raise fault("zone_missing", line=line, column=self.time + 1, value=text) from error
        except ValueError as error:
            raise fault("time_unreadable", line=line, column=self.time + 1, value=text) from error

    def event(self, row: Row) -> LogEvent:
        """Return the event that a row holds."""
        cells = row.cells
        return LogEvent(
            cells[self.activity],
            EPOCH + row.at * MICROSECOND,
            (cells[self.resource] or None) if self.resource is not None else None,
            (cells[self.lifecycle] or None) if self.lifecycle is not None else None,
            {name: cell for name, cell in zip(self.names, cells, strict=True) if name and cell},
            row.line,
            self.activity + 1,
        )
