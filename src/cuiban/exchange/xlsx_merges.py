"""Which cells of a sheet are merged. The file tells it after all rows, so it is looked for before them.

Belongs here: merged ranges.   Must never enter: values.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, NamedTuple

from cuiban.exchange.faults import fault
from cuiban.exchange.xlsx_places import column_of

CHUNK = 1 << 18
OVERLAP = 200
MOST = 10_000
WORD = b"mergeCell"
RANGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]{0,100}?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


class Range(NamedTuple):
    """Merged cells, ends included; rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Merges:
    """Tells for each row, asked from top to bottom, which of its cells are merged."""

    def __init__(self, ranges: list[Range]) -> None:
        self.coming = sorted(ranges, reverse=True)
        self.here: list[Range] = []

    def columns(self, row: int, width: int) -> Iterator[int]:
        """Yield the merged ones of a row's first `width` columns."""
        while self.coming and self.coming[-1].top <= row:
            self.here.append(self.coming.pop())
        self.here = [each for each in self.here if each.bottom >= row]
        spans = [range(each.left, min(each.right + 1, width)) for each in self.here if each.left < width]
        if sum(map(len, spans)) > width:  # no program writes that; many of them would cost an hour
            raise fault("table_broken", line=row, cause="merged cells overlap")
        yield from chain.from_iterable(spans)


def merges_of(sheet: IO[bytes]) -> Merges:
    """Return the merges that a sheet's XML tells."""
    ranges: list[Range] = []
    rest = b""
    while (chunk := sheet.read(CHUNK)) and len(ranges) < MOST:
        data, end = rest + chunk, 0
        for found in RANGE.finditer(data) if WORD in data else ():
            left, top, right, bottom = found.groups()
            ranges.append(Range(int(top), column_of(left.decode()), int(bottom), column_of(right.decode())))
            end = found.end()
        rest = data[max(end, len(data) - OVERLAP) :]
    return Merges(ranges)
