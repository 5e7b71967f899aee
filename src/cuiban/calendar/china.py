"""The calendar that is built in: an office week in China with the state holidays and their make-up days.

Belongs here: the default hours, what `chinesecalendar` knows.   Must never enter: a dealership's own days.
"""

from datetime import date
from functools import lru_cache

from cuiban.calendar.hours import Calendar

SHANGHAI = "Asia/Shanghai"
OFFICE_HOURS = ((8 * 60 + 30, 12 * 60), (13 * 60 + 30, 18 * 60))
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@lru_cache(maxsize=1)
def standard() -> Calendar:
    """Monday to Friday 08:30-12:00 and 13:30-18:00 in Shanghai; published are the years `chinesecalendar` knows."""
    # Its two tables, not its is_workday: 0.1 against 27 microseconds, and no exception for a year it lacks.
    from chinese_calendar.constants import holidays, workdays  # type: ignore[import-untyped]

    return Calendar(
        tz=SHANGHAI,
        weekly=(*(OFFICE_HOURS,) * 5, (), ()),
        holidays=frozenset(holidays),
        extra=dict.fromkeys(workdays),
        published=frozenset(range(min(holidays).year, max(holidays).year + 1)),
    )


def name_of(calendar: Calendar, day: date) -> tuple[str, str] | None:
    """The state holiday (zh, en) for which `day` is off or made up for, if the calendar follows China's."""
    if calendar.tz != SHANGHAI or (day not in calendar.holidays and day not in calendar.extra):
        return None
    from chinese_calendar.constants import holidays, workdays

    english = (workdays if day in calendar.extra else holidays).get(day)
    return None if english is None else (NAMES.get(english, english), english)
