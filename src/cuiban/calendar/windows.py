"""The hours of a day: from clock time to clock time, as read and as written.

Belongs here: clock times, windows, their checks.   Must never enter: dates, zones.
"""

import re

from cuiban.calendar.errors import CalendarError, shown

Window = tuple[int, int]
"""[from, to) in minutes since the day began; `to` is at most 1440, the midnight that ends it."""
Windows = tuple[Window, ...]

MIDNIGHT = 24 * 60
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")


def minutes_of(text: object, where: str) -> int:
    """The minutes since midnight that "HH:MM" (00:00 to 24:00) means; `where` names the place for the sentence."""
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if match:
        hour, minute = int(match[1]), int(match[2])
        if minute < 60 and (minutes := hour * 60 + minute) <= MIDNIGHT:
            return minutes
    raise CalendarError(
        f"{where}: {shown(text)} 不是 00:00 至 24:00 的时刻(HH:MM)",
        f"{where}: {shown(text)} is no clock time from 00:00 to 24:00 (HH:MM)",
    )


def clock_text(minutes: int) -> str:
    """The clock time as "HH:MM", 24:00 for the midnight that ends the day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def windows_of(value: object, where: str) -> Windows:
    """The hours that `[["08:30", "12:00"], ..]` means: in order, none empty, none over another."""
    if not isinstance(value, list):
        raise _not_windows(value, where)
    windows: list[Window] = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2:
            raise _not_windows(pair, where)
        window = (minutes_of(pair[0], where), minutes_of(pair[1], where))
        _check(window, windows[-1] if windows else None, where)
        windows.append(window)
    return tuple(windows)


def windows_from_text(text: str, where: str) -> Windows:
    """The hours that a person writes: `off`, or `08:30-12:00,13:30-18:00`."""
    if text.strip().lower() in ("off", "休"):
        return ()
    return windows_of([part.strip().split("-") for part in text.replace("，", ",").split(",")], where)


def windows_json(windows: Windows) -> list[list[str]]:
    """The hours as `windows_of` reads them."""
    return [[clock_text(opens), clock_text(closes)] for opens, closes in windows]


def _check(window: Window, before: Window | None, where: str) -> None:
    text = "-".join(map(clock_text, window))
    if window[0] >= window[1]:
        raise CalendarError(f"{where}: {text} 的结束不晚于开始", f"{where}: {text} does not end after it begins")
    if before is not None and window[0] < before[1]:
        raise CalendarError(
            f"{where}: {text} 与前一时段重叠或次序不对",
            f"{where}: {text} overlaps the hours before it, or is out of order",
        )


def _not_windows(value: object, where: str) -> CalendarError:
    return CalendarError(
        f'{where}: {shown(value)} 不是时段列表, 应如 [["08:30","12:00"]]',
        f'{where}: {shown(value)} is no list of hours like [["08:30","12:00"]]',
    )
