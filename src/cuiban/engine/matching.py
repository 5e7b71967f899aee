"""Rules by which two registers have to agree, as data: which rows belong together, what must be the same, when. [D4, D15-D17]

Belongs here: the declarations, periods to days.   Start at: Match
Must never enter: SQL, the name of any register.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from cuiban.engine.conditions import Test
from cuiban.engine.labels import L

Found = Literal["missing", "extra", "wrong"]
SIDES = {
    "missing": L("{here}有, {there}没有", "in {here}, not in {there}"),
    "extra": L("{there}有, {here}没有", "in {there}, not in {here}"),
    "wrong": L("两边不一样", "they differ"),
}
ONE_SIDE = {"extra": L("{here}里还有", "still in {here}")}  # no row should be there at all
GAPS = {"missing": L("缺号", "no such number")}
DAY = len("2026-03-11")


class Side(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rows of `register` that have not ended.

    Attributes:
        key: the path by which they are found on the other side (`vin`, or `vin.plate` of a row referred to).
        day: the day or instant that lies in the period; None: they always count.
        when: only those of which this holds.
        last_of: a field: of the rows that have the same in it only the newest counts of before the period's end, whatever its age:
            how things stood as the period ended.
    """

    register: str
    key: str
    day: str | None = None
    when: Test | None = None
    last_of: str | None = None


class Match(msgspec.Struct, frozen=True, omit_defaults=True, tag="match"):
    """What stands on one side stands on the other, and says the same.

    Attributes:
        rows: catalogue rows that it serves.
        right: None: no row should be on the left at all.
        agree: path on the left -> path on the right.
        finds: which kinds of difference count.
        same_period: a fellow counts only if its day lies in the period too. Where none is given, it is the last one of which the
            right side tells.
        hint: what to do about a difference; None: its car or row is named.
    """

    name: str
    label: L
    rows: list[str]
    left: Side
    right: Side | None = None
    agree: dict[str, str] = {}
    finds: Sequence[Found] = ("missing", "extra", "wrong")
    same_period: bool = False
    hint: L | None = None


class Series(msgspec.Struct, frozen=True, omit_defaults=True, tag="series"):
    """The numbers of each `by` in a register follow each other without a gap."""

    name: str
    label: L
    rows: list[str]
    register: str
    number: str
    by: str
    hint: L | None = None


Rule = Match | Series


class Difference(msgspec.Struct, frozen=True):
    """Something in which the sides do not agree.

    Attributes:
        key: by what the rows belong together; None: it is not filled in.
        left, right: ids of the rows; None: there is none.
        fields: of `wrong`: field on the left -> what both sides say.
    """

    rule: str
    found: Found
    key: str | None
    left: str | None = None
    right: str | None = None
    fields: dict[str, list[Any]] = {}


def in_words(rule: Rule, found: Found, here: L, there: L | None = None) -> L:
    """A difference in words.

    Args:
        here, there: what the registers on the left and on the right are called.
    """
    if isinstance(rule, Series):
        return GAPS[found]
    return SIDES[found].fill(here=here, there=there) if there is not None else ONE_SIDE[found].fill(here=here)


def span_of(period: str) -> tuple[date, date]:
    """The days [from, to) of a day, week, month, quarter or year in its kept form."""
    if "W" in period:
        first = date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
        return first, first + timedelta(weeks=1)
    if "Q" in period:
        month = 3 * int(period[-1]) - 2
        return date(int(period[:4]), month, 1), _later(int(period[:4]), month + 3)
    if len(period) >= DAY:
        day = date.fromisoformat(period[:DAY])
        return day, day + timedelta(days=1)
    year, _, month_text = period.partition("-")
    month, months = (int(month_text), 1) if month_text else (1, 12)
    return date(int(year), month, 1), _later(int(year), month + months)


def days_of(first: str | None, last: str | None) -> tuple[date, date] | None:
    """The days [from, to) of a period, or from a first day to a `last` one; None: of all time."""
    if first is None:
        return None
    return span_of(first) if last is None else (span_of(first)[0], span_of(last)[1])


def _later(year: int, month: int) -> date:
    years, rest = divmod(month - 1, 12)
    return date(year + years, rest + 1, 1)
