"""Brings the scattered events of each case together, in memory that does not grow with the log.

Belongs here: sorting through temporary files.   Must never enter: what the rows are.
"""

import heapq
import marshal
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

import msgspec

from cuiban.errors import cause_of
from cuiban.exchange.faults import fault
from cuiban.exchange.limits import MIB

IN_MEMORY = 32 * MIB
OVERHEAD = 250  # of a packed row's objects, in bytes
BATCH = 1_000

Packed = tuple[int, int, int, bytes]


class Row(NamedTuple):
    """One event before its case is whole.

    Attributes:
        case: the id.
        at: microseconds since 1970 in UTC.
        line: where it stands; breaks ties.
        cells: all of it.
    """

    case: str
    at: int
    line: int
    cells: list[str]


def grouped(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    """Yield the rows of each case by time, cases in the order of their first row.

    Args:
        rows: in the file's order; read to the end before the first case comes out.
        most: rows that one case may have; beyond it BadInput.
    """
    numbers: dict[str, int] = {}
    pack, unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(list[str]).decode
    packed = ((numbers.setdefault(row.case, len(numbers)), row.at, row.line, pack(row.cells)) for row in rows)
    ordered = sorted_outside(packed)
    cases = list(numbers)
    for number, group in groupby(ordered, key=itemgetter(0)):
        case = cases[number]
        found = [Row(case, at, line, unpack(cells)) for _, at, line, cells in islice(group, most + 1)]
        if len(found) > most:
            raise fault("case_too_long", line=found[-1].line, case=case, limit=most)
        yield found


def sorted_outside(items: Iterable[Packed]) -> Iterator[Packed]:
    """Return the items in order; what exceeds memory goes through temporary files, which vanish by themselves."""
    runs: list[Iterable[Packed]] = []
    run: list[Packed] = []
    weight = 0
    for item in items:
        run.append(item)
        weight += len(item[3]) + OVERHEAD
        if weight > IN_MEMORY:
            runs.append(spilled(sorted(run)))
            run, weight = [], 0
    return heapq.merge(*runs, sorted(run))


def spilled(run: list[Packed]) -> Iterator[Packed]:
    """Write a sorted run to a temporary file and return it as read back."""
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115  (closed when it has been read back)
        for start in range(0, len(run), BATCH):
            marshal.dump(run[start : start + BATCH], file)
        file.seek(0)
    except OSError as error:
        raise fault("no_room", cause=cause_of(error)) from error

    def read_back() -> Iterator[Packed]:
        with file:
            while True:
                try:
                    yield from marshal.load(file)
                except EOFError:
                    return

    return read_back()
