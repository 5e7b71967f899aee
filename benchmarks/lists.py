"""The list of one clerk who has 300 due, among few cases and among many: lateness and actions counted, no guards.

The floor is the list's own SELECT, straight on the driver: the same rows, the same columns, nothing done with them.
"""

from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.crowd import CLERK, DUE, NOW
from benchmarks.timing import Round, Times, take_turns
from cuiban import Office
from cuiban.store import questions

TODO, RAW = "todo", "raw SQL"
SIZES = ("few", "many")


class List:
    """The clerk's list in a dealership."""

    def __init__(self, office: Office) -> None:
        self.office = office
        connection = office.database.connection()
        self.execute = connection.raw.execute
        self.select = questions.HELD_BY.prepared(connection.dialect).text

    def todo(self) -> float:
        """The list as it is told, in seconds; how late each entry is and what may be done with it are asked of each."""
        start = perf_counter()
        items = self.office.todo(actor=CLERK, now=NOW)
        told = [(item.late_s, item.actions) for item in items]
        return _whole(told, perf_counter() - start)

    def raw(self) -> float:
        """The rows of the list, in seconds."""
        start = perf_counter()
        rows = self.execute(self.select, (1, CLERK)).fetchall()
        return _whole(rows, perf_counter() - start)


def _whole(found: list[Any], seconds: float) -> float:
    if len(found) != DUE:
        raise RuntimeError(f"{len(found)} entries, not {DUE}")
    return seconds


def lists(few: Path, many: Path, rounds: int) -> Times:
    """Both lists, in the dealership of few and in that of many cases."""
    with Office(f"sqlite:///{few}") as small, Office(f"sqlite:///{many}") as large:
        contestants: dict[str, Round] = {}
        for size, office in zip(SIZES, (small, large), strict=True):
            one = List(office)
            contestants |= {f"{TODO}, {size}": one.todo, f"{RAW}, {size}": one.raw}
        return take_turns(contestants, rounds, warm=5)
