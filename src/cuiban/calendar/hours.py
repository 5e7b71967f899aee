"""The calendar of a dealership: which hours are worked on which day.

Belongs here: the Calendar value, writing it, changing a day of it.   Must never enter: files, the walk over days.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cuiban.calendar.errors import CalendarError
from cuiban.calendar.reading import WEEKDAYS, Extra, fields_of, zone_of
from cuiban.calendar.spans import MINUTE, Days, datetime_of
from cuiban.calendar.windows import MIDNIGHT, Windows, windows_json


@dataclass(frozen=True, eq=False)
class Calendar:
    """Hours by weekday, and the days that differ from them. Never changes; what it has worked out it remembers.

    Attributes:
        tz: IANA name of the zone in which the hours are meant; `zone` is that zone.
        weekly: the hours of Monday to Sunday.
        holidays: days off.
        extra: make-up days with their hours; None: that weekday's, else those of the week's first day that has any.
        overrides: days that a dealership has settled otherwise; an empty one is off.
        published: years whose days off are known; None: all are.
    """

    tz: str
    weekly: tuple[Windows, ...]
    holidays: frozenset[date] = frozenset()
    extra: Extra = field(default_factory=dict)
    overrides: Mapping[date, Windows] = field(default_factory=dict)
    published: frozenset[int] | None = None
    zone: ZoneInfo = field(init=False, repr=False)
    days: Days = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "zone", zone_of(self.tz))
        object.__setattr__(self, "days", Days(self.zone, self.hours_on))

    def hours_on(self, day: date) -> Windows:
        """The hours of `day`: an override's, else a make-up day's, else none on a holiday, else the weekday's."""
        if day in self.overrides:
            return self.overrides[day]
        usual = self.weekly[day.weekday()]
        if day in self.extra:
            hours = self.extra[day]
            return hours if hours is not None else usual or next(filter(None, self.weekly), ())
        return () if day in self.holidays else usual

    def knows(self, year: int) -> bool:
        """Whether the days off of `year` are published."""
        return self.published is None or year in self.published

    def overridden(self, day: date, hours: Windows | None) -> "Calendar":
        """The calendar with `hours` on `day` (empty: off), or, with None, without an override there."""
        others = {other: windows for other, windows in self.overrides.items() if other != day}
        return replace(self, overrides=others if hours is None else {**others, day: hours})

    def with_year(self, year: int, off: Collection[date], makeup: Collection[date]) -> "Calendar":
        """The calendar with the days off and make-up days of `year` as now published; overrides stay."""
        for day in (*off, *makeup):
            if day.year != year:
                raise CalendarError(f"{day} 不在 {year} 年", f"{day} is not in {year}")
        kept = {day: hours for day, hours in self.extra.items() if day.year != year}
        return replace(
            self,
            holidays=frozenset(day for day in self.holidays if day.year != year) | frozenset(off),
            extra=kept | dict.fromkeys(makeup),
            published=None if self.published is None else self.published | {year},
        )

    def to_json(self) -> dict[str, Any]:
        """The calendar as `from_json` reads it, days in order; equal calendars give equal JSON."""
        made: dict[str, Any] = {
            "tz": self.tz,
            "weekly": {name: windows_json(hours) for name, hours in zip(WEEKDAYS, self.weekly, strict=True)},
            "holidays": [day.isoformat() for day in sorted(self.holidays)],
            "extra_working_days": {
                day.isoformat(): None if (hours := self.extra[day]) is None else windows_json(hours) for day in sorted(self.extra)
            },
            "overrides": {day.isoformat(): windows_json(self.overrides[day]) for day in sorted(self.overrides)},
        }
        return made if self.published is None else {**made, "published": sorted(self.published)}

    @classmethod
    def from_json(cls, value: object) -> "Calendar":
        """Read the calendar of the contract [cli.md 4]; raises CalendarError with the key that is wrong."""
        return cls(**fields_of(value))


def local(calendar: Calendar, instant: datetime) -> datetime:
    """The instant as the calendar's zone shows it."""
    return instant.astimezone(calendar.zone)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether `day` has any working hours."""
    return bool(calendar.days[day.toordinal()].spans)


def day_end(calendar: Calendar, day: date) -> datetime:
    """The midnight (UTC) that ends `day` in the calendar's zone."""
    return datetime_of(calendar.days[day.toordinal()].end)


def clock_on(calendar: Calendar, day: date, minutes: int) -> datetime:
    """The instant (UTC) at which the calendar's clock shows `minutes` since midnight on `day` (1440: the day's end)."""
    days, number = calendar.days, day.toordinal()
    return datetime_of(days[number].end if minutes == MIDNIGHT else days.instant(number, minutes * MINUTE))
