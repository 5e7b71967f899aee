"""Tables as xlsx, read row by row straight from the parts of the file: memory stays flat, nothing is computed.

Belongs here: rows and cells of a sheet.   The parts of the file: xlsx_book.py. Numbers that are dates: xlsx_formats.py.
Must never enter: what a column means.
"""

import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from cuiban.exchange.faults import fault
from cuiban.exchange.limits import Limits
from cuiban.exchange.markup import elements, name_of
from cuiban.exchange.tables import Mark, Row, Value
from cuiban.exchange.xlsx_book import Book, text_of
from cuiban.exchange.xlsx_formats import Show, moment_of
from cuiban.exchange.xlsx_merges import Merges, merges_of
from cuiban.exchange.xlsx_places import place_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

EXACT = 2**53


def read_xlsx(packed: BinaryIO, limits: Limits, sheet: str | None) -> Iterator[Row]:
    """Yield the rows of one sheet that hold anything; raise BadInput for a damaged, locked or too large file."""
    with damage_told():
        book = Book(packed, limits)
        part = book.part_of(sheet)
        reader = RowReader(book, limits, merges_of(book.zip.open(part)))
        for element in elements(book.open(part), ("row",), "worksheet"):
            row = reader.row(element)
            if row is not None:
                yield row


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn whatever a damaged zip makes Python raise into one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError) as error:
        raise fault("table_broken", cause=str(error)) from error


class RowReader:
    """Turns the rows of a sheet into ours, one after the other."""

    def __init__(self, book: Book, limits: Limits, merges: Merges) -> None:
        self.book, self.limits, self.merges = book, limits, merges
        self.line = 0

    def row(self, element: "Element") -> Row | None:
        """Return the row that an element holds, None for an empty one."""
        number = int(element.get("r") or self.line + 1)
        if number <= self.line:
            raise fault("table_broken", line=number, cause="rows out of order")
        if number > self.limits.rows:
            raise fault("too_many_rows", line=number, limit=self.limits.rows)
        self.line = number
        cells: list[Value] = []
        marks: dict[int, Mark] = {}
        column = -1
        for child in element:
            if name_of(child) == "c":
                column = self.column(child, column)
                self.put(child, column, cells, marks)
        if not cells:
            return None
        for column in self.merges.columns(number, len(cells)):
            marks.setdefault(column, Mark.MERGED)
        return Row(number, cells, marks)

    def column(self, cell: "Element", last: int) -> int:
        """Return the column of a cell: as it says, else the one after the last."""
        reference = cell.get("r")
        found = last + 1 if reference is None else place_of(reference)
        if found is None or found <= last:
            raise fault("table_broken", line=self.line, cause=f"cell {reference}")
        return found

    def put(self, cell: "Element", column: int, cells: list[Value], marks: dict[int, Mark]) -> None:
        """Put a cell's value and mark in their place; an empty one leaves the row as it is."""
        kind, value, formula = cell.get("t", "n"), None, False
        for child in cell:
            name = name_of(child)
            if name == "v":
                value = self.value(child.text or "", kind, cell, column)
            elif name == "is":
                value = text_of(child)
            elif name == "f":
                formula = True
        if (value is None or value == "") and not formula:
            return
        if isinstance(value, str) and len(value) > self.limits.cell:
            raise fault("cell_too_long", line=self.line, column=column + 1, limit=self.limits.cell)
        self.widen(cells, column)
        cells[column] = value
        if kind == "e" or formula:
            marks[column] = Mark.ERROR if kind == "e" else Mark.FORMULA

    def widen(self, cells: list[Value], column: int) -> None:
        """Make room in a row up to `column`."""
        if column >= self.limits.columns:
            raise fault("too_many_columns", line=self.line, limit=self.limits.columns)
        cells.extend([None] * (column + 1 - len(cells)))

    def value(self, text: str, kind: str, cell: "Element", column: int) -> Value:
        """Return what the text of a value says, by the cell's kind and format."""
        try:
            if kind == "s":
                return self.book.strings[int(text)]
            if kind == "b":
                return text.strip() == "1"
            if kind != "n":
                return text
            return self.number(text, int(cell.get("s") or 0))
        except (ValueError, IndexError) as error:
            raise fault("table_broken", line=self.line, column=column + 1, cause=text) from error

    def number(self, text: str, style: int) -> Value:
        """Return a number, or the date or time as which the cell's format shows it."""
        if not text.strip():
            return None
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(text)
        show = self.book.shows[style] if 0 <= style < len(self.book.shows) else Show.NUMBER
        moment = moment_of(number, show, self.book.from_1904)
        if moment is not None:
            return moment
        return int(number) if number.is_integer() and abs(number) < EXACT else number
