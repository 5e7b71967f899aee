"""The records of a CSV: cells of each, and the line on which it begins.

Belongs here: separators, quotes, blank lines.   Must never enter: headings, what a cell means.
"""

import csv
import re
from collections.abc import Iterator
from itertools import chain

from cuiban.exchange.faults import fault
from cuiban.exchange.limits import Limits

SEPARATORS = (",", ";", "\t", "|")
SEP_LINE = re.compile(r"\ufeff?sep=(.)\r?\n?")  # Excel's own way to name the separator


def records_of(lines: Iterator[str], limits: Limits, delimiter: str = "auto") -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of each record that is not blank; raise BadInput with the line at fault.

    Args:
        lines: of the text, ends kept.
        limits: caps a record, which may run over lines inside quotes.
        delimiter: one character; "auto": the one that parts the first line into most cells.
    """
    first = next(lines, "")
    told = SEP_LINE.fullmatch(first)
    sign = told[1] if told else separator_of(first) if delimiter == "auto" else delimiter
    counted = Counted(chain([first], lines), limits.record)
    reader = csv.reader(counted, delimiter=sign, strict=True)
    while True:
        start, counted.length = reader.line_num + 1, 0
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "field limit" in str(error):
                raise fault("cell_too_long", line=start, limit=csv.field_size_limit()) from error
            raise fault("csv_broken", line=start, cause=str(error)) from error
        if cells is None:
            return
        if any(cells) and not (told and start == 1):
            yield start, cells


def separator_of(line: str) -> str:
    """Return the separator that parts `line` into most cells."""

    def cells(sign: str) -> int:
        return len(next(csv.reader([line], delimiter=sign), []))

    return max(SEPARATORS, key=cells)


class Counted:
    """Lines of one record at a time: a quote that is never closed must not read the whole file into one cell."""

    def __init__(self, lines: Iterator[str], limit: int) -> None:
        self.lines, self.limit, self.length, self.number = lines, limit, 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.number += 1
        self.length += len(line)
        if self.length > self.limit:
            raise fault("record_too_long", line=self.number)
        return line
