"""The days of a calendar as people look at them.

Belongs here: what kind of day it is and what it is called.   Must never enter: dues, printing.
"""

from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from cuiban.calendar.china import name_of
from cuiban.calendar.errors import CalendarError
from cuiban.calendar.hours import Calendar
from cuiban.calendar.reading import WEEKDAYS
from cuiban.calendar.walk import A_CENTURY
from cuiban.calendar.windows import Windows, windows_json

Kind = Literal["workday", "makeup", "weekend", "holiday", "override"]
Name = tuple[str, str]


class DayRow(NamedTuple):
    """One day: its kind, what it is off or made up for (zh, en), its hours, whether its year is published."""

    date: date
    weekday: str
    kind: Kind
    name: Name | None
    intervals: Windows
    published: bool

    def to_json(self, lang: str) -> dict[str, Any]:
        """The row of `calendar days --json`; the name in `lang`."""
        return {
            "date": self.date.isoformat(),
            "weekday": self.weekday,
            "kind": self.kind,
            "name": None if self.name is None else self.name[lang != "zh"],
            "intervals": windows_json(self.intervals),
            "published": self.published,
        }


def day_rows(calendar: Calendar, frm: date, to: date) -> list[DayRow]:
    """The days in [frm, to), at most a century of them."""
    if not 0 <= (to - frm).days <= A_CENTURY:
        raise CalendarError(
            f"{frm} 至 {to}: 须先起后止, 且不超过一百年",
            f"{frm} to {to}: the end has to come after the beginning, within a century",
        )
    return [day_row(calendar, frm + timedelta(days=passed)) for passed in range((to - frm).days)]


def day_row(calendar: Calendar, day: date) -> DayRow:
    """What `day` is."""
    return DayRow(
        date=day,
        weekday=WEEKDAYS[day.weekday()],
        kind=kind_of(calendar, day),
        name=name_of(calendar, day),
        intervals=calendar.hours_on(day),
        published=calendar.knows(day.year),
    )


def kind_of(calendar: Calendar, day: date) -> Kind:
    """What decides the hours of `day`. [cli.md 4: override, extra, holiday, weekly]"""
    if day in calendar.overrides:
        return "override"
    if day in calendar.extra:
        return "makeup"
    if day in calendar.holidays:
        return "holiday"
    return "workday" if calendar.weekly[day.weekday()] else "weekend"
