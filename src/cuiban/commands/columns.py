"""Aligned columns for people, Chinese counted as two.

Belongs here: the one way to make a table.   Must never enter: what stands in it.
Aligned columns hold nothing of ambiguous width: no box lines, no dots. [cli.md 1, Looks]
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cuiban.commands.text import clean, clipped, entries_in, pad, width_of

if TYPE_CHECKING:
    from cuiban.commands.screen import Screen

Row = Sequence[str]
GAP = 2
BELOW = 4  # blanks before what found no room beside the other cells


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


def fitted(screen: "Screen", rows: Sequence[Row], subject: int, *, least: int = 10, indent: int = 0) -> list[list[str]]:
    """The rows with their subjects clipped so that a line fits a terminal; a pipe clips nothing.

    Args:
        indent: blanks that will stand before each line.
    """
    rows = [[clean(cell) for cell in row] for row in rows]
    if not screen.is_terminal or not rows:
        return [list(row) for row in rows]
    widths = _widths(rows)
    room = screen.width - indent - (sum(widths) - widths[subject]) - GAP * (len(widths) - 1)
    if widths[subject] <= room:
        return [list(row) for row in rows]
    return [[clipped(c, max(room, least)) if index == subject else c for index, c in enumerate(row)] for row in rows]


def folded(screen: "Screen", rows: Sequence[Row], *, least: int = 40, indent: int = 0) -> list[str]:
    """The rows as lines whose last cell, a list of things, goes on beneath itself where a terminal is too narrow for it.

    A pipe folds nothing: there a row is a line.

    Args:
        least: columns that the last cell needs; where they are not there, it stands below the others.
        indent: blanks before each line.
    """
    before = " " * indent
    lines = [before + line for line in aligned(rows)]
    if all(fits(screen, line) for line in lines):
        return lines
    widths = _widths([[clean(cell) for cell in row[:-1]] for row in rows])
    heads = fitted(screen, [row[:-1] for row in rows], widths.index(max(widths)), indent=indent)
    start = indent + sum(_widths(heads)) + GAP * len(widths)
    is_beside = screen.width - start >= least
    if not is_beside:
        start = indent + BELOW
    found = []
    for head, row in zip(aligned(heads), rows, strict=True):
        rest = _under(screen, row[-1], start) if row[-1] else []
        if rest and is_beside:
            head = pad(head, start - indent) + rest.pop(0)
        found += [before + head, *(" " * start + line for line in rest)]
    return found


def _under(screen: "Screen", text: str, start: int) -> list[str]:
    """The lines of a list of things that begin at column `start`."""
    return entries_in(clean(text), max(screen.width - start, 2))


def told_in(screen: "Screen", text: str, *, indent: int = 0) -> list[str]:
    """A list of things as lines of a terminal; as one line in a pipe."""
    before = " " * indent
    return [before + clean(text)] if fits(screen, before + text) else [before + line for line in _under(screen, text, indent)]


def fits(screen: "Screen", line: str) -> bool:
    """Whether a line has room; in a pipe every one has."""
    return not screen.is_terminal or width_of(line) <= screen.width


def _widths(rows: Sequence[Row]) -> list[int]:
    return [max(width_of(row[index]) for row in rows) for index in range(len(rows[0]))]
