"""Tables as CSV, as a spreadsheet reads and writes them.

Belongs here: texts of cells.   Must never enter: xlsx.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cuiban.exchange.encoding import encoding_of, lines_of
from cuiban.exchange.faults import fault
from cuiban.exchange.limits import Limits
from cuiban.exchange.records import records_of
from cuiban.exchange.tables import Column, Row, Value
from cuiban.exchange.text import cleaned, starts_formula


def write_csv_table(path: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, object]]) -> int:
    """Write heading and rows; return the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([text_of(column.label) for column in columns])
        for row in rows:
            writer.writerow([text_of(row.get(column.key)) for column in columns])
            count += 1
    return count


def text_of(value: object) -> str:
    """Return a value as a cell of a CSV; a text that would be computed gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "seconds")
    if not isinstance(value, str):
        return str(value)
    text = cleaned(value)
    return f"'{text}" if starts_formula(text) else text


def read_csv_table(packed: BinaryIO, limits: Limits) -> Iterator[Row]:
    """Yield the rows that hold anything; an apostrophe before what would be computed is taken off again."""
    records = records_of(lines_of(packed, limits, encoding_of(packed, limits)), limits)
    for number, (line, texts) in enumerate(records):
        if number >= limits.rows:
            raise fault("too_many_rows", line=line, limit=limits.rows)
        if len(texts) > limits.columns:
            raise fault("too_many_columns", line=line, limit=limits.columns)
        for column, text in enumerate(texts, 1):
            if len(text) > limits.cell:
                raise fault("cell_too_long", line=line, column=column, limit=limits.cell)
        if number == 0:
            texts[0] = texts[0].removeprefix("\ufeff")
        cells: list[Value] = [typed(text) for text in texts]
        if any(cell is not None for cell in cells):
            yield Row(line, cells)


def typed(text: str) -> str | None:
    """Return a cell's text, None for an empty one."""
    text = text[1:] if text.startswith("'") and starts_formula(text) else text
    return text or None
