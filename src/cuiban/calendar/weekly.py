"""The hours of a week as people write them: `mon-fri 08:30-12:00,13:30-18:00; sat-sun 09:00-17:00`.

Belongs here: days named in front of hours.   Must never enter: dates, zones.
"""

from cuiban.calendar.errors import CalendarError, shown
from cuiban.calendar.reading import WEEKDAYS
from cuiban.calendar.windows import windows_from_text, windows_json
from cuiban.calendar.wording import WEEKDAYS_ZH

_DAYS = {name: day for day, name in enumerate(WEEKDAYS)} | {f"周{name}": day for day, name in enumerate(WEEKDAYS_ZH)}


def weekly_from_text(text: str, where: str) -> dict[str, list[list[str]]]:
    """The hours of each weekday, as a calendar's `weekly`; hours without days in front are those of every day.

    Raises:
        CalendarError: a part cannot be read, or a day is named twice.
    """
    found: dict[str, list[list[str]]] = {}
    for part in text.replace("；", ";").split(";"):
        days, _, hours = part.strip().rpartition(" ")
        windows = windows_json(windows_from_text(hours, where))
        for day in _days_of(days.strip(), where):
            if WEEKDAYS[day] in found:
                raise CalendarError(f"{where}: {shown(days)} 里有写过的日子", f"{where}: {shown(days)} names a day twice")
            found[WEEKDAYS[day]] = windows
    return found


def _days_of(text: str, where: str) -> range:
    """The weekdays that `mon-fri`, `周六` or nothing (all of them) means, counted from Monday."""
    if not text:
        return range(7)
    first, dash, last = text.lower().partition("-")
    begin, end = _DAYS.get(first.strip()), _DAYS.get((last if dash else first).strip())
    if begin is None or end is None or end < begin:
        raise CalendarError(
            f"{where}: {shown(text)} 不是星期, 应如 mon-fri 或 周六", f"{where}: {shown(text)} are no weekdays like mon-fri or sat"
        )
    return range(begin, end + 1)
