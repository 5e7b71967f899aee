"""Reading what others wrote: the calendar's JSON, dates, instants, zones.

Belongs here: from text and JSON to values, or a sentence that names the key.   Must never enter: files, defaults.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cuiban.calendar.errors import CalendarError, OutOfRange, shown
from cuiban.calendar.spans import micros_of
from cuiban.calendar.windows import Windows, windows_of

Extra = Mapping[date, Windows | None]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = ("tz", "weekly", "holidays", "extra_working_days", "overrides", "published")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT = re.compile(r"([0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ])24(:?00(?::?00(?:[.,]0+)?)?)(Z|[+-][0-9:]+)?")


def fields_of(value: object) -> dict[str, Any]:
    """The fields of a Calendar, from the JSON of the contract [cli.md 4]."""
    keys = object_of(value, "calendar")
    if unknown := sorted(set(keys) - set(KEYS)):
        raise CalendarError(
            f"日历不认识 {shown(unknown[0])}, 只有 {', '.join(KEYS)}",
            f"the calendar has no key {shown(unknown[0])}: it has {', '.join(KEYS)}",
        )
    for key in ("tz", "weekly"):
        if key not in keys:
            raise CalendarError(f"日历缺 {key}", f"the calendar lacks {key}")
    return {
        "tz": text_of(keys["tz"], "tz"),
        "weekly": _weekly(keys["weekly"]),
        "holidays": frozenset(date_of(day, "holidays") for day in list_of(keys.get("holidays", []), "holidays")),
        "extra": _extra(keys.get("extra_working_days", {})),
        "overrides": {} if keys.get("overrides") is None else _overrides(keys["overrides"]),
        "published": None if keys.get("published") is None else _published(keys["published"]),
    }


def instant_of(text: str, zone: ZoneInfo, where: str) -> int:
    """The instant, in microseconds, that an ISO 8601 text means; without an offset in `zone`.

    A bare date is its start; a clock of 24:00 is the midnight that ends the day.
    """
    midnight = _MIDNIGHT.fullmatch(text)
    try:
        read = datetime.fromisoformat(f"{midnight[1]}00{midnight[2]}{midnight[3] or ''}" if midnight else text)
        read += timedelta(days=1 if midnight else 0)
    except ValueError:
        raise CalendarError(f"{where}: {shown(text)} 不是 ISO 8601 时间", f"{where}: {shown(text)} is no ISO 8601 time") from None
    except OverflowError:
        raise OutOfRange from None
    return micros_of(read if read.tzinfo else read.replace(tzinfo=zone))


def date_of(value: object, where: str) -> date:
    """The date that "YYYY-MM-DD" means."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # a 30th of February: said below
    raise CalendarError(f"{where}: {shown(value)} 不是日期(YYYY-MM-DD)", f"{where}: {shown(value)} is no date (YYYY-MM-DD)")


def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; not a relative path; a folder of zones
        raise CalendarError(f"tz: 没有时区 {shown(name)}", f"tz: there is no time zone {shown(name)}") from None


def object_of(value: object, where: str) -> dict[str, Any]:
    """The value, if it is a JSON object."""
    if isinstance(value, dict):
        return value
    raise CalendarError(f"{where}: {shown(value)} 不是对象", f"{where}: {shown(value)} is no object")


def list_of(value: object, where: str) -> list[Any]:
    """The value, if it is a JSON array."""
    if isinstance(value, list):
        return value
    raise CalendarError(f"{where}: {shown(value)} 不是列表", f"{where}: {shown(value)} is no list")


def text_of(value: object, where: str) -> str:
    """The value, if it is a text."""
    if isinstance(value, str):
        return value
    raise CalendarError(f"{where}: {shown(value)} 不是文字", f"{where}: {shown(value)} is no text")


def _weekly(value: object) -> tuple[Windows, ...]:
    given = object_of(value, "weekly")
    if unknown := sorted(set(given) - set(WEEKDAYS)):
        raise CalendarError(
            f"weekly: {shown(unknown[0])} 不是 {', '.join(WEEKDAYS)} 之一",
            f"weekly: {shown(unknown[0])} is none of {', '.join(WEEKDAYS)}",
        )
    return tuple(windows_of(given.get(name, []), f"weekly.{name}") for name in WEEKDAYS)


def _extra(value: object) -> dict[date, Windows | None]:
    where = "extra_working_days"
    return {
        date_of(day, where): None if hours is None else windows_of(hours, f"{where}.{day}")
        for day, hours in object_of(value, where).items()
    }


def _overrides(value: object) -> dict[date, Windows]:
    where = "overrides"
    return {date_of(day, where): windows_of(hours, f"{where}.{day}") for day, hours in object_of(value, where).items()}


def _published(value: object) -> frozenset[int]:
    for year in list_of(value, "published"):
        if type(year) is not int:
            raise CalendarError(f"published: {shown(year)} 不是年份", f"published: {shown(year)} is no year")
    return frozenset(list_of(value, "published"))
