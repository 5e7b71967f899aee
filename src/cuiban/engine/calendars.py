"""Calendars beside the house's own, by name: who works when others do not. [language.md (c): the showroom's calendar]

Belongs here: how one is declared, and the calendar that it makes.   Start at: NamedCalendar
Must never enter: which ones there are, the store.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from cuiban.calendar import Calendar
from cuiban.calendar.weekly import weekly_from_text
from cuiban.engine.labels import L


class NamedCalendar(msgspec.Struct, frozen=True):
    """A calendar that duties may follow instead of the house's.

    Attributes:
        hours: the setting that says which hours of the week are worked.
        holidays: the setting that says whether state holidays are worked too; if not, they and the make-up days are the house's.
    """

    name: str
    label: L
    hours: str
    holidays: str


def made(named: NamedCalendar, house: Calendar, settings: Mapping[str, Any], overrides: Mapping[str, list[list[str]]]) -> Calendar:
    """The calendar, with what was settled for single days of its own (day -> windows).

    Raises:
        CalendarError: its hours cannot be read.
    """
    base: dict[str, Any] = {"tz": house.tz} if settings[named.holidays] else house.to_json()
    weekly = weekly_from_text(settings[named.hours], named.hours)
    return Calendar.from_json({**base, "weekly": weekly, "overrides": dict(overrides)})
