"""The time of an event, from the text that a log holds to an instant in UTC.

Belongs here: ISO 8601, year-first dates as spreadsheets write them, a format given by the map, seconds since 1970.
Must never enter: the system's clock or zone.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNIX = {"unix": 1_000_000, "unix_ms": 1_000}
# Day-first and month-first dates look alike, so only year-first ones are read without being told.
YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


class NoOffset(ValueError):
    """The text says no offset and no zone was given."""


class TimeReader:
    """Reads the times of one log.

    Args:
        form: "auto", "unix", "unix_ms" or a format of strptime.
        zone: of the times that say no offset; None: such times are refused.
    """

    def __init__(self, form: str = "auto", zone: tzinfo | None = None) -> None:
        self.form, self.zone = form, zone

    def __call__(self, text: str) -> datetime:
        """Return the instant in UTC; raise NoOffset or ValueError."""
        try:
            if self.form in UNIX:
                return EPOCH + timedelta(microseconds=unix_micros(text, UNIX[self.form]))
            found = auto(text) if self.form == "auto" else datetime.strptime(text, self.form)
            return self.in_zone(found).astimezone(UTC)
        except OverflowError as error:  # the year 1 or 9999, or seconds beyond them
            raise ValueError(text) from error

    def in_zone(self, found: datetime) -> datetime:
        """Return the time with its own offset, else with the zone given; raise NoOffset without either."""
        if found.tzinfo is not None:
            return found
        if self.zone is None:
            raise NoOffset(found)
        return found.replace(tzinfo=self.zone)


def auto(text: str) -> datetime:
    """Return the time that an ISO 8601 or year-first text says; raise ValueError."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        match = YEAR_FIRST.fullmatch(text)
        if match is None:
            raise
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    micros = int((fraction or "0").ljust(6, "0")[:6])
    clock = (int(hour or 0), int(minute or 0), int(second or 0), micros)
    return datetime(int(year), int(month), int(day), *clock, tzinfo=zone_of(offset))


def zone_of(offset: str | None) -> tzinfo | None:
    """Return the zone of `Z` or `+hh:mm`; None without one."""
    if offset is None or offset == "Z":
        return None if offset is None else UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def unix_micros(text: str, factor: int) -> int:
    """Return whole microseconds of a decimal number, exactly; raise ValueError."""
    match = re.fullmatch(r"(-?\d{1,15})(?:\.(\d{1,9})\d*)?", text, re.ASCII)
    if match is None:
        raise ValueError(text)
    fraction = int((match[2] or "").ljust(9, "0")) * factor // 1_000_000_000
    whole = int(match[1]) * factor
    return whole - fraction if text.startswith("-") else whole + fraction


def keeps_the_date(form: str) -> bool:
    """Say whether a format can be read back and loses no day."""
    sample = datetime(2019, 11, 23, 14, 35, 46, tzinfo=UTC)
    try:
        return datetime.strptime(sample.strftime(form), form).date() == sample.date()
    except (ValueError, re.error):
        return False
