"""Aligned columns for people, Chinese counted as two.

Belongs here: the one way to make a table.   Must never enter: what stands in it.
Aligned columns hold nothing of ambiguous width: no box lines, no dots. [cli.md 1, Looks]
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cuiban.commands.text import clean, clipped, width_of

if TYPE_CHECKING:
    from cuiban.commands.screen import Screen

Row = Sequence[str]
GAP = 2


def aligned(rows: Sequence[Row], *, right: Sequence[int] = ()) -> list[str]:
    """The rows as lines, one line a row, two blanks between columns.

    Args:
        rows: cells; all rows have as many.
        right: columns whose cells stand at the right.
    """
    if not rows:
        return []
    from prettytable import PrettyTable

    count = len(rows[0])
    table = PrettyTable([str(index) for index in range(count)], header=False, border=False, padding_width=0)
    for index in range(count):
        table.align[str(index)] = "r" if index in right else "l"
    table.add_rows([[_cell(row, index) for index in range(count)] for row in rows])
    return [line.rstrip() for line in table.get_string().split("\n")]


def _cell(row: Row, index: int) -> str:
    return clean(row[index]) + " " * (GAP if index < len(row) - 1 else 0)


def fitted(screen: "Screen", rows: Sequence[Row], subject: int, *, least: int = 10) -> list[list[str]]:
    """The rows with their subjects clipped so that a line fits a terminal; a pipe clips nothing."""
    rows = [[clean(cell) for cell in row] for row in rows]
    if not screen.is_terminal or not rows:
        return [list(row) for row in rows]
    widths = [max(width_of(row[index]) for row in rows) for index in range(len(rows[0]))]
    room = screen.width - (sum(widths) - widths[subject]) - GAP * (len(widths) - 1)
    if widths[subject] <= room:
        return [list(row) for row in rows]
    return [[clipped(c, max(room, least)) if index == subject else c for index, c in enumerate(row)] for row in rows]
