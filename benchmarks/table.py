"""The one table: what was measured, how fast we are and the floor is, the ratio, the target and whether it holds."""

from collections.abc import Callable
from typing import NamedTuple

Judge = Callable[[float], str]


class Line(NamedTuple):
    """A line of the table.

    Attributes:
        rate, floor: operations a second, ours and of what is compared with.
        ratio: ours to that; of a duration, seconds.
        target: says of the ratio what is wanted and whether it holds.
    """

    what: str
    against: str
    rate: float
    floor: float | None
    ratio: float
    target: Judge


def at_least(target: float) -> Judge:
    """The ratio has to be that or more."""
    return lambda ratio: f">= {target:g}{'' if ratio >= target else '  MISSED'}"


def at_most(target: float) -> Judge:
    """The ratio has to be that or less."""
    return lambda ratio: f"<= {target:g}{'' if ratio <= target else '  MISSED'}"


def of_seconds(target: float) -> Judge:
    """It has to take less."""
    return lambda seconds: f"< {target:g} s{'' if seconds < target else '  MISSED'}"


def beside(ratio: float) -> str:
    """Nothing is wanted: it stands beside what is."""
    return ""


def heading() -> str:
    """What the columns are."""
    return f"{'':<46}{'against':<26}{'ours/s':>9}{'theirs/s':>10}{'ratio':>7}  target"


def printed(line: Line) -> str:
    """A line as text."""
    floor = "" if line.floor is None else f"{line.floor:,.0f}"
    return f"{line.what:<46}{line.against:<26}{line.rate:>9,.0f}{floor:>10}{line.ratio:>7.2f}  {line.target(line.ratio)}".rstrip()
