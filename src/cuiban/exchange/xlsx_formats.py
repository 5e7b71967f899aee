"""Which numbers of an xlsx are dates, and which date each is.

Belongs here: Excel's formats and calendars.   Must never enter: files, rows.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from enum import Enum

Moment = datetime | date | time | timedelta


class Show(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    ELAPSED = "elapsed"


# Built-in formats have no text in the file. 27-36 and 50-58 are those of Chinese Excel: 2026年3月11日, 上午9时5分.
BUILT_IN = {
    **dict.fromkeys([14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58], Show.DATE),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56], Show.TIME),
    22: Show.DATETIME,
    46: Show.ELAPSED,
}
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|AM/PM|A/P|上午/下午', re.IGNORECASE)
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
BRACKETS = re.compile(r"\[[^\]]*\]")
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
LAST_DAY = 2_958_466  # the first of the year 10000
MARCH_1900 = 61  # Excel believes in a 29 February 1900, day 60
DAY_MS = 86_400_000


def show_of(code: int, text: str | None) -> Show:
    """Return what a format shows, by its number or, where the file has one, its text."""
    if text is None:
        return BUILT_IN.get(code, Show.NUMBER)
    first = LITERAL.sub("", text).split(";")[0]
    if ELAPSED.search(first):
        return Show.ELAPSED
    signs = set(BRACKETS.sub("", first).lower())
    if "general" in first.lower():
        return Show.NUMBER
    has_date, has_time = bool(signs & set("yd")), bool(signs & set("hs"))
    if has_date or (signs >= {"m"} and not has_time):
        return Show.DATETIME if has_time else Show.DATE
    return Show.TIME if has_time else Show.NUMBER


def moment_of(number: float, show: Show, from_1904: bool) -> Moment | None:
    """Return the date or time that a number is, to the millisecond; None if it can be none.

    A date with a clock beside it stays a datetime, though its format shows the day only.
    """
    if show is Show.NUMBER or not math.isfinite(number) or not 0 <= number < LAST_DAY - (1462 if from_1904 else 0):
        return None
    whole = timedelta(milliseconds=round(number * DAY_MS))
    if show is Show.ELAPSED:
        return whole
    if show is Show.TIME and whole < timedelta(days=1):
        return (datetime.min + whole).time()
    if not from_1904 and number < MARCH_1900:
        if number < 1 or int(number) == MARCH_1900 - 1:
            return None
        whole += timedelta(days=1)
    found = EPOCHS[from_1904] + whole
    return found.date() if show is Show.DATE and found.time() == time.min else found
