"""Until when: the part of the process language that speaks of time. Process files take it from language.py. Nothing here runs.

What a due means as an instant: clocks.py.
"""

from typing import Literal, Union

import msgspec

Unit = Literal["wh", "wd", "h", "cd"]
Roll = Literal["keep", "next", "previous"]


class Setting(msgspec.Struct, frozen=True, tag="setting"):
    """A value that each dealership may set for itself; filled in before the definition is hashed."""

    name: str


Amount = Union[int, float, Setting]  # noqa: UP007 - a union of quoted names, or as its kin


class After(msgspec.Struct, frozen=True, omit_defaults=True, tag="after"):
    """`amount` `unit` after the state is entered, or after the instant in the field `since` ("opened": the opening)."""

    amount: Amount
    unit: Unit
    since: str | None = None
    mode: str | None = None


class At(msgspec.Struct, frozen=True, omit_defaults=True, tag="at"):
    """The instant in `field`; of a day, week, month or quarter its end. An outside hour: it never rolls."""

    field: str


class On(msgspec.Struct, frozen=True, omit_defaults=True, tag="on"):
    """The day in `field` (of a week, month or quarter: its first) plus `days`, at `time`, moved by `roll` if it is a day off.

    Attributes:
        last: counted from the last day of the week, month or quarter.
        months: counted from the first of the month so many months after the one that it lies in.
    """

    field: str
    time: str | Setting
    days: int = 0
    roll: Roll = "keep"
    last: bool = False
    months: int | None = None


class Before(msgspec.Struct, frozen=True, omit_defaults=True, tag="before"):
    """`amount` working days before the instant in `field` (of a day, week, month or quarter: before its end)."""

    amount: Amount
    field: str


class First(msgspec.Struct, frozen=True, omit_defaults=True, tag="first"):
    """The first of these whose field is known; the last, if none is."""

    of: list["Due"]


Due = Union[After, At, On, Before, First]  # noqa: UP007 - a union of quoted names, or as its kin


def wh(amount: Amount, since: str | None = None) -> After:
    """Working hours after the state is entered (or after the field `since`)."""
    return After(amount, "wh", since)


def wd(amount: Amount, since: str | None = None, mode: str | None = None) -> After:
    """Working days: the same clock time on the amount-th following working day."""
    return After(amount, "wd", since, mode)


def hours(amount: Amount, since: str | None = None) -> After:
    """Elapsed hours."""
    return After(amount, "h", since)


def cd(amount: Amount, since: str | None = None, mode: str | None = None) -> After:
    """Calendar days, to the end of the amount-th."""
    return After(amount, "cd", since, mode)


def field(name: str) -> At:
    """The instant or day that the field holds."""
    return At(name)


def on(name: str, time: str | Setting, days: int = 0, roll: Roll = "keep", last: bool = False, months: int | None = None) -> On:
    """`time` on the day (or the Monday of the week, the `last` day of the month) that the field holds; or `months` later."""
    return On(name, time, days, roll, last, months)


def before(name: str, amount: Amount) -> Before:
    """`amount` working days before what the field holds."""
    return Before(amount, name)


def first(*of: Due) -> First:
    """The first of these whose field is known."""
    return First(list(of))
