"""Tables of others and for others: xlsx and csv, row by row.

Belongs here: what a table is to us; which form a file has.   The forms: xlsx_reader.py, xlsx_writer.py, csv_table.py.
Must never enter: registers, what a column means.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import msgspec

from cuiban.errors import Usage
from cuiban.exchange.faults import FAULTS, fault
from cuiban.exchange.limits import TABLE_LIMITS, Limits
from cuiban.exchange.source import kind_of, opened
from cuiban.exchange.text import shown

Value = str | int | float | bool | datetime | date | time | timedelta | None
ENDINGS = (".xlsx", ".csv")


class Column(msgspec.Struct, frozen=True):
    """A column of a table that is written: under which key its values come, and its heading."""

    key: str
    label: str


class Mark(StrEnum):
    """Why the value of a cell may not be what somebody typed there."""

    FORMULA = "formula"
    ERROR = "error"
    MERGED = "merged"


class Row(msgspec.Struct, frozen=True):
    """A row of a table that was read.

    Attributes:
        line: its number as the spreadsheet shows it; in a CSV the line on which it begins.
        cells: values from the first column on; None is an empty cell. A CSV has texts only.
        marks: index of a cell in `cells` to its mark: a formula's value is the one last computed, an error's is its
            sign (#N/A), a merged cell's is that of the first cell of the merged range, None elsewhere in it.
    """

    line: int
    cells: list[Value]
    marks: Mapping[int, Mark] = {}


def write_table(path: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, object]]) -> int:
    """Write a table, whole or not at all, and return how many rows it has.

    Args:
        path: ends in .xlsx or .csv. A CSV is UTF-8 with BOM, and a text that a spreadsheet would compute gets a
            leading apostrophe; in xlsx such a text is marked as text.
        columns: in order.
        rows: column key to value; what is missing is empty. A datetime is written as the clock that it shows: bring it
            into the reader's zone first.

    Raises:
        Usage: another ending.
        BadInput: it cannot be written there, or Excel cannot hold that many rows.
    """
    from cuiban.exchange.csv_table import write_csv_table
    from cuiban.exchange.replacing import replacing
    from cuiban.exchange.xlsx_writer import write_xlsx

    ending = ending_of(path)
    with replacing(path) as draft:
        return (write_xlsx if ending == ".xlsx" else write_csv_table)(draft, columns, rows)


def read_table(path: Path, limits: Limits = TABLE_LIMITS, sheet: str | None = None) -> Iterator[Row]:
    """Yield the rows of a table that hold anything, its heading among them; memory is flat.

    Args:
        path: of an xlsx or a CSV (UTF-8, GB18030, UTF-16; any usual separator); its first bytes decide.
        limits: caps on what the file may cost.
        sheet: name of the sheet of an xlsx; None: the first that is not hidden.

    Raises:
        BadInput: with line and column. A formula, an error or a merged cell is no fault: the row bears its mark.
    """
    from cuiban.exchange.csv_table import read_csv_table
    from cuiban.exchange.xlsx_reader import read_xlsx

    with opened(path) as file:
        kind = kind_of(file, limits)
        if kind == "empty":
            raise fault("file_empty", file=str(path))
        if kind == "ole":
            raise fault("table_locked" if is_locked(file) else "not_a_table", what="xls")
        if kind not in ("zip", "text"):
            raise fault("not_a_table", what=kind)
        yield from read_xlsx(file, limits, sheet) if kind == "zip" else read_csv_table(file, limits)


def ending_of(path: Path) -> str:
    """Return the ending of a table's name; raise Usage for another."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise Usage("ending_unknown", FAULTS["ending_unknown"].fill(known=", ".join(ENDINGS), file=shown(str(path))))
    return ending


def is_locked(file: BinaryIO) -> bool:
    """Say whether an OLE file is a workbook behind a password; an old xls is not, and is not read either."""
    import msoffcrypto  # type: ignore[import-untyped]

    try:
        return bool(msoffcrypto.OfficeFile(file).is_encrypted())
    except Exception:  # a hostile file makes it raise anything: then it is no workbook
        return False
